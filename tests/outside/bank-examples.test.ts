import { spawn } from 'node:child_process';
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

const EXAMPLES = 'docs/examples';
let t: Demonstration;
let server: Server;
let url: string;
let key: string;
let folder: string;

beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
  key = await t.keyFor({ role: 'bank', institutionCode: 'ningxia-bank', signed: true });
  server = createServer(getRequestListener(t.app.fetch)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'bank-examples-'));
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
  await t.stop();
});

const PROGRAMS: Record<string, string[]> = {
  curl: ['bash', `${EXAMPLES}/nkd.sh`],
  Python: ['python3', `${EXAMPLES}/nkd.py`],
  Java: ['java', `${EXAMPLES}/Nkd.java`],
  Node: ['node', `${EXAMPLES}/nkd.mjs`],
};

/** Runs a program as a bank would: what it prints, as JSON, and how it ends. */
async function run(language: string, args: string[], env: Record<string, string> = {}) {
  const [program = '', ...before] = PROGRAMS[language]!;
  const child = spawn(program, [...before, ...args], { env: { ...process.env, NKD_URL: url, NKD_KEY: key, ...env } });
  let [printed, complaint] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  const [exit] = await once(child, 'close');
  if (!printed) throw new Error(`${language} ${args.join(' ')}: ${complaint}`);
  return { exit, body: JSON.parse(printed) };
}

/** A sample of the documentation as a file of this language's own: natural keys are taken once. */
function sample(name: string, language: string): string {
  const path = join(folder, `${language}-${name}`);
  writeFileSync(path, readFileSync(join(EXAMPLES, name), 'utf8').replaceAll('SL', `${language.toUpperCase()}`));
  return path;
}

describe.each(Object.keys(PROGRAMS))('docs/examples in %s', (language) => {
  it('reads a list by a signed request, with a query that is escaped', async () => {
    const { exit, body } = await run(language, ['GET', '/api/v1/loan-filings?limit=2&poolCode=yinchuan']);
    expect([exit, body.items.length]).toEqual([0, 2]);
    const named = await run(language, ['GET', '/api/v1/enterprises?name=%E6%B2%83%E7%9F%B3']);
    expect(named.body.items.map((e: { uscc: string }) => e.uscc)).toEqual(['91640105MA3837849B']);
  });

  it('files a loan, once however often it is sent', async () => {
    const file = sample('filing.json', language);
    const env = { IDEMPOTENCY_KEY: randomUUID() };
    const first = await run(language, ['POST', '/api/v1/loan-filings', file], env);
    expect([first.exit, first.body.status, first.body.errors]).toEqual([0, 'submitted', undefined]);
    const again = await run(language, ['POST', '/api/v1/loan-filings', file], env);
    expect([again.exit, again.body]).toEqual([0, first.body]);
  });

  it('uploads a file', async () => {
    const { exit, body } = await run(language, [
      'upload',
      'loanFilings',
      'yinchuan',
      'all',
      sample('filings.csv', language),
    ]);
    expect([exit, body.errors, body.rowsAccepted]).toEqual([0, [], 1]);
  });

  it('ends with 1 and the reason when it is refused', async () => {
    const refused = await run(language, ['GET', '/api/v1/audit']);
    expect([refused.exit, refused.body.code, refused.body.requestId]).toEqual([1, 'FORBIDDEN', expect.any(String)]);
    const [, id] = key.split('_');
    const wrong = await run(language, ['GET', '/api/v1/loans'], { NKD_KEY: `nkd_${id}_${'0'.repeat(48)}` });
    expect([wrong.exit, wrong.body.code]).toEqual([1, 'SIGNATURE_INVALID']);
    expect(t.log.errors).toEqual([]);
  });
});

describe('docs/banks.md', () => {
  const text = readFileSync('docs/banks.md', 'utf8');
  const fact = (name: string) => new RegExp(`^\\| ${name} \\| \`([^\`]+)\` \\|$`, 'm').exec(text)![1]!;

  it('gives a worked example whose every step is right', () => {
    const body = fact('正文');
    const sha256 = (data: string) => createHash('sha256').update(data).digest();
    expect(fact('正文的 SHA-256')).toBe(sha256(body).toString('hex'));
    const [, id, secret = ''] = fact('密钥').split('_');
    expect(fact('HMAC 密钥').replace('（十六进制）', '')).toBe(sha256(secret).toString('hex'));
    const signed = /待签文本：\n\n```text\n([\s\S]*?)\n```/.exec(text)![1]!;
    expect(signed.split('\n')).toEqual(['POST', fact('路径'), fact('时间'), fact('随机数'), fact('正文的 SHA-256')]);
    const signature = createHmac('sha256', sha256(secret)).update(signed).digest('hex');
    expect(fact('签名')).toBe(signature);
    expect(text).toContain(
      `Authorization: NKD-HMAC-SHA256 KeyId=${id},Time=${fact('时间')},Nonce=${fact('随机数')},Signature=${signature}`,
    );
  });

  it('names only programs and samples that are there', () => {
    const linked = [...text.matchAll(/\]\((examples\/[^)]+)\)/g)].map(([, path]) => path!);
    expect(linked.length).toBeGreaterThan(4);
    for (const path of linked) expect(readFileSync(join('docs', path), 'utf8').length).toBeGreaterThan(100);
  });
});
