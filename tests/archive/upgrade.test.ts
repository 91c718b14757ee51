import { afterAll, beforeAll, expect, it } from 'vitest';
import { sealAudit } from '../../src/access/audit-chain-service.ts';
import { signedFiles } from '../../src/archive/build-service.ts';
import { type ArchivedYear, archivedYear, type Files, verdictOf } from '../support/archive.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let year: ArchivedYear;
beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  year = await archivedYear(t.pool, t.contextOf());
});
afterAll(() => t.stop());

/** As a database stood before there were editions: rates have a digest and no text, and by the migration another digest with one. */
async function beforeEditions(): Promise<void> {
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

it('an archive of a year before there were editions has the rates that were entered in it', async () => {
  await beforeEditions();
  const { rows } = await t.pool.query(
    'SELECT min(s.seq) AS first FROM audit.seal s JOIN audit.edition d USING (evidence_id)',
  );
  const files: Files = new Map();
  const wanted = { ...(await year.wanted()), auditTo: BigInt(rows[0].first) - 1n };
  for await (const { path, content } of signedFiles(year.ctx, wanted, year.signer))
    files.set(path, Buffer.from(content));
  expect(`${files.get('policies/quotes.jsonl')}`).toContain('lprQuote:-:2026-02');
  expect(verdictOf(files, [], year.signer.publicKey).findings).toEqual([]);
});
