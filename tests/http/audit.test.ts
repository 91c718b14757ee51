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

describe('审计日志', () => {
  it('tells who did what, when and from where, newest first', async () => {
    const { status, body } = await t.get('audit?action=institution.create', auditor);
    expect(status).toBe(200);
    expect(body.items.map((a: { subject: string }) => a.subject)).toEqual(
      [4, 3, 2, 1, 0].map((i) => `institution:bank-${i}`),
    );
    expect(body.items[0]).toMatchObject({
      on: '2026-03-02',
      actorName: '系统管理员甲',
      role: 'operator',
      before: null,
      after: { name: '银行4' },
    });
    expect(body.items[0].requestId).toBeTruthy();
  });

  it('is found by subject and by who did it, and read page by page', async () => {
    expect((await t.get('audit?subject=institution:bank-2', auditor)).body).toMatchObject({
      total: 1,
      items: [{ after: { code: 'bank-2' } }],
    });
    const { actor, keyId } = (await t.get('audit?action=institution.create&limit=1', auditor)).body.items[0];
    expect((await t.get(`audit?actor=${actor}&action=institution.create`, operator)).body.total).toBe(5);
    expect([actor === keyId, keyId]).toEqual([false, operator.split('_')[1]]);
    const first = (await t.get('audit?action=institution.create&limit=3', auditor)).body;
    const rest = (await t.get(`audit?action=institution.create&limit=3&cursor=${first.nextCursor}`, auditor)).body;
    expect([first.total, rest.items.map((a: { subject: string }) => a.subject), rest.nextCursor]).toEqual([
      5,
      ['institution:bank-1', 'institution:bank-0'],
      null,
    ]);
    expect((await t.get('audit?cursor=x', auditor)).body.code).toBe('CURSOR_INVALID');
  });

  it('is searched by what a thing was before and is after', async () => {
    const { body } = await t.get(`audit?text=${encodeURIComponent('银行3')}`, auditor);
    expect(body.items.map((a: { subject: string }) => a.subject)).toEqual(['institution:bank-3']);
    expect((await t.get(`audit?text=${encodeURIComponent('100%')}`, auditor)).body.total).toBe(0);
  });

  it('names the person something was done to, who is found by that name', async () => {
    const name = '马会计';
    const { id } = await t.userFor({ role: 'auditor', name });
    await t.post(`users/${id}/end-sessions`, {}, operator);
    const { body } = await t.get(`audit?action=user.endSession&q=${encodeURIComponent(name)}`, auditor);
    expect(body.items[0]).toMatchObject({ subject: `user:${id}`, subjectName: name });
  });

  it('is for auditors and operators only', async () => {
    for (const role of ['finance', 'regionalReviewer'] as const)
      expect((await t.get('audit', await t.keyFor({ role }))).status).toBe(403);
    expect((await t.get('audit', await t.keyFor({ role: 'bank', institutionCode: 'bank-0' }))).status).toBe(403);
  });

  it('is never rewritten, not by the owner of the database either', async () => {
    for (const sql of [`UPDATE audit_log SET actor = 'x'`, 'DELETE FROM audit_log', 'TRUNCATE audit_log']) {
      await expect(t.pool.query(sql)).rejects.toThrow('APPEND_ONLY');
    }
    expect(t.log.errors).toEqual([]);
  });
});
