import { DomainError } from '../errors.ts';
import { type Rate, ratePercent } from '../money/rate.ts';
import { type LocalDate, localDate } from './local-date.ts';
import { periodOf, previousPeriod, type SettlementPeriod } from './settlement-period.ts';
import { addWorkingDays, type HolidayNotice, isWorkingDay } from './working-days.ts';

/** 贷款市场报价利率 of one month as 全国银行间同业拆借中心 publishes it; rates in percent ("3.00"). */
export interface LprQuote {
  month: SettlementPeriod;
  publishedOn: LocalDate;
  oneYear: string;
  fivePlus: string;
  /** false: 示例参数，未经主管部门核实 */
  confirmed: boolean;
  source: string;
}

/**
 * Which quote a rule means, seen from a date: that of the calendar month before it (`monthBeforeSigning`), the latest
 * one published on or before it (`atSigning`), that of the calendar month it falls in (`samePeriod`).
 */
export type LprAnchor = 'monthBeforeSigning' | 'atSigning' | 'samePeriod';

/**
 * The LPR that a rule means on a date. Throws DomainError LPR_MISSING when the month it means is not in the table, or
 * cannot be told because neither that month's quote nor its holidays are known: it never falls back on another month.
 * Of two quotes for one month the later in the table counts, so an operator's correction wins.
 */
export function lprOn(
  quotes: LprQuote[],
  tenor: '1Y' | '5Y',
  date: LocalDate,
  anchor: LprAnchor,
  notices: HolidayNotice[],
): { rate: Rate; quote: LprQuote } {
  const month = monthMeant(quotes, localDate(date), anchor, notices);
  const quote = quoteOf(quotes, month);
  if (!quote) throw missing(month);
  return { rate: ratePercent(tenor === '1Y' ? quote.oneYear : quote.fivePlus), quote };
}

/**
 * The day a month's LPR is published: the 20th, postponed over holidays to the next working day. Throws DomainError
 * NO_HOLIDAY_NOTICE for a year without notice.
 */
export function lprPublicationDay(month: SettlementPeriod, notices: HolidayNotice[]): LocalDate {
  const nominal = localDate(`${month}-20`);
  return isWorkingDay(nominal, notices) ? nominal : addWorkingDays(nominal, 1, notices).date;
}

function monthMeant(
  quotes: LprQuote[],
  date: LocalDate,
  anchor: LprAnchor,
  notices: HolidayNotice[],
): SettlementPeriod {
  const month = periodOf(date);
  if (anchor === 'samePeriod') return month;
  if (anchor === 'monthBeforeSigning') return previousPeriod(month);
  return isPublished(quotes, month, date, notices) ? month : previousPeriod(month);
}

function isPublished(quotes: LprQuote[], month: SettlementPeriod, date: LocalDate, notices: HolidayNotice[]): boolean {
  const quote = quoteOf(quotes, month);
  if (quote) return quote.publishedOn <= date;
  if (date < `${month}-20`) return false;
  if (!notices.some((notice) => notice.year === Number(month.slice(0, 4)))) throw missing(month);
  return lprPublicationDay(month, notices) <= date;
}

function quoteOf(quotes: LprQuote[], month: SettlementPeriod): LprQuote | undefined {
  return quotes.findLast((quote) => quote.month === month);
}

function missing(month: SettlementPeriod): DomainError {
  return new DomainError('LPR_MISSING', `尚未录入 ${month} 的贷款市场报价利率（LPR），无法据以计算，请先补录该月报价`);
}
