import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cookiesOf } from '../support/logins.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp('2026-04-10');
});
afterAll(() => t.stop());

let address = 0;
/** Each from an address of its own, so that only what is tested is limited. */
const auth = (path: string, body: object, cookie?: string, headers?: Record<string, string>) =>
  t.call('POST', `/api/auth/${path}`, { body, cookie, headers, from: `10.0.0.${++address % 250}` });

describe('登录', () => {
  it('lets in by user name or e-mail address', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    const { body } = await t.call('GET', 'me', { cookie: user.cookie });
    expect(body).toMatchObject({ username: user.username });
    for (const name of [{ username: user.username.toUpperCase() }, { email: user.email }]) {
      const answer = await auth('sign-in/username', { ...name, password: user.password });
      expect([answer.status, answer.body]).toMatchObject([200, { user: { username: user.username } }]);
      const me = await t.call('GET', 'me', { cookie: cookiesOf(answer.headers) });
      expect(me.body).toMatchObject({ id: user.id, role: 'auditor', roleName: '审计' });
    }
  });
  it('asks for second', async () => {
    const user = await t.userFor({ role: 'finance' });
    const first = await auth('sign-in/username', { username: user.username, password: user.password });
    expect(first.body).toMatchObject({ twoFactorRedirect: true });
    const second = await auth('two-factor/verify-totp', { code: user.code() }, cookiesOf(first.headers));
    expect(second.body).toMatchObject({});
    expect(second.status).toBe(200);
    const me = await t.call('GET', 'me', { cookie: cookiesOf(second.headers) });
    expect(me.body).toMatchObject({ id: user.id, secondFactor: { required: true, enabled: true } });
    expect(t.log.errors).toEqual([]);
  });
});
