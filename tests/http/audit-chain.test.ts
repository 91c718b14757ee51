import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let operator: string;
let auditor: string;

beforeAll(async () => {
  t = await startTestApp('2026-03-02');
  operator = await t.keyFor({ role: 'operator', name: '系统管理员甲' });
  auditor = await t.keyFor({ role: 'auditor' });
  for (let i = 0; i < 5; i++)
    await t.post('institutions', { code: `bank-${i}`, name: `银行${i}`, kind: 'partnerBank' }, operator);
});
afterAll(() => t.stop());

const verify = async (query = '') => (await t.get(`audit/verify${query}`, auditor)).body;

/** What a superuser does past every trigger, what the verification then says of it, and everything as it was before. */
async function after(...statements: string[]): Promise<{ problem: string; seq: number | null; detail: string }[]> {
  const client: pg.PoolClient = await t.pool.connect();
  try {
    await client.query(`BEGIN; SET LOCAL session_replication_role = replica`);
    for (const sql of statements) await client.query(sql);
    const { rows } = await client.query('SELECT seq::int, problem, detail FROM audit.verify()');
    return rows;
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('审计链', () => {
  it('holds every row of the log once, and says its head', async () => {
    const { valid, entries, head, broken, waiting } = await verify();
    const { rows } = await t.pool.query('SELECT count(*)::int AS n FROM audit_log');
    expect([valid, entries, broken, waiting]).toEqual([true, rows[0].n, [], 0]);
    expect(head).toMatch(/^[0-9a-f]{64}$/);
    expect(await verify(`?entries=${entries}&head=${head}`)).toMatchObject({ valid: true });
  });

  it('goes on from its head: what was printed yesterday holds today', async () => {
    const before = await verify();
    await t.post('institutions', { code: 'bank-x', name: '银行X', kind: 'partnerBank' }, operator);
    const now = await verify(`?entries=${before.entries}&head=${before.head}`);
    expect([now.valid, now.entries]).toEqual([true, before.entries + 1]);
    const wrong = await verify(`?entries=${before.entries}&head=${now.head}`);
    expect([wrong.valid, wrong.broken[0].problem]).toEqual([false, 'anchor']);
  });

  it('names the row that was changed, and no other', async () => {
    const { rows } = await t.pool.query(
      `SELECT s.seq::int, s.audit_id FROM audit.seal s JOIN audit_log a ON a.id = s.audit_id WHERE a.subject = 'institution:bank-2'`,
    );
    const [{ seq, audit_id }] = rows;
    const found = await after(
      `UPDATE audit_log SET after = '{"code":"bank-2","name":"银行二"}' WHERE id = ${audit_id}`,
    );
    expect(found).toEqual([{ seq, problem: 'hash', detail: expect.stringContaining(`审计第 ${audit_id} 号`) }]);
    for (const change of [
      `actor = 'x'`,
      `"on" = "on" - 1`,
      `at = at + interval '1 microsecond'`,
      `action = 'x'`,
      `role = 'bank'`,
      `request_id = NULL`,
      `before = '{}'`,
    ])
      expect(
        (await after(`UPDATE audit_log SET ${change} WHERE id = ${audit_id}`)).map((f) => [f.problem, f.seq]),
      ).toEqual([['hash', seq]]);
  });

  it('finds what was deleted, put in, exchanged and cut off at the end', async () => {
    const kinds = async (...sql: string[]) => (await after(...sql)).map((f) => f.problem);
    expect(await kinds('DELETE FROM audit_log WHERE id = (SELECT audit_id FROM audit.seal WHERE seq = 4)')).toEqual([
      'missing',
    ]);
    expect(
      await kinds(
        'DELETE FROM audit_log WHERE id = (SELECT audit_id FROM audit.seal WHERE seq = 4)',
        'DELETE FROM audit.seal WHERE seq = 4',
      ),
    ).toContain('gap');
    expect(
      await kinds(
        `INSERT INTO audit_log ("on", actor, role, action, subject) VALUES ('2026-03-01', 'x', 'finance', 'claim.pay', 'claim:1')`,
      ),
    ).toEqual(['stray']);
    expect(
      await kinds(
        `UPDATE audit.seal s SET audit_id = -o.audit_id FROM audit.seal o WHERE o.seq = 9 - s.seq AND s.seq IN (4, 5)`,
        `UPDATE audit.seal SET audit_id = -audit_id WHERE audit_id < 0`,
      ),
    ).toEqual(['hash', 'hash']);
    expect(
      await kinds(
        `DELETE FROM audit_log WHERE id = (SELECT audit_id FROM audit.seal ORDER BY seq DESC LIMIT 1)`,
        `DELETE FROM audit.seal WHERE seq = (SELECT max(seq) FROM audit.seal)`,
      ),
    ).toEqual(['head']);
  });

  it('keeps a record by its first digest: what was changed later, and a digest that fits the change, are both found', async () => {
    const quote = `INSERT INTO lpr_quote VALUES ('2026-01', '2026-01-20', 3.000, 3.500, true, 'x')`;
    expect(await after(quote)).toMatchObject([{ problem: 'record', detail: '没有留存摘要：绕过程序写入' }]);
    const again = `INSERT INTO audit.evidence (subject, sha256) SELECT 'policyVersion:-:x', sha256(v::bytea) FROM unnest(ARRAY['was', 'is']) v`;
    const seal = 'INSERT INTO audit.unsealed (evidence_id) SELECT id FROM audit.evidence ORDER BY id DESC LIMIT 2';
    const found = await after(again, seal, 'SELECT audit.seal_all()');
    expect(found.map(({ detail }) => detail)).toContain('另有一个不同的摘要：资料留存以后被改写');
  });

  it('is append-only for everybody, truncation included', async () => {
    for (const table of ['audit.seal', 'audit.evidence', 'audit.edition', 'audit.chain', 'audit_log'])
      for (const sql of [`DELETE FROM ${table}`, `TRUNCATE ${table}`])
        await expect(t.pool.query(sql)).rejects.toThrow('APPEND_ONLY');
    await expect(t.pool.query('UPDATE audit.seal SET seq = seq')).rejects.toThrow('APPEND_ONLY');
  });

  it('lets writers write at once: none waits for a sealer, and every row is sealed once', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `many-${i}`);
    const written = names.map((code) => t.post('institutions', { code, name: code, kind: 'partnerBank' }, operator));
    const sealed = Array.from({ length: 10 }, () => verify());
    expect((await Promise.all(written)).every(({ status }) => status === 201)).toBe(true);
    expect((await Promise.all(sealed)).every(({ valid }) => valid)).toBe(true);
    const { rows } = await t.pool.query(
      `SELECT count(*)::int AS n FROM audit.seal s JOIN audit_log a ON a.id = s.audit_id WHERE a.subject LIKE 'institution:many-%'`,
    );
    await verify();
    expect((await verify()).waiting).toBe(0);
    expect(rows[0].n).toBeLessThanOrEqual(40);
  });

  it('a writer that has not ended holds up no sealer', async () => {
    const client = await t.pool.connect();
    try {
      await client.query(
        `BEGIN; INSERT INTO audit_log ("on", actor, role, action, subject) VALUES ('2026-03-02', 'system', 'system', 'test', 'test:1')`,
      );
      const before = await verify();
      expect(before).toMatchObject({ valid: true });
      await client.query('COMMIT');
      expect(await verify()).toMatchObject({ valid: true, entries: before.entries + 1 });
    } finally {
      client.release();
    }
  });

  it('keeps every edition of what has several, with its text: one that is changed or taken away is found', async () => {
    await t.pool.query(`INSERT INTO lpr_quote VALUES ('2026-01', '2026-01-20', 3.000, 3.500, false, 'x')`);
    await t.pool.query('UPDATE lpr_quote SET confirmed = confirmed');
    await t.pool.query('UPDATE lpr_quote SET confirmed = true');
    const kept = await t.pool.query(
      `SELECT d.record::jsonb -> 'confirmed' AS confirmed FROM audit.edition d JOIN audit.evidence e ON e.id = d.evidence_id WHERE e.subject = 'lprQuote:-:2026-01' ORDER BY e.id`,
    );
    expect(kept.rows).toEqual([{ confirmed: false }, { confirmed: true }]);
    expect(await verify()).toMatchObject({ valid: true });
    const first = '(SELECT min(evidence_id) FROM audit.edition)';
    expect(
      await after(`UPDATE audit.edition SET record = replace(record, '3.000', '9.000') WHERE evidence_id = ${first}`),
    ).toMatchObject([{ problem: 'record', detail: '这一版与留存摘要不符：内容被改动' }]);
    const last = '(SELECT max(evidence_id) FROM audit.edition)';
    expect(await after(`DELETE FROM audit.edition WHERE evidence_id = ${last}`)).toMatchObject([
      { problem: 'record', detail: '这一版已被删除' },
    ]);
  });
});
