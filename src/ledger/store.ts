import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { Citation } from '../errors.ts';
import { asArrays, assertBalanced, type JournalEntry, type Line } from './journal-entry.ts';

/** Posts one entry in the caller's transaction; the same reference and content again answers the first number. @returns its number in the book */
export async function post(tx: Tx, book: string, actor: string, entry: JournalEntry): Promise<bigint> {
  assertBalanced(entry);
  const { codes, keys, sides, amounts, subjects } = asArrays(entry.lines);
  const [row] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT ledger.post(${book}, ${entry.reference}, ${entry.occurredOn}::date, ${entry.kind}, ${entry.memo}, ${JSON.stringify(entry.cites)}::jsonb,
      ${codes}::text[], ${keys}::text[], ${sides}::text[], ${amounts}::numeric[], ${subjects}::text[], ${actor}, ${entry.belongsTo ?? null}, ${entry.reverses ?? null}) AS seq`;
  return row!.seq;
}

/** Posts many entries of one kind, citing the same articles, in one round trip. All or nothing. */
export async function postMany(
  tx: Tx,
  book: string,
  actor: string,
  kind: string,
  cites: Citation[],
  entries: Omit<JournalEntry, 'kind' | 'cites' | 'reverses'>[],
): Promise<void> {
  if (entries.length === 0) return;
  for (const entry of entries) assertBalanced({ ...entry, kind, cites });
  const lines: Line[] = entries.flatMap((e) => e.lines);
  const place = entries.flatMap((e, i) => e.lines.map(() => i + 1));
  const { codes, keys, sides, amounts, subjects } = asArrays(lines);
  await tx.$executeRaw`
    SELECT ledger.post_many(${book}, ${kind}, ${JSON.stringify(cites)}::jsonb, ${actor},
      ${entries.map((e) => e.reference)}::text[], ${entries.map((e) => e.occurredOn)}::date[], ${entries.map((e) => e.memo)}::text[], ${entries.map((e) => e.belongsTo ?? null)}::text[],
      ${place}::int[], ${codes}::text[], ${keys}::text[], ${sides}::text[], ${amounts}::numeric[], ${subjects}::text[])`;
}

export interface Book {
  id: string;
  name: string;
  head: string;
  entries: bigint;
  lockedThrough: SettlementPeriod | null;
}

/** Takes the book's lock until the transaction ends and answers its state. */
export async function lockBook(tx: Tx, book: string): Promise<Book> {
  const [row] = await tx.$queryRaw<Book[]>`
    SELECT id, name, encode(head, 'hex') AS head, entries, locked_through AS "lockedThrough" FROM ledger.lock_book(${book})`;
  return row!;
}

export async function openBook(tx: Tx, book: string, name: string): Promise<void> {
  await tx.$executeRaw`SELECT ledger.open_book(${book}, ${name})`;
}

/** Closes the months up to this one: later postings into them are refused by the database. */
export async function lockPeriod(tx: Tx, book: string, period: SettlementPeriod): Promise<void> {
  await tx.$executeRaw`SELECT ledger.lock_period(${book}, ${period})`;
}
