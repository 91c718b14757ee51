import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type Account, postgresAccount, takeOwnership } from './embedded-account.ts';
import { type Binaries, findBinaries } from './embedded-binaries.ts';
import * as clusters from './embedded-cluster.ts';
import { lockDataDir } from './embedded-lock.ts';
import { explainFolderFault, type StartupError } from './startup-error.ts';

/** A PostgreSQL of our own that is ready. */
export interface Embedded {
  /** Of the database `ningkedai`, as superuser, with the password: not for a log. */
  url: string;
  /** The postmaster. */
  pid: number;
  /** Fulfils when PostgreSQL has gone, by `stop` or of itself. */
  exited: Promise<void>;
  /** Ends all connections, shuts PostgreSQL down cleanly and gives the data directory back. May be called again. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Holds the cluster in `pg/`, `postgres.log` and `server.lock`; made when missing. */
  dataDir: string;
  /** Named to whoever starts a second server on the same directory. */
  httpPort?: number;
  /** For tests: fast, and lost when the machine stops. */
  throwaway?: boolean;
}

const DATABASE = 'ningkedai';
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  wal_compression: 'on',
  max_wal_size: '4GB',
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  log_checkpoints: 'off',
};
// Said here, not left to a file: a posted entry must outlive a power failure.
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

/**
 * Starts the PostgreSQL that npm installed on `dataDir`, on a free port of 127.0.0.1, whatever state an earlier run left the
 * directory in. It is a process group of its own: Ctrl-C reaches only us, and we stop it when our requests are done.
 * @throws StartupError in every case that the person at the keyboard can put right
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  const cluster = join(dataDir, 'pg');
  let release = () => {};
  try {
    mkdirSync(dataDir, { recursive: true });
    release = lockDataDir(dataDir, options.httpPort);
    const account = postgresAccount(cluster);
    const bin = await findBinaries(account);
    await clusters.makeCluster(dataDir, bin, account, options.throwaway === true);
    takeOwnership(cluster, account);
    clusters.checkMajor(cluster, bin.major);
    await clusters.settleLeftovers(cluster);
    const settings = { ...SETTINGS, ...(options.throwaway ? THROWAWAY : DURABLE) };
    const { child, ...server } = await launch({ dataDir, cluster, account, bin, settings });
    return { ...server, stop: () => stop(child, bin, cluster).finally(release) };
  } catch (error) {
    release();
    throw explainFolderFault(dataDir, error);
  }
}

interface Plan {
  dataDir: string;
  cluster: string;
  account: Account | undefined;
  bin: Binaries;
  settings: Record<string, string>;
}

type Launched = Omit<Embedded, 'stop'> & { child: ChildProcess };

/** Tries again on another port when somebody took ours, and while backends of a killed postmaster finish their last query. */
async function launch(plan: Plan): Promise<Launched> {
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
  const child = spawn(bin.postgres, ['-D', clusters.clusterArgument(cluster, account), ...flags], {
    cwd: cluster,
    detached: true,
    env: clusters.cleanEnvironment(),
    stdio: ['ignore', log, log],
    ...account,
  });
  closeSync(log);
  const exited = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()));
  const address = `postgresql://${clusters.SUPERUSER}:${clusters.readPassword(cluster)}@127.0.0.1:${port}`;
  try {
    if (!(await answers(`${address}/postgres`, child)))
      return { log: readFileSync(logPath).subarray(start).toString() };
  } catch (error) {
    await stop(child, bin, cluster);
    throw error;
  }
  child.unref();
  return { child, exited, pid: child.pid!, url: `${address}/${DATABASE}` };
}

/** Waits, however long a recovery takes, until PostgreSQL serves us and our database exists. @returns false when it has ended instead */
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
async function stop(child: ChildProcess, bin: Binaries, cluster: string): Promise<void> {
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

function explainLog({ cluster }: Plan, log: string): StartupError {
  const fault = log.match(/(?:FATAL|PANIC): +(.*)/)?.[1];
  if (fault === undefined) return explainFolderFault(cluster, log.trim().split('\n').at(-1) ?? '');
  return explainFolderFault(cluster, `${fault}（postgres.log）`);
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
