import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressOf, networkOf } from '../../src/http/address.ts';
import { createLimiter, type Limiter } from '../../src/http/rate-limit.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

const LIMITS = { open: 2, refused: 3, actor: 5, upload: 1 };
const clock = { ms: 0 };
let t: TestApp;
let keys: string[];
/** Forgets what was counted, between tests. */
let limiter: Limiter;

beforeAll(async () => {
  t = await startTestApp('2026-03-02', {
    limiter: {
      take: (...of) => limiter.take(...of),
      spent: (...of) => limiter.spent(...of),
      wait: () => limiter.wait(),
    },
  });
  keys = await Promise.all([t.keyFor({ role: 'operator' }), t.keyFor({ role: 'operator' })]);
});
beforeEach(() => {
  clock.ms = 0;
  limiter = createLimiter(LIMITS, () => clock.ms);
});
afterAll(() => t.stop());

async function call(
  path: string,
  { key, from = '198.51.100.1', body }: { key?: string; from?: string; body?: FormData } = {},
) {
  const headers: Record<string, string> = { 'cf-connecting-ip': from, ...(key && { 'x-api-key': key }) };
  const response = await t.app.request(path, { method: body ? 'POST' : 'GET', headers, body });
  return { status: response.status, wait: response.headers.get('retry-after'), text: await response.text() };
}

/** The statuses of a call made n times. */
async function statuses(n: number, ...args: Parameters<typeof call>): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < n; i++) seen.push((await call(...args)).status);
  return seen;
}

describe('请求频率', () => {
  it('of one key is limited whatever it asks and wherever from, and another key is not held up', async () => {
    const path = '/api/v1/institutions';
    expect(await statuses(5, path, { key: keys[0] })).toEqual([200, 200, 200, 200, 200]);
    expect((await call('/api/v1/policies', { key: keys[0], from: '203.0.113.9' })).status).toBe(429);
    expect((await call(path, { key: keys[1] })).status).toBe(200);
  });

  it('is told as a problem in Chinese, with the seconds to wait; then it goes on', async () => {
    await statuses(5, '/api/v1/institutions', { key: keys[0] });
    clock.ms = 45_500;
    const refused = await call('/api/v1/institutions', { key: keys[0] });
    expect([refused.status, refused.wait]).toEqual([429, '15']);
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      title: '请求过于频繁',
      detail: '请求过于频繁，请 15 秒后再试',
    });
    clock.ms = 60_000;
    expect((await call('/api/v1/institutions', { key: keys[0] })).status).toBe(200);
  });

  it('of files is limited more', async () => {
    const form = () => {
      const made = new FormData();
      made.set('kind', 'nothing');
      return made;
    };
    expect((await call('/api/v1/imports', { key: keys[0], body: form() })).status).toBe(422);
    expect((await call('/api/v1/imports', { key: keys[0], body: form() })).status).toBe(429);
    expect((await call('/api/v1/institutions', { key: keys[0] })).status).toBe(200);
  });

  it.each(['/verify/KY3D-10C8-9HYP-B6HY', '/api/v1/verify/KY3D-10C8-9HYP-B6HY'])(
    'of one address is limited at %s, and another address is not held up',
    async (path) => {
      const [first, ...others] = await statuses(3, path);
      expect([first === 429, ...others]).toEqual([false, first, 429]);
      expect((await call(path, { from: '203.0.113.9' })).status).toBe(first);
      expect((await call('/healthz')).status).toBe(200);
    },
  );

  it.each(['sign-in/username', 'request-password-reset', 'reset-password', 'two-factor/verify-totp'])(
    'of one address is limited at /api/auth/%s',
    async (path) => {
      const ask = () =>
        t.call('POST', `/api/auth/${path}`, { body: {}, headers: { 'cf-connecting-ip': '198.51.100.2' } });
      const seen = [await ask(), await ask(), await ask()].map(({ status }) => status === 429);
      expect(seen).toEqual([false, false, true]);
    },
  );

  it('of guesses at keys is limited by address, before anything is looked up', async () => {
    const wrong = `nkd_${'0'.repeat(16)}_${'0'.repeat(48)}`;
    expect(await statuses(4, '/api/v1/institutions', { key: wrong })).toEqual([401, 401, 401, 429]);
    expect((await call('/api/v1/institutions', { key: wrong, from: '203.0.113.9' })).status).toBe(401);
    clock.ms = 60_000;
    expect((await call('/api/v1/institutions', { key: keys[0] })).status).toBe(200);
  });

  it('is limited by nothing where no limiter is given', async () => {
    const free = await startTestApp('2026-03-02');
    const answers = await Promise.all(Array.from({ length: 60 }, () => free.get('/api/v1/verify/KY3D-10C8-9HYP-B6HY')));
    await free.stop();
    expect(new Set(answers.map(({ status }) => status)).has(429)).toBe(false);
    expect(t.log.errors).toEqual([]);
  });
});

describe('请求的来源', () => {
  const context = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
    ({
      env: remoteAddress === undefined ? {} : { incoming: { socket: { remoteAddress } } },
      req: { header: (name: string) => headers[name] },
    }) as unknown as Parameters<typeof addressOf>[0];
  const forwarded = { 'x-forwarded-for': '192.0.2.66, 198.51.100.7, 203.0.113.8' };

  it.each([
    ['the peer, when no proxy is trusted, whatever the headers say', 0, '10.0.0.1'],
    ['what the one proxy saw', 1, '203.0.113.8'],
    ['what the outer of two proxies saw', 2, '198.51.100.7'],
    ['the first named, when there are fewer than proxies', 9, '192.0.2.66'],
  ])('is %s', (_, proxies, address) => {
    expect(addressOf(context('10.0.0.1', { ...forwarded, 'cf-connecting-ip': '6.6.6.6' }), proxies)).toBe(address);
  });

  it('is what Cloudflare saw where there is no socket', () => {
    expect(addressOf(context(undefined, { 'cf-connecting-ip': '198.51.100.7', ...forwarded }), 1)).toBe('198.51.100.7');
    expect(addressOf(context(undefined), 0)).toBe('unknown');
  });

  it.each([
    ['198.51.100.7', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});
