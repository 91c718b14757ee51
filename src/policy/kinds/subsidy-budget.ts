import { z } from 'zod';
import { formatYuan, type Money, money, sum, toWire } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { moneyText } from '../values.ts';
import { type Asked, shareBudget } from './subsidy-share.ts';

export const BUDGET_MODES = {
  proRata: '按比例核减',
  firstCome: '按受理先后，拨完为止',
  firstTimeFirst: '首次获得补贴的企业优先，其后按受理先后',
} as const;

const schema = z.strictObject({
  mode: z.enum(['proRata', 'firstCome', 'firstTimeFirst']),
  /** What happens with what the budget does not reach. */
  rest: z.enum(['lapses', 'nextYear']),
  /** Whether the last one that the money reaches may be paid in part. */
  partial: z.boolean(),
  /** What the year's budget is at least, where the document promises it. */
  leastBudget: moneyText.optional(),
});
export type SubsidyBudget = z.infer<typeof schema>;
export interface BudgetInput {
  available: string;
  asked: { key: string; amount: string; received: number; firstTime?: boolean }[];
}
export interface BudgetAnswer {
  given: { key: string; amount: string }[];
  left: string;
}
export type SubsidyBudgetClause = Clause<SubsidyBudget, BudgetInput, BudgetAnswer>;

/** What happens when more is asked for than the year's budget holds. */
export function subsidyBudget(spec: ClauseSpec<SubsidyBudget, BudgetInput, BudgetAnswer>): SubsidyBudgetClause {
  return {
    ...spec,
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ mode, rest, partial, leastBudget }) =>
      [
        `年度预算总额控制，超出预算时${BUDGET_MODES[mode]}`,
        mode !== 'proRata' && (partial ? '最后一户可以部分拨付' : '余额不足一户应得数额的不予部分拨付'),
        rest === 'nextYear' ? '未满足的部分转下一年度' : '未满足的部分不再结转',
        leastBudget && `年度预算不低于 ${formatYuan(money(leastBudget))} 元`,
      ]
        .filter((part) => part !== false && part !== undefined)
        .join('；'),
    apply: (value, { available, asked }) => {
      const all: Asked[] = asked.map((a) => ({ ...a, amount: money(a.amount), firstTime: a.firstTime ?? false }));
      const given: Money[] = shareBudget(value, money(available), all);
      const amounts = given.map((amount, i) => ({ key: asked[i]!.key, amount: toWire(amount) }));
      return { given: amounts, left: toWire(money(available).minus(sum(given))) };
    },
  };
}
