import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '../../src/db/embedded.ts';
import { settleLeftovers } from '../../src/db/embedded-cluster.ts';
import { hasGone, isAlive, processIdentity } from '../../src/db/embedded-process.ts';
import { type ServerProcess, startServerProcess } from '../support/children.ts';

let base: string;
/** A cluster that every test finds shut down and whole. */
let dataDir: string;
const running: { stop(): Promise<void> }[] = [];

/** As a server does, but remembered, so that a failed expectation leaves nothing running. */
async function start(directory = dataDir): Promise<Embedded> {
  const server = await startEmbedded({ dataDir: directory });
  running.push(server);
  return server;
}

function startProcess(directory = dataDir, httpPort = 0): ServerProcess {
  const server = startServerProcess(directory, httpPort);
  running.push({ stop: server.kill });
  return server;
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows;
}

/** A directory with a cluster folder that holds only the given files. */
function odd(files: Record<string, string>): string {
  const directory = mkdtempSync(join(base, 'odd-'));
  mkdirSync(join(directory, 'pg'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, 'pg', name), content);
  return directory;
}

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'ningkedai-embedded-'));
  chmodSync(base, 0o755);
  dataDir = join(base, 'data');
  const { stop } = await startEmbedded({ dataDir, throwaway: true });
  await stop();
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  await settleLeftovers(join(dataDir, 'pg')); // of a process that was killed
});

afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));

describe('an ordinary life', () => {
  test('a first start makes the directory, and what is written is there at the next start', async () => {
    const fresh = join(base, 'deeper', 'data');
    const first = await start(fresh);
    await query(first.url, 'CREATE TABLE note AS SELECT 42 AS answer');
    await first.stop();
    await first.exited;
    const second = await start(fresh);
    expect(await query(second.url, 'SELECT answer FROM note')).toEqual([{ answer: 42 }]);
  });

  test('a committed row outlives a power failure: nothing durable is switched off', async () => {
    const { url } = await start();
    const names = ['fsync', 'synchronous_commit', 'full_page_writes'];
    expect(await query(url, `SELECT DISTINCT setting FROM pg_settings WHERE name = ANY ('{${names}}')`)).toEqual([
      { setting: 'on' },
    ]);
  });

  test('it answers on the loopback address alone, and only with its password', async () => {
    const { url } = await start();
    expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const secret = statSync(join(dataDir, 'pg', 'ningkedai.password'));
    expect(secret.mode & 0o077).toBe(0);
  });

  test('text is ordered by code point, and Chinese by pinyin where it is asked for', async () => {
    const { url } = await start();
    const names = "unnest(ARRAY['银川', '平罗', '中宁', 'b', 'B', '阿拉善']) AS name";
    const ordered = async (by: string) =>
      (await query(url, `SELECT name FROM ${names} ORDER BY name ${by}`)).map(({ name }) => name).join(' ');
    expect(await ordered('')).toBe('B b 中宁 平罗 银川 阿拉善');
    expect(await ordered('COLLATE "zh-Hans-CN-x-icu"')).toBe('阿拉善 平罗 银川 中宁 b B');
  });

  test('Ctrl-C reaches the program, which finishes its last request before PostgreSQL stops', async () => {
    const server = startProcess();
    const { pid } = await server.next();
    process.kill(-server.child.pid!, 'SIGINT'); // to the group, as a terminal does
    expect(await server.next()).toEqual({ last: 'done' });
    expect(isAlive(pid!)).toBe(false);
    expect(existsSync(join(dataDir, 'server.lock'))).toBe(false);
  });
});

describe('after kill -9', () => {
  test('of the program: PostgreSQL, left alone, is stopped and started again with every committed row', async () => {
    const killed = startProcess();
    const { url, pid } = await killed.next();
    await query(url!, 'CREATE TABLE program_killed AS SELECT 42 AS answer');
    await killed.kill();
    expect(isAlive(pid!)).toBe(true);
    const next = await start();
    expect(isAlive(pid!)).toBe(false);
    expect(await query(next.url, 'SELECT answer FROM program_killed')).toEqual([{ answer: 42 }]);
  });

  test('of PostgreSQL: the program is told, and the next start recovers every committed row', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE postgres_killed AS SELECT 42 AS answer');
    const busy = expect(query(first.url, 'SELECT pg_sleep(600)')).rejects.toThrow();
    process.kill(first.pid, 'SIGKILL');
    await Promise.all([first.exited, busy]);
    await first.stop();
    const next = await start();
    expect(await query(next.url, 'SELECT answer FROM postgres_killed')).toEqual([{ answer: 42 }]);
  });

  test('of both, when the id in postmaster.pid belongs to another process of the same account by now', async () => {
    const { uid, gid } = statSync(join(dataDir, 'pg'));
    const bystander = spawn('cat', {
      stdio: ['pipe', 'ignore', 'inherit'],
      ...(process.getuid?.() === 0 && { uid, gid }),
    });
    const lines = [bystander.pid, join(dataDir, 'pg'), 1, 5432, '', '127.0.0.1', '1 1', 'ready   '];
    writeFileSync(join(dataDir, 'pg', 'postmaster.pid'), `${lines.join('\n')}\n`);
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(isAlive(bystander.pid!)).toBe(true);
    bystander.stdin!.end();
    await once(bystander, 'exit');
  });

  test('during the very first start: it begins anew', async () => {
    const fresh = mkdtempSync(join(base, 'fresh-'));
    const watcher = watch(fresh);
    const killed = startProcess(fresh);
    for await (const [, name] of on(watcher)) if (name.startsWith('pg-init-')) break;
    await killed.kill();
    const { url } = await start(fresh);
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(fresh).sort()).toEqual(['pg', 'postgres.log', 'server.lock']);
  });
});

async function* on(watcher: ReturnType<typeof watch>): AsyncGenerator<[string, string]> {
  try {
    for (;;) yield (await once(watcher, 'change')) as [string, string];
  } finally {
    watcher.close();
  }
}

describe('two programs on one directory', () => {
  test('the second start ends with one sentence that names process and port', async () => {
    const first = startProcess(dataDir, 8787);
    await first.next();
    const refused = start();
    await expect(refused).rejects.toMatchObject({ code: 'DATA_IN_USE' });
    await expect(refused).rejects.toThrow(new RegExp(`${dataDir}.*进程号 ${first.child.pid}，端口 8787.*DATA_DIR`));
    await expect(refused).rejects.not.toThrow(/\n/);
  });

  test('a second start within the same program is refused too, and after a stop it may start again', async () => {
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: 'DATA_IN_USE' });
    await first.stop();
    await start();
  });

  test('of four that start at once after a crash exactly one gets it', async () => {
    writeFileSync(join(dataDir, 'server.lock'), JSON.stringify({ pid: 2 ** 22 + 1, identity: 'gone' }));
    const four = [1, 2, 3, 4].map(() => startProcess());
    const told = await Promise.all(four.map((one) => one.next()));
    expect(told.map(({ code }) => code ?? 'started').sort()).toEqual([...Array(3).fill('DATA_IN_USE'), 'started']);
  });

  test.each([
    ['whose process id belongs to a later process', JSON.stringify({ pid: process.ppid, identity: 'an earlier boot' })],
    ['cut short by a power failure', ''],
  ])('a lock %s does not stand in the way', async (_, content) => {
    expect(processIdentity(process.ppid)).not.toBe('an earlier boot');
    writeFileSync(join(dataDir, 'server.lock'), content);
    await start();
    expect(JSON.parse(readFileSync(join(dataDir, 'server.lock'), 'utf8'))).toMatchObject({ pid: process.pid });
  });
});

describe('a directory that is not as we left it', () => {
  test('of another PostgreSQL is refused by its version and left untouched', async () => {
    const directory = odd({ PG_VERSION: '16\n' });
    const refused = start(directory);
    await expect(refused).rejects.toMatchObject({ code: 'OTHER_MAJOR' });
    await expect(refused).rejects.toThrow(/PostgreSQL 16 .* 18/);
    expect(readdirSync(join(directory, 'pg'))).toEqual(['PG_VERSION']);
    expect(existsSync(join(directory, 'server.lock'))).toBe(false);
  });

  test('with files of somebody else where the cluster should be is refused, and they stay', async () => {
    const directory = odd({ 'letter.txt': 'dear' });
    await expect(start(directory)).rejects.toMatchObject({ code: 'DATA_IN_THE_WAY' });
    expect(readdirSync(join(directory, 'pg'))).toEqual(['letter.txt']);
    await expect(start(join(directory, 'pg', 'letter.txt'))).rejects.toMatchObject({ code: 'DATA_IN_THE_WAY' });
  });

  test('without its password file is refused with the name of that file', async () => {
    const refused = start(odd({ PG_VERSION: '18\n' }));
    await expect(refused).rejects.toMatchObject({ code: 'PASSWORD_LOST' });
    await expect(refused).rejects.toThrow('ningkedai.password');
  });

  test('with a setting that PostgreSQL refuses: its own words, and where to read on', async () => {
    const settings = join(dataDir, 'pg', 'postgresql.auto.conf');
    const before = readFileSync(settings);
    writeFileSync(settings, 'no_such_setting = 1\n');
    await expect(start()).rejects.toThrow(/postgres\.log/);
    writeFileSync(settings, before);
  });

  test('opened to everybody by a chmod -R is closed again', async () => {
    chmodSync(join(dataDir, 'pg'), 0o777);
    await start();
    expect(statSync(join(dataDir, 'pg')).mode & 0o777).toBe(0o700);
  });

  test('under a folder that only its owner may enter works, as root as well', async () => {
    chmodSync(base, 0o700);
    const { url } = await start();
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    chmodSync(base, 0o755);
  });
});

test('a process that has ended is seen to be gone', async () => {
  const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  expect(await hasGone(child.pid!, 0)).toBe(false);
  child.stdin.end();
  expect(await hasGone(child.pid!, 5000)).toBe(true);
});
