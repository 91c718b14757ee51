import { createHash, createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let operator: string;
let key: string;
let other: string;

beforeAll(async () => {
  t = await startTestApp('2026-03-02');
  operator = await t.keyFor({ role: 'operator' });
  for (const code of ['first-bank', 'second-bank'])
    await t.post('institutions', { code, name: code, kind: 'partnerBank' }, operator);
  key = await t.keyFor({ role: 'operator', signed: true });
  other = await t.keyFor({ role: 'operator' });
});
afterAll(() => t.stop());

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest();
const PATH = '/api/v1/institutions';
const CODE = { code: 'third-bank', name: '第三银行', kind: 'partnerBank' };

interface Signing {
  method: string;
  path: string;
  time: string;
  nonce: string;
  body: string | Uint8Array;
  key: string;
}

const now = () => new Date().toISOString();
const nonce = () => randomBytes(12).toString('hex');

/** The header as docs/banks.md tells banks to make it. */
function authorization(signing: Signing): string {
  const [, id = '', secret = ''] = signing.key.split('_');
  const text = [signing.method, signing.path, signing.time, signing.nonce, sha256(signing.body).toString('hex')].join(
    '\n',
  );
  const signature = createHmac('sha256', sha256(secret)).update(text).digest('hex');
  return `NKD-HMAC-SHA256 KeyId=${id},Time=${signing.time},Nonce=${signing.nonce},Signature=${signature}`;
}

/** Signs one thing and sends another, where `sent` says so. */
async function send(signed: Partial<Signing> = {}, sent: Partial<Signing> & { header?: string; type?: string } = {}) {
  const method = signed.method ?? 'POST';
  const signing: Signing = {
    method,
    path: PATH,
    time: now(),
    nonce: nonce(),
    body: method === 'GET' ? '' : JSON.stringify(CODE),
    key,
    ...signed,
  };
  const { path, body, header, type } = {
    ...signing,
    header: authorization(signing),
    type: 'application/json',
    ...sent,
  };
  const response = await t.app.request(path, {
    method: sent.method ?? method,
    headers: { authorization: header, 'content-type': type },
    body: body.length > 0 ? (body as string) : undefined,
  });
  const answer = await response.json();
  return { status: response.status, code: answer.code as string, body: answer };
}

const thirdBanks = async () =>
  (await t.pool.query(`SELECT count(*)::int AS n FROM institution WHERE code LIKE 'third%'`)).rows[0].n;

describe('签名的请求', () => {
  it('is taken once for what it says, with a body, a query or neither', async () => {
    expect((await send({ method: 'GET' })).body).toMatchObject({ total: 2 });
    expect((await send({ method: 'GET', path: `${PATH}?kind=partnerBank&limit=1` })).body.items).toHaveLength(1);
    expect((await send({ method: 'GET', path: '/api/v1/enterprises?name=%E7%A4%BA%E4%BE%8B&limit=2' })).status).toBe(
      200,
    );
    expect((await send({}, {})).status).toBe(201);
    expect(await thirdBanks()).toBe(1);
    await t.pool.query(`DELETE FROM institution WHERE code = 'third-bank'`);
  });

  it('acts as its key and leaves when it was used', async () => {
    const bank = await t.keyFor({ role: 'bank', institutionCode: 'first-bank', signed: true });
    expect(await send({ method: 'GET', path: '/api/v1/audit', key: bank })).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    const [id] = bank.split('_').slice(1);
    const { rows } = await t.pool.query('SELECT last_used_at IS NOT NULL AS used FROM api_key WHERE id = $1', [id]);
    expect(rows).toEqual([{ used: true }]);
  });

  const CHANGED: [what: string, signed: Partial<Signing>, sent: Partial<Signing>][] = [
    ['another method', { method: 'PUT' }, { method: 'POST' }],
    ['another path', { path: '/api/v1/institutions/' }, { path: PATH }],
    ['another query', { path: PATH }, { path: `${PATH}?limit=1` }],
    ['another body', { body: JSON.stringify({ ...CODE, code: 'third-banc' }) }, { body: JSON.stringify(CODE) }],
    ['no body', { body: '' }, { body: JSON.stringify(CODE) }],
  ];
  it.each(CHANGED)('for %s is refused, and nothing is done', async (_, signed, sent) => {
    expect(await send(signed, sent)).toMatchObject({ status: 401, code: 'SIGNATURE_INVALID' });
    expect(await thirdBanks()).toBe(0);
  });

  const SIGNED: Signing = { method: 'POST', path: PATH, time: '', nonce: '', body: JSON.stringify(CODE), key: '' };
  it.each(['Time', 'Nonce', 'Signature', 'KeyId'])('with another %s in its header is refused', async (part) => {
    const [mine, time] = [{ ...SIGNED, key, time: now(), nonce: nonce() }, new Date(Date.now() - 1000).toISOString()];
    const values: Record<string, string> = {
      Time: time,
      Nonce: nonce(),
      Signature: 'a'.repeat(64),
      KeyId: other.split('_')[1]!,
    };
    const header = authorization(mine).replace(new RegExp(`${part}=[^,]+`), `${part}=${values[part]}`);
    expect(await send(mine, { header })).toMatchObject({ status: 401, code: 'SIGNATURE_INVALID' });
    expect(await thirdBanks()).toBe(0);
  });

  it('that another key signed is refused, and the answer shows the text that had to be signed but no key', async () => {
    const [, id] = key.split('_');
    const [, , secret] = other.split('_');
    const answer = await send({ key: `nkd_${id}_${secret}` });
    expect(answer).toMatchObject({ status: 401, code: 'SIGNATURE_INVALID' });
    const text = answer.body.errors[0].value;
    expect(text).toMatch(/^POST\n\/api\/v1\/institutions\n.+Z\n\w{24}\n[0-9a-f]{64}$/);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
  });

  it('sent twice is refused the second time, however it was answered the first time', async () => {
    const signing: Signing = { ...SIGNED, key, time: now(), nonce: nonce() };
    expect((await send(signing)).status).toBe(201);
    expect(await send(signing)).toMatchObject({ status: 401, code: 'SIGNATURE_REPLAYED' });
    const failing: Signing = { ...SIGNED, body: '{}', key, time: now(), nonce: nonce() };
    expect((await send(failing)).status).toBe(422);
    expect(await send(failing)).toMatchObject({ status: 401, code: 'SIGNATURE_REPLAYED' });
    expect(await thirdBanks()).toBe(1);
    await t.pool.query(`DELETE FROM institution WHERE code = 'third-bank'`);
  });

  it('sent many times at once is taken once', async () => {
    const signing: Signing = { ...SIGNED, method: 'GET', body: '', key, time: now(), nonce: nonce() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(signing)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([undefined, 'SIGNATURE_REPLAYED']));
  });

  it.each([-600, 600])('whose clock is %i seconds off is refused, and is told our time', async (seconds) => {
    const answer = await send({ time: new Date(Date.now() + seconds * 1000).toISOString() });
    expect(answer).toMatchObject({ status: 401, code: 'SIGNATURE_TIME' });
    expect(answer.body.detail).toMatch(/服务器时间为 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(await thirdBanks()).toBe(0);
  });

  it.each([-240, 240])('whose clock is %i seconds off is taken', async (seconds) => {
    const time = new Date(Date.now() + seconds * 1000).toISOString();
    expect((await send({ method: 'GET', time })).status).toBe(200);
  });

  it('keeps nonces for longer than their time counts, and no longer', async () => {
    const [, id] = key.split('_');
    await t.pool.query(
      `INSERT INTO request_nonce (key_id, nonce, at) VALUES ($1, 'old', now() - interval '16 minutes'), ($1, 'new', now() - interval '11 minutes')`,
      [id],
    );
    await send({ method: 'GET' });
    const { rows } = await t.pool.query(
      `SELECT nonce FROM request_nonce WHERE key_id = $1 AND nonce IN ('old', 'new')`,
      [id],
    );
    expect(rows).toEqual([{ nonce: 'new' }]);
  });

  it.each([
    ['nothing more', 'NKD-HMAC-SHA256'],
    ['a time without a zone', 'Time=2026-03-02T01:02:03'],
    ['a day that is none', 'Time=2026-02-30T01:02:03Z'],
    ['a nonce too short', 'Nonce=abc'],
    ['a nonce too long', `Nonce=${'a'.repeat(65)}`],
    ['a nonce with a line break escaped', 'Nonce=aaaaaaaaaaaaaaaa%0A'],
    ['a signature too short', 'Signature=abcd'],
    ['a signature in capitals', `Signature=${'A'.repeat(64)}`],
    ['a key id that is none', 'KeyId=x'],
  ])('with %s is malformed', async (_, part) => {
    const whole = authorization({ ...SIGNED, key, time: now(), nonce: nonce() });
    const [name] = part.split('=');
    const header = part.includes('=') ? whole.replace(new RegExp(`${name}=[^,]+`), part) : part;
    expect(await send({}, { header })).toMatchObject({ status: 401, code: 'SIGNATURE_MALFORMED' });
  });

  it('of a revoked or expired key is refused', async () => {
    const revoked = await t.keyFor({ role: 'operator' });
    await t.post(`api-keys/${revoked.split('_')[1]}/revoke`, undefined, operator);
    const expired = await t.keyFor({ role: 'operator', expiresOn: '2026-03-02' });
    t.on('2026-03-03');
    for (const ended of [revoked, expired])
      expect(await send({ method: 'GET', key: ended })).toMatchObject({ status: 401, code: 'SIGNATURE_INVALID' });
    t.on('2026-03-02');
  });

  it('carries a file, whose raw bytes it covers, and may be repeated with an Idempotency-Key', async () => {
    const raw = (name: string) =>
      Buffer.from(
        [
          ...['--XX', 'content-disposition: form-data; name="kind"', '', 'enterprises'],
          ...['--XX', 'content-disposition: form-data; name="mode"', '', 'all'],
          ...['--XX', 'content-disposition: form-data; name="file"; filename="企业.csv"', 'content-type: text/csv', ''],
          ...[`统一社会信用代码,企业名称,登记所在地\n91640221MA9006026Y,${name},示例市\n`, '--XX--', ''],
        ].join('\r\n'),
      );
    const type = 'multipart/form-data; boundary=XX';
    const upload = { path: '/api/v1/imports', body: raw('示例企业') };
    const first = await send(upload, { type });
    expect([first.status, first.body.rowsRead ?? first.body.errors]).toEqual([200, 1]);
    expect(await send(upload, { type, body: raw('其他企业') })).toMatchObject({
      status: 401,
      code: 'SIGNATURE_INVALID',
    });
    const imports = await t.pool.query('SELECT count(*)::int AS n FROM import');
    const again = async () => {
      const signing: Signing = { ...SIGNED, ...upload, key, time: now(), nonce: nonce() };
      const headers = { authorization: authorization(signing), 'content-type': type, 'idempotency-key': 'file-1' };
      return t.app.request(upload.path, { method: 'POST', headers, body: upload.body });
    };
    const answers = [await again(), await again()];
    expect(answers.map((a) => [a.status, a.headers.get('idempotent-replay')])).toEqual([
      [200, null],
      [200, 'true'],
    ]);
    const after = await t.pool.query('SELECT count(*)::int AS n FROM import');
    expect(after.rows[0].n).toBe(imports.rows[0].n + 1);
  });
});

describe('须签名的密钥', () => {
  it('is not let in by its secret alone', async () => {
    expect((await t.get('institutions', key)).body).toMatchObject({
      status: 401,
      code: 'SIGNATURE_REQUIRED',
      detail: '此密钥须以签名方式使用',
    });
    const wrong = await t.get('institutions', `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`);
    expect(wrong.body.code).toBe('UNAUTHENTICATED');
  });

  it('may be any key from a day on, which the log remembers; the same secret signs', async () => {
    const plain = await t.keyFor({ role: 'operator' });
    const [, id] = plain.split('_');
    expect((await t.get('institutions', plain)).status).toBe(200);
    for (const _ of [1, 2]) {
      const { status, body } = await t.post(`api-keys/${id}/require-signature`, undefined, operator);
      expect([status, body.signed]).toEqual([200, true]);
    }
    expect((await t.get('institutions', plain)).body.code).toBe('SIGNATURE_REQUIRED');
    expect((await send({ method: 'GET', key: plain })).status).toBe(200);
    const { rows } = await t.pool.query(
      `SELECT before, after FROM audit_log WHERE action = 'key.require-signature' AND subject = $1`,
      [`key:${id}`],
    );
    expect(rows).toEqual([{ before: { signed: false }, after: { signed: true } }]);
    expect((await t.post('api-keys/0000000000000000/require-signature', undefined, operator)).status).toBe(404);
    expect(t.log.errors).toEqual([]);
  });
});

describe('hmac_sha256', () => {
  const hmac = async (message: Buffer, secret: Buffer): Promise<string> =>
    (await t.pool.query(`SELECT encode(hmac_sha256($1, $2), 'hex') AS h`, [message, secret])).rows[0].h;

  /** RFC 4231, section 4: the cases with keys of at most a block, which is all we use. */
  const RFC_4231: [string, string, string][] = [
    [
      '0b'.repeat(20),
      Buffer.from('Hi There').toString('hex'),
      'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    ],
    [
      Buffer.from('Jefe').toString('hex'),
      Buffer.from('what do ya want for nothing?').toString('hex'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [
      Buffer.from(Array.from({ length: 25 }, (_, i) => i + 1)).toString('hex'),
      'cd'.repeat(50),
      '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    ],
  ];
  it.each(RFC_4231)('of RFC 4231 with key %s', async (secret, message, expected) => {
    expect(await hmac(Buffer.from(message, 'hex'), Buffer.from(secret, 'hex'))).toBe(expected);
  });

  it('agrees with OpenSSL’s on any message and any key of up to a block', async () => {
    const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((b) => Buffer.from(b));
    await fc.assert(
      fc.asyncProperty(bytes(300), bytes(64), async (message, secret) => {
        expect(await hmac(message, secret)).toBe(createHmac('sha256', secret).update(message).digest('hex'));
      }),
      { numRuns: 60 },
    );
  });
});
