import { sainteLagueFen } from '../money/allocate.ts';
import { fromFen, toFen } from '../money/fen.ts';
import { type Advance, type MetAdvance, metAdvances, total, writtenDown } from './advances.ts';
import type { ClaimEvent, ClaimLife, Posting, PostingKind } from './claim-life.ts';
import { POOL } from './payer.ts';

/** What everyone has been due up to now because of a loss, in whole fen; it follows from the events alone. */
export interface Standing {
  paid: boolean;
  refunded: boolean;
  /** Interest the bank has proven in all. */
  interest: bigint;
  /** Recovered, less what each receipt's own cost took from it. */
  free: bigint;
  /** Of that for the bearers and beyond: it never shrinks, so that nothing is taken back for a cost that comes later. */
  net: bigint;
  /** What neither the bearers nor the bank needed: it never shrinks either. */
  borrower: bigint;
  /** Costs paid beforehand, in their order. */
  advances: readonly Advance[];
  /** Costs met from their own receipts, by who had paid them. */
  met: ReadonlyMap<string, bigint>;
  /** What each leaf got back, and what of its receivable was written off, in the order of the leaves. */
  got: readonly bigint[];
  writtenOff: readonly bigint[];
}

export function standingAtFirst(leaves: number): Standing {
  const none = Array.from({ length: leaves }, () => 0n);
  return {
    ...{ paid: false, refunded: false, interest: 0n, free: 0n, net: 0n, borrower: 0n },
    ...{ advances: [], met: new Map(), got: none, writtenOff: none },
  };
}

/**
 * Adds an event: cost first, then the bearers by what each bore, cumulatively (Sainte-Laguë, so that a larger total
 * never takes a fen back), then the bank's proven interest, then the borrower.
 */
export function fold(before: Standing, event: ClaimEvent, weights: bigint[]): Standing {
  switch (event.kind) {
    case 'paid':
      return { ...before, paid: true };
    case 'refund':
      return { ...before, refunded: true };
    case 'interestProven':
      return { ...before, interest: toFen(event.amount) };
    case 'writeOff':
      return {
        ...before,
        writtenOff: before.writtenOff.map((fen, i) => fen + toFen(event.amounts[i]!)),
        advances: before.advances.map((advance) => writtenDown(advance, event.cost)),
      };
    case 'cost': {
      const { id, paidBy, amount } = event;
      const advance = { id, paidBy, fen: toFen(amount), writtenOff: new Map<string, bigint>() };
      return { ...before, advances: [...before.advances, advance] };
    }
    case 'recovery': {
      const cost = event.basis === 'gross' ? toFen(event.cost) : 0n;
      const met =
        cost === 0n ? before.met : new Map(before.met).set(event.paidBy, (before.met.get(event.paidBy) ?? 0n) + cost);
      const free = before.free + toFen(event.amount) - cost;
      const net = most(before.net, free - before.advances.reduce((sum, { fen }) => sum + fen, 0n));
      const borne = weights.reduce((a, b) => a + b, 0n);
      const borrower = most(before.borrower, net - least(net, borne) - before.interest);
      return { ...before, met, free, net, borrower, got: sainteLagueFen(least(net, borne), weights) };
    }
  }
}

/** What is to be posted on the way from one standing to another, for the leaves of a life; nothing of 0.00. */
export function postingsBetween({ borne, weights }: ClaimLife, before: Standing, after: Standing): Posting[] {
  const found: Posting[] = [];
  const add = (kind: PostingKind, bearer: string, party: string, fen: bigint): void => {
    if (fen !== 0n) found.push({ kind, bearer, party, amount: fromFen(fen) });
  };
  const [spent, spentNow] = [costsOf(before), costsOf(after)];
  for (const payer of new Set([...spent.keys(), ...spentNow.keys()])) {
    const [was, is] = [spent.get(payer) ?? NO_COST, spentNow.get(payer) ?? NO_COST];
    add('costPaid', payer, payer, is.paid - was.paid);
    add('costRepaid', payer, payer, is.repaid - was.repaid);
  }
  const [down, downNow] = [writtenOffCosts(before), writtenOffCosts(after)];
  for (const party of new Set([...down.keys(), ...downNow.keys()])) {
    const [was, is] = [down.get(party) ?? NOT_DOWN, downNow.get(party) ?? NOT_DOWN];
    add('costWriteOff', 'cost', party, is.writtenOff - was.writtenOff);
    add('costAfterWriteOff', 'cost', party, is.back - was.back);
  }
  for (const [i, { kind, bearer, party }] of borne.entries()) {
    const kinds = kind === 'own' ? OWN : OUT_OF_POOL;
    const [was, is] = [leafOf(weights[i]!, before, i, kind), leafOf(weights[i]!, after, i, kind)];
    for (const [k, what] of kinds.entries()) add(what, bearer, party, is[k]! - was[k]!);
  }
  const bank = borne.find(({ bearer }) => bearer === 'bank')?.party ?? 'bank';
  add('bankInterest', 'bank', bank, bankInterest(after, weights) - bankInterest(before, weights));
  add('borrower', 'borrower', 'borrower', after.borrower - before.borrower);
  return found;
}

const OWN: PostingKind[] = ['borne', 'recovery', 'borneEnded'];
const OUT_OF_POOL: PostingKind[] = [
  ...(['compensation', 'writeOff', 'recovery'] as const),
  ...(['recoveryAfterWriteOff', 'refund', 'refundAfterWriteOff'] as const),
];
const NO_COST = { paid: 0n, repaid: 0n };
const NOT_DOWN = { writtenOff: 0n, back: 0n };

/** One leaf's totals, in the order of OWN or OUT_OF_POOL. Its receivable is met first, what was written off after it. */
function leafOf(
  amount: bigint,
  { paid, refunded, got, writtenOff }: Standing,
  i: number,
  kind: 'pool' | 'own',
): bigint[] {
  if (!paid) return OUT_OF_POOL.map(() => 0n);
  // What was refunded was no loss of the programme's: nothing more is recovered for those beside the pool either.
  if (kind === 'own') return [amount, got[i]!, refunded ? amount - got[i]! : 0n];
  const standing = amount - writtenOff[i]!;
  const met = least(got[i]!, standing);
  const left = refunded ? amount - got[i]! : 0n;
  const receivable = least(left, standing - met);
  return [amount, writtenOff[i]!, met, got[i]! - met, receivable, left - receivable];
}

/** What became of every cost paid beforehand. */
export function advancesOf({ advances, free, net, refunded }: Standing): MetAdvance[] {
  return metAdvances(advances, free - net, refunded);
}

/** What was paid for the pursuit, by whom, and what of it has come back while it stood: own costs at once, advances first come first served. */
function costsOf(standing: Standing): Map<string, { paid: bigint; repaid: bigint }> {
  const costs = new Map([...standing.met].map(([payer, repaid]) => [payer, { paid: 0n, repaid }]));
  for (const { paidBy, fen, standing: back } of advancesOf(standing)) {
    const { paid, repaid } = costs.get(paidBy) ?? NO_COST;
    costs.set(paidBy, { paid: paid + fen, repaid: repaid + back });
  }
  return costs;
}

/** Of whose share what the pool had paid was written off, and what has come back to it since. */
export function writtenOffCosts(standing: Standing): Map<string, { writtenOff: bigint; back: bigint }> {
  const found = new Map<string, { writtenOff: bigint; back: bigint }>();
  for (const { writtenOff, afterWriteOff } of advancesOf(standing)) {
    for (const [party, fen] of writtenOff) {
      const before = found.get(party) ?? NOT_DOWN;
      found.set(party, { writtenOff: before.writtenOff + fen, back: before.back + afterWriteOff.get(party)! });
    }
  }
  return found;
}

/** What the pool paid for the pursuit and has not got back, in fen, written off or not. */
export function costOutOfPool(standing: Standing): bigint {
  return total(advancesOf(standing).map(({ paidBy, fen, back }) => (paidBy === POOL ? fen - back : 0n)));
}

function bankInterest({ net, borrower }: Standing, weights: bigint[]): bigint {
  const borne = weights.reduce((a, b) => a + b, 0n);
  return net - least(net, borne) - borrower;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
