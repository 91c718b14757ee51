import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtConsole } from '../../src/files/built-console.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let server: Server;
let key: string;

beforeAll(async () => {
  t = await startTestApp('2026-03-02', { consoleFile: builtConsole('dist/console') });
  key = await t.keyFor({ role: 'operator' });
  server = createServer(getRequestListener(t.app.fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await t.stop();
});

/** The first line and the body that a request gets which no client library would send. */
async function raw(...lines: string[]): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.end(`${lines.join('\r\n')}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text) => (answer += text));
  await once(socket, 'close');
  return answer;
}

describe('不该成的请求', () => {
  it('a method that is not offered does nothing and mirrors nothing', async () => {
    expect(await raw('TRACE /healthz HTTP/1.1', 'X-Secret: mirror')).not.toMatch(/^HTTP\/1\.1 2|mirror/);
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect([method, (await t.call(method, 'institutions', { key })).status]).toEqual([method, 404]);
  });

  it.each([
    '/console/../package.json',
    '/console/..%2f..%2fpackage.json',
    '/console/assets/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/console/..\\..\\package.json',
    '/console//etc/passwd.txt',
    '/package.json',
    '/.git/config',
    '/src/server.ts',
  ])('a file outside the console is not served: %s', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(answer).not.toMatch(/ningkedai"|root:|\[core\]|createServer/);
  });

  it('a parameter given twice, a field of the prototype, a field of another action: each is refused', async () => {
    expect((await t.get('institutions?limit=1&limit=2', key)).status).toBe(422);
    const body = '{"code":"a-bank","name":"甲","kind":"partnerBank","__proto__":{"role":"operator"}}';
    expect((await t.post('institutions', body, key)).status).toBe(422);
    const more = { code: 'a-bank', name: '甲', kind: 'partnerBank', createdAt: '2020-01-01' };
    expect((await t.post('institutions', more, key)).body.errors[0]).toMatchObject({
      code: 'UNKNOWN_FIELD',
      field: 'createdAt',
    });
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  it('a body that lies about its length, or is smuggled behind another, is refused', async () => {
    const smuggled = await raw('POST /healthz HTTP/1.1', 'Content-Length: 5', 'Transfer-Encoding: chunked');
    expect(smuggled).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw('GET /healthz HTTP/1.1', 'X-Bad: a\nb')).toMatch(/^HTTP\/1\.1 400/);
  });

  it('another origin may read nothing but the API’s description', async () => {
    const origin = { origin: 'https://elsewhere.example' };
    const read = await t.call('GET', 'institutions', { key, headers: origin });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await t.call('OPTIONS', 'institutions', {
      headers: { ...origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
    expect((await t.get('openapi.json')).headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('没有料到的错误', () => {
  it('tells whoever asked its request’s id and nothing of itself, which stands in the log', async () => {
    const broken = await startTestApp('2026-03-02', {
      today: () => {
        throw new Error('password=hunter2 at /srv/app');
      },
    });
    const { status, body } = await broken.get('institutions', key);
    expect([status, body]).toEqual([500, expect.objectContaining({ code: 'INTERNAL', requestId: expect.any(String) })]);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|srv|Error|at /);
    expect(broken.log.errors).toEqual([expect.objectContaining({ requestId: body.requestId, err: expect.any(Error) })]);
    await broken.stop();
  });
});
