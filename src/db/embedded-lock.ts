import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processIdentity } from './embedded-process.ts';
import { StartupError } from './startup-error.ts';

interface Holder {
  pid: number;
  identity?: string;
  httpPort?: number;
}

/**
 * Takes the data directory for this process: `server.lock` names its pid, its start time (an id may be used again) and its HTTP
 * port. A lock whose process has gone is taken over.
 * @returns releases the lock
 * @throws StartupError DATA_IN_USE when another server lives on this directory
 */
export function lockDataDir(dataDir: string, httpPort?: number): () => void {
  const path = join(dataDir, 'server.lock');
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid), httpPort } satisfies Holder);
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, mine);
  try {
    while (!linked(draft, path)) {
      const seen = readIfAny(path);
      const holder = seen === undefined ? undefined : parse(seen);
      if (holder && isHeld(holder)) throw inUse(dataDir, holder);
      if (seen !== undefined) setAside(path, seen);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readIfAny(path) === mine) rmSync(path, { force: true });
  };
}

/** A hard link appears with its whole content at once, and never over an existing file. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the stale lock `seen`. If another start was faster and the file is already its lock, that is put back. */
function setAside(path: string, seen: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch {
    return; // another start has removed it
  }
  if (readIfAny(aside) !== seen) linked(aside, path);
  rmSync(aside, { force: true });
}

const isHeld = ({ pid, identity }: Holder) => isAlive(pid) && (!identity || processIdentity(pid) === identity);

function inUse(dataDir: string, { pid, httpPort }: Holder): StartupError {
  const port = httpPort === undefined ? '' : `，端口 ${httpPort}`;
  return new StartupError(
    'DATA_IN_USE',
    `数据目录 ${dataDir} 正由另一个已启动的服务使用（进程号 ${pid}${port}），请先停止它，或用 DATA_DIR 另指定目录。`,
    `data directory in use by process ${pid}`,
  );
}

function readIfAny(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A lock cut short by a power failure names nobody. */
function parse(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    return Number.isInteger(holder?.pid) ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}
