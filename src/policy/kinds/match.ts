import { z } from 'zod';
import { addDays, type LocalDate } from '../../calendar/local-date.ts';
import { money, toWire } from '../../money/money.ts';
import { ratePercent } from '../../money/rate.ts';
import { roundFen } from '../../money/rounding.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { days, percentText } from '../values.ts';

const schema = z.strictObject({
  /** Who matches. */
  by: z.strictObject({ code: z.string().min(1), label: z.string().min(1) }),
  /** What is matched, in percent of the contribution: "100" is 1:1. */
  percent: percentText,
  dueDays: days,
});
export type Match = z.infer<typeof schema>;
export interface MatchInput {
  amount: string;
  contributedOn: LocalDate;
}
export interface MatchOwed {
  amount: string;
  dueOn: LocalDate;
}

/** What is owed in match (配套资金) of a cooperating unit's contribution, half up to the fen, and until when. */
export function match(spec: ClauseSpec<Match, MatchInput, MatchOwed>): Clause<Match, MatchInput, MatchOwed> {
  return {
    ...spec,
    resolvedBy: 'contributedOn',
    schema,
    describe: ({ by, percent, dueDays }) =>
      `合作单位出资到账后，${by.label}按其出资额的 ${percent}% 配套，${dueDays} 日内到位`,
    apply: ({ percent, dueDays }, { amount, contributedOn }) => ({
      amount: toWire(roundFen(money(amount).times(ratePercent(percent)), 'halfUp')),
      dueOn: addDays(contributedOn, dueDays),
    }),
  };
}
