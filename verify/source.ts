import { existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { openZip } from './zip.ts';

/** The files of an archive, wherever they are. */
export interface Source {
  paths: string[];
  /** the bytes of a file; undefined when there is none. @throws Error in Chinese for one that cannot be read */
  read(path: string): Buffer | undefined;
}

/** An archive as it was downloaded (ZIP), or unpacked into a folder. @throws Error in Chinese for what is neither, or is not safe to open */
export function openSource(path: string): Source {
  if (!existsSync(path)) throw new Error(`没有文件「${path}」`);
  return statSync(path).isDirectory() ? folder(path) : zip(path);
}

function folder(root: string): Source {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const known = new Set(paths);
  return { paths, read: (path) => (known.has(path) ? readFileSync(join(root, path)) : undefined) };
}

/** The file stays open as long as the program runs: it is read when a file of it is asked for. */
function zip(path: string): Source {
  const file = openSync(path, 'r');
  return openZip(statSync(path).size, (at, length) => {
    const piece = Buffer.alloc(length);
    if (!Number.isSafeInteger(at) || at < 0 || readSync(file, piece, 0, length, at) < length)
      throw new Error('ZIP 文件不完整');
    return piece;
  });
}
