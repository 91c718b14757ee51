import { largestRemainder } from '../money/allocate.ts';
import { formatYuan, type Money, sum, ZERO } from '../money/money.ts';
import type { ClauseVersion } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { BUDGET_MODES, type SubsidyBudget } from '../policy/kinds/subsidy-budget.ts';
import { type Asked, shareBudget } from '../policy/kinds/subsidy-share.ts';

/** One application that asks of a budget, with its lines as approved. `key` names it, `tie` settles ties where it says so, `received` is its place in the order of arrival. */
export interface Claimant {
  key: string;
  tie?: string;
  received: number;
  firstTime: boolean;
  lines: readonly { key: string; amount: Money }[];
}

/** What an application gets: its lines add up to `granted`; `deferred` goes to the next year where the clause says so, else it lapses. */
export interface Allocated {
  key: string;
  asked: Money;
  granted: Money;
  deferred: Money;
  lines: { key: string; granted: Money }[];
  explanation: Explanation;
}

/**
 * Shares what a budget has among applications by the clause. Within an application its lines are cut in proportion, to the fen. Never more than
 * `available`, and of an allocation in proportion all of it.
 */
export function allocate(
  { value, citation }: Pick<ClauseVersion<SubsidyBudget>, 'value' | 'citation'>,
  available: Money,
  claimants: readonly Claimant[],
): { items: Allocated[]; demand: Money; granted: Money; left: Money } {
  const asked = claimants.map(({ key, tie, received, firstTime, lines }): Asked => {
    return { key, tie, received, firstTime, amount: sum(lines.map(({ amount }) => amount)) };
  });
  const demand = sum(asked.map(({ amount }) => amount));
  const shares = shareBudget(value, available, asked);
  const items = claimants.map(({ key, lines }, i): Allocated => {
    const [whole, granted] = [asked[i]!.amount, shares[i]!];
    const parts = granted.eq(whole)
      ? lines.map(({ amount }) => amount)
      : largestRemainder(
          granted,
          lines.map(({ amount }) => amount),
        );
    const deferred = value.rest === 'nextYear' ? whole.minus(granted) : ZERO;
    const explanation = derived(
      '分配金额',
      yuan(granted),
      [citation],
      [
        given('核定金额', yuan(whole)),
        given('可用预算', yuan(available)),
        given('全部需求', yuan(demand)),
        given('分配方式', demand.lte(available) ? '预算足够，全额' : BUDGET_MODES[value.mode]),
      ],
    );
    return {
      key,
      asked: whole,
      granted,
      deferred,
      lines: lines.map((l, n) => ({ key: l.key, granted: parts[n]! })),
      explanation,
    };
  });
  const granted = sum(shares);
  return { items, demand, granted, left: available.minus(granted) };
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
