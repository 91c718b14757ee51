import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { partOf } from '../db/listing.ts';
import type { BookRow, PostedEntry } from './journal-entry.ts';
import type { AccountBalance } from './trial-balance.ts';

/** The books among these (null: all), by code. */
export async function books(tx: Tx, codes: string[] | null): Promise<BookRow[]> {
  return tx.$queryRaw`
    SELECT id AS "poolCode", name, entries::int, encode(head, 'hex') AS head
      FROM ledger.book WHERE ${codes}::text[] IS NULL OR id = ANY (${codes}::text[]) ORDER BY id`;
}

/** Σ of each account on its normal side, for the books' first `entries` entries (null: all) up to and including a day. */
export async function balancesOn(
  tx: Tx,
  codes: string[],
  asOf: LocalDate,
  entries: number | null = null,
): Promise<AccountBalance[]> {
  return tx.$queryRaw`
    SELECT a.book_id AS "poolCode", a.code, c.name, a.sub_key AS key, a.normal_side AS "normalSide", a.off_balance AS "offBalance",
           coalesce(s.total, 0.00)::text AS balance
      FROM ledger.account a JOIN ledger.chart c USING (code)
      LEFT JOIN LATERAL (SELECT sum(CASE WHEN l.side = a.normal_side THEN l.amount ELSE -l.amount END) AS total
        FROM ledger.line l WHERE l.account_id = a.id AND l.occurred_on <= ${asOf}::date AND (${entries}::bigint IS NULL OR l.seq <= ${entries}::bigint)) s ON true
     WHERE a.book_id = ANY (${codes}::text[]) ORDER BY a.book_id, a.code, a.sub_key`;
}

const ENTRY = `
  e.book_id AS "poolCode", e.seq::int, e.reference, e.occurred_on::text AS "occurredOn", e.kind, e.memo, e.cites, e.belongs_to AS "belongsTo", e.reverses, e.actor,
  to_char(e.recorded_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.US"+08:00"') AS "recordedAt", encode(e.hash, 'hex') AS hash,
  (SELECT r.reference FROM ledger.entry r WHERE r.book_id = e.book_id AND r.reverses = e.reference) AS "reversedBy",
  (SELECT jsonb_agg(jsonb_build_object('lineNo', l.line_no, 'code', a.code, 'name', c.name, 'key', a.sub_key, 'offBalance', a.off_balance,
            'side', CASE l.side WHEN 'D' THEN 'debit' ELSE 'credit' END, 'amount', l.amount::text, 'subject', l.subject) ORDER BY l.line_no)
     FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id JOIN ledger.chart c ON c.code = a.code WHERE l.book_id = e.book_id AND l.seq = e.seq) AS lines`;

/** What to look for; a missing field asks for nothing. `account`, `key` and `subject` must meet on one line. */
export interface EntryFilter {
  account?: string;
  key?: string;
  subject?: string;
  kind?: string;
  reference?: string;
  belongsTo?: SettlementPeriod;
  from?: LocalDate;
  to?: LocalDate;
  /** part of the memo, the reference or a line's subject */
  q?: string;
}

const WHERE = `
  e.book_id = ANY ($1::text[]) AND ($2::text IS NULL OR e.kind = $2) AND ($3::text IS NULL OR e.reference = $3) AND ($4::text IS NULL OR e.belongs_to = $4)
  AND ($5::date IS NULL OR e.occurred_on >= $5::date) AND ($6::date IS NULL OR e.occurred_on <= $6::date)
  AND (($7::text IS NULL AND $8::text IS NULL AND $9::text IS NULL) OR EXISTS (SELECT FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id
    WHERE l.book_id = e.book_id AND l.seq = e.seq AND ($7::text IS NULL OR a.code = $7) AND ($8::text IS NULL OR a.sub_key = $8) AND ($9::text IS NULL OR l.subject = $9)))
  AND ($10::text IS NULL OR e.memo ILIKE $10 OR e.reference ILIKE $10 OR EXISTS (SELECT FROM ledger.line l WHERE l.book_id = e.book_id AND l.seq = e.seq AND l.subject ILIKE $10))`;

const ORDER = {
  seq: { beyond: '>', by: 'e.book_id, e.seq', place: 'o.book_id, o.seq' },
  '-seq': { beyond: '<', by: 'e.book_id DESC, e.seq DESC', place: 'o.book_id, o.seq' },
  occurredOn: { beyond: '>', by: 'e.occurred_on, e.book_id, e.seq', place: 'o.occurred_on, o.book_id, o.seq' },
  '-occurredOn': {
    beyond: '<',
    by: 'e.occurred_on DESC, e.book_id DESC, e.seq DESC',
    place: 'o.occurred_on, o.book_id, o.seq',
  },
};
export type EntrySort = keyof typeof ORDER;

/** One page of the entries of some books that the filter lets through, after (`book`, `seq`) in the order asked for; and how many there are in all. */
export async function entriesPage(
  tx: Tx,
  codes: string[],
  filter: EntryFilter,
  page: { sort: EntrySort; take: number; after: { book: string; seq: number } | null },
): Promise<{ items: PostedEntry[]; total: number }> {
  const { kind, reference, belongsTo, from, to, account, key, subject, q } = filter;
  const part = q === undefined ? undefined : partOf(q);
  const asked = [codes, ...[kind, reference, belongsTo, from, to, account, key, subject, part].map((x) => x ?? null)];
  const [count] = await tx.$queryRawUnsafe<{ total: number }[]>(
    `SELECT count(*)::int AS total FROM ledger.entry e WHERE ${WHERE}`,
    ...asked,
  );
  const { beyond, by, place } = ORDER[page.sort];
  // An entry never changes, so that its own row says where a page begins.
  const columns = place.replaceAll('o.', 'e.');
  const items = await tx.$queryRawUnsafe<PostedEntry[]>(
    `SELECT ${ENTRY} FROM ledger.entry e WHERE ${WHERE} AND ($11::text IS NULL OR (${columns}) ${beyond} (SELECT ${place} FROM ledger.entry o WHERE o.book_id = $11 AND o.seq = $12::bigint)) ORDER BY ${by} LIMIT $13`,
    ...asked,
    page.after?.book ?? null,
    page.after?.seq ?? null,
    page.take,
  );
  return { items, total: count!.total };
}

/** The next entries of a book by day and number, for an export of its first `entries` entries. */
export async function entriesByDay(
  tx: Tx,
  book: string,
  span: { from: LocalDate | null; to: LocalDate; entries: number },
  after: { occurredOn: LocalDate; seq: number } | null,
  take: number,
): Promise<PostedEntry[]> {
  return tx.$queryRawUnsafe(
    `SELECT ${ENTRY} FROM ledger.entry e
      WHERE e.book_id = $1 AND ($2::date IS NULL OR e.occurred_on >= $2::date) AND e.occurred_on <= $3::date AND e.seq <= $4::bigint
        AND ($5::date IS NULL OR (e.occurred_on, e.seq) > ($5::date, $6::bigint))
      ORDER BY e.occurred_on, e.seq LIMIT $7`,
    ...[book, span.from, span.to, span.entries, after?.occurredOn ?? null, after?.seq ?? null, take],
  );
}

/** The day of a book's earliest entry. */
export async function firstDay(tx: Tx, book: string): Promise<LocalDate | null> {
  const [row] = await tx.$queryRaw<{ day: LocalDate | null }[]>`
    SELECT min(occurred_on)::text AS day FROM ledger.entry WHERE book_id = ${book}`;
  return row!.day;
}

/** What `ledger.verify` found: an entry (`seq`, `reference`), a line of it (`lineNo`), or an account or the book's head (all three null). */
export interface Broken {
  poolCode: string;
  seq: number | null;
  reference: string | null;
  lineNo: number | null;
  /** gap, hash, unbalanced, lines, line, date, account, orphan, balance, head, anchor */
  problem: string;
  detail: string;
}

/** Verifies books, each as of one moment, with the entries and the head they had then. */
export async function verify(tx: Tx, codes: string[]): Promise<(BookRow & { broken: Omit<Broken, 'poolCode'>[] })[]> {
  return tx.$queryRaw`
    SELECT b.id AS "poolCode", b.name, b.entries::int, encode(b.head, 'hex') AS head,
           coalesce((SELECT jsonb_agg(jsonb_build_object('seq', v.seq, 'reference', v.reference, 'lineNo', v.line_no, 'problem', v.problem, 'detail', v.detail))
                       FROM ledger.verify(b.id) v), '[]') AS broken
      FROM ledger.book b WHERE b.id = ANY (${codes}::text[]) ORDER BY b.id`;
}

/** The stored hash of one entry, or null when there is none. */
export async function hashAt(tx: Tx, book: string, seq: number): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ hash: string }[]>`
    SELECT encode(hash, 'hex') AS hash FROM ledger.entry WHERE book_id = ${book} AND seq = ${seq}::bigint`;
  return row?.hash ?? null;
}

/** One hash over the heads of several books, in order of code. */
export async function headOfHeads(tx: Tx, heads: string[]): Promise<string> {
  const [row] = await tx.$queryRaw<{ head: string }[]>`
    SELECT encode(sha256(decode(${heads.join('')}, 'hex')), 'hex') AS head`;
  return row!.head;
}
