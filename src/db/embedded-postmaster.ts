import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Account } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';
import { cleanEnvironment, clusterArgument, readPassword, SUPERUSER } from './embedded-cluster.ts';
import { explainFolderFault, type StartupError } from './startup-error.ts';

const DATABASE = 'ningkedai';

/** What a postmaster is started with. `settings` are PostgreSQL's own names. */
export interface Plan {
  dataDir: string;
  cluster: string;
  account: Account | undefined;
  bin: Binaries;
  settings: Record<string, string>;
}

export interface Launched {
  child: ChildProcess;
  pid: number;
  exited: Promise<void>;
  url: string;
}

/**
 * Starts a postmaster and waits until it serves our database. Tries again on another port when somebody took ours, and while
 * backends of a killed postmaster finish their last query.
 * @throws StartupError with what its log says
 */
export async function launch(plan: Plan): Promise<Launched> {
  const until = performance.now() + 30_000;
  for (;;) {
    const attempt = await tryLaunch(plan);
    if ('child' in attempt) return attempt;
    const passing = /could not bind|pre-existing shared memory block/.test(attempt.log);
    if (!passing || performance.now() > until) throw explainLog(plan, attempt.log);
    await delay(100);
  }
}

async function tryLaunch({ dataDir, cluster, account, bin, settings }: Plan): Promise<Launched | { log: string }> {
  const port = await freePort();
  const logPath = join(dataDir, 'postgres.log');
  const log = openLog(logPath);
  const start = fstatSync(log).size;
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(bin.postgres, ['-D', clusterArgument(cluster, account), ...flags], {
    cwd: cluster,
    detached: true,
    env: cleanEnvironment(),
    stdio: ['ignore', log, log],
    ...account,
  });
  closeSync(log);
  const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
  const address = `postgresql://${SUPERUSER}:${readPassword(cluster)}@127.0.0.1:${port}`;
  try {
    if (!(await answers(`${address}/postgres`, child)))
      return { log: readFileSync(logPath).subarray(start).toString() };
  } catch (error) {
    await shutDown(child, bin, cluster);
    throw error;
  }
  child.unref();
  return { child, exited, pid: child.pid!, url: `${address}/${DATABASE}` };
}

/**
 * Waits, however long a recovery takes, until PostgreSQL serves us and our database exists.
 * @returns false when it has ended instead
 */
async function answers(url: string, child: ChildProcess): Promise<boolean> {
  while (child.pid && child.exitCode === null && child.signalCode === null) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
      if (!rowCount) await client.query(`CREATE DATABASE ${DATABASE}`);
      return true;
    } catch (error) {
      const { code } = error as { code?: string };
      // 57P03: starting up or recovering. The others: not listening yet, or just gone, which the loop finds out.
      if (!['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(code ?? 'ECONNRESET')) throw error;
      await delay(10);
    } finally {
      await client.end().catch(() => {});
    }
  }
  return false;
}

/** Fast shutdown: transactions under way are rolled back. After half a minute without backing: recovery at the next start. */
export async function shutDown(child: ChildProcess, bin: Binaries, cluster: string): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const gone = once(child, 'exit');
  const impatient = setTimeout(() => child.kill('SIGQUIT'), 30_000);
  // Windows knows no SIGINT for another process: Node would cut it off.
  if (process.platform === 'win32') execFileSync(bin.pg_ctl, ['stop', '-D', cluster, '-m', 'fast']);
  else child.kill('SIGINT');
  await gone;
  clearTimeout(impatient);
}

/** The last fault in the log, leaving out what our own early calls were answered. */
function explainLog({ cluster }: Plan, log: string): StartupError {
  const faults = [...log.matchAll(/(?:FATAL|PANIC): +(?!the database system is)(.*)/g)];
  const last = faults.at(-1)?.[1] ?? log.trim().split('\n').at(-1);
  return explainFolderFault(cluster, `${last}（详见 postgres.log）`);
}

/** Appends; a log that has grown large is kept as `postgres.log.1`. */
function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 10 * 1024 * 1024) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
