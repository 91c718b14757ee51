import { DomainError } from '../errors.ts';

/**
 * A calendar day of Asia/Shanghai, 'YYYY-MM-DD', years 0001–9999. Sorts as text. Days are computed as whole numbers
 * in the proleptic Gregorian calendar (ISO 8601): a file of 100,000 loans parses in tens of milliseconds.
 */
export type LocalDate = string;

const ISO = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days of 400 years, of 100 and of 4 years without the extra leap day at their end. */
const [DAYS_400, DAYS_100, DAYS_4] = [146097, 36524, 1461];

/** Reads a strict ISO date that exists. Throws DomainError DATE_FORMAT otherwise (2026-02-31, 2026-2-3, 20260203). */
export function localDate(text: string): LocalDate {
  if (typeof text !== 'string' || !ISO.test(text)) throw badDate(text);
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw badDate(text);
  return text;
}

/** The day n days later (earlier when negative). */
export function addDays(d: LocalDate, n: number): LocalDate {
  return fromDayNumber(dayNumber(d) + n);
}

/** The same day of the month n months later (earlier when negative), or that month's last day: 01-31 + 1 is 02-28. */
export function addMonths(d: LocalDate, n: number): LocalDate {
  localDate(d);
  const months = digits(d, 0, 4) * 12 + digits(d, 5, 7) - 1 + n;
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  return format(year, month, Math.min(digits(d, 8, 10), daysInMonth(year, month)));
}

/** Days from one date to another, the first counted and the last not (算头不算尾); negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The day of the week: Monday 1 … Sunday 7 (ISO 8601). */
export function dayOfWeek(d: LocalDate): number {
  return ((dayNumber(d) - 1) % 7) + 1; // 0001-01-01, day 1, was a Monday
}

/** The number of days in a month (1–12) of a year. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : MONTH_DAYS[month - 1]!;
}

/** Days since 0000-12-31: 0001-01-01 is 1. Throws DATE_FORMAT for what is no date. */
export function dayNumber(d: LocalDate): number {
  localDate(d);
  const past = digits(d, 0, 4) - 1;
  let days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const month = digits(d, 5, 7);
  for (let m = 1; m < month; m++) days += daysInMonth(past + 1, m);
  return days + digits(d, 8, 10);
}

/** The date of a day number. Throws DATE_FORMAT outside the years 0001–9999. */
export function fromDayNumber(n: number): LocalDate {
  let rest = n - 1;
  const spans400 = Math.floor(rest / DAYS_400);
  rest -= spans400 * DAYS_400;
  // A 400th and a 4th year end with the extra leap day, which must not open a span of its own: hence the minimum.
  const spans100 = Math.min(Math.floor(rest / DAYS_100), 3);
  rest -= spans100 * DAYS_100;
  const spans4 = Math.floor(rest / DAYS_4);
  rest -= spans4 * DAYS_4;
  const years = Math.min(Math.floor(rest / 365), 3);
  rest -= years * 365;
  const year = spans400 * 400 + spans100 * 100 + spans4 * 4 + years + 1;
  let month = 1;
  while (rest >= daysInMonth(year, month)) rest -= daysInMonth(year, month++);
  return format(year, month, rest + 1);
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - 48;
  return value;
}

function format(year: number, month: number, day: number): LocalDate {
  const text = `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
  if (!(year >= 1 && year <= 9999)) throw badDate(text);
  return text;
}

function badDate(text: string): DomainError {
  return new DomainError(
    'DATE_FORMAT',
    `日期「${String(text).slice(0, 40)}」不正确：应为真实存在的日期，格式为 YYYY-MM-DD，例如 2026-03-21`,
  );
}
