import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiDocument, Operation, Schema } from '../../src/http/docs/document.ts';
import { curl, exampleOf, resolve } from '../../src/http/docs/example.ts';
import { docsPage } from '../../src/http/docs/page.ts';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let document: ApiDocument;
let operations: (Operation & { method: string; path: string })[];
beforeAll(async () => {
  t = await startTestApp('2026-03-02');
  document = (await t.get('/api/v1/openapi.json')).body;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
  );
});
afterAll(() => t.stop());

/** Every object of the document, with its path. */
function* nodes(value: unknown, at = '#'): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [at, value as Record<string, unknown>];
  for (const [key, child] of Object.entries(value)) yield* nodes(child, `${at}/${key}`);
}

describe('/api/v1/openapi.json', () => {
  it('is OpenAPI 3.1 of this version, and needs no key', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version }, security: [{ apiKey: [] }] });
    expect(document.components.securitySchemes).toMatchObject({ apiKey: { in: 'header', name: 'X-API-Key' } });
  });

  it('points to nothing that is not there', () => {
    const refs = [...nodes(document)].flatMap(([, node]) => (typeof node.$ref === 'string' ? [node.$ref] : []));
    expect(refs.length).toBeGreaterThan(100);
    expect(refs.filter(($ref) => resolve<{ $ref?: string }>(document, { $ref }) === undefined)).toEqual([]);
  });

  it('tells of every route, and of no other', () => {
    const untold = [
      ...['GET /', 'GET /verify/{code}', 'GET /verify', 'GET /about', 'GET /policies', 'GET /pages.css'],
      'GET /archive-key',
      ...['GET /publicity', 'GET /publicity/{id}', 'GET /publicity/{id}/pdf'],
      ...['GET /console', 'GET /console/*'],
      'GET /api/v1/openapi.json',
      'GET /api/docs',
      'GET /api/docs/style.css',
    ];
    const routes = t.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
      .filter((route) => !untold.includes(route));
    expect(operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).sort()).toEqual(
      [...new Set(routes)].sort(),
    );
  });

  it('gives every operation a summary, a name of its own, a tag that is explained, and its path parameters', () => {
    const tags = document.tags.map(({ name }) => name);
    for (const { path, summary, tags: own, parameters = [] } of operations) {
      expect([path, summary]).toEqual([path, expect.stringMatching(/\p{Script=Han}/u)]);
      expect([path, own.length, tags]).toEqual([path, 1, expect.arrayContaining(own)]);
      const inPath = parameters.filter((p) => p.in === 'path' && p.required).map((p) => p.name);
      expect([path, inPath.sort()]).toEqual([path, [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()]);
    }
    expect(new Set(operations.map((o) => o.operationId)).size).toBe(operations.length);
    expect(document.tags.filter(({ description }) => !description)).toEqual([]);
  });

  it('is open without a key only where it says so', async () => {
    for (const { method, path, security } of operations) {
      const { status } = await t.call(method.toUpperCase(), path.replace(/\{\w+\}/g, '1'));
      expect([path, status === 401]).toEqual([path, security === undefined]);
    }
    expect(operations.filter((o) => o.security).map((o) => o.path)).toEqual([
      '/healthz',
      '/readyz',
      '/api/v1/verify/{code}',
      '/api/v1/invitations/look',
      '/api/v1/invitations/accept',
      '/api/v1/registrations',
    ]);
  });

  it('explains every field and parameter in Chinese (src/http/docs/names.ts)', () => {
    const dumb: string[] = [];
    const explained = (at: string, description: unknown) =>
      /\p{Script=Han}|LPR/u.test(`${description}`) || dumb.push(at);
    for (const [at, node] of nodes(document)) {
      if (typeof node.name === 'string' && node.in && node.schema) explained(at, node.description);
      const fields = (node.type === 'object' && node.properties) || {};
      for (const [name, field] of Object.entries(fields as Record<string, Schema>))
        explained(`${at}/${name}`, field.description);
    }
    expect(dumb).toEqual([]);
  });

  it('offers the Idempotency-Key on everything that writes, but for what is shown once or open to all', () => {
    const offers = (o: Operation) => (o.parameters ?? []).some((p) => resolve(document, p).name === 'Idempotency-Key');
    const without = operations.filter((o) => offers(o) !== (o.method === 'post')).map((o) => o.path);
    expect(
      without.filter((path) => !/\/(api-keys|reveal|binding-codes|registrations|look|accept)$/.test(path)),
    ).toEqual([]);
    expect(without).toContain('/api/v1/api-keys');
  });

  it('gives examples that its own schemas accept', async () => {
    const auditor = await t.keyFor({ role: 'auditor' });
    // Everyone keeps drafts of their own, and an auditor makes archives.
    const bodies = operations.filter(
      (o) => o.requestBody?.content['application/json'] && !['草稿', '审计档案'].includes(o.tags[0]!),
    );
    expect(bodies.length).toBeGreaterThan(10);
    for (const { method, path, requestBody, parameters = [] } of bodies) {
      const address = path.replace(
        /\{(\w+)\}/g,
        (_, name) => `${exampleOf(document, parameters.find((p) => p.name === name)!.schema, name)}`,
      );
      const body = exampleOf(document, requestBody!.content['application/json']!.schema!);
      const answer = await t.call(method.toUpperCase(), address, { key: auditor, body });
      expect([path, answer.status, answer.body]).toMatchObject([path, 403, { code: 'FORBIDDEN' }]);
    }
  });
});

describe('/api/docs', () => {
  const read = async () => new TextDecoder().decode((await t.get('/api/docs')).body);

  it('lists every operation with its address, its call and an anchor, and every link in it leads somewhere', async () => {
    const page = await read();
    for (const { operationId, summary, path, method, ...rest } of operations) {
      expect(page).toContain(`<article id="${operationId}"`);
      expect(page).toContain(`<code>${path}</code>`);
      expect(curl(document, method, path, { operationId, summary, ...rest })).toMatch(/^curl "\$NKD\//);
    }
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect([...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).filter((id) => !ids.has(id))).toEqual([]);
    expect(page).not.toMatch(/undefined|\[object |NaN/);
  });

  it('runs no script and asks for nothing outside', async () => {
    const { headers } = await t.get('/api/docs');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    const page = await read();
    expect(page).not.toMatch(/<script|<style| style=| on\w+=|(src|href)="(https?:)?\/\//);
    const style = await t.get('/api/docs/style.css');
    expect(style.headers.get('content-type')).toContain('text/css');
    expect(new TextDecoder().decode(style.body)).not.toMatch(/url\(|@import/);
  });

  it('escapes whatever the document says', async () => {
    const evil = `"><script>alert('&')</script>`;
    const info = { ...document.info, title: evil };
    const operation = { ...operations[0]!, summary: evil, description: evil };
    const page = `${await docsPage({ ...document, info, paths: { [evil]: { get: operation } } }, evil)}`;
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });
});
