import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealAudit } from '../../src/access/audit-chain-service.ts';
import { signedFiles, type Wanted } from '../../src/archive/build-service.ts';
import { extentOf } from '../../src/archive/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { closeMatched } from '../../src/reconciliation/difference-store.ts';
import { identifyReceipt, withdrawIdentified } from '../../src/reconciliation/identify-service.ts';
import type { Finding } from '../../verify/report.ts';
import { type ArchivedYear, archivedYear, BOOK, type Files, verdictOf } from '../support/archive.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let year: ArchivedYear;
beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  year = await archivedYear(t.pool, t.contextOf());
});
afterAll(() => t.stop());

/** What the verifier says of an archive, and the archive. */
async function verified(wanted: Wanted): Promise<{ files: Files; findings: Finding[] }> {
  const files: Files = new Map();
  for await (const { path, content } of signedFiles(year.ctx, wanted, year.signer))
    files.set(path, Buffer.from(content));
  return { files, findings: verdictOf(files, [], year.signer.publicKey).findings };
}

/** The book's year as it is archived in the January after 2026. */
async function inJanuary(of: number): Promise<Wanted> {
  const ctx = { ...year.ctx, today: '2027-01-05' };
  await sealAudit(ctx);
  const extent = await inTransaction(ctx, (tx) => extentOf(tx, BOOK, of, ctx.today));
  return { ...extent, poolCode: BOOK, year: of };
}

const differenceOf = async (kind: string): Promise<bigint> =>
  BigInt(
    (await t.pool.query(`SELECT id FROM difference WHERE pool_code = $1 AND kind = $2 ORDER BY id`, [BOOK, kind]))
      .rows[0].id,
  );

it('finds nothing amiss in what was done on the last day of a year and chained after its last act', async () => {
  await sealAudit(year.ctx);
  const ctx = { ...t.contextOf(await t.actor('finance')), today: '2026-12-31' };
  const id = await differenceOf('unknownReceipt');
  const { rows } = await t.pool.query('SELECT code FROM institution ORDER BY code LIMIT 1');
  await identifyReceipt(ctx, id, { party: rows[0].code });
  await withdrawIdentified(ctx, id, '误提');
  await identifyReceipt(ctx, id, { party: rows[0].code });
  const { files, findings } = await verified(await inJanuary(2027));
  expect(`${files.get('bank/differences.jsonl')}`.trim().split('\n')).toHaveLength(3);
  expect(findings).toEqual([]);
  expect((await verified(await inJanuary(2026))).findings).toEqual([]);
});

it('asks for nobody behind a difference that a match has closed', async () => {
  const { rows } = await t.pool.query(
    `INSERT INTO difference (pool_code, account_no, run_id, status, kind, direction, amount, occurred_on, line_id)
     SELECT l.pool_code, l.account_no, (SELECT max(id) FROM reconciliation r WHERE r.account_no = l.account_no), 'open', 'unknownReceipt', l.direction, l.amount, l.occurred_on, l.id
       FROM bank_line l JOIN bank_match_line u ON u.line_id = l.id AND u.live WHERE l.pool_code = $1 AND NOT EXISTS (SELECT FROM difference d WHERE d.line_id = l.id) LIMIT 1 RETURNING account_no`,
    [BOOK],
  );
  await inTransaction(year.ctx, (tx) => closeMatched(tx, rows[0].account_no, '2026-12-10'));
  const { files, findings } = await verified(await inJanuary(2026));
  expect(`${files.get('bank/differences.jsonl')}`).toContain('"matched"');
  expect(findings).toEqual([]);
});

it('finds a difference that somebody called matched in the database, though its edition was kept', async () => {
  const id = await differenceOf('bankFee');
  await t.pool.query(`UPDATE difference SET status = 'matched', note = '伪造' WHERE id = $1`, [id]);
  expect((await verified(await inJanuary(2026))).findings).toEqual([
    expect.objectContaining({ check: 'difference.unlogged', about: `差异 ${id}` }),
  ]);
});

/** As a database stands that was upgraded: rates have a digest without a text, and by the migration another one with its text. */
async function keptBeforeEditions(): Promise<void> {
  const client = await t.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(
      `DELETE FROM audit.edition d USING audit.evidence e WHERE e.id = d.evidence_id AND e.subject LIKE 'lprQuote:%'`,
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  await t.pool.query(
    `WITH r AS (SELECT * FROM audit.records('lprQuote')),
       kept AS (INSERT INTO audit.evidence (subject, sha256) SELECT subject, sha256(convert_to(record, 'UTF8')) FROM r RETURNING id, subject)
     INSERT INTO audit.edition SELECT kept.id, r.record FROM kept JOIN r USING (subject)`,
  );
  await sealAudit(year.ctx);
}

it('has the rates that were entered before there were editions', async () => {
  await keptBeforeEditions();
  const { rows } = await t.pool.query(
    'SELECT min(s.seq) AS first FROM audit.seal s JOIN audit.edition d USING (evidence_id)',
  );
  const { files, findings } = await verified({ ...(await year.wanted()), auditTo: BigInt(rows[0].first) - 1n });
  expect(`${files.get('policies/quotes.jsonl')}`).toContain('lprQuote:-:2026-02');
  expect(findings).toEqual([]);
});
