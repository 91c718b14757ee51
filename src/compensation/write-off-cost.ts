import { sainteLagueFen } from '../money/allocate.ts';
import { fromFen, toFen } from '../money/fen.ts';
import { type Money, sum } from '../money/money.ts';
import { byWhatIsLeft, type Holder } from '../pool/capital.ts';
import { type CostPart, total } from './advances.ts';
import { type ClaimLife, costReceivables } from './claim-life.ts';

/**
 * Off whose shares what the pool paid for a pursuit and never got back is to be written: out of everyone's money, by what each contributor has left, as returned
 * contributions bear it; the whole to the last fen, and of it cost by cost. Empty where nothing is left of it, or of the pool.
 */
export function costPartsOf(life: ClaimLife, holders: readonly Holder[]): CostPart[] {
  const costs = costReceivables(life);
  const whole = byWhatIsLeft(sum(costs.map(({ amount }) => amount)), holders).map(toFen);
  if (total(whole) === 0n) return [];
  let [upTo, before] = [0n, whole.map(() => 0n)];
  return costs.flatMap(({ of, amount }) => {
    upTo += toFen(amount);
    const now = sainteLagueFen(upTo, whole);
    const parts = now.map((fen, i) => ({ of, party: holders[i]!.contributor, amount: fromFen(fen - before[i]!) }));
    before = now;
    return parts.filter((part) => !part.amount.isZero());
  });
}

/** The same contributor by contributor. */
export function costByParty(parts: readonly CostPart[]): { party: string; amount: Money }[] {
  return [...Map.groupBy(parts, ({ party }) => party)].map(([party, own]) => {
    return { party, amount: sum(own.map(({ amount }) => amount)) };
  });
}
