import { DomainError } from '../errors.ts';
import { largestRemainder } from '../money/allocate.ts';
import { type Money, money, sum, toWire, ZERO } from '../money/money.ts';
import type { ClauseVersion } from '../policy/clause.ts';
import type { Shortfall, ShortfallClause } from '../policy/kinds/shortfall.ts';
import type { BornePart } from './shares.ts';

/** What one contributor has in a pool, in 元. */
export interface Holding {
  party: string;
  /** Its kind as the clauses name it: region, cooperatingUnit, city, fund … */
  kind: string;
  /** Its balance of 2901. */
  contributed: Money;
  /** Of that what is not out as 1218. */
  available: Money;
}

/** Whose fen it is: one party's part of a loss. `kind` as in `BornePart`. */
export interface Leaf {
  bearer: string;
  party: string;
  kind: 'pool' | 'own';
  amount: Money;
}

/**
 * Brings the pool's parts down to its contributors, by their 2901 and largest remainder, ties in the order of the
 * holdings; parts outside the pool stand for themselves (`parties`: who the bearer is, e.g. bank → the bank's code).
 * @throws DomainError CONTRIBUTION_NONE when nobody stands for a bearer of the pool
 */
export function leavesOf(
  parts: readonly BornePart[],
  holdings: readonly Holding[],
  parties: Readonly<Record<string, string>>,
): Leaf[] {
  return parts.flatMap(({ bearer, label, kind, contributors, amount }): Leaf[] => {
    if (kind === 'own') return [{ bearer, party: parties[bearer] ?? bearer, kind, amount }];
    if (amount.isZero()) return [];
    const own = holdings.filter((h) => contributors === 'all' || contributors.includes(h.kind));
    if (!own.some(({ contributed }) => contributed.gt(0))) {
      throw new DomainError('CONTRIBUTION_NONE', `资金池中没有${label}的出资，无法承担其部分`, { status: 409 });
    }
    const amounts = largestRemainder(
      amount,
      own.map(({ contributed }) => contributed),
    );
    return own
      .map(({ party }, i) => ({ bearer, party, kind, amount: amounts[i]! }))
      .filter((leaf) => !leaf.amount.isZero());
  });
}

/** What is paid now: `pay` all, `wait` for the money, or `payPart` with the excess falling on whom the clause names. */
export interface Payment {
  outcome: 'pay' | 'wait' | 'payPart';
  /** Who bears what after it: as before, or with the excess moved. Adds up to the same loss. */
  leaves: Leaf[];
  /** What the pool pays now, and what it lacks. */
  pays: Money;
  lacking: Money;
}

/** Holds a compensation to what each contributor has: never more than the pool holds, contributor by contributor. */
export function payable(
  clause: ShortfallClause,
  version: ClauseVersion<Shortfall>,
  leaves: readonly Leaf[],
  holdings: readonly Holding[],
): Payment {
  const left = new Map(holdings.map(({ party, available }) => [party, available]));
  const pool = leaves.filter(({ kind }) => kind === 'pool');
  const asked = pool.map(({ party, amount }) => {
    const available = left.get(party) ?? ZERO;
    // One contributor may stand for two bearers: what the first takes is gone for the second.
    left.set(party, available.minus(amount.lt(available) ? amount : available));
    return { party, amount: toWire(amount), available: toWire(available) };
  });
  const { outcome, pays, lacking } = clause.apply(version.value, { parts: asked });
  const total = sum(pays.map(({ amount }) => money(amount)));
  if (outcome !== 'payPart') return { outcome, leaves: [...leaves], pays: total, lacking: money(lacking) };
  const paid = pool.map((leaf, i) => ({ ...leaf, amount: money(pays[i]!.amount) }));
  const { code } = version.value.fallsOn;
  const others = leaves
    .filter(({ kind }) => kind === 'own')
    .map((leaf) => (leaf.bearer === code ? { ...leaf, amount: leaf.amount.plus(lacking) } : leaf));
  if (!others.some(({ bearer }) => bearer === code)) {
    others.push({ bearer: code, party: code, kind: 'own', amount: money(lacking) });
  }
  const kept = [...paid.filter(({ amount }) => !amount.isZero()), ...others];
  return { outcome, leaves: kept, pays: total, lacking: money(lacking) };
}

/**
 * Which of the claims that wait can be paid: in order of approval, each in full, up to the first that cannot. A later,
 * smaller one does not overtake. Answers how many of them.
 */
export function payableInOrder(approved: readonly (readonly Leaf[])[], holdings: readonly Holding[]): number {
  const left = new Map(holdings.map(({ party, available }) => [party, available]));
  let paid = 0;
  for (const leaves of approved) {
    for (const { kind, party, amount } of leaves) {
      if (kind === 'pool') left.set(party, (left.get(party) ?? ZERO).minus(amount));
    }
    if ([...left.values()].some((amount) => amount.isNegative())) break;
    paid += 1;
  }
  return paid;
}
