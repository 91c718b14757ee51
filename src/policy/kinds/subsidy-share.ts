import { largestRemainder } from '../../money/allocate.ts';
import { type Money, sum, ZERO } from '../../money/money.ts';
import type { SubsidyBudget } from './subsidy-budget.ts';

/** What one applicant asks of a budget. `tie` settles ties, then `key`; `received` is its place in the order of arrival. */
export interface Asked {
  key: string;
  /** what does not depend on when it came, as the enterprise's code; left out: the key */
  tie?: string;
  amount: Money;
  received: number;
  firstTime: boolean;
}

/**
 * What each gets of a budget, in the order given. Pro rata: to the fen by largest remainder, ties by what does not depend on when it came, so that neither the order nor the time of arrival
 * matters. Otherwise one after the other; with `partial` the last one gets what is left, without it whoever does not fit waits and the next may fit.
 */
export function shareBudget({ mode, partial }: SubsidyBudget, available: Money, asked: readonly Asked[]): Money[] {
  const total = sum(asked.map(({ amount }) => amount));
  if (total.lte(available)) return asked.map(({ amount }) => amount);
  const given = new Map<Asked, Money>();
  if (mode === 'proRata') {
    const inOrder = [...asked].sort((a, b) => compare(a.tie ?? a.key, b.tie ?? b.key) || compare(a.key, b.key));
    const parts = largestRemainder(
      available,
      inOrder.map(({ amount }) => amount),
    );
    for (const [i, one] of inOrder.entries()) given.set(one, parts[i]!);
  } else {
    let left = available;
    for (const one of [...asked].sort((a, b) => turn(mode, a, b))) {
      const part = one.amount.lte(left) ? one.amount : partial ? left : ZERO;
      given.set(one, part);
      left = left.minus(part);
    }
  }
  return asked.map((one) => given.get(one)!);
}

function turn(mode: SubsidyBudget['mode'], a: Asked, b: Asked): number {
  const first = mode === 'firstTimeFirst' ? Number(b.firstTime) - Number(a.firstTime) : 0;
  return first || a.received - b.received || compare(a.key, b.key);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
