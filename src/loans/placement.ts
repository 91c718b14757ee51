import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { placeInOpenMonth } from '../ledger/journal-entry.ts';

/**
 * Where a fact about a loan is booked: on its own day while its month is open and the loan was in the pool; else today, naming the month it belongs to.
 */
export function placeOf(
  day: LocalDate,
  loan: { admittedOn: LocalDate },
  today: LocalDate,
  lockedThrough: SettlementPeriod | null,
): { occurredOn: LocalDate; belongsTo: SettlementPeriod | null } {
  if (day >= loan.admittedOn) return placeInOpenMonth(day, today, lockedThrough);
  return { occurredOn: today, belongsTo: periodOf(day) < periodOf(today) ? periodOf(day) : null };
}
