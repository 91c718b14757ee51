import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';

/** What an archive holds, by numbers: entries of the book and links of the audit chain, the first and the last of each. */
export interface Extent {
  ledgerFrom: bigint;
  ledgerTo: bigint;
  auditFrom: bigint;
  auditTo: bigint;
  /** the last business day it tells of */
  asOf: LocalDate;
}

/** The book's name, and how many entries it has; null when there is none of this code. */
export async function bookNamed(tx: Tx, book: string): Promise<{ name: string; entries: bigint } | null> {
  const [row] = await tx.$queryRaw<{ name: string; entries: bigint }[]>`
    SELECT name, entries FROM ledger.book WHERE id = ${book}`;
  return row ?? null;
}

/** The first year that anything of a book happened in. */
export async function firstYear(tx: Tx, book: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ year: number | null }[]>`
    SELECT extract(year FROM min(occurred_on))::int AS year FROM ledger.entry WHERE book_id = ${book}`;
  return row!.year;
}

/**
 * The extent of a year: its entries, in one run of numbers, up to the last one that its December was settled on; of the audit log everything from the
 * year's first day to the day on which its December was settled (today, as long as it is not). So the year's last statement is in it, too.
 */
export async function extentOf(tx: Tx, book: string, year: number, today: LocalDate): Promise<Extent> {
  const [from, to, december] = [`${year}-01-01`, `${year}-12-31`, `${year}-12`];
  const [row] = await tx.$queryRaw<Extent[]>`
    WITH settled AS (
      SELECT max(settled_on) AS day, max(ledger_entries) AS entries FROM settlement WHERE pool_code = ${book} AND period = ${december} AND status <> 'running'
    ), last AS (
      SELECT least(greatest(coalesce((SELECT day FROM settled), ${today}::date), ${to}::date), ${today}::date) AS day
    )
    SELECT coalesce((SELECT min(seq) FROM ledger.entry WHERE book_id = ${book} AND occurred_on >= ${from}::date), (SELECT entries FROM ledger.book WHERE id = ${book}) + 1) AS "ledgerFrom",
           greatest((SELECT max(seq) FROM ledger.entry WHERE book_id = ${book} AND occurred_on <= ${to}::date), (SELECT entries FROM settled), 0) AS "ledgerTo",
           coalesce((SELECT max(s.seq) FROM audit.seal s JOIN audit_log a ON a.id = s.audit_id WHERE a."on" < ${from}::date), 0) + 1 AS "auditFrom",
           CASE WHEN (SELECT day FROM last) >= ${today}::date THEN (SELECT entries FROM audit.chain)
                ELSE coalesce((SELECT max(s.seq) FROM audit.seal s JOIN audit_log a ON a.id = s.audit_id WHERE a."on" <= (SELECT day FROM last)), 0) END AS "auditTo",
           (SELECT day FROM last)::text AS "asOf"`;
  return row!;
}

/** The hash of an entry of a book, of link number n of the audit chain; before the first that which it follows. */
export async function hashesAt(
  tx: Tx,
  book: string,
  seq: bigint,
  link: bigint,
): Promise<{ ledger: string; audit: string }> {
  const [row] = await tx.$queryRaw<{ ledger: string; audit: string }[]>`
    SELECT encode(CASE WHEN ${seq}::bigint = 0 THEN ledger.genesis(${book}) ELSE (SELECT hash FROM ledger.entry WHERE book_id = ${book} AND seq = ${seq}::bigint) END, 'hex') AS ledger,
           encode(CASE WHEN ${link}::bigint = 0 THEN ledger.genesis('audit') ELSE (SELECT hash FROM audit.seal WHERE seq = ${link}::bigint) END, 'hex') AS audit`;
  return row!;
}

/** Lines of a file, each with the number it stands at. */
type Rows = Promise<{ place: bigint; line: string }[]>;

/** The next entries of a book, each with its hash and where its lines really stand; what is hashed comes last, as it is. */
export function entryLines(tx: Tx, book: string, after: bigint, to: bigint, take: number): Rows {
  return tx.$queryRaw`
    SELECT e.seq AS place, '{"hash":"' || encode(e.hash, 'hex') || '","lines":' || coalesce(f.places, '[]')::text || ',"entry":' || convert_from(ledger.canonical(e.book_id, e.seq, e.reference, e.occurred_on,
             e.recorded_at, e.kind, e.memo, e.cites, e.belongs_to, e.reverses, e.actor, f.codes, f.keys, f.sides, f.amounts, f.subjects), 'UTF8') || '}' AS line
      FROM (SELECT * FROM ledger.entry WHERE book_id = ${book} AND seq > ${after}::bigint AND seq <= ${to}::bigint ORDER BY seq LIMIT ${take}) e
      LEFT JOIN LATERAL (
        SELECT array_agg(a.code ORDER BY l.line_no) codes, array_agg(a.sub_key ORDER BY l.line_no) keys, array_agg(l.side::text ORDER BY l.line_no) sides,
               array_agg(l.amount ORDER BY l.line_no) amounts, array_agg(l.subject ORDER BY l.line_no) subjects,
               jsonb_agg(jsonb_build_array(l.line_no, l.occurred_on, a.book_id) ORDER BY l.line_no) places
          FROM ledger.line l LEFT JOIN ledger.account a ON a.id = l.account_id WHERE l.book_id = e.book_id AND l.seq = e.seq) f ON true
     ORDER BY e.seq`;
}

/** Lines of a book that belong to no entry: there are none, unless somebody took an entry away. */
export function orphanLines(tx: Tx, book: string, from: bigint, to: bigint): Rows {
  return tx.$queryRaw`
    SELECT l.seq AS place, jsonb_build_object('seq', l.seq, 'lineNo', l.line_no, 'code', a.code, 'key', a.sub_key, 'side', l.side, 'amount', l.amount::text)::text AS line
      FROM ledger.line l LEFT JOIN ledger.account a ON a.id = l.account_id
     WHERE l.book_id = ${book} AND l.seq BETWEEN ${from}::bigint AND ${to}::bigint AND NOT EXISTS (SELECT FROM ledger.entry e WHERE e.book_id = l.book_id AND e.seq = l.seq) ORDER BY l.seq, l.line_no`;
}

/** The accounts of a book: before the first entry, after the last, and as the book itself counts them then (its balance less what came later). */
export function accountLines(tx: Tx, book: string, from: bigint, to: bigint): Rows {
  return tx.$queryRaw`
    SELECT a.id AS place, jsonb_build_object('code', a.code, 'key', a.sub_key, 'name', c.name, 'normalSide', a.normal_side, 'offBalance', a.off_balance, 'opening', s.opening::text,
             'closing', s.closing::text, 'balance', (a.balance - s.later)::text)::text AS line
      FROM ledger.account a JOIN ledger.chart c USING (code) CROSS JOIN LATERAL (
        SELECT coalesce(sum(w.amount) FILTER (WHERE l.seq < ${from}::bigint), 0.00) AS opening, coalesce(sum(w.amount) FILTER (WHERE l.seq <= ${to}::bigint), 0.00) AS closing,
               coalesce(sum(w.amount) FILTER (WHERE l.seq > ${to}::bigint), 0.00) AS later
          FROM ledger.line l CROSS JOIN LATERAL (SELECT CASE WHEN l.side = a.normal_side THEN l.amount ELSE -l.amount END AS amount) w WHERE l.account_id = a.id) s
     WHERE a.book_id = ${book} ORDER BY a.code, a.sub_key`;
}

/** The next links of the audit chain; a link whose row is gone has an empty one. */
export function chainLines(tx: Tx, after: bigint, to: bigint, take: number): Rows {
  return tx.$queryRaw`
    SELECT s.seq AS place, '{"hash":"' || encode(s.hash, 'hex') || '","item":' || coalesce(CASE WHEN s.audit_id IS NULL THEN audit.content(s.seq, e) ELSE audit.content(s.seq, a) END, 'null') || '}' AS line
      FROM (SELECT * FROM audit.seal WHERE seq > ${after}::bigint AND seq <= ${to}::bigint ORDER BY seq LIMIT ${take}) s
      LEFT JOIN audit_log a ON a.id = s.audit_id LEFT JOIN audit.evidence e ON e.id = s.evidence_id ORDER BY s.seq`;
}

/** Rows of the log that stand in no link and wait for none: there are none, unless somebody put one in past the triggers. */
export function strayLines(tx: Tx): Rows {
  return tx.$queryRaw`
    SELECT a.id AS place, jsonb_build_object('id', a.id, 'at', a.at, 'action', a.action, 'subject', a.subject)::text AS line
      FROM audit_log a WHERE NOT EXISTS (SELECT FROM audit.seal s WHERE s.audit_id = a.id) AND NOT audit.waits(a.id) ORDER BY a.id`;
}

/** The records of a kind that an archive holds: those whose digest stands in its part of the chain, and those that have none. */
export function recordLines(tx: Tx, kind: string, book: string, { auditFrom, auditTo }: Extent): Rows {
  return tx.$queryRaw`
    SELECT coalesce(r.seal, 0) AS place, '{"seal":' || coalesce(r.seal::text, 'null') || ',"subject":' || to_jsonb(r.subject)::text || ',"record":' || r.record || '}' AS line
      FROM audit.archived(${kind}, ${book}) r WHERE (r.seal BETWEEN ${auditFrom}::bigint AND ${auditTo}::bigint) OR (r.seal IS NULL AND NOT r.waits) ORDER BY r.seal, r.subject`;
}

/** The records of a kind that were kept before an archive's part of the chain, and that its year still rests on. */
export function earlierLines(tx: Tx, kind: string, book: string, { auditFrom }: Extent): Rows {
  return tx.$queryRaw`
    SELECT r.seal AS place, '{"seal":' || r.seal || ',"subject":' || to_jsonb(r.subject)::text || ',"record":' || r.record || '}' AS line
      FROM audit.archived(${kind}, ${book}) r WHERE r.seal < ${auditFrom}::bigint ORDER BY r.seal, r.subject`;
}

/** The lines of those bank statements, statement by statement as they came. */
export function bankLines(tx: Tx, statements: bigint[]): Rows {
  return tx.$queryRaw`
    SELECT l.id AS place, '{"serial":' || coalesce(to_jsonb(l.serial), 'null')::text || ',"line":' || audit.of_bank_line(l) || '}' AS line
      FROM bank_line l WHERE l.statement_id = ANY (${statements}::bigint[]) ORDER BY l.statement_id, l.id`;
}

/** The file of a bank statement as it came. */
export async function statementBytes(tx: Tx, id: bigint): Promise<Uint8Array<ArrayBuffer>> {
  return (await tx.bankStatement.findUniqueOrThrow({ where: { id }, select: { file: true } })).file;
}

/** The PDF of a document; null when its job has not drawn it. */
export async function pdfBytes(tx: Tx, id: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return (await tx.document.findUniqueOrThrow({ where: { id }, select: { pdf: true } })).pdf;
}

/** The archive and what it holds; the row stays locked until the transaction ends. */
export async function lockArchive(
  tx: Tx,
  id: bigint,
): Promise<Extent & { poolCode: string; year: number; status: string; jobId: string | null }> {
  const [row] = await tx.$queryRaw<
    (Extent & { poolCode: string; year: number; status: string; jobId: string | null })[]
  >`
    SELECT pool_code AS "poolCode", year, status, job_id::text AS "jobId", ledger_from AS "ledgerFrom", ledger_to AS "ledgerTo", audit_from AS "auditFrom", audit_to AS "auditTo",
           as_of::text AS "asOf" FROM archive WHERE id = ${id} FOR UPDATE`;
  return row!;
}

/** Keeps a part; made again it is the same. */
export async function keepPart(tx: Tx, id: bigint, place: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO archive_part (archive_id, place, bytes) VALUES (${id}, ${place}, ${bytes}) ON CONFLICT (archive_id, place) DO UPDATE SET bytes = EXCLUDED.bytes`;
}

/** Ends an archive: it has so many parts, this size and this hash. False when another run has ended it. */
export async function endArchive(
  tx: Tx,
  id: bigint,
  made: { parts: number; bytes: number; sha256: string; publicKey: string },
): Promise<boolean> {
  await tx.$executeRaw`DELETE FROM archive_part WHERE archive_id = ${id} AND place >= ${made.parts}`;
  const ended = await tx.$executeRaw`
    UPDATE archive SET status = 'ready', bytes = ${made.bytes}, sha256 = decode(${made.sha256}, 'hex'), public_key = ${made.publicKey} WHERE id = ${id} AND status = 'making'`;
  return ended > 0;
}

/** One part of an archive; null behind the last. */
export async function partOfArchive(tx: Tx, archiveId: bigint, place: number): Promise<Uint8Array<ArrayBuffer> | null> {
  return (await tx.archivePart.findUnique({ where: { archiveId_place: { archiveId, place } } }))?.bytes ?? null;
}
