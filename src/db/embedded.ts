import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { postgresAccount, takeOwnership } from './embedded-account.ts';
import { findBinaries } from './embedded-binaries.ts';
import { checkMajor, makeCluster, settleLeftovers } from './embedded-cluster.ts';
import { lockDataDir } from './embedded-lock.ts';
import { launch, shutDown } from './embedded-postmaster.ts';
import { explainFolderFault } from './startup-error.ts';

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
    makeFolder(dataDir);
    release = lockDataDir(dataDir, options.httpPort);
    const account = postgresAccount(cluster);
    const bin = await findBinaries(account);
    await makeCluster(dataDir, bin, account, options.throwaway === true);
    takeOwnership(cluster, account);
    checkMajor(cluster, bin.major);
    await settleLeftovers(cluster);
    const settings = { ...SETTINGS, ...(options.throwaway ? THROWAWAY : DURABLE) };
    const { child, ...server } = await launch({ dataDir, cluster, account, bin, settings });
    return { ...server, stop: () => shutDown(child, bin, cluster).finally(release) };
  } catch (error) {
    release();
    throw explainFolderFault(dataDir, error);
  }
}

/** Like `mkdir -p`. Node's own recursive mkdir says ENOENT on a read-only disk. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}
