import type { ClaimLife, Posting } from '../../../src/compensation/claim-life.ts';
import { outstanding, receivables } from '../../../src/compensation/claim-life.ts';
import { type Money, toWire, ZERO } from '../../../src/money/money.ts';

/** A claim in the database and its loss in the pure model. */
export interface Both {
  id: bigint;
  pool: string;
  bank: string;
  borrower: string;
  life: ClaimLife;
  /** what the pool has advanced and neither got back nor written off */
  cost: Money;
  /** of that what was written off and is not back, by contributor */
  costKept: Map<string, Money>;
}
/** By pool: what the accounts that many claims share should hold. */
export const books = new Map<string, Map<string, Money>>();

/** Adds to one of them. */
export function book(pool: string, account: string, by: Money): void {
  const held = books.get(pool)!;
  held.set(account, (held.get(account) ?? ZERO).plus(by));
}

/** What postings do to the accounts that claims share, said once more and in other words than the service's. */
export function follow(both: Both, postings: readonly Posting[]): void {
  const { pool, life } = both;
  for (const { kind, bearer, party, amount } of postings) {
    const own = life.borne.some((l) => l.kind === 'own' && l.bearer === bearer && l.party === party);
    if (kind === 'compensation') book(pool, '1002', amount.neg());
    if (kind === 'costPaid' && party === 'pool') book(pool, '1002', amount.neg());
    if (kind === 'costPaid' && party === 'pool') both.cost = both.cost.plus(amount);
    if (kind === 'costRepaid' && party === 'pool') both.cost = both.cost.minus(amount);
    if (kind === 'costWriteOff') both.cost = both.cost.minus(amount);
    if (kind === 'costWriteOff') keep(both, party, amount);
    if (kind === 'costAfterWriteOff') keep(both, party, amount.neg());
    if (
      [
        'costRepaid',
        'costAfterWriteOff',
        'recovery',
        'recoveryAfterWriteOff',
        'bankInterest',
        'borrower',
        'refund',
        'refundAfterWriteOff',
      ].includes(kind)
    )
      book(pool, '1002', amount);
    if ((kind === 'costRepaid' && party !== 'pool') || (kind === 'recovery' && own) || kind === 'bankInterest')
      book(pool, `2307 ${party}`, amount);
    if (kind === 'borrower') book(pool, `2307 ${both.borrower}`, amount);
    if (kind === 'writeOff' || kind === 'costWriteOff') book(pool, `2901 ${party}`, amount.neg());
    if (kind.endsWith('AfterWriteOff')) book(pool, `2901 ${party}`, amount);
  }
}

function keep({ costKept }: Both, party: string, by: Money): void {
  costKept.set(party, (costKept.get(party) ?? ZERO).plus(by));
}

/** Everything that a claim's and its pool's accounts should hold, from the pure model alone; nothing of 0.00. */
export function expectedOf({ id, pool, life, cost, costKept }: Both): Record<string, string> {
  const found = new Map<string, Money>();
  const add = (name: string, amount: Money) => found.set(name, (found.get(name) ?? ZERO).plus(amount));
  const [due, left] = [receivables(life), outstanding(life)];
  for (const [i, { kind, party }] of life.borne.entries()) {
    if (kind === 'own') for (const code of ['9201', '9202']) add(`${code} ${id}:${party}`, left[i]!);
    else add(`1218 ${id}:${party}`, due[i]!);
    if (kind === 'pool') for (const code of ['9301', '9302']) add(`${code} ${id}:${party}`, left[i]!.minus(due[i]!));
  }
  add(`1218 ${id}:cost`, cost);
  for (const [party, kept] of costKept) for (const code of ['9301', '9302']) add(`${code} ${id}:${party}`, kept);
  for (const [name, amount] of books.get(pool)!) add(name, amount);
  return Object.fromEntries([...found].filter(([, m]) => !m.isZero()).map(([name, m]) => [name, toWire(m)]));
}
