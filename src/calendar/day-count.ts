import { DomainError } from '../errors.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../money/rate.ts';
import { roundFen } from '../money/rounding.ts';
import { daysBetween, type LocalDate } from './local-date.ts';

/** 计息基础: 实际天数 ÷ 360 or ÷ 365, as the contract of the loan says. */
export type DayCountBasis = 'actual360' | 'actual365';

/** Days of the year that turn an annual rate into a daily one. */
export const YEAR_DAYS: Record<DayCountBasis, number> = { actual360: 360, actual365: 365 };

/**
 * Interest of one line: principal × annual rate × days ÷ basis, the first day counted and the last not (算头不算尾),
 * rounded half up to the fen once. Throws DomainError DATE_ORDER when the interval ends before it starts.
 */
export function interest(
  principal: Money,
  annualRate: Rate,
  from: LocalDate,
  to: LocalDate,
  basis: DayCountBasis,
): Money {
  const days = daysBetween(from, to);
  if (days < 0) throw new DomainError('DATE_ORDER', `计息止日 ${to} 早于计息起日 ${from}，无法计息`);
  return roundFen(principal.times(annualRate).times(days).div(YEAR_DAYS[basis]), 'halfUp');
}
