import { daysBetween, type LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { Exact, type Money, ZERO } from '../money/money.ts';
import { expectedInMonth, type LoanTerms } from './schedule.ts';

/** A loan as it stood before a month is reported. Money in 元. */
export interface BeforeReport {
  outstanding: Money;
  overdueDays: number;
  /** the month of its latest report; null when it has none */
  lastReportPeriod: SettlementPeriod | null;
  /** principal told one by one for the month, already off the outstanding */
  repaidInMonth: Money;
  terms: LoanTerms;
}

export interface Prefilled {
  outstanding: Money;
  repaid: Money;
  interest: Money;
  overdueDays: number;
}

/**
 * What a month's report of a loan will say if all goes as before: paid as the contract says, or overdue and unpaid for as many days more. For the bank to
 * correct, never booked by itself.
 */
export function prefilledLine(loan: BeforeReport, period: SettlementPeriod): Prefilled {
  const { outstanding, overdueDays, terms, repaidInMonth } = loan;
  if (overdueDays > 0) {
    const since: LocalDate = lastDay(loan.lastReportPeriod ?? period);
    const days = overdueDays + Math.max(0, daysBetween(since, lastDay(period)));
    return { outstanding, repaid: repaidInMonth, interest: ZERO, overdueDays: days };
  }
  const expected = expectedInMonth(terms, period);
  // What was told one by one is part of the instalment.
  const due = Exact.max(expected.principal.minus(repaidInMonth), ZERO);
  const more = Exact.min(due, outstanding);
  return {
    outstanding: outstanding.minus(more),
    repaid: repaidInMonth.plus(more),
    interest: expected.interest,
    overdueDays: 0,
  };
}
