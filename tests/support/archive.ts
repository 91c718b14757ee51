import { generateKeyPairSync } from 'node:crypto';
import type pg from 'pg';
import { sealAudit } from '../../src/access/audit-chain-service.ts';
import type { Context } from '../../src/access/context.ts';
import { type ArchiveFile, signedFiles, type Wanted } from '../../src/archive/build-service.ts';
import { extentOf } from '../../src/archive/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { storePdf } from '../../src/documents/service.ts';
import { type Signer, signerOf } from '../../src/files/signing-key.ts';
import { settleDue } from '../../src/settlement/service.ts';
import { type Verdict, verifyArchive } from '../../verify/archive.ts';
import type { PrintedHead } from '../../verify/report.ts';
import type { Source } from '../../verify/source.ts';
import { importNovember } from './archive-statements.ts';

/** The book that is archived, and the year. */
export const BOOK = 'pingluo';
export const YEAR = 2026;
/** The book of the year's subsidies. */
export const BUDGET = 'subsidy-2026-ningxia-tech-finance-subsidy';

/** The files of an archive as their names and bytes. */
export type Files = Map<string, Buffer>;

/** A year of the demonstration that has been settled to its last month but one, some of its papers drawn, and what is printed on all of them. */
export interface ArchivedYear {
  pool: pg.Pool;
  ctx: Context;
  signer: Signer;
  /** the heads as they stand on paper at the end */
  heads: PrintedHead[];
  /** what the archive holds, as it is now */
  wanted(ctx?: Context, book?: string): Promise<Wanted>;
  /** its files, or another book's, before they are packed */
  files(ctx?: Context, book?: string): Promise<Files>;
  /** it cut in two, as years follow on each other: half of its entries and the log up to the last LPR that was entered, and the rest */
  halves(): Promise<[Files, Files]>;
}

/** The day on which November is settled. */
export const DAY = '2026-12-10';

export const newSigner = (): Signer =>
  signerOf(`${generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' })}`);

/** Of a database to which the demonstration was told, its year up to `DAY`. */
export async function archivedYear(pool: pg.Pool, service: Context): Promise<ArchivedYear> {
  const ctx = { ...service, today: DAY };
  const signer = newSigner();
  await settleDue(ctx, BOOK);
  await importNovember(ctx);
  await drawSome(pool, ctx);
  await sealAudit(ctx);
  const wanted = async (of = ctx, book = BOOK): Promise<Wanted> => ({
    ...(await inTransaction(of, (tx) => extentOf(tx, book, YEAR, of.today))),
    poolCode: book,
    year: YEAR,
  });
  const files = async (of = ctx, book = BOOK) => collect(signedFiles(of, await wanted(of, book), signer));
  const halves = async (): Promise<[Files, Files]> => {
    const whole = await wanted();
    const { rows } = await pool.query(
      `SELECT max(s.seq) AS log FROM audit.seal s JOIN audit.evidence e ON e.id = s.evidence_id WHERE e.subject LIKE 'lprQuote:%'`,
    );
    const [ledger, log] = [(whole.ledgerFrom + whole.ledgerTo) / 2n, BigInt(rows[0].log)];
    const first = signedFiles(ctx, { ...whole, ledgerTo: ledger, auditTo: log }, signer);
    const second = signedFiles(ctx, { ...whole, ledgerFrom: ledger + 1n, auditFrom: log + 1n }, signer);
    return [await collect(first), await collect(second)];
  };
  return { pool, ctx, signer, heads: await headsNow(pool), wanted, files, halves };
}

/** A few papers as bytes: the others wait for their job. */
async function drawSome(pool: pg.Pool, ctx: Context): Promise<void> {
  const { rows } = await pool.query(
    `SELECT id::text FROM document WHERE pool_code = $1 AND kind = 'settlementStatement' ORDER BY number LIMIT 3`,
    [BOOK],
  );
  for (const { id } of rows) await storePdf(ctx, id, async () => new TextEncoder().encode(`%PDF-1.7 ${id}`));
}

/** What is printed on each month's statements and bridges, and at the end. */
async function headsNow(pool: pg.Pool): Promise<PrintedHead[]> {
  const { rows } = await pool.query(
    `SELECT pool_code AS chain, ledger_entries::int AS count, ledger_head AS hash FROM settlement WHERE pool_code = $1 AND ledger_entries > 0
     UNION SELECT id, entries::int, encode(head, 'hex') FROM ledger.book WHERE id = $1
     UNION SELECT 'audit', (view_model #>> '{audit,entries}')::int, view_model #>> '{audit,head}' FROM document WHERE pool_code = $1 AND view_model ? 'audit'
     UNION SELECT 'audit', entries::int, encode(head, 'hex') FROM audit.chain ORDER BY 1, 2`,
    [BOOK],
  );
  return rows.map((row) => ({ ...row, from: '纸面所印', outside: true }));
}

async function collect(files: AsyncGenerator<ArchiveFile>): Promise<Files> {
  const all: Files = new Map();
  for await (const { path, content } of files) all.set(path, Buffer.from(content));
  return all;
}

/** The files as the verifier reads them. */
export const sourceOf = (files: Files): Source => ({ paths: [...files.keys()], read: (path) => files.get(path) });

/** Those of the heads on paper that speak of a book or of the log. */
export const headsOf = (heads: PrintedHead[], book: string): PrintedHead[] =>
  heads.filter(({ chain }) => chain === book || chain === 'audit');

/** What the verifier says of files. */
export const verdictOf = (files: Files, heads: PrintedHead[], publicKey?: string): Verdict =>
  verifyArchive(sourceOf(files), { heads, publicKey });
