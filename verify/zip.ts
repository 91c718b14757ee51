import { crc32, inflateRawSync } from 'node:zlib';

/** Reads so many bytes from a place. @throws Error when they are not there */
export type Bytes = (at: number, length: number) => Buffer;

/** What is too large to be anything of ours: a file, the directory, a file beside its packed size. None of it is unpacked to find that out. */
const LIMITS = { file: 256 * 1024 * 1024, directory: 64 * 1024 * 1024, ratio: 200, free: 1024 * 1024 };

interface Place {
  at: number;
  /** where the next file, or the directory, begins */
  end: number;
  packed: number;
  size: number;
  crc: number;
  method: number;
}

/** A ZIP by its directory (APPNOTE 6.3, Zip64 too). */
export interface Zip {
  paths: string[];
  /** the bytes of a file; undefined when there is none. @throws Error in Chinese for one that is not as the directory says */
  read(path: string): Buffer | undefined;
}

/**
 * Opens a ZIP of which nothing is held but the directory and the file that is asked for. @throws Error in Chinese for what is none, or what could harm whoever
 * unpacks it: names that lead elsewhere, files that lie over each other, sizes beyond every measure
 */
export function openZip(size: number, bytes: Bytes): Zip {
  const { at, length, count, end } = directoryOf(size, bytes);
  // A program that looks for the directory before the record at the end, as most do, has to find this one and no other.
  if (length > LIMITS.directory || at + length !== end || count * 46 > length)
    throw new Error('ZIP 的目录不正确，已拒绝');
  const places = readDirectory(bytes(at, length), count);
  separate(places, at);
  return {
    paths: [...places.keys()],
    read: (path) => {
      const place = places.get(path);
      return place && unpack(path, place, bytes);
    },
  };
}

/**
 * Where the directory stands and where it has to end, by the record at the end, which names the Zip64 record where numbers are too large for it. Nothing comes
 * after that record, and both records say the same: else one program would read one directory and another another.
 */
function directoryOf(size: number, bytes: Bytes) {
  const end = size - 22;
  const last = end < 0 ? Buffer.alloc(22) : bytes(end, 22);
  if (last.readUInt32LE(0) !== 0x06054b50 || last.readUInt16LE(20) !== 0)
    throw new Error('不是 ZIP 文件，或文件不完整，或末尾另有内容');
  const short = { count: last.readUInt16LE(10), length: last.readUInt32LE(12), at: last.readUInt32LE(16) };
  const locator = end < 20 ? Buffer.alloc(20) : bytes(end - 20, 20);
  if (locator.readUInt32LE(0) !== 0x07064b50) return { ...short, end };
  const place = Number(locator.readBigUInt64LE(8));
  const large = bytes(place, 56);
  const number = (from: number) => Number(large.readBigUInt64LE(from));
  const full = { count: number(32), length: number(40), at: number(48) };
  const same =
    Math.min(full.count, 0xffff) === short.count &&
    Math.min(full.length, 0xffff_ffff) === short.length &&
    Math.min(full.at, 0xffff_ffff) === short.at;
  if (!same || place + 56 !== end - 20 || large.readUInt32LE(0) !== 0x06064b50)
    throw new Error('ZIP 的目录不正确，已拒绝');
  return { ...full, end: place };
}

function readDirectory(directory: Buffer, count: number): Map<string, Place> {
  const places = new Map<string, Place>();
  for (let i = 0, at = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw new Error('ZIP 的目录不正确');
    const [name, extra, note] = [28, 30, 32].map((from) => directory.readUInt16LE(at + from)) as [
      number,
      number,
      number,
    ];
    const path = directory.toString('utf8', at + 46, at + 46 + name);
    const far = directory.readUInt32LE(at + 42);
    const begins = far === 0xffff_ffff ? Number(directory.readBigUInt64LE(at + 46 + name + 4)) : far;
    const [packed, size] = [directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 24)];
    if (directory.readUInt16LE(at + 8) & 1) throw new Error(`ZIP 中「${path}」已加密，无法核验`);
    refuseName(path, places);
    refuseSize(path, packed, size);
    const method = directory.readUInt16LE(at + 10);
    const place = { at: begins, end: 0, packed, size, crc: directory.readUInt32LE(at + 16), method };
    // A folder, as other programs write them, is no file.
    if (!(path.endsWith('/') && size === 0)) places.set(path, place);
    at += 46 + name + extra + note;
  }
  return places;
}

/** A name that leads out of the archive, that a system may read otherwise, or that is there twice. */
function refuseName(path: string, places: Map<string, Place>): void {
  if (places.has(path)) throw new Error(`ZIP 中有两个「${path}」`);
  const steps = path.replace(/\/$/, '').split('/');
  if (/[\\\p{Cc}\ufffd]|^[A-Za-z]:/u.test(path) || steps.some((step) => step === '' || step === '.' || step === '..'))
    throw new Error(`ZIP 中有不允许的文件名「${path.replace(/\p{Cc}/gu, '?').slice(0, 200)}」，已拒绝`);
}

/** A file that unpacks to more than any of ours, as a bomb does. */
function refuseSize(path: string, packed: number, size: number): void {
  if (size > LIMITS.file || (size > LIMITS.free && size > packed * LIMITS.ratio))
    throw new Error(
      `ZIP 中「${path}」展开后有 ${size} 字节（压缩后 ${packed} 字节），超过单个文件 ${LIMITS.file} 字节或 ${LIMITS.ratio} 倍的限度，已拒绝`,
    );
}

/** Each file lies by itself, before the directory: none is counted twice. */
function separate(places: Map<string, Place>, directory: number): void {
  const ordered = [...places].sort(([, a], [, b]) => a.at - b.at);
  for (const [i, [path, place]] of ordered.entries()) {
    place.end = ordered[i + 1]?.[1].at ?? directory;
    if (place.at + 30 + Buffer.byteLength(path) + place.packed > place.end)
      throw new Error(`ZIP 中「${path}」与其后的内容重叠，已拒绝`);
  }
}

function unpack(path: string, { at, end, packed, size, crc, method }: Place, bytes: Bytes): Buffer {
  const head = bytes(at, 30);
  const name = head.readUInt16LE(26);
  const start = at + 30 + name + head.readUInt16LE(28);
  if (head.readUInt32LE(0) !== 0x04034b50 || start + packed > end || bytes(at + 30, name).toString() !== path)
    throw new Error(`ZIP 中「${path}」的位置不正确`);
  const content = method === 0 ? bytes(start, packed) : method === 8 ? inflate(path, bytes(start, packed), size) : null;
  if (!content) throw new Error(`ZIP 中「${path}」的压缩方法 ${method} 不能读`);
  if (content.length !== size || crc32(content) !== crc)
    throw new Error(`ZIP 中「${path}」与其目录所载的大小或校验码不符`);
  return content;
}

/** No more is ever unpacked than the directory said, which is within the limits. */
function inflate(path: string, packed: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new Error(`ZIP 中「${path}」不能展开，或展开后超过目录所载的 ${size} 字节`);
  }
}
