import { sainteLagueFen } from '../money/allocate.ts';
import { toFen } from '../money/fen.ts';
import type { Money } from '../money/money.ts';
import { POOL } from './payer.ts';

/** What of a cost the pool had paid was written off of one contributor's share; `of`: the id of the cost. */
export interface CostPart {
  of: string;
  party: string;
  amount: Money;
}

/** A cost paid beforehand, in whole fen, and what of it was written off of whose share. */
export interface Advance {
  id: string;
  paidBy: string;
  fen: bigint;
  writtenOff: ReadonlyMap<string, bigint>;
}

/** What became of an advance: what came back of it, what of that met what still stood, and what came back to whom of what was written off. */
export interface MetAdvance extends Advance {
  back: bigint;
  standing: bigint;
  afterWriteOff: ReadonlyMap<string, bigint>;
}

/** What of each advance came back out of `repaid` in all: first come first served, of each what stands first, then what was written off, cumulatively by what each had lost. A refund makes the pool whole. */
export function metAdvances(advances: readonly Advance[], repaid: bigint, refunded: boolean): MetAdvance[] {
  let left = repaid;
  return advances.map((advance) => {
    const { fen, paidBy, writtenOff } = advance;
    const met = left < fen ? left : fen;
    left -= met;
    const back = refunded && paidBy === POOL ? fen : met;
    const stood = fen - total(writtenOff.values());
    const standing = back < stood ? back : stood;
    const shares = sainteLagueFen(back - standing, [...writtenOff.values()]);
    const afterWriteOff = new Map([...writtenOff.keys()].map((party, i) => [party, shares[i]!]));
    return { ...advance, back, standing, afterWriteOff };
  });
}

/** An advance with what a write-off took of it added. */
export function writtenDown(advance: Advance, parts: readonly CostPart[]): Advance {
  const writtenOff = new Map(advance.writtenOff);
  for (const { of, party, amount } of parts) {
    if (of === advance.id) writtenOff.set(party, (writtenOff.get(party) ?? 0n) + toFen(amount));
  }
  return { ...advance, writtenOff };
}

/** What of an advance is neither back nor written off, in fen. */
export function unmet({ fen, writtenOff, standing }: MetAdvance): bigint {
  return fen - total(writtenOff.values()) - standing;
}

/** Adds up. */
export function total(all: Iterable<bigint>): bigint {
  return [...all].reduce((a, b) => a + b, 0n);
}
