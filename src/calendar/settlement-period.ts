import { DomainError } from '../errors.ts';
import { daysInMonth, type LocalDate, localDate } from './local-date.ts';

/** A month that is settled and closed (结算期), 'YYYY-MM'. Sorts as text. */
export type SettlementPeriod = string;

/** Reads a strict 'YYYY-MM' of the years 0001–9999. Throws DomainError PERIOD_FORMAT otherwise. */
export function settlementPeriod(text: string): SettlementPeriod {
  if (typeof text !== 'string' || !/^\d{4}-(0[1-9]|1[0-2])$/.test(text) || text < '0001') {
    throw new DomainError(
      'PERIOD_FORMAT',
      `月份「${String(text).slice(0, 40)}」不正确：格式应为 YYYY-MM，例如 2026-03`,
    );
  }
  return text;
}

/** The month a day belongs to. */
export function periodOf(d: LocalDate): SettlementPeriod {
  return localDate(d).slice(0, 7);
}

/** The first day of a month. */
export function firstDay(p: SettlementPeriod): LocalDate {
  return `${settlementPeriod(p)}-01`;
}

/** The last day of a month. */
export function lastDay(p: SettlementPeriod): LocalDate {
  settlementPeriod(p);
  return `${p}-${daysInMonth(Number(p.slice(0, 4)), Number(p.slice(5)))}`;
}

/** The month after. */
export function nextPeriod(p: SettlementPeriod): SettlementPeriod {
  return fromMonthNumber(monthNumber(p) + 1);
}

/** The month before. */
export function previousPeriod(p: SettlementPeriod): SettlementPeriod {
  return fromMonthNumber(monthNumber(p) - 1);
}

/** Every month from one to another, both included, in order; empty when `to` is earlier. */
export function periodsBetween(from: SettlementPeriod, to: SettlementPeriod): SettlementPeriod[] {
  const periods: SettlementPeriod[] = [];
  for (let n = monthNumber(from), last = monthNumber(to); n <= last; n++) periods.push(fromMonthNumber(n));
  return periods;
}

function monthNumber(p: SettlementPeriod): number {
  settlementPeriod(p);
  return Number(p.slice(0, 4)) * 12 + Number(p.slice(5)) - 1;
}

function fromMonthNumber(n: number): SettlementPeriod {
  const year = String(Math.floor(n / 12)).padStart(4, '0');
  return settlementPeriod(`${year}-${String((n % 12) + 1).padStart(2, '0')}`);
}
