import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resetLink } from '../../jobs/reset-link.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { cookiesOf, PASSWORD, type TestUser } from '../support/logins.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp('2026-04-10');
});
afterAll(async () => {
  expect(t.log.errors).toEqual([]);
  await t.stop();
});

let address = 0;
/** Each from an address of its own, so that only what a test is about is limited. */
const somewhere = () => `10.${address++ % 200}.0.1`;
const auth = (path: string, body: object, cookie?: string, headers?: Record<string, string>) =>
  t.call('POST', `/api/auth/${path}`, { body, cookie, headers, from: somewhere() });
const signIn = (username: string, password = PASSWORD) => auth('sign-in/username', { username, password });
const me = (cookie: string) => t.call('GET', 'me', { cookie });
const auditOf = async (subject: string) =>
  (await t.pool.query('SELECT action FROM audit_log WHERE subject = $1 ORDER BY id', [subject])).rows.map(
    (r) => r.action,
  );
/** Asks for a new password, and does what the job does that the question left behind. */
const askReset = async (name: string) => {
  const answer = await auth('request-password-reset', { email: name });
  const asked = `DELETE FROM pgboss.job WHERE name = 'reset-link' RETURNING data`;
  for (const { data } of (await t.pool.query(asked)).rows) await resetLink(t.contextOf(), data);
  return answer;
};
/** The newest letter to an address. */
const letterTo = async (email: string): Promise<string> =>
  (
    await t.pool.query(
      `SELECT data->>'text' AS text FROM pgboss.job WHERE name = 'send-mail' AND data->>'to' = $1 ORDER BY created_on DESC LIMIT 1`,
      [email],
    )
  ).rows[0]?.text ?? '';

describe('登录', () => {
  it('lets in by user name or e-mail address, however written, in a cookie that no script reads', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    for (const name of [{ username: user.username.toUpperCase() }, { email: user.email }, { username: user.email }]) {
      const answer = await auth('sign-in/username', { ...name, password: user.password });
      expect([answer.status, answer.body.token]).toEqual([200, undefined]);
      expect(answer.headers.get('set-cookie')).toMatch(/^ningkedai\.session_token=.*HttpOnly; SameSite=Lax/);
      expect((await me(cookiesOf(answer.headers))).body).toMatchObject({
        ...{ id: user.id, role: 'auditor', roleName: '审计', email: user.email, today: '2026-04-10' },
        ...{ secondFactor: { required: false, enabled: false }, demonstration: false, registration: null },
      });
    }
    expect(await auditOf(`user:${user.id}`)).toEqual(['user.login', 'user.login', 'user.login']);
  });

  it('takes no session that was not signed by us', async () => {
    const { cookie } = await t.userFor({ role: 'auditor' });
    expect((await me(cookie)).status).toBe(200);
    const token = decodeURIComponent(cookie).split('.')[1]!.replace('session_token=', '');
    for (const forged of [
      cookie.slice(0, -6),
      `ningkedai.session_token=${token}`,
      `ningkedai.session_token=${token}.AAAA`,
    ])
      expect(await me(forged)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('offers nothing of better-auth but what is listed', async () => {
    const { cookie } = await t.userFor({ role: 'operator' });
    const others = [
      'sign-up/email',
      'update-user',
      'delete-user',
      'change-email',
      'is-username-available',
      'sign-in/social',
    ];
    for (const path of others)
      expect(await auth(path, { name: 'x', email: 'a@example.com', password: PASSWORD }, cookie)).toMatchObject({
        ...{ status: 404, body: { code: 'NOT_FOUND', detail: '没有这个地址' } },
      });
  });

  it('says in Chinese what it cannot read', async () => {
    const answers = [
      await t.call('POST', '/api/auth/sign-in/username', { body: 'not json' }),
      await auth('sign-in/username', { username: ['a'], password: 1 }),
      await auth('sign-in/username', {}),
      await auth('sign-in/username', { username: 'a\0b', password: PASSWORD }),
      await auth('reset-password', { token: '\0', newPassword: PASSWORD }),
      await t.post('invitations/look', { token: '\0'.repeat(30) }),
      await auth('two-factor/verify-totp', { code: '000000' }),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      ...['400 MALFORMED', ...Array(5).fill('422 INVALID_INPUT'), '401 LOGIN_EXPIRED'],
    ]);
    for (const { body } of answers) expect(body.detail).toMatch(/\p{Script=Han}/u);
  });
});

describe('锁定', () => {
  it('answers wrong passwords and unknown names alike, and locks both after five', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    const answersOf = async (name: string) => {
      const answers = [];
      for (let i = 0; i < 6; i++) answers.push(await signIn(name, 'not-the-password'));
      return answers.map(({ status, body }) => ({ status, code: body.code, detail: body.detail }));
    };
    const known = await answersOf(user.username);
    expect(await answersOf('nobody-has-this')).toEqual(known);
    expect(await answersOf('nobody@example.com')).toEqual(known);
    expect(known.map(({ status, code }) => `${status} ${code}`)).toEqual([
      ...Array(4).fill('401 LOGIN_WRONG'),
      ...Array(2).fill('429 LOGIN_LOCKED'),
    ]);
    expect(known[0]!.detail).toBe('用户名或密码不正确；连续 5 次不正确将锁定 15 分钟');
    expect(await auditOf(`user:${user.id}`)).toEqual([...Array(5).fill('user.loginFailed'), 'user.lock']);
    expect(await auditOf('user:unknown')).toEqual(
      [...Array(2)].flatMap(() => [...Array(5).fill('user.loginFailed'), 'user.lock']),
    );
    expect((await signIn(user.username)).body.code).toBe('LOGIN_LOCKED');
    expect((await signIn(user.email)).body.code).toBe('LOGIN_LOCKED');
  });

  it('lets no more than five try at once', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(user.username, 'not-the-password')));
    expect(answers.filter(({ body }) => body.code === 'LOGIN_WRONG')).toHaveLength(4);
  });

  it('counts nothing that was refused before the password was looked at', async () => {
    const users = [await t.userFor({ role: 'auditor', secondFactor: false }), { username: 'nobody-at-all' }];
    const from = '10.77.1.1';
    const tryAs = (username: string) =>
      t.call('POST', '/api/auth/sign-in/username', { body: { username, password: 'not-the-password' }, from });
    for (let i = 0; i < 30; i++) await tryAs(`somebody-${i}`);
    for (const { username } of users)
      for (let i = 0; i < 7; i++)
        expect(await tryAs(username)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    for (const { username } of users)
      expect((await signIn(username, 'not-the-password')).body.code).toBe('LOGIN_WRONG');
    expect((await signIn(users[0]!.username)).status).toBe(200);
  });

  it('opens when the time is over, and counts from one again', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    for (let i = 0; i < 5; i++) await signIn(user.username, 'not-the-password');
    await t.pool.query(`UPDATE app_user SET locked_until = now() - interval '1 second' WHERE id = $1`, [user.id]);
    expect((await signIn(user.username, 'not-the-password')).body.code).toBe('LOGIN_WRONG');
    expect((await signIn(user.username)).status).toBe(200);
    const { rows } = await t.pool.query('SELECT failed_logins, locked_until FROM app_user WHERE id = $1', [user.id]);
    expect(rows).toEqual([{ failed_logins: 0, locked_until: null }]);
  });

  it('limits an address whatever names it tries', async () => {
    const ask = (from: string, i = 0) =>
      t.call('POST', '/api/auth/request-password-reset', { body: { email: `name-${i}@example.com` }, from });
    for (let i = 0; i < 5; i++) expect((await ask('2001:db8::1', i)).status).toBe(200);
    const sixth = await ask('2001:db8::2');
    expect(sixth).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS' } });
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask('10.250.0.2')).status).toBe(200);
  });
});

describe('第二因素', () => {
  /** Logs in up to the second factor. */
  const first = async (user: TestUser) => {
    const answer = await signIn(user.username);
    expect(answer.body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    return cookiesOf(answer.headers);
  };

  it('asks for the 动态口令 and takes each once', async () => {
    const user = await t.userFor({ role: 'finance' });
    const waiting = await first(user);
    expect((await me(waiting)).status).toBe(401);
    expect((await auth('two-factor/verify-totp', { code: '000000' }, waiting)).body.code).toBe('CODE_WRONG');
    const code = user.code();
    const done = await auth('two-factor/verify-totp', { code, trustDevice: true }, waiting);
    expect(done.status).toBe(200);
    expect(done.headers.get('set-cookie')).not.toContain('trust_device');
    expect((await me(cookiesOf(done.headers))).body).toMatchObject({ secondFactor: { required: true, enabled: true } });
    const again = await auth('two-factor/verify-totp', { code }, await first(user));
    expect(again).toMatchObject({ status: 401, body: { code: 'CODE_USED', detail: '此动态口令已用过，请等下一个' } });
    expect(cookiesOf(again.headers)).not.toContain('session_token');
    expect((await auth('two-factor/verify-totp', { code: user.code(1) }, await first(user))).status).toBe(200);
    expect(await auditOf(`user:${user.id}`)).toEqual([
      ...[
        'user.passwordAccepted',
        'user.failSecondFactor',
        'user.login',
        'user.passwordAccepted',
        'user.failSecondFactor',
      ],
      ...['user.passwordAccepted', 'user.login'],
    ]);
  });

  it('is not fooled by other cookies about whose code it was', async () => {
    const user = await t.userFor({ role: 'finance' });
    const code = user.code();
    expect((await auth('two-factor/verify-totp', { code }, await first(user))).status).toBe(200);
    for (const before of ['x-ningkedai.two_factor=nothing.x', 'ningkedai.two_factor=2fa-nothing.x']) {
      const again = await auth('two-factor/verify-totp', { code }, `${before}; ${await first(user)}`);
      expect(again.status).toBe(401);
      expect(cookiesOf(again.headers)).not.toContain('session_token');
    }
    expect((await auth('two-factor/verify-totp', { code }, 'ningkedai.two_factor=%E0%A4%A')).status).toBe(401);
    expect((await auditOf(`user:${user.id}`)).filter((a) => a === 'user.login')).toHaveLength(1);
  });

  it('takes a recovery code instead, once', async () => {
    const user = await t.userFor({ role: 'finance' });
    const use = async (code: string) => auth('two-factor/verify-backup-code', { code }, await first(user));
    expect((await use('aaaaa-bbbbb')).status).toBe(200);
    expect(await use('aaaaa-bbbbb')).toMatchObject({ status: 401, body: { detail: '恢复码不正确或已用过' } });
    expect((await use('ccccc-ddddd')).status).toBe(200);
    expect((await auditOf(`user:${user.id}`)).filter((a) => a === 'user.useRecoveryCode')).toHaveLength(2);
  });

  it('ends a login after five wrong codes, and locks the second factor after ten', async () => {
    const user = await t.userFor({ role: 'finance' });
    const codes: string[] = [];
    for (let login = 0; login < 2; login++) {
      const waiting = await first(user);
      for (let i = 0; i < 6; i++)
        codes.push((await auth('two-factor/verify-totp', { code: '000000' }, waiting)).body.code);
    }
    expect(codes).toEqual([
      ...Array(5).fill('CODE_WRONG'),
      'TOO_MANY_CODES',
      ...Array(5).fill('CODE_WRONG'),
      'SECOND_FACTOR_LOCKED',
    ]);
    expect(await auth('two-factor/verify-totp', { code: user.code() }, await first(user))).toMatchObject({
      ...{ status: 429, body: { code: 'SECOND_FACTOR_LOCKED' } },
    });
    await t.pool.query(`UPDATE second_factor SET locked_until = now() - interval '1 second' WHERE user_id = $1`, [
      user.id,
    ]);
    expect((await auth('two-factor/verify-totp', { code: user.code() }, await first(user))).status).toBe(200);
  });

  it('is needed by those who approve or operate before anything but /me, and enrolled with the password', async () => {
    for (const role of ['countyReviewer', 'regionalReviewer', 'finance', 'operator'] as const) {
      await t.pool.query(
        `INSERT INTO institution (code, name, kind) VALUES ('unit-st', '某县科学技术局', 'cooperatingUnit') ON CONFLICT DO NOTHING`,
      );
      const user = await t.userFor({ role, institutionCode: 'unit-st', secondFactor: false });
      expect((await me(user.cookie)).body.secondFactor).toEqual({ required: true, enabled: false });
      for (const path of ['pools', 'audit', 'policies', 'api-keys'])
        expect(await t.call('GET', path, { cookie: user.cookie })).toMatchObject({
          ...{ status: 403, body: { code: 'SECOND_FACTOR_NEEDED' } },
        });
    }
    const user = await t.userFor({ role: 'finance', secondFactor: false });
    expect((await auth('two-factor/enable', { password: 'wrong' }, user.cookie)).body).toMatchObject({
      code: 'WRONG_PASSWORD',
    });
    const offered = await auth('two-factor/enable', { password: user.password }, user.cookie);
    expect(offered.body.backupCodes).toHaveLength(10);
    const secret = Secret.fromBase32(new URL(offered.body.totpURI).searchParams.get('secret')!);
    expect((await t.call('GET', 'pools', { cookie: user.cookie })).status).toBe(403);
    const enabled = await auth('two-factor/verify-totp', { code: new TOTP({ secret }).generate() }, user.cookie);
    expect(enabled.status).toBe(200);
    const cookie = cookiesOf(enabled.headers);
    expect((await t.call('GET', 'pools', { cookie })).status).toBe(200);
    const renewed = await auth('two-factor/generate-backup-codes', { password: user.password }, cookie);
    expect(renewed.body.backupCodes).toHaveLength(10);
    const disabled = await auth('two-factor/disable', { password: user.password }, cookie);
    expect((await t.call('GET', 'pools', { cookie: cookiesOf(disabled.headers) })).body.code).toBe(
      'SECOND_FACTOR_NEEDED',
    );
    expect(await auditOf(`user:${user.id}`)).toEqual([
      ...['user.wrongPassword', 'user.enableSecondFactor', 'user.renewRecoveryCodes', 'user.disableSecondFactor'],
    ]);
  });

  it('ends the sessions that began before it was enabled', async () => {
    const user = await t.userFor({ role: 'finance', secondFactor: false });
    const early = cookiesOf((await signIn(user.username)).headers);
    const offered = await auth('two-factor/enable', { password: user.password }, user.cookie);
    const secret = Secret.fromBase32(new URL(offered.body.totpURI).searchParams.get('secret')!);
    const code = new TOTP({ secret }).generate();
    const enabled = await auth('two-factor/verify-totp', { code }, user.cookie);
    expect((await t.call('GET', 'pools', { cookie: cookiesOf(enabled.headers) })).status).toBe(200);
    expect((await t.call('GET', 'pools', { cookie: early })).status).toBe(401);
  });
});

describe('会话', () => {
  const sessionsOf = async (cookie: string) => (await t.call('GET', '/api/auth/list-sessions', { cookie })).body;

  it('are seen and ended by their owner, one, the others, and at logout', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    const second = cookiesOf((await signIn(user.username)).headers);
    const third = cookiesOf((await signIn(user.username)).headers);
    const list = await sessionsOf(user.cookie);
    expect(list).toHaveLength(3);
    expect(list.map((s: { ipAddress: string }) => s.ipAddress).filter(Boolean)).toEqual([
      ...[expect.stringMatching(/^10\.\d+\.0\.1$/), expect.stringMatching(/^10\./)],
    ]);
    const own = list.find((s: { token: string }) => decodeURIComponent(second).includes(s.token));
    await auth('revoke-session', { token: own.token }, user.cookie);
    expect((await me(second)).status).toBe(401);
    await auth('revoke-other-sessions', {}, user.cookie);
    expect([(await me(third)).status, (await me(user.cookie)).status]).toEqual([401, 200]);
    await auth('sign-out', {}, user.cookie);
    expect((await me(user.cookie)).status).toBe(401);
    expect((await auditOf(`user:${user.id}`)).slice(-3)).toEqual(['user.endSession', 'user.endSession', 'user.logout']);
  });

  it('of somebody else cannot be ended', async () => {
    const [a, b] = [await t.userFor({ role: 'auditor' }), await t.userFor({ role: 'auditor' })];
    const [session] = await sessionsOf(a.cookie);
    await auth('revoke-session', { token: session.token }, b.cookie);
    expect((await me(a.cookie)).status).toBe(200);
  });

  it('end two hours after the last request and twelve after the login', async () => {
    const idle = await t.userFor({ role: 'auditor' });
    await t.pool.query(`UPDATE login_session SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      idle.id,
    ]);
    expect((await me(idle.cookie)).status).toBe(401);
    const busy = await t.userFor({ role: 'auditor' });
    await t.pool.query(`UPDATE login_session SET expires_at = now() + interval '100 minutes' WHERE user_id = $1`, [
      busy.id,
    ]);
    expect((await me(busy.cookie)).headers.get('set-cookie')).toContain('Max-Age=7200');
    const left = `SELECT extract(epoch FROM expires_at - now())::int AS seconds FROM login_session WHERE user_id = $1`;
    expect((await t.pool.query(left, [busy.id])).rows[0].seconds).toBeGreaterThan(7_000);
    await t.pool.query(
      `UPDATE login_session SET created_at = now() - interval '12 hours 1 second' WHERE user_id = $1`,
      [busy.id],
    );
    expect((await me(busy.cookie)).status).toBe(401);
  });
});

describe('跨站请求', () => {
  it('are refused where the cookie would speak for somebody, and keys are not bothered', async () => {
    const { cookie } = await t.userFor({ role: 'operator' });
    const write = (headers: Record<string, string>, options: object = { cookie }) =>
      t.call('POST', 'institutions', { ...options, body: { code: 'unit-x', name: '某局', kind: 'nonsense' }, headers });
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign)
      expect(await write(headers)).toMatchObject({ status: 403, body: { code: 'CROSS_SITE' } });
    const bare = await t.app.request('/api/v1/institutions', { method: 'POST', headers: { cookie } });
    expect(bare.status).toBe(403);
    const own: Record<string, string>[] = [{}, { 'sec-fetch-site': 'same-origin' }, { origin: 'http://localhost' }];
    for (const headers of own) expect((await write(headers)).status).toBe(422);
    const key = await t.keyFor({ role: 'operator' });
    expect((await write({ origin: 'https://evil.example' }, { key })).status).toBe(422);
    for (const path of ['sign-in/username', 'sign-out', 'change-password'])
      expect(
        (await auth(path, { username: 'a', password: 'b' }, cookie, { origin: 'https://evil.example' })).body.code,
      ).toBe('CROSS_SITE');
    expect(
      (await auth('sign-in/email', { email: 'a@b.cn', password: 'b' }, undefined, { 'sec-fetch-site': 'cross-site' }))
        .body.code,
    ).toBe('CROSS_SITE');
  });

  it('a key that comes with a cookie wins', async () => {
    const { cookie } = await t.userFor({ role: 'operator' });
    const key = await t.keyFor({ role: 'auditor', name: '审计系统' });
    expect((await t.call('GET', 'me', { cookie, key })).body).toMatchObject({
      name: '审计系统',
      role: 'auditor',
      username: null,
    });
    expect((await t.call('GET', 'me', { cookie, key: 'nkd_wrong' })).status).toBe(401);
  });
});

describe('密码', () => {
  const NEW = 'huang-he-jin-an-2026';

  it('is changed with the present one, which ends every other session', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    const other = cookiesOf((await signIn(user.username)).headers);
    const change = (newPassword: string, currentPassword = user.password) =>
      auth('change-password', { currentPassword, newPassword }, user.cookie);
    expect((await change(NEW, 'wrong')).body).toMatchObject({ code: 'WRONG_PASSWORD', detail: '现用密码不正确' });
    const faults: Record<string, RegExp> = {
      short: /至少 12 个字符，现为 5 个/,
      ['长'.repeat(129)]: /最多 128/,
      abcabcabcabc: /常见的密码/,
      '123456789012345': /常见的密码/,
      qwertyuiop123: /常见的密码/,
      [`x-${user.username}-yz`]: /不能含有用户名/,
    };
    for (const [password, message] of Object.entries(faults))
      expect((await change(password)).body).toMatchObject({
        code: 'PASSWORD_REFUSED',
        detail: expect.stringMatching(message),
      });
    const done = await change(NEW);
    expect(done.status).toBe(200);
    expect((await me(other)).status).toBe(401);
    expect((await me(cookiesOf(done.headers))).status).toBe(200);
    expect((await signIn(user.username)).status).toBe(401);
    expect((await signIn(user.username, NEW)).status).toBe(200);
    expect(await auditOf(`user:${user.id}`)).toContain('user.changePassword');
  });

  it('is reset by a link that works once, for an hour, and ends all sessions and the lock', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    await askReset(user.username);
    const letter = await letterTo(user.email);
    expect(letter).toMatch(/^测试员：\n\n请在一小时内打开下面的链接/);
    const [, token] = /http:\/\/localhost:8787\/console\/reset\?token=(\S+)/.exec(letter)!;
    for (let i = 0; i < 5; i++) await signIn(user.username, 'not-the-password');
    const reset = (newPassword: string) => auth('reset-password', { token, newPassword });
    expect((await reset('short')).body.code).toBe('PASSWORD_REFUSED');
    expect((await reset(`${user.username}-2026-x`)).body.code).toBe('PASSWORD_REFUSED');
    expect((await reset(NEW)).status).toBe(200);
    expect(await reset(NEW)).toMatchObject({ status: 422, body: { code: 'LINK_INVALID' } });
    expect((await me(user.cookie)).status).toBe(401);
    expect((await signIn(user.username, NEW)).status).toBe(200);
    expect(await auditOf(`user:${user.id}`)).toEqual(
      expect.arrayContaining(['user.requestReset', 'user.lock', 'user.resetPassword']),
    );
    await askReset(user.email);
    await askReset(user.username);
    const once = `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'send-mail' AND data->>'to' = $1`;
    expect((await t.pool.query(once, [user.email])).rows[0].n).toBe(2);
    await t.pool.query(`UPDATE login_verification SET created_at = created_at - interval '1 minute'`);
    await askReset(user.email);
    const [, late] = /token=(\S+)/.exec(await letterTo(user.email))!;
    await t.pool.query(`UPDATE login_verification SET expires_at = now() - interval '1 second' WHERE identifier = $1`, [
      `reset-password:${late}`,
    ]);
    expect((await auth('reset-password', { token: late, newPassword: NEW })).body.code).toBe('LINK_INVALID');
  });

  it('that is forgotten is answered alike, by the same work, whether anybody has the name or not', async () => {
    const user = await t.userFor({ role: 'auditor', secondFactor: false });
    const asked = async (name: string) => {
      const { status, body } = await auth('request-password-reset', { email: name });
      const left = `SELECT (SELECT count(*)::int FROM pgboss.job WHERE data->>'name' = $1) AS jobs, (SELECT count(*)::int FROM pgboss.job WHERE data->>'to' = $2) AS letters`;
      return { status, body, ...(await t.pool.query(left, [name, user.email])).rows[0] };
    };
    const unknown = await asked('nobody-here@example.com');
    expect(unknown).toMatchObject({ status: 200, jobs: 1, letters: 0 });
    expect(await asked(user.email)).toEqual(unknown);
    await askReset('nobody-here@example.com');
    expect(await letterTo('nobody-here@example.com')).toBe('');
  });

  it('that was reset still asks for the 动态口令', async () => {
    const user = await t.userFor({ role: 'finance' });
    await askReset(user.email);
    const [, token] = /token=(\S+)/.exec(await letterTo(user.email))!;
    const answer = await auth('reset-password', { token, newPassword: NEW });
    expect([answer.status, cookiesOf(answer.headers)]).toEqual([200, '']);
    const first = await signIn(user.username, NEW);
    expect(first.body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    expect((await me(cookiesOf(first.headers))).status).toBe(401);
  });
});

describe('数据库里的口令', () => {
  it('are read by nobody through the application’s role: no hash, token or secret', async () => {
    const client = await t.pool.connect();
    const refused = [
      ...[
        'SELECT password FROM login_account',
        'SELECT token FROM login_session',
        'SELECT value FROM login_verification',
      ],
      ...[
        'SELECT secret FROM second_factor',
        'SELECT backup_codes FROM second_factor',
        'SELECT token_hash FROM invitation',
      ],
      ...['SELECT code_hash FROM binding_code', 'SELECT secret_hash FROM api_key', 'SELECT * FROM installation_secret'],
    ];
    try {
      for (const sql of refused) {
        await client.query('BEGIN; SET LOCAL ROLE ningkedai_app');
        await expect(client.query(sql), sql).rejects.toThrow(/permission denied/);
        await client.query('ROLLBACK');
      }
      const { rows } = await client.query('SELECT password FROM login_account');
      expect(rows.every(({ password }) => /^[0-9a-f]{32}:[0-9a-f]{128}$/.test(password))).toBe(true);
    } finally {
      client.release();
    }
  });

  it('and nothing personal stands in the audit log', async () => {
    const { rows } = await t.pool.query(
      `SELECT string_agg(a::text, ' ') AS all FROM audit_log a WHERE action LIKE 'user.%'`,
    );
    expect(rows[0].all).not.toMatch(/example\.com|测试员|10\.\d+\.0\.1|ran-yu/);
  });
});
