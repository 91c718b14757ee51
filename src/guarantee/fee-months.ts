import { YEAR_DAYS } from '../calendar/day-count.ts';
import { addDays, daysBetween, type LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, periodOf, periodsBetween, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Citation } from '../errors.ts';
import { formatYuan, toWire } from '../money/money.ts';
import { toPercent } from '../money/rate.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { FeeCeilings } from '../policy/kinds/fee-ceilings.ts';
import { type FeeBearing, feeIntervals, feeOf, settledIn } from './accrual.ts';

/** What was owed for a guarantee's fee over one month, as the month's settlement has it. Wire amount. */
export interface FeeMonth {
  period: SettlementPeriod;
  /** the last day counted where the month is not over; null: the whole month */
  through: LocalDate | null;
  /** the month whose settlement takes it, where its own was closed before the guarantee was told */
  takenIn: SettlementPeriod | null;
  /** who owes whom, by name */
  owedBy: string;
  owedTo: string;
  amount: string;
  explanation: Explanation;
}

/**
 * The fees of a guarantee month by month up to today, nothing of 0.00. `rule`: what the document says on a day of who owes whom, null where it is silent; its
 * moves are one a day, in the order of their days.
 */
export function feeMonths(
  g: FeeBearing & { partyName: string },
  today: LocalDate,
  rule: (on: LocalDate) => { value: FeeCeilings; citation: Citation } | null,
): FeeMonth[] {
  const [first] = g.moves;
  if (!first || first.on > today) return [];
  return periodsBetween(periodOf(first.on), periodOf(today)).flatMap((period) => {
    const over = lastDay(period) <= today;
    const end = over ? lastDay(period) : today;
    const found = rule(end);
    const due = feeOf(found?.value ?? null, g, firstDay(period), addDays(end, 1));
    if (!due) return [];
    const stated = found?.value.fees.find(({ code }) => code === g.fee);
    const nameOf = (code: string) =>
      code === g.party ? g.partyName : ([stated?.from, stated?.to].find((who) => who?.code === code)?.label ?? code);
    const cites = found && stated ? [found.citation] : [];
    const steps = feeIntervals(g.moves, firstDay(period), addDays(end, 1)).map(({ from, to, balance }) =>
      given(
        `${from} 至 ${addDays(to, -1)}，责任余额 ${formatYuan(balance)} 元`,
        `${daysBetween(from, to)} 天 × ${toPercent(g.annualRate)}% ÷ ${YEAR_DAYS[g.dayCountBasis]}`,
      ),
    );
    const [amount, taken] = [toWire(due.amount), settledIn(g, period)];
    return [
      {
        ...{ period, through: over ? null : today, takenIn: taken === period ? null : taken },
        ...{ owedBy: nameOf(due.from), owedTo: nameOf(due.to), amount },
        explanation: derived(`${period} 费用`, `${formatYuan(due.amount)} 元`, cites, steps),
      },
    ];
  });
}
