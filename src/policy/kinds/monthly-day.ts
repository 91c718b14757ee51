import { z } from 'zod';
import { addDays, type LocalDate } from '../../calendar/local-date.ts';
import { firstDay, nextPeriod, type SettlementPeriod } from '../../calendar/settlement-period.ts';
import type { Clause, ClauseSpec } from '../clause.ts';

const schema = z.strictObject({
  /** Day of the following month; every month has it. */
  day: z.int().min(1).max(28),
  /** Whether filings of a bank that has not reported by then are suspended until it has. */
  suspendsFilings: z.boolean(),
});
export type MonthlyDay = z.infer<typeof schema>;

/** Something done for a month by a day of the next one (报送日, 结算日). Input: the month; answers the last day. */
export function monthlyDay(
  spec: ClauseSpec<MonthlyDay, SettlementPeriod, LocalDate> & { what: string },
): Clause<MonthlyDay, SettlementPeriod, LocalDate> {
  const { what, ...clause } = spec;
  return {
    ...clause,
    unit: '日',
    resolvedBy: 'reportedOn',
    schema,
    describe: ({ day, suspendsFilings }) =>
      `每月 ${day} 日前${what}${suspendsFilings ? '，逾期未报的自次日起暂停该行备案，补报后恢复' : ''}`,
    apply: ({ day }, period) => addDays(firstDay(nextPeriod(period)), day - 1),
  };
}
