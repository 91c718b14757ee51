import { Exact, formatYuan, type Money, ZERO } from '../money/money.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';

/** How a budget changes. */
export const BUDGET_CHANGES = { increase: '追加', decrease: '核减收回', carryOver: '结转下年' } as const;
export type BudgetChangeKind = keyof typeof BUDGET_CHANGES;

/** 状态 of a change, with the Chinese that people read. */
export const CHANGE_STATUSES = { proposed: '待复核', approved: '已调整', declined: '未予调整' } as const;
export type ChangeStatus = keyof typeof CHANGE_STATUSES;

/** What of the money that has come in is no longer appropriated once a budget is `left` of what it was. Amounts in 元. */
export const surplusOf = (received: Money, left: Money): Money => Exact.max(received.minus(left), ZERO);

/** What a change makes of a budget, in figures that its own entries show. */
export function explainChange(
  kind: BudgetChangeKind,
  { before, amount, received }: { before: Money; amount: Money; received: Money },
): Explanation {
  const after = kind === 'increase' ? before.plus(amount) : before.minus(amount);
  return derived(
    '调整后预算',
    yuan(after),
    [],
    [
      given('调整前预算', yuan(before)),
      given(BUDGET_CHANGES[kind], yuan(amount)),
      ...(kind === 'increase'
        ? []
        : [
            derived(
              '须转出的到账资金',
              yuan(surplusOf(received, after)),
              [],
              [given('已到账', yuan(received)), given('调整后预算', yuan(after))],
            ),
          ]),
    ],
  );
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
