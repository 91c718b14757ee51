import { type ExecFileOptions, execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, firstClosedFolder } from './embedded-account.ts';
import type { Binaries } from './embedded-binaries.ts';
import { hasGone, servesCluster } from './embedded-process.ts';
import { explainFolderFault, StartupError } from './startup-error.ts';

/** The name of the superuser that initdb makes; the application works under a role of its own. */
export const SUPERUSER = 'postgres';
/** Lies in the cluster, 0600, so that a cluster and its password come and go together. */
const PASSWORD_FILE = 'ningkedai.password';

/**
 * How PostgreSQL's programs are told where the cluster is. Where the account may not walk the path to it, they start in it and
 * know it as their working directory, which Linux lets them enter without the folders above.
 * @throws StartupError DATA_CLOSED where the system has no such way
 */
export function clusterArgument(cluster: string, account: Account | undefined): string {
  const closed = account && firstClosedFolder(cluster, account);
  if (closed === undefined) return cluster;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new StartupError(
    'DATA_CLOSED',
    `PostgreSQL 不能以 root 身份运行，而它的专用账号进不了文件夹 ${closed}，请用 DATA_DIR 把数据放到别处，或改用普通用户启动。`,
    `${closed} is closed to the account that runs PostgreSQL`,
  );
}

/**
 * Makes the cluster unless it is there: in a folder aside that is renamed when complete, so that a first start cut short leaves
 * nothing that looks like a cluster. Order and case of text are by code point, the same on every machine and for ever;
 * Chinese order is asked for with COLLATE "zh-Hans-CN-x-icu".
 */
export async function makeCluster(dataDir: string, bin: Binaries, account: Account | undefined, noSync: boolean) {
  for (const half of globSync('pg-init-*', { cwd: dataDir })) discard(join(dataDir, half));
  const cluster = join(dataDir, 'pg');
  if (isMade(cluster)) return;
  const aside = join(dataDir, `pg-init-${process.pid}`);
  const draft = join(aside, 'cluster');
  const password = randomBytes(24).toString('base64url');
  try {
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    writeFileSync(join(aside, 'password'), password, { mode: 0o600 });
    if (account) for (const path of [aside, draft, join(aside, 'password')]) chownSync(path, account.uid, account.gid);
    const args = ['-D', clusterArgument(draft, account), '--username', SUPERUSER, '--pwfile=../password'];
    args.push('--auth=scram-sha-256', '--encoding=UTF8', '--locale=C');
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    if (noSync) args.push('--no-sync');
    await run(bin.initdb, args, { cwd: draft, env: cleanEnvironment(), ...account });
    writeFileSync(join(draft, PASSWORD_FILE), password, { mode: 0o600 });
    renameSync(draft, cluster);
  } catch (error) {
    throw explainFolderFault(dataDir, error);
  } finally {
    discard(aside);
  }
}

/** Whether a cluster is here. What we may not look into is not taken for empty, and other people's files are not for us. */
function isMade(cluster: string): boolean {
  try {
    if (!existsSync(cluster)) return false;
    const files = readdirSync(cluster);
    if (files.includes('PG_VERSION') || files.length === 0) return files.length > 0;
    throw new Error('ENOTEMPTY');
  } catch (error) {
    throw explainFolderFault(cluster, error);
  }
}

/** Runs a program; when it fails, what it said last is the error. */
async function run(program: string, args: string[], options: ExecFileOptions): Promise<void> {
  try {
    await promisify(execFile)(program, args, options);
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(stderr?.match(/error: .*/)?.[0] ?? message, { cause: error });
  }
}

/** @throws StartupError OTHER_MAJOR when the cluster was made by another major version of PostgreSQL */
export function checkMajor(cluster: string, major: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new StartupError(
    'OTHER_MAJOR',
    `数据目录 ${cluster} 由 PostgreSQL ${found} 建立，而程序自带的是 ${major}，请先用原版本程序导出（pg_dump）再导入，或用 DATA_DIR 另指定目录。`,
    `cluster of PostgreSQL ${found}, this is ${major}`,
  );
}

/** The superuser's password of a cluster. @throws StartupError PASSWORD_LOST */
export function readPassword(cluster: string): string {
  const path = join(cluster, PASSWORD_FILE);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  throw new StartupError('PASSWORD_LOST', `缺少数据库口令文件 ${path}，请从备份中恢复它。`, 'password file missing');
}

/**
 * Settles what a killed program left: stops a PostgreSQL that still serves this cluster, and lets a pid file whose id now
 * belongs to another process no longer stand in the way. Call it under the lock of the data directory.
 */
export async function settleLeftovers(cluster: string): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return;
  const [first = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  const pid = Math.abs(Number.parseInt(first, 10));
  if (!pid)
    rmSync(path); // cut short by a full disk
  else if (!servesCluster(pid, cluster)) {
    // PostgreSQL takes any live process of its user for a postmaster, but not the one that starts it. The remaining lines stay:
    // with them it looks for backends that outlived their postmaster.
    writeFileSync(path, [process.pid, ...rest].join('\n'));
  } else {
    process.kill(pid, 'SIGINT');
    if (await hasGone(pid, 30_000)) return;
    process.kill(pid, 'SIGQUIT');
    if (await hasGone(pid, 10_000)) return;
    const chinese = `上次遗留的 PostgreSQL（进程号 ${pid}）停不下来，请手工结束它后再启动。`;
    throw new StartupError('ORPHAN_STAYS', chinese, `process ${pid} does not stop`);
  }
}

/** The environment for PostgreSQL's programs: messages in English, none of the PG* variables of the user's own clients. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(own), LC_ALL: 'C' };
}

const discard = (path: string) => rmSync(path, { recursive: true, force: true, maxRetries: 10 });
