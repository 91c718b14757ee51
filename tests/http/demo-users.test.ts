import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demonstrationUsers, loadDemonstrationUsers } from '../../prisma/demo/users.ts';
import { demoUsers } from '../../src/http/routes/demo.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { cookiesOf } from '../support/logins.ts';

let t: Demonstration;
const folder = mkdtempSync(join(tmpdir(), 'ningkedai-users-'));
beforeAll(async () => {
  t = await startDemonstration();
  await loadDemonstrationUsers(t.contextOf(), folder);
  t.app.route('/', demoUsers(t.db, demonstrationUsers(folder)));
});
afterAll(async () => {
  expect(t.log.errors).toEqual([]);
  await t.stop();
  rmSync(folder, { recursive: true });
});

const offered = (headers: Record<string, string> = {}, from = '127.0.0.1') =>
  t.call('GET', '/api/demo/users', { headers, from });

describe('演示用户', () => {
  it('are made once, with a password of this installation in a file for nobody else', async () => {
    const { password } = demonstrationUsers(folder)[0]!;
    expect(password).toMatch(/^nkd(-[a-z2-9]{4}){3}$/);
    expect(statSync(join(folder, 'demo-users.json')).mode & 0o777).toBe(0o600);
    await loadDemonstrationUsers(t.contextOf(), folder);
    expect(demonstrationUsers(folder)[0]!.password).toBe(password);
    const names = demonstrationUsers(folder).map(({ username }) => username);
    const made = 'SELECT count(*)::int AS n FROM app_user WHERE username = ANY ($1)';
    expect([names.length, (await t.pool.query(made, [names])).rows[0].n]).toEqual([14, 14]);
  });

  it('log in as they are offered, each role, also twice within the time of one 动态口令', async () => {
    for (const { username, password, role } of (await offered()).body.items) {
      for (let i = 0; i < (username === 'caiwu1' ? 2 : 1); i++) {
        const body = { username, password };
        let answer = await t.call('POST', '/api/auth/sign-in/username', { body, from: '127.0.0.1' });
        const { items } = (await offered()).body;
        const { code } = items.find((u: { username: string }) => u.username === username);
        if (answer.body.twoFactorRedirect)
          answer = await t.call('POST', '/api/auth/two-factor/verify-totp', {
            ...{ body: { code }, cookie: cookiesOf(answer.headers), from: `127.0.0.${i + 2}` },
          });
        const me = await t.call('GET', 'me', { cookie: cookiesOf(answer.headers) });
        expect(me.body).toMatchObject({ username, role });
        expect((await t.call('GET', 'policies', { cookie: cookiesOf(answer.headers) })).status).toBe(200);
      }
    }
  });

  it('are offered to a browser on this machine only', async () => {
    expect((await offered({}, '::1')).status).toBe(200);
    expect((await offered({ 'sec-fetch-site': 'same-origin' }, '::ffff:127.0.0.1')).status).toBe(200);
    const others = await Promise.all([
      ...[offered({}, '192.168.1.5'), offered({ 'x-forwarded-for': '1.2.3.4' }), offered({ forwarded: 'for=1.2.3.4' })],
      ...[
        offered({ 'sec-fetch-site': 'cross-site' }),
        t.app.request(
          'http://evil.example/api/demo/users',
          {},
          { incoming: { socket: { remoteAddress: '127.0.0.1' } } },
        ),
      ],
    ]);
    expect(others.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });
});
