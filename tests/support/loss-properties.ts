import fc from 'fast-check';
import {
  type ClaimLife,
  happen,
  lifeOf,
  outstanding,
  type Posting,
  takeBack,
} from '../../src/compensation/claim-life.ts';
import { type Leaf, leavesOf } from '../../src/compensation/contributors.ts';
import type { BornePart } from '../../src/compensation/shares.ts';
import { fromFen } from '../../src/money/fen.ts';
import { Exact, type Money, sum, ZERO } from '../../src/money/money.ts';
import { CAP_SCOPES, type CapScope } from '../../src/policy/kinds/cap-words.ts';
import { applyCaps, type LossCaps } from '../../src/policy/kinds/loss-caps.ts';
import { resolveShares, splitLoss } from '../../src/policy/kinds/loss-resolve.ts';
import type { LossShares } from '../../src/policy/kinds/loss-shares-value.ts';

/** A made-up programme and what happens under it. Amounts in fen. */
export interface LossCase {
  loss: bigint;
  /** Basis points of each bearer, together 10,000. */
  points: number[];
  /** Which bearers the pool pays for. */
  pool: boolean[];
  caps: { of: number; on: number; limit: bigint; used: bigint }[];
  contributed: bigint[];
  receipts: { part: number; cost: number; basis: 'gross' | 'net' }[];
  advance: number;
  order: number[];
}

const fen = (max: bigint) => fc.oneof(fc.bigInt(0n, 999n), fc.bigInt(0n, max));

/** 2–6 bearers, up to three caps that a document could hold, several contributors, receipts with costs, and another order of them. */
export const lossCase: fc.Arbitrary<LossCase> = fc.integer({ min: 2, max: 6 }).chain((n) =>
  fc.record({
    loss: fen(10n ** 12n),
    points: fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: n - 1, maxLength: n - 1 }).map(asPoints),
    pool: fc.array(fc.boolean(), { minLength: n, maxLength: n }),
    caps: fc.array(
      fc.record({
        of: fc.integer({ min: 1, max: n - 1 }),
        on: fc.nat(n - 1),
        limit: fen(10n ** 12n),
        used: fen(10n ** 11n),
      }),
      { maxLength: 3 },
    ),
    contributed: fc.array(fc.bigInt(1n, 10n ** 12n), { minLength: 1, maxLength: 4 }),
    receipts: fc.array(
      fc.record({
        part: fc.integer({ min: 1, max: 60 }),
        cost: fc.nat(100),
        basis: fc.constantFrom('gross' as const, 'net' as const),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    advance: fc.nat(30),
    order: fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 }),
  }),
);

/** Cuts 10,000 basis points at n − 1 places. */
function asPoints(cuts: number[]): number[] {
  const at = [0, ...[...cuts].sort((a, b) => a - b), 10_000];
  return at.slice(1).map((end, i) => end - at[i]!);
}

const name = (i: number): string => (i === 0 ? 'bank' : `b${i}`);

function sharesOf({ points, pool }: LossCase): LossShares {
  return {
    shares: points.map((p, i) => ({
      bearer: name(i),
      label: name(i),
      percent: new Exact(p).div(100).toFixed(),
      pays: i > 0 && pool[i] ? 'pool' : 'own',
    })),
  };
}

const SCOPES = Object.keys(CAP_SCOPES) as CapScope[];

/** Caps as a document may have them: bearer `of` and those after it together, the excess on one before it; wider ones last. */
function capsOf({ caps, points }: LossCase): LossCaps & { used: Partial<Record<CapScope, string>> } {
  const used: Partial<Record<CapScope, string>> = {};
  const sorted = [...caps]
    .sort((a, b) => b.of - a.of)
    .map((cap, i) => {
      used[SCOPES[i]!] = fromFen(cap.used).toFixed(2);
      const on = Math.min(cap.on, cap.of - 1);
      const fallsOn = { code: name(on), label: name(on) };
      return {
        of: points.map((_, at) => name(at)).slice(cap.of),
        scope: SCOPES[i]!,
        amount: fromFen(cap.limit).toFixed(2),
        fallsOn,
      };
    });
  return { caps: sorted, used };
}

function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/**
 * Everything that must hold of a loss, whatever the programme: parts add up to it, no cap is passed, nobody bears less
 * than nothing; recoveries end at the same place in any order and take nothing back; taking one back is as if it had
 * never come; all recovered leaves everyone at 0.00. Throws what does not hold.
 */
export function assertLossCase(made: LossCase): void {
  const loss = fromFen(made.loss);
  const split = splitLoss(loss, resolveShares(sharesOf(made), {}));
  hold(total(split).eq(loss), 'the shares do not add up');
  const rules = capsOf(made);
  const { parts } = rules.caps.length > 0 ? applyCaps(rules, split, rules) : { parts: split };
  hold(total(parts).eq(loss), 'the capped parts do not add up');
  hold(
    parts.every(({ amount }) => !amount.isNegative()),
    'a part below zero',
  );
  rules.caps.forEach((cap) => {
    const borne = total(parts.filter(({ bearer }) => cap.of.includes(bearer)));
    hold(borne.lte(Exact.max(new Exact(cap.amount!).minus(rules.used[cap.scope]!), ZERO)), 'a cap is passed');
  });
  const leaves = spread(made, parts);
  hold(total(leaves).eq(loss), 'the leaves do not add up');
  assertRecoveries(made, leaves, loss);
}

function spread({ pool, contributed }: LossCase, parts: { bearer: string; label: string; amount: Money }[]): Leaf[] {
  const borne = parts.map((part): BornePart => {
    const at = Number(part.bearer.slice(1));
    const kind = part.bearer !== 'bank' && pool[at] ? 'pool' : 'own';
    return { ...part, kind, to: 'bank', contributors: 'all', cites: [] };
  });
  const holdings = contributed.map((amount, i) => {
    const held = fromFen(amount);
    return { party: `c${i}`, kind: 'any', contributed: held, available: held };
  });
  return leavesOf(borne, holdings, {});
}

function assertRecoveries(made: LossCase, leaves: Leaf[], loss: Money): void {
  const share = (of: bigint, percent: number) => (of * BigInt(percent)) / 100n;
  const receipts = made.receipts.flatMap(({ part, cost, basis }, i) => {
    const got = share(made.loss, part);
    const amounts = { amount: fromFen(got), cost: fromFen(share(got, cost)) };
    return got === 0n ? [] : [{ kind: 'recovery' as const, id: `r${i}`, ...amounts, basis, paidBy: 'bank' }];
  });
  let start = happen(lifeOf(leaves), { kind: 'paid', id: 'paid' }).life;
  const advance = fromFen(share(made.loss, made.advance));
  if (!advance.isZero()) start = happen(start, { kind: 'cost', id: 'cost', amount: advance, paidBy: 'pool' }).life;
  const one = run(start, receipts);
  const other = run(
    start,
    [...receipts].sort((a, b) => made.order[+a.id[1]!]! - made.order[+b.id[1]!]!),
  );
  hold(same(outstanding(one), outstanding(other)), 'the order of recoveries matters');
  hold(
    outstanding(one).every((left, i) => !left.isNegative() && left.lte(leaves[i]!.amount)),
    'too much or too little',
  );
  const first = receipts[0];
  if (!first) return;
  const without = takeBack(one, first.id);
  hold(same(outstanding(without.life), outstanding(run(start, receipts.slice(1)))), 'a reversal leaves a trace');
  const rest = loss.plus(advance);
  const all = happen(one, { kind: 'recovery', id: 'all', amount: rest, basis: 'net', cost: ZERO, paidBy: 'bank' });
  hold(
    outstanding(all.life).every((left) => left.isZero()),
    'all recovered and not at zero',
  );
}

function run(start: ClaimLife, receipts: Parameters<typeof happen>[1][]): ClaimLife {
  return receipts.reduce((life, event) => {
    const { life: next, postings } = happen(life, event);
    hold(
      postings.every(({ amount }: Posting) => amount.gt(0)),
      'something is taken back',
    );
    hold(total(postings).eq((event as { amount: Money }).amount), 'a receipt is not shared out exactly');
    return next;
  }, start);
}

function same(a: Money[], b: Money[]): boolean {
  return a.every((amount, i) => amount.eq(b[i]!));
}

function total(parts: readonly { amount: Money }[]): Money {
  return sum(parts.map(({ amount }) => amount));
}
