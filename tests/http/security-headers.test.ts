import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Env } from '../../src/http/router.ts';
import { EVERYWHERE, securityHeaders } from '../../src/http/security-headers.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let key: string;

/** A built console of two files. */
const FILES: Record<string, [type: string, text: string]> = {
  'index.html': ['text/html', '<!doctype html><meta property="csp-nonce" nonce="__NONCE__">'],
  'assets/main-abc.js': ['text/javascript', 'export {}'],
};

beforeAll(async () => {
  t = await startTestApp('2026-03-02', {
    publicUrl: 'https://nkd.example.gov.cn',
    consoleFile: async (path) => {
      const [type, text] = FILES[path] ?? [];
      return type ? new Response(text, { headers: { 'content-type': type } }) : null;
    },
  });
  key = await t.keyFor({ role: 'operator' });
});
afterAll(() => t.stop());

const directives = (csp: string | null) =>
  Object.fromEntries((csp ?? '').split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]));

const ANSWERS: [kind: string, method: string, path: string, status: number][] = [
  ['health', 'GET', '/healthz', 200],
  ['a list of the API', 'GET', '/api/v1/institutions', 200],
  ['a refusal', 'POST', '/api/v1/institutions', 422],
  ['a request of nobody', 'GET', '/api/v1/pools?nobody', 401],
  ['an address that is none', 'GET', '/nowhere', 404],
  ['a code that is none', 'GET', '/verify/KY3D-10C8-9HYP-B6HY', 404],
  ['a public page', 'GET', '/about', 200],
  ['the API’s page', 'GET', '/api/docs', 200],
  ['its style sheet', 'GET', '/api/docs/style.css', 200],
  ['the API’s description', 'GET', '/api/v1/openapi.json', 200],
  ['the console', 'GET', '/console/loans', 200],
  ['a script of the console', 'GET', '/console/assets/main-abc.js', 200],
  ['a redirect', 'GET', '/console', 302],
];
const ask = async (method: string, path: string) =>
  t.app.request(path, { method, headers: path.includes('nobody') ? {} : { 'x-api-key': key } });

describe('安全响应头', () => {
  it.each(ANSWERS)('on %s (%s %s) are whole', async (_, method, path, status) => {
    const { status: answered, headers } = await ask(method, path);
    expect(answered).toBe(status);
    const set = Object.fromEntries(Object.keys(EVERYWHERE).map((name) => [name, headers.get(name)]));
    const open = path === '/api/v1/openapi.json' ? { 'cross-origin-resource-policy': 'cross-origin' } : {};
    expect(set).toEqual({ ...EVERYWHERE, ...open });
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('x-powered-by')).toBeNull();
    const csp = directives(headers.get('content-security-policy'));
    expect(csp).toMatchObject({ 'default-src': "'none'", 'base-uri': "'none'", 'frame-ancestors': "'none'" });
    expect(JSON.stringify(csp)).not.toMatch(/unsafe|\*|https?:/);
  });

  it('let the API’s answers be kept by nobody', async () => {
    for (const path of ['/api/v1/institutions', '/api/v1/pools?nobody', '/verify/KY3D-10C8-9HYP-B6HY'])
      expect([path, (await ask('GET', path)).headers.get('cache-control')]).toEqual([path, 'private, no-store']);
  });

  it('let the console run its own scripts only, and style elements only with the nonce of that one answer', async () => {
    const pages = await Promise.all([ask('GET', '/console/'), ask('GET', '/console/')]);
    const csps = pages.map(({ headers }) => directives(headers.get('content-security-policy')));
    expect(csps[0]).toMatchObject({
      'script-src': "'self'",
      'connect-src': "'self'",
      'object-src': "'none'",
      'form-action': "'self'",
    });
    const nonces = csps.map((csp) => /^'self' 'nonce-([\w+/=]{22,})'$/.exec(csp['style-src']!)![1]!);
    expect(new Set(nonces).size).toBe(2);
    for (const [i, page] of pages.entries()) expect(await page.text()).toContain(`nonce="${nonces[i]}"`);
  });

  it('leave a PDF to the browser’s own viewer, in no frame and in no cache', async () => {
    const pdf = () => new Response('%PDF-1.7', { headers: { 'content-type': 'application/pdf' } });
    const app = new Hono<Env>().use(securityHeaders('http://localhost')).get('/api/v1/documents/1/pdf', pdf);
    const { headers } = await app.request('/api/v1/documents/1/pdf');
    expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('private, no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('promise https only where the service is reached by it', async () => {
    const app = new Hono<Env>().use(securityHeaders('http://localhost:8787')).get('/', (c) => c.text(''));
    expect((await app.request('/')).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('不向外站请求', () => {
  it.each(['/about', '/policies', '/verify', '/api/docs'])(
    '%s loads nothing from elsewhere and runs nothing',
    async (path) => {
      const page = await (await t.app.request(path)).text();
      const loaded = [
        ...page.matchAll(/<(?:link|img|source|iframe|script|form)\b[^>]*?\b(?:href|src|action)="([^"]*)"/g),
      ];
      expect(loaded.length).toBeGreaterThan(0);
      for (const [tag, address] of loaded)
        expect([tag, address]).toEqual([tag, expect.stringMatching(/^(\/(?!\/)|data:)/)]);
      expect(page).not.toMatch(/<script|\son\w+=|javascript:|<style|\sstyle="/i);
      for (const [, sheet] of page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)) {
        const css = await t.app.request(sheet!);
        expect([sheet, css.status]).toEqual([sheet, 200]);
        expect(await css.text()).not.toMatch(/@import|url\((?!["']?(data:|\/(?!\/)))/);
      }
    },
  );
});
