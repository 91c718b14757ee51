import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOf } from '../../src/access/api-key.ts';
import { issueKey, issueOwnKey } from '../../src/access/key-service.ts';
import type { Role } from '../../src/access/roles.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { TestUser } from '../support/logins.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp('2026-03-02');
  const operator = await t.keyFor({ role: 'operator' });
  const unit = { code: 'ningxia-st', name: '自治区科技厅', kind: 'regionalAuthority' };
  expect((await t.post('institutions', unit, operator)).status).toBe(201);
});
afterAll(async () => {
  expect(t.log.errors).toEqual([]);
  await t.stop();
});

/** Issues a key to oneself, in a session, with the 动态口令. */
const ownKey = (user: TestUser, more: object = {}) =>
  t.call('POST', 'me/api-keys', { cookie: user.cookie, body: { name: '对账程序', code: user.code(), ...more } });
const keyOf = async (user: TestUser, more?: object): Promise<string> => (await ownKey(user, more)).body.key;

describe('本人的密钥', () => {
  it('acts as the person: the same name, role and place, in what it does and in the audit log', async () => {
    const user = await t.userFor({ role: 'regionalReviewer', institutionCode: 'ningxia-st', name: '李审核' });
    const key = await keyOf(user);
    const me = (await t.get('me', key)).body;
    expect(me).toMatchObject({
      ...{ id: user.id, name: '李审核', role: 'regionalReviewer', institution: { code: 'ningxia-st' } },
    });
    const { rows } = await t.pool.query(`SELECT key_id AS key FROM audit_log WHERE actor = $1 ORDER BY id`, [user.id]);
    expect(rows).toEqual([{ key: null }]);
    const { body: proposed } = await propose(key);
    const [log] = (await t.get(`audit?subject=policyVersion:${proposed.id}`, await t.keyFor({ role: 'auditor' }))).body
      .items;
    expect(log).toMatchObject({ actor: user.id, actorName: '李审核', keyId: key.split('_')[1], keyName: '对账程序' });
  });

  it('is the same person as its owner, and as another key of the owner', async () => {
    const user = await t.userFor({ role: 'regionalReviewer', institutionCode: 'ningxia-st' });
    const key = await keyOf(user);
    const other = await keyOf(user, { code: user.code(1) });
    const colleague = await t.userFor({ role: 'regionalReviewer', institutionCode: 'ningxia-st' });
    const { id } = (await propose(key)).body;
    for (const as of [{ key }, { key: other }, { cookie: user.cookie }])
      expect((await t.call('POST', `policy-versions/${id}/approve`, as)).body.code).toBe('SAME_PERSON');
    const byOwner = (await propose(undefined, user.cookie)).body;
    expect((await t.post(`policy-versions/${byOwner.id}/approve`, undefined, key)).body.code).toBe('SAME_PERSON');
    expect((await t.call('POST', `policy-versions/${id}/approve`, { cookie: colleague.cookie })).status).toBe(200);
  });

  it('is issued by oneself with the 动态口令, each code once, and wrong ones lock like passwords', async () => {
    const user = await t.userFor({ role: 'finance' });
    expect(await ownKey(user, { code: '000000' })).toMatchObject({ status: 422, body: { code: 'CODE_WRONG' } });
    const code = user.code();
    const made = await ownKey(user, { code });
    expect([made.status, made.body.key]).toEqual([201, expect.stringMatching(/^nkd_/)]);
    expect((await ownKey(user, { code })).body.code).toBe('CODE_USED');
    for (let i = 0; i < 5; i++) await ownKey(user, { code: '000000' });
    expect(await ownKey(user, { code: user.code(1) })).toMatchObject({ status: 429, body: { code: 'LOGIN_LOCKED' } });
  });

  it('makes no other key, knows no more than the role, and ends within two years', async () => {
    const user = await t.userFor({ role: 'finance' });
    const key = await keyOf(user, { scopes: ['pool.read', 'key.own'] });
    expect((await t.post('me/api-keys', { name: '又一把', code: user.code(1) }, key)).body.code).toBe('FORBIDDEN');
    expect((await t.get('documents', key)).status).toBe(403);
    const other = await t.userFor({ role: 'finance' });
    expect((await ownKey(other, { scopes: ['pool.create'] })).body.code).toBe('SCOPE_BEYOND_ROLE');
    const late = await ownKey(await t.userFor({ role: 'finance' }), { expiresOn: '2028-03-03' });
    expect(late.body.code).toBe('KEY_EXPIRES_TOO_LATE');
  });

  it('is seen and revoked by its owner and by operators, not by others', async () => {
    const user = await t.userFor({ role: 'finance', name: '王财务' });
    const { id, key } = (await ownKey(user)).body;
    const stranger = await t.userFor({ role: 'finance' });
    const listOf = async ({ cookie }: TestUser) => (await t.call('GET', 'me/api-keys', { cookie })).body.items;
    expect(await listOf(stranger)).toEqual([]);
    expect(await listOf(user)).toMatchObject([{ id, name: '对账程序', ownerName: '王财务', createdBy: '王财务' }]);
    const revoke = ({ cookie }: TestUser) => t.call('POST', `me/api-keys/${id}/revoke`, { cookie });
    expect((await revoke(stranger)).status).toBe(404);
    expect((await revoke(user)).body.items).toMatchObject([{ id, revokedAt: expect.any(String) }]);
    expect((await t.get('pools', key)).status).toBe(401);
    const second = (await ownKey(user, { code: user.code(1) })).body;
    const operator = await t.userFor({ role: 'operator' });
    await t.call('POST', `api-keys/${second.id}/revoke`, { cookie: operator.cookie });
    expect((await t.get('pools', second.key)).status).toBe(401);
  });

  it('counts only while its owner may log in with the second factor', async () => {
    const user = await t.userFor({ role: 'finance' });
    const key = await keyOf(user);
    const { cookie } = await t.userFor({ role: 'operator' });
    await t.call('POST', `users/${user.id}/disable`, { cookie });
    expect(await t.get('pools', key)).toMatchObject({ status: 401, body: { code: 'KEY_OWNER_OUT' } });
    await t.call('POST', `users/${user.id}/enable`, { cookie });
    expect((await t.get('pools', key)).status).toBe(200);
    await t.call('POST', `users/${user.id}/reset-second-factor`, { cookie });
    expect(await t.get('pools', key)).toMatchObject({ status: 401, body: { code: 'KEY_OWNER_OUT' } });
  });
});

describe('系统管理员一人', () => {
  it.each(['countyReviewer', 'regionalReviewer', 'finance', 'operator'] as const)(
    'cannot make a second person of the role %s: not by the page, nor past it',
    async (role: Role) => {
      const { id, cookie } = await t.userFor({ role: 'operator' });
      const given = { name: '假人', role, ...(role !== 'finance' && { institutionCode: 'ningxia-st' }) };
      const refused = { status: 422, body: { code: 'KEY_WITHOUT_PERSON' } };
      expect(await t.call('POST', 'api-keys', { cookie, body: given })).toMatchObject(refused);
      expect(await t.post('api-keys', given, await t.keyFor({ role: 'operator' }))).toMatchObject(refused);
      const victim = await t.userFor({ role, institutionCode: 'ningxia-st' });
      const enter = (owner: string | null) =>
        t.pool.query(
          `WITH actor AS MATERIALIZED (SELECT set_config('app.actor', $1, false))
           INSERT INTO api_key (id, secret_hash, name, role, scopes, owner_id) SELECT md5(random()::text), '\\x00', '假人', $2, '{}', $3 FROM actor`,
          [id, role, owner],
        );
      await expect(enter(null)).rejects.toThrow(/KEY_WITHOUT_PERSON/);
      await expect(enter(victim.id)).rejects.toThrow(/KEY_OF_ANOTHER/);
    },
  );

  it('does nothing that takes two people by the first key of an installation, which is nobody’s', async () => {
    const { key } = await issueKey(t.contextOf(), { name: '首个系统管理员', role: 'operator' });
    expect((await t.get('users', key)).status).toBe(200);
    expect((await propose(key)).status).toBe(403);
    const { id } = (await propose(await t.keyFor({ role: 'operator' }))).body;
    expect((await t.post(`policy-versions/${id}/approve`, undefined, key)).status).toBe(403);
    expect((await t.get('me', key)).body.permissions).not.toContain('policy.approve');
    await t.post(`policy-versions/${id}/refuse`, { reason: '试验' }, await t.keyFor({ role: 'operator' }));
  });

  it('cannot use a key of before, when keys were nobody’s', async () => {
    const user = await t.userFor({ role: 'finance' });
    const key = await keyOf(user);
    await t.pool.query('ALTER TABLE api_key DISABLE TRIGGER key_is_its_owners');
    await t.pool.query('UPDATE api_key SET owner_id = NULL WHERE id = $1', [key.split('_')[1]]);
    await t.pool.query('ALTER TABLE api_key ENABLE TRIGGER key_is_its_owners');
    expect(await t.get('pools', key)).toMatchObject({ status: 401, body: { code: 'KEY_WITHOUT_PERSON' } });
  });

  it('may not speak for another in the service either', async () => {
    const operator = await actorOf(t.db, (await t.userFor({ role: 'operator' })).id);
    const victim = await t.userFor({ role: 'finance' });
    const pretended = t.contextOf({ ...operator, role: 'finance' });
    await expect(issueOwnKey(pretended, { name: '假人', code: victim.code() })).rejects.toMatchObject({
      code: 'CODE_WRONG',
    });
  });
});

let day = 1;
/** Proposes a value of a clause that has none yet to come, by a key or a session. */
function propose(key?: string, cookie?: string) {
  const effectiveFrom = `2026-05-${`${day++}`.padStart(2, '0')}`;
  const citation = { document: '某某办法', article: '第八条', confirmed: true, mark: 'F' };
  const body = { clauseId: 'ningkedai-2025.leverage', effectiveFrom, value: '8', citation };
  return t.call('POST', 'policy-versions', { key, cookie, body });
}
