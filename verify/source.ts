import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** The files of an archive, wherever they are. */
export interface Source {
  paths: string[];
  /** the bytes of a file; undefined when there is none */
  read(path: string): Buffer | undefined;
}

/** An archive as it was downloaded (ZIP), or unpacked into a folder. @throws Error in Chinese for what is neither */
export function openSource(path: string): Source {
  if (!existsSync(path)) throw new Error(`没有文件「${path}」`);
  return statSync(path).isDirectory() ? folder(path) : zip(path);
}

function folder(root: string): Source {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return { paths, read: (path) => (paths.includes(path) ? readFileSync(join(root, path)) : undefined) };
}

interface Place {
  at: number;
  packed: number;
  method: number;
}

/** ZIP by its directory (APPNOTE 6.3, Zip64 too); nothing is held but the directory and the file that is asked for. */
function zip(path: string): Source {
  const file = openSync(path, 'r');
  const size = statSync(path).size;
  const bytes = (at: number, length: number): Buffer => {
    const piece = Buffer.alloc(length);
    if (at < 0 || readSync(file, piece, 0, length, at) < length) throw new Error('ZIP 文件不完整');
    return piece;
  };
  process.once('exit', () => closeSync(file));
  const { at, length, count } = directoryOf(size, bytes);
  const places = readDirectory(bytes(at, length), count);
  return {
    paths: [...places.keys()],
    read: (name) => {
      const place = places.get(name);
      if (!place) return undefined;
      const head = bytes(place.at, 30);
      if (head.readUInt32LE(0) !== 0x04034b50) throw new Error(`ZIP 中「${name}」的位置不正确`);
      const packed = bytes(place.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28), place.packed);
      return place.method === 0 ? packed : inflateRawSync(packed);
    },
  };
}

/** Where the directory stands, by the record at the end, which names the Zip64 record where numbers are too large for it. */
function directoryOf(size: number, bytes: (at: number, length: number) => Buffer) {
  const tail = bytes(Math.max(0, size - 65_557), Math.min(size, 65_557));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new Error('不是 ZIP 文件，或文件不完整');
  const [count, length, at] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  const locator = end - 20;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) return { count, length, at };
  const large = bytes(Number(tail.readBigUInt64LE(locator + 8)), 56);
  const number = (from: number) => Number(large.readBigUInt64LE(from));
  return { count: number(32), length: number(40), at: number(48) };
}

function readDirectory(directory: Buffer, count: number): Map<string, Place> {
  const places = new Map<string, Place>();
  for (let i = 0, at = 0; i < count; i++) {
    if (directory.readUInt32LE(at) !== 0x02014b50) throw new Error('ZIP 的目录不正确');
    const [name, extra, note] = [28, 30, 32].map((from) => directory.readUInt16LE(at + from)) as [
      number,
      number,
      number,
    ];
    const far = directory.readUInt32LE(at + 42);
    const begins = far === 0xffff_ffff ? Number(directory.readBigUInt64LE(at + 46 + name + 4)) : far;
    const place = { at: begins, packed: directory.readUInt32LE(at + 20), method: directory.readUInt16LE(at + 10) };
    const path = directory.toString('utf8', at + 46, at + 46 + name);
    if (places.has(path)) throw new Error(`ZIP 中有两个「${path}」`);
    places.set(path, place);
    at += 46 + name + extra + note;
  }
  return places;
}
