import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import type { TestUser } from '../support/logins.ts';

let t: TestApp;
let operator: TestUser;
beforeAll(async () => {
  t = await startTestApp('2026-04-10');
  operator = await t.userFor({ role: 'operator', name: '管理员' });
  await t.pool.query(`INSERT INTO institution (code, name, kind) VALUES ('bank-a', '某银行', 'partnerBank')`);
});
afterAll(async () => {
  expect(t.log.errors).toEqual([]);
  await t.stop();
});

const act = (user: { id: string }, verb: string, cookie = operator.cookie) =>
  t.call('POST', `users/${user.id}/${verb}`, { cookie });
const signIn = ({ username, password }: TestUser) =>
  t.call('POST', '/api/auth/sign-in/username', {
    body: { username, password },
    from: `10.1.${Math.floor(Math.random() * 250)}.1`,
  });

describe('用户', () => {
  it('are listed by role and institution, searched and sorted, without anything secret', async () => {
    const officer = await t.userFor({
      role: 'bank',
      institutionCode: 'bank-a',
      name: '客户经理',
      username: 'jingli',
      secondFactor: false,
    });
    const { body } = await t.call('GET', 'users?role=bank&institutionCode=bank-a&q=jing&sort=-createdAt', {
      cookie: operator.cookie,
    });
    expect(body).toMatchObject({
      total: 1,
      items: [
        {
          ...{ id: officer.id, username: 'jingli', email: 'j***@example.com', role: 'bank', institutionName: '某银行' },
          ...{ secondFactor: false, state: 'active', sessions: 1, disabledAt: null, lastLoginAt: null },
        },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/password|token|secret/);
    const file = await t.call('GET', 'users?format=csv', { cookie: operator.cookie });
    expect(new TextDecoder().decode(file.body)).toContain('jingli');
  });

  it('belong to operators alone', async () => {
    for (const role of ['finance', 'regionalReviewer', 'auditor'] as const) {
      const { cookie } = await t.userFor({ role });
      expect(await t.call('GET', 'users', { cookie })).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
      for (const verb of ['disable', 'enable', 'unlock', 'end-sessions', 'reset-second-factor'])
        expect((await act(operator, verb, cookie)).status).toBe(403);
    }
  });

  it('who are disabled are out at once, and can neither log in nor reset their password', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    expect((await act(user, 'disable')).body).toMatchObject({ state: 'disabled', sessions: 0 });
    expect((await t.call('GET', 'me', { cookie: user.cookie })).status).toBe(401);
    expect(await signIn(user)).toMatchObject({
      status: 403,
      body: { code: 'ACCOUNT_DISABLED', detail: '此用户已停用，请联系系统管理员' },
    });
    await t.call('POST', '/api/auth/request-password-reset', { body: { email: user.email } });
    const mails = `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'send-mail' AND data->>'to' = $1`;
    expect((await t.pool.query(mails, [user.email])).rows[0].n).toBe(0);
    expect((await act(user, 'enable')).body).toMatchObject({ state: 'active' });
    expect((await signIn(user)).status).toBe(200);
  });

  it('who are disabled between password and 动态口令 stay out', async () => {
    const user = await t.userFor({ role: 'finance' });
    const waiting = await signIn(user);
    await act(user, 'disable');
    const cookie = waiting.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ');
    const done = await t.call('POST', '/api/auth/two-factor/verify-totp', { body: { code: user.code() }, cookie });
    expect(done).toMatchObject({ status: 403, body: { code: 'ACCOUNT_DISABLED' } });
    expect(done.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/);
  });

  it('are unlocked before the time', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    for (let i = 0; i < 5; i++) await signIn({ ...user, password: 'wrong' });
    const { body } = await t.call('GET', 'users?state=locked', { cookie: operator.cookie });
    expect(body.items).toMatchObject([{ id: user.id, state: 'locked' }]);
    expect((await act(user, 'unlock')).body).toMatchObject({ state: 'active', lockedUntil: null });
    expect((await signIn(user)).status).toBe(200);
  });

  it('have their sessions ended, and a lost 动态口令 taken from them', async () => {
    const user = await t.userFor({ role: 'finance' });
    await act(user, 'end-sessions');
    expect((await t.call('GET', 'me', { cookie: user.cookie })).status).toBe(401);
    expect((await act(user, 'reset-second-factor')).body).toMatchObject({ secondFactor: false });
    expect((await signIn(user)).body.user).toMatchObject({ username: user.username, twoFactorEnabled: false });
  });

  it('are never their own keeper', async () => {
    for (const verb of ['disable', 'reset-second-factor'])
      expect(await act(operator, verb)).toMatchObject({ status: 409, body: { code: 'SELF' } });
    expect((await act({ id: 'nobody' }, 'disable')).status).toBe(404);
  });

  it('leave in the audit log what was done to them and by whom, by name', async () => {
    const user = await t.userFor({ role: 'auditor' });
    for (const verb of ['disable', 'enable', 'unlock', 'end-sessions', 'reset-second-factor']) await act(user, verb);
    const { body } = await t.call('GET', `audit?subject=user:${user.id}&sort=id`, { cookie: operator.cookie });
    expect(body.items.map((i: { action: string }) => i.action)).toEqual([
      ...['user.disable', 'user.enable', 'user.unlock', 'user.endSession', 'user.resetSecondFactor'],
    ]);
    expect(body.items[0]).toMatchObject({ actor: operator.id, actorName: '管理员', role: 'operator' });
  });
});

describe('同一个人，同一个范围', () => {
  it('a bank officer sees what the bank’s key sees, and acts for the bank', async () => {
    const officer = await t.userFor({ role: 'bank', institutionCode: 'bank-a', secondFactor: false });
    const key = await t.keyFor({ role: 'bank', institutionCode: 'bank-a' });
    for (const path of ['loans', 'loan-filings', 'institutions', 'policies']) {
      const [mine, its] = [await t.call('GET', path, { cookie: officer.cookie }), await t.get(path, key)];
      expect([path, mine.status, mine.body]).toEqual([path, its.status, its.body]);
    }
    const answer = await t.call('POST', 'loan-filings/1/consent', { cookie: officer.cookie });
    expect(answer).toMatchObject({ status: 403, body: { detail: '「合作银行」无权审核备案' } });
  });
});
