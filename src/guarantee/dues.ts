import { type Money, ZERO } from '../money/money.ts';

/** One amount that one party owes another, in 元, above zero. */
export interface Due {
  from: string;
  to: string;
  amount: Money;
}

/**
 * What each pair of parties owes at settlement: everything one owes the other against what comes back, so that one
 * amount in one direction is left, pairs in the order in which they first appear. Nothing of 0.00.
 */
export function netDues(all: readonly Due[]): Due[] {
  const pairs = new Map<string, Due>();
  for (const { from, to, amount } of all) {
    const back = pairs.get(`${to} ${from}`);
    if (back) back.amount = back.amount.minus(amount);
    else {
      const pair = pairs.get(`${from} ${to}`) ?? { from, to, amount: ZERO };
      pairs.set(`${from} ${to}`, { ...pair, amount: pair.amount.plus(amount) });
    }
  }
  return [...pairs.values()]
    .filter(({ amount }) => !amount.isZero())
    .map(({ from, to, amount }) =>
      amount.isNegative() ? { from: to, to: from, amount: amount.neg() } : { from, to, amount },
    );
}
