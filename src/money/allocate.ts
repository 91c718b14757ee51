import { DomainError } from '../errors.ts';
import { fromFen, toFen, toIntegers } from './fen.ts';
import type { Exact, Money } from './money.ts';

/**
 * Splits an amount by weights: whole fen to each by floor, the fen left over one each to the largest remainders, ties
 * to whoever stands first. The parts always add up to the total; a negative total splits as its absolute value does.
 * Weights are any exact numbers ≥ 0, one of them > 0, else DomainError ALLOCATION_WEIGHTS (nothing needs no weights).
 */
export function largestRemainder(total: Money, weights: Exact[]): Money[] {
  return split(total, weights, (fen, shares, whole) => {
    const parts = shares.map((w) => (fen * w) / whole);
    const rests = shares.map((w) => (fen * w) % whole);
    const left = Number(fen - parts.reduce((a, b) => a + b, 0n));
    const order = rests.map((_, i) => i).sort((a, b) => compare(rests[b]!, rests[a]!) || a - b);
    for (const i of order.slice(0, left)) parts[i]! += 1n;
    return parts;
  });
}

/**
 * Splits an amount by Sainte-Laguë (each next fen to the largest weight ÷ (2 × fen held + 1), ties to whoever stands
 * first). House-monotone: a larger total never takes a fen back from anyone, so a running total may be split again and
 * again and only the growth paid out. Same conditions as `largestRemainder`.
 */
export function sainteLague(total: Money, weights: Exact[]): Money[] {
  return split(total, weights, sainteLagueShares);
}

/** `sainteLague` in whole fen; nothing negative. Weights of nothing share nothing, else DomainError ALLOCATION_WEIGHTS. */
export function sainteLagueFen(fen: bigint, weights: bigint[]): bigint[] {
  const whole = weights.reduce((a, b) => a + b, 0n);
  if (whole === 0n && fen !== 0n) throw noWeights();
  return whole === 0n ? weights.map(() => 0n) : sainteLagueShares(fen, weights, whole);
}

function sainteLagueShares(fen: bigint, shares: bigint[], whole: bigint): bigint[] {
  // Everyone ends within half a fen of weight ÷ divisor, and these quotients add up to the total ± half a fen each:
  // so nobody ends below this start, and fewer fen than there are parties remain to be handed out one by one.
  const surely = 2n * fen - BigInt(shares.length);
  const parts = shares.map((w) => ceilingOrZero(surely * w - whole, 2n * whole));
  let left = fen - parts.reduce((a, b) => a + b, 0n);
  for (; left > 0n; left--) parts[next(shares, parts)]! += 1n;
  return parts;
}

function noWeights(): DomainError {
  return new DomainError('ALLOCATION_WEIGHTS', '无法分摊：分摊权重不得为负数，且至少有一方的权重大于零');
}

function split(
  total: Money,
  weights: Exact[],
  method: (fen: bigint, shares: bigint[], whole: bigint) => bigint[],
): Money[] {
  const fen = toFen(total);
  const { integers } = toIntegers(weights);
  const whole = integers.reduce((a, b) => a + b, 0n);
  if (integers.some((w) => w < 0n) || (whole === 0n && fen !== 0n)) {
    throw noWeights();
  }
  if (whole === 0n) return weights.map(() => fromFen(0n));
  return fen < 0n
    ? method(-fen, integers, whole).map((part) => fromFen(-part))
    : method(fen, integers, whole).map(fromFen);
}

function next(shares: bigint[], parts: bigint[]): number {
  let best = 0;
  for (let i = 1; i < shares.length; i++) {
    if (shares[i]! * (2n * parts[best]! + 1n) > shares[best]! * (2n * parts[i]! + 1n)) best = i;
  }
  return best;
}

function ceilingOrZero(numerator: bigint, denominator: bigint): bigint {
  return numerator <= 0n ? 0n : (numerator + denominator - 1n) / denominator;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
