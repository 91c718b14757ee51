import { z } from 'zod';
import { Exact, money } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { percentText } from '../values.ts';

const schema = z.strictObject({
  /** Sales or profit of last year grew by at least so many percent … */
  growthPercent: percentText,
  /** … or research was at least so many percent of sales. */
  rndPercent: percentText,
  /** Not asked of an enterprise whose title or prize is of the year itself. */
  waivedForNewTitle: z.boolean(),
});
export type SubsidyGate = z.infer<typeof schema>;
/** Yearly figures in 元 as text; what is not known is left out. */
export interface GateInput {
  revenue?: string;
  previousRevenue?: string;
  profit?: string;
  previousProfit?: string;
  rndExpense?: string;
  /** Whether a title or prize that qualifies was obtained in the year of the application. */
  newTitle: boolean;
}
/** By which it passes; `unknown`: the figures that could still decide are not there. */
export type GateAnswer = 'revenue' | 'profit' | 'rnd' | 'waived' | 'failed' | 'unknown';
export type SubsidyGateClause = Clause<SubsidyGate, GateInput, GateAnswer>;

/** How an enterprise must have done last year (经营和研发门槛). A profit that was not positive before has no rate of growth. */
export function subsidyGate(spec: ClauseSpec<SubsidyGate, GateInput, GateAnswer>): SubsidyGateClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe: ({ growthPercent, rndPercent, waivedForNewTitle }) =>
      `上年销售收入或利润增长不低于 ${growthPercent}%，或研发费用占销售收入不低于 ${rndPercent}%${waivedForNewTitle ? '；当年取得资质或奖项的不受此限' : ''}`,
    apply,
  };
}

function apply({ growthPercent, rndPercent, waivedForNewTitle }: SubsidyGate, input: GateInput): GateAnswer {
  const grew = (now?: string, before?: string) =>
    now !== undefined &&
    before !== undefined &&
    money(before).gt(0) &&
    money(now).gte(money(before).times(new Exact(100).plus(growthPercent)).div(100));
  const { revenue, previousRevenue, profit, previousProfit, rndExpense } = input;
  if (waivedForNewTitle && input.newTitle) return 'waived';
  if (grew(revenue, previousRevenue)) return 'revenue';
  if (grew(profit, previousProfit)) return 'profit';
  if (rndExpense !== undefined && revenue !== undefined && money(revenue).gt(0)) {
    if (money(rndExpense).times(100).gte(money(revenue).times(rndPercent))) return 'rnd';
  }
  return [revenue, previousRevenue, rndExpense].includes(undefined) ? 'unknown' : 'failed';
}
