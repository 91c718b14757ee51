import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { explainFolderFault } from './startup-error.ts';

/** The unprivileged account that PostgreSQL runs under when the program itself is root. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. As root: whoever owns the cluster already, else `postgres` (made when missing), else
 * `nobody`. For everybody else undefined: PostgreSQL runs as they do.
 */
export function postgresAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const made = () => {
    output('useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres');
    return lookUp('postgres');
  };
  return lookUp('postgres') ?? made() ?? lookUp('nobody') ?? { uid: 65534, gid: 65534 };
}

/**
 * Gives a cluster the one owner and the closed mode that PostgreSQL insists on: someone may have run `chown -R` or `chmod -R`
 * over the data directory, or copied it as root.
 * @throws StartupError DATA_NOT_OURS when an ordinary user starts on a cluster of another
 */
export function takeOwnership(cluster: string, account: Account | undefined): void {
  try {
    const { uid } = statSync(cluster);
    if (account) {
      const whole = uid === account.uid && statSync(join(cluster, 'PG_VERSION')).uid === uid;
      if (!whole) execFileSync('chown', ['-R', `${account.uid}:${account.gid}`, cluster]);
    } else if (process.getuid && uid !== process.getuid()) {
      throw new Error('wrong ownership');
    }
    if (process.platform !== 'win32') chmodSync(cluster, 0o700);
  } catch (error) {
    throw explainFolderFault(cluster, error);
  }
}

/** The first folder on the way to `path` that `account` may not enter, by mode bits; undefined when it may enter all. */
export function firstClosedFolder(path: string, { uid, gid }: Account): string | undefined {
  const parts = dirname(realpathSync(path)).split(sep);
  return parts
    .map((_, i) => parts.slice(0, i + 1).join(sep) || sep)
    .find((folder) => {
      const { mode, uid: owner, gid: group } = statSync(folder);
      return (mode & (owner === uid ? 0o100 : group === gid ? 0o010 : 0o001)) === 0;
    });
}

function lookUp(user: string): Account | undefined {
  const uid = output('id', '-u', user);
  const gid = output('id', '-g', user);
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function output(command: string, ...args: string[]): string | undefined {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}
