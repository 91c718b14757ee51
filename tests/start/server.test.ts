import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Running {
  child: ChildProcess;
  url: string;
  screen: string;
  exited: Promise<unknown[]>;
}

const folders: string[] = [];
const children: ChildProcess[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'ningkedai-start-'));
  folders.push(made);
  return made;
}

function launch(env: Record<string, string>) {
  const child = spawn(process.execPath, ['src/server.ts'], {
    env: { ...process.env, DEMO: 'none', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let screen = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (screen += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  return { child, exited: once(child, 'exit'), screen: () => screen, complaint: () => complaint };
}

async function start(env: Record<string, string>): Promise<Running> {
  const { child, exited, screen, complaint } = launch(env);
  while (!screen().includes('Ctrl-C')) {
    const ended = await Promise.race([once(child.stdout!, 'data').then(() => null), exited]);
    if (ended) throw new Error(`it did not start: ${complaint()}`);
  }
  const port = /localhost:(\d+)/.exec(screen())![1];
  return { child, exited, url: `http://127.0.0.1:${port}`, screen: screen() };
}

/** A start that is expected to end: its exit code and its one sentence. */
async function refused(env: Record<string, string>): Promise<{ code: number; sentence: string }> {
  const { exited, complaint } = launch(env);
  const [code] = await exited;
  return { code: code as number, sentence: complaint() };
}

let server: Running;
let dataDir: string;

beforeAll(async () => {
  dataDir = folder();
  server = await start({ DATA_DIR: dataDir });
}, 60_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});

describe('启动与停止', () => {
  it('says on one short screen where to look, and gives the first operator key of an empty installation once', async () => {
    expect(server.screen).toMatch(/首个系统管理员密钥.*nkd_[0-9a-f]{16}_[0-9a-f]{48}/);
    expect(server.screen).toContain('/api/docs');
    expect(server.screen.split('\n').length).toBeLessThan(25);
    const key = /nkd_\w+/.exec(server.screen)![0];
    const keys = await fetch(`${server.url}/api/v1/api-keys`, { headers: { 'x-api-key': key } });
    expect((await keys.json()).items).toHaveLength(1);
  });

  it('answers health, readiness and metrics without a key', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ status: 'ready', demonstration: false });
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain(
      'http_request_duration_seconds_count{method="GET",route="/healthz",status="200"}',
    );
  });

  it('limits what needs no key by address, and carries its headers from the first answer on', async () => {
    const path = `${server.url}/api/v1/verify/KY3D-10C8-9HYP-B6HY`;
    const seen = new Map<number, Response>();
    // Two windows of a minute may meet here: 61 are too many for both.
    for (let i = 0; i < 61 && !seen.has(429); i++) {
      const answer = await fetch(path, { headers: { 'x-forwarded-for': `192.0.2.${i}` } });
      seen.set(answer.status, answer);
    }
    expect([...seen.keys()]).toEqual([404, 429]);
    expect(Number(seen.get(429)!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(seen.get(429)!.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('ends with one sentence when the port is taken, the data are in use, or the database does not answer', async () => {
    const port = new URL(server.url).port;
    const answers = await Promise.all([
      refused({ DATA_DIR: folder(), PORT: port }),
      refused({ DATA_DIR: dataDir }),
      refused({ DATA_DIR: folder(), DATABASE_URL: 'postgresql://someone:a-secret@127.0.0.1:1/nothing' }),
      refused({ DATA_DIR: folder(), PORT: 'abc' }),
    ]);
    expect(answers.map((a) => a.code)).toEqual([1, 1, 1, 1]);
    const [taken, inUse, silent, wrong] = answers.map((a) => a.sentence);
    expect(taken).toContain(`端口 ${port} 已被占用`);
    expect(inUse).toContain('正由另一个已启动的服务使用');
    expect(silent).toContain('没有应答');
    expect(silent).not.toContain('a-secret');
    expect(wrong).toContain('应为 0 到 65535 的整数');
    for (const { sentence } of answers) expect(sentence.trim().split('\n')).toHaveLength(1);
  });

  it('finishes the request at hand when it is told to stop, and starts again on what it left', async () => {
    const body = JSON.stringify({ code: 'nowhere' });
    const key = /nkd_\w+/.exec(server.screen)![0];
    const pending = request(`${server.url}/api/v1/institutions`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json', 'content-length': body.length },
    });
    pending.write(body.slice(0, 5));
    await fetch(`${server.url}/healthz`); // the server has read the half request by now
    server.child.kill('SIGTERM');
    while (
      await fetch(`${server.url}/healthz`).then(
        () => true,
        () => false,
      )
    );
    pending.end(body.slice(5));
    const [response] = await once(pending, 'response');
    expect(response.statusCode).toBe(422);
    response.resume();
    expect(await server.exited).toEqual([0, null]);
    server = await start({ DATA_DIR: dataDir });
    expect(server.screen).not.toContain('首个系统管理员密钥');
  }, 60_000);

  it('starts again after kill -9', async () => {
    server.child.kill('SIGKILL');
    await server.exited;
    server = await start({ DATA_DIR: dataDir });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    server.child.kill('SIGINT');
    expect(await server.exited).toEqual([0, null]);
  }, 60_000);
});
