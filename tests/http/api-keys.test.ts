import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueKey } from '../../src/access/key-service.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let operator: string;

beforeAll(async () => {
  t = await startTestApp('2026-03-02');
  operator = await t.keyFor({ role: 'operator', name: '系统管理员甲' });
  await t.post('institutions', { code: 'ningxia-bank', name: '宁夏银行股份有限公司', kind: 'partnerBank' }, operator);
});
afterAll(() => t.stop());

const BANK_KEY = { name: '宁夏银行信贷系统', role: 'bank', institutionCode: 'ningxia-bank' };

describe('API 密钥', () => {
  it('is shown once, works, and is kept nowhere in clear', async () => {
    const { status, body } = await t.post('api-keys', BANK_KEY, operator, { 'idempotency-key': 'k1' });
    expect([status, body.key]).toEqual([201, expect.stringMatching(/^nkd_[0-9a-f]{16}_[0-9a-f]{48}$/)]);
    expect((await t.get('enterprises', body.key)).status).toBe(200);
    const list = await t.get('api-keys', operator);
    const mine = list.body.items.find((k: { id: string }) => k.id === body.id);
    expect(mine).toEqual({
      id: body.id,
      ...BANK_KEY,
      enterpriseUscc: null,
      scopes: [],
      createdAt: expect.any(String),
      createdBy: '系统管理员甲',
      ownerName: null,
      expiresOn: '2027-03-02',
      lastUsedAt: expect.any(String),
      revokedAt: null,
      signed: false,
    });
    const secret = body.key.split('_')[2];
    const { rows } = await t.pool.query(
      `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema IN ('public', 'ledger', 'pgboss') AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of rows) {
      const found = await t.pool.query(`SELECT count(*)::int AS n FROM ${name} x WHERE x::text LIKE $1`, [
        `%${secret}%`,
      ]);
      expect([name, found.rows[0].n]).toEqual([name, 0]);
    }
  });

  it('revoked is refused at once; revoking again changes nothing', async () => {
    const { id, key } = (await t.post('api-keys', BANK_KEY, operator)).body;
    const first = await t.post(`api-keys/${id}/revoke`, undefined, operator);
    expect([first.status, first.body.revokedAt]).toEqual([200, expect.any(String)]);
    expect((await t.get('enterprises', key)).body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect((await t.post(`api-keys/${id}/revoke`, undefined, operator)).body.revokedAt).toBe(first.body.revokedAt);
    expect((await t.post('api-keys/0000000000000000/revoke', undefined, operator)).status).toBe(404);
  });

  it('says when it was last used, to five minutes, and nothing before its first use', async () => {
    const { id, key } = (await t.post('api-keys', BANK_KEY, operator)).body;
    const lastUsed = async () =>
      (await t.get('api-keys', operator)).body.items.find((k: { id: string }) => k.id === id).lastUsedAt;
    expect(await lastUsed()).toBeNull();
    await t.get('enterprises', key);
    const first = await lastUsed();
    expect(Math.abs(Date.parse(first) - Date.now())).toBeLessThan(60_000);
    await t.get('enterprises', key);
    expect(await lastUsed()).toBe(first);
    await t.pool.query(`UPDATE api_key SET last_used_at = last_used_at - interval '6 minutes' WHERE id = $1`, [id]);
    await t.get('enterprises', key);
    expect(Date.parse(await lastUsed())).toBeGreaterThanOrEqual(Date.parse(first));
  });

  it('ends after a year unless told otherwise, after two at most; the first of an installation, which is nobody’s, does not', async () => {
    const ends = async (expiresOn?: string) => {
      const { body } = await t.post('api-keys', { ...BANK_KEY, expiresOn }, operator);
      const list = await t.get('api-keys', operator);
      return body.code ?? list.body.items.find((k: { id: string }) => k.id === body.id).expiresOn;
    };
    expect(await ends()).toBe('2027-03-02');
    expect(await ends('2028-03-02')).toBe('2028-03-02');
    expect(await ends('2028-03-03')).toBe('KEY_EXPIRES_TOO_LATE');
    expect(await ends('2026-03-01')).toBe('KEY_EXPIRED_AT_ISSUE');
    const { id } = await issueKey(t.contextOf(), { name: '首个系统管理员', role: 'operator' });
    const first = (await t.get('api-keys', operator)).body.items.find((k: { id: string }) => k.id === id);
    expect([first.expiresOn, first.createdBy, first.ownerName]).toEqual([null, null, null]);
  });

  it('may have to sign from the start', async () => {
    const { id, key } = (await t.post('api-keys', { ...BANK_KEY, signed: true }, operator)).body;
    const list = await t.get('api-keys', operator);
    expect(list.body.items.find((k: { id: string }) => k.id === id).signed).toBe(true);
    expect((await t.get('enterprises', key)).body).toMatchObject({ status: 401, code: 'SIGNATURE_REQUIRED' });
  });

  it('counts on its last day and not after', async () => {
    const { key } = (await t.post('api-keys', { ...BANK_KEY, expiresOn: '2026-03-31' }, operator)).body;
    t.on('2026-03-31');
    expect((await t.get('enterprises', key)).status).toBe(200);
    t.on('2026-04-01');
    expect((await t.get('enterprises', key)).status).toBe(401);
    t.on('2026-03-02');
  });

  it('with scopes does what they name and nothing else of its role', async () => {
    const { key } = (await t.post('api-keys', { ...BANK_KEY, scopes: ['enterprise.read'] }, operator)).body;
    expect((await t.get('enterprises', key)).status).toBe(200);
    const other = await t.get('policies', key);
    expect([other.status, other.body.detail]).toEqual([403, expect.stringContaining('policy.read')]);
  });

  it.each([
    ['a bank without its institution', { institutionCode: undefined }, 'OWNER_MISSING'],
    ['an institution that is not there', { institutionCode: 'nobody' }, 'INSTITUTION_UNKNOWN'],
    ['an enterprise without its code', { role: 'enterprise', institutionCode: undefined }, 'OWNER_MISSING'],
    ['auditors at a bank', { role: 'auditor' }, 'OWNER_IS_A_BANK'],
    ['a scope beyond the role', { scopes: ['pool.create'] }, 'SCOPE_BEYOND_ROLE'],
    ['an unknown role', { role: 'root' }, 'INVALID_INPUT'],
    ['an unknown scope', { scopes: ['everything'] }, 'INVALID_INPUT'],
  ])('is not issued for %s', async (_, change, code) => {
    const { status, body } = await t.post('api-keys', { ...BANK_KEY, ...change }, operator);
    expect([status, body.code]).toEqual([422, code]);
  });

  it('is for operators only', async () => {
    const others = await Promise.all(
      (['finance', 'auditor', 'regionalReviewer'] as const).map((role) => t.keyFor({ role })),
    );
    for (const key of others) {
      expect((await t.get('api-keys', key)).status).toBe(403);
      expect((await t.post('api-keys', BANK_KEY, key)).status).toBe(403);
      expect((await t.post('api-keys/0000000000000000/revoke', undefined, key)).status).toBe(403);
      expect((await t.post('api-keys/0000000000000000/require-signature', undefined, key)).status).toBe(403);
    }
    expect(t.log.errors).toEqual([]);
  });
});
