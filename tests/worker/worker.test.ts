import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/app.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { startS3Server } from '../support/s3-server.ts';

const TODAY = '2026-04-10';
const CONFIG = fileURLToPath(new URL('../../wrangler.toml', import.meta.url));
/** Where wrangler keeps what it would else leave in the home folder. */
const home = mkdtempSync(join(tmpdir(), 'ningkedai-worker-'));
const logs: { level: string; message: string }[] = [];
let t: Demonstration;
let s3: Awaited<ReturnType<typeof startS3Server>>;
let worker: Awaited<ReturnType<typeof startWorker>>;

/** The Worker as wrangler.toml has it, run by workerd on this machine, without the network. */
async function startWorker(databaseUrl: string) {
  const url = new URL(databaseUrl);
  url.password ||= 'none'; // Hyperdrive insists on one
  Object.assign(process.env, {
    ...{ WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true', CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
    XDG_CONFIG_HOME: home,
    CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: url.href,
  });
  const { unstable_startWorker } = await import('wrangler');
  const started = await unstable_startWorker({
    config: CONFIG,
    bindings: variables({ TODAY, ...s3Variables() }),
    dev: {
      ...{ server: { port: 0 }, inspector: false, watch: false, persist: false, logLevel: 'error' },
      structuredLogsHandler: (log: { level: string; message: string }) => logs.push(log),
    },
  });
  await started.ready;
  return started;
}

const variables = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { type: 'plain_text' as const, value }]));

const s3Variables = () => {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.settings;
  const keys = { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey };
  return { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, ...keys };
};

beforeAll(async () => {
  s3 = await startS3Server('papers');
  t = await startDemonstration('2026-04-09');
  worker = await startWorker(t.url);
}, 60_000);
afterAll(async () => {
  await worker?.dispose();
  await t?.stop();
  await s3?.stop();
  rmSync(home, { recursive: true, force: true });
});

async function call(method: string, path: string, key?: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await worker.fetch(`http://worker${path}`, {
    method,
    headers: {
      ...(key && { 'x-api-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}
const bank = () => t.key('bank', 'shizuishan-bank');

const FILING = {
  ...{ poolCode: 'pingluo', enterpriseUscc: '91640221MA9006026Y', contractNo: 'W2026001', dueBillNo: 'W202600000001' },
  ...{ principal: '3140000.00', countedPrincipal: '3140000.00', annualRate: '3.85', firstLoan: true },
  ...{ disbursedOn: '2026-02-22', maturesOn: '2026-11-22', dayCountBasis: 'actual360', guaranteeMode: 'credit' },
  ...{ repaymentMethod: 'monthlyInterest', purpose: 'materials' },
};

describe('the API on Workers', () => {
  it('is alive and ready, on the day its variable says', async () => {
    expect((await call('GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await call('GET', '/readyz')).body).toMatchObject({ status: 'ready', today: TODAY, demonstration: false });
  });

  it('files a loan once however often it is sent, and reads it back', async () => {
    const send = () => call('POST', '/api/v1/loan-filings', bank(), FILING, { 'idempotency-key': 'w-1' });
    const first = await send();
    expect([first.status, first.body]).toMatchObject([201, { ...FILING, status: 'submitted', filedOn: TODAY }]);
    const again = await send();
    expect([again.status, again.headers.get('idempotent-replay'), again.body]).toEqual([201, 'true', first.body]);
    expect((await call('GET', `/api/v1/loan-filings/${first.body.id}`, bank())).body).toEqual(first.body);
    expect((await call('GET', '/api/v1/loan-filings?dueBillNo=W202600000001', bank())).body.total).toBe(1);
  });

  it('writes the job of a consent in the transaction that gives it', async () => {
    const { body: list } = await call('GET', '/api/v1/loan-filings?dueBillNo=W202600000001', bank());
    const path = `/api/v1/loan-filings/${list.items[0].id}/consent`;
    expect((await call('POST', path, t.key('countyReviewer', 'pingluo-st'))).body).toMatchObject({
      ...{ status: 'consented', decidedOn: TODAY },
    });
    const { rows } = await t.pool.query(
      `SELECT j.state, j.policy, j.xmin = a.xmin AS together FROM audit_log a, document d LEFT JOIN pgboss.job j ON j.data->>'id' = d.id::text
        WHERE a.action = 'filing.consent' AND d.kind = 'consentLetter'`,
    );
    expect(rows).toEqual([{ state: 'created', policy: 'short', together: true }]);
  });

  it('keeps a paper of a claim in S3-compatible storage and gives it back', async () => {
    const asked = { dueBillNo: 'W202600000001', unpaidPrincipal: '3140000.00' };
    const { body: claim } = await call('POST', '/api/v1/claims', bank(), asked);
    const paper = '%PDF-1.7 放款凭证';
    const form = new FormData();
    form.set('file', new File([paper], '放款凭证.pdf'));
    form.set('subject', `claim:${claim.id}`);
    form.set('paper', 'vouchers');
    const encoded = new Response(form);
    const headers = { 'x-api-key': bank(), 'content-type': encoded.headers.get('content-type')! };
    const body = new Uint8Array(await encoded.arrayBuffer());
    const sent = await worker.fetch('http://worker/api/v1/attachments', { method: 'POST', headers, body });
    const kept = (await sent.json()) as { id: string; sha256: string };
    expect([sent.status, kept]).toMatchObject([201, { name: '放款凭证.pdf', paper: 'vouchers' }]);
    expect([...s3.objects.keys()]).toEqual([`${kept.sha256.slice(0, 2)}/${kept.sha256}`]);
    const got = await worker.fetch(`http://worker/api/v1/attachments/${kept.id}`, { headers: { 'x-api-key': bank() } });
    expect([got.headers.get('content-type'), await got.text()]).toEqual(['application/pdf', paper]);
  });

  it('refuses as a problem what Node refuses', async () => {
    const refusals = await Promise.all([
      call('GET', '/api/v1/pools'),
      call('GET', '/nowhere'),
      call('POST', '/api/v1/loan-filings', bank(), { ...FILING, principal: 3_140_000 }),
      call('POST', '/api/v1/loan-filings', bank(), { ...FILING, annualRate: '9.99', dueBillNo: 'W2' }),
      call('POST', '/api/v1/loan-filings', bank(), { ...FILING, principal: '1.00', countedPrincipal: '1.00' }),
    ]);
    expect(refusals.map(({ status, body }) => `${status} ${body.code}`)).toEqual([
      ...['401 UNAUTHENTICATED', '404 NOT_FOUND', '422 INVALID_INPUT', '422 FILING_REFUSED', '409 FILING_CONFLICT'],
    ]);
    for (const { headers } of refusals) expect(headers.get('content-type')).toMatch('application/problem+json');
  });

  it('lets people in as on Node, and leaves the letter to a Node process', async () => {
    const user = await t.userFor({ role: 'finance' });
    const post = async (path: string, body: object, cookie = '') => {
      const headers = { 'content-type': 'application/json', ...(cookie && { cookie, origin: 'http://worker' }) };
      return worker.fetch(`http://worker/api/auth/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const cookiesOf = (answer: { headers: { getSetCookie(): string[] } }) =>
      answer.headers
        .getSetCookie()
        .map((c) => c.split(';')[0])
        .join('; ');
    const wrong = await post('sign-in/username', { username: user.username, password: 'wrong' });
    expect([wrong.status, ((await wrong.json()) as Answer['body']).code]).toEqual([401, 'LOGIN_WRONG']);
    const first = await post('sign-in/username', { username: user.username, password: user.password });
    const second = await post('two-factor/verify-totp', { code: user.code() }, cookiesOf(first));
    expect(second.status).toBe(200);
    const me = await call('GET', '/api/v1/me', undefined, undefined, { cookie: cookiesOf(second) });
    expect(me.body).toMatchObject({ id: user.id, role: 'finance', today: TODAY });
    expect((await post('request-password-reset', { email: user.email })).status).toBe(200);
    const asked = `SELECT state FROM pgboss.job WHERE name = 'reset-link' AND data->>'name' = $1`;
    const { rows } = await t.pool.query(asked, [user.email]);
    expect(rows).toEqual([{ state: 'created' }]);
  });

  it('describes itself as on Node', async () => {
    expect((await call('GET', '/api/v1/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    const page = await worker.fetch('http://worker/api/docs');
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('/api/v1/loan-filings')]);
  });

  it('answers many at once, and no connection outlives its request', async () => {
    const answers = await Promise.all(Array.from({ length: 16 }, () => call('GET', '/api/v1/pools/pingluo', bank())));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.reserved}`))).toEqual(
      new Set(['200 314000.00']),
    );
    const open = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'ningkedai-worker'`;
    await expect.poll(async () => (await t.pool.query(open)).rows[0].n).toBe(0);
  });

  it('logs each request as a line of JSON, and no error', () => {
    const lines = logs.map(({ message }) => JSON.parse(message));
    expect(
      lines.filter(({ msg, path, status }) => msg === 'request' && path === '/nowhere' && status === 404),
    ).toHaveLength(1);
    expect(lines.filter(({ level }) => level !== 'info')).toEqual([]);
  });
});
