import { DomainError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { LIMITS } from './table.ts';

/** One part of a ZIP archive as its central directory declares it. */
export interface ZipEntry {
  name: string;
  /** 0 stored, 8 deflated; others are not read. */
  method: number;
  packed: number;
  size: number;
  crc: number;
  /** Where its data begins. */
  start: number;
}

const NESTED = /\.(zip|xlsx|xlsm|xlsb|xls|docx|pptx|jar|gz|tgz|bz2|xz|7z|rar|zst)$/i;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;

/**
 * The parts of an archive by name, from its central directory (APPNOTE.TXT 6.3, 4.3.12), checked before anything is
 * inflated: number of parts, declared sizes and their sum, ratio, parts that lie over one another, encrypted parts,
 * archives inside. Throws DomainError ZIP_BOMB (413), XLSX_ENCRYPTED, XLSX_BROKEN (422).
 */
export function readDirectory(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset } = findDirectory(view);
  if (count > LIMITS.zipEntries) throw bomb(`压缩包内有 ${count} 个部件，多于 ${LIMITS.zipEntries} 个`);
  const entries = new Map<string, ZipEntry>();
  let at = offset;
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw broken();
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const entry = readEntry(bytes, view, at, nameLength, extraLength);
    total += entry.size;
    checkEntry(entry, bytes, total);
    if (entries.has(entry.name)) throw broken();
    entries.set(entry.name, entry);
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true);
  }
  refuseOverlaps([...entries.values()]);
  return entries;
}

/** What may still be inflated from one archive, shared by its parts. */
export interface InflateBudget {
  left: number;
}

/**
 * Inflates one part, chunk by chunk. The declared size is held to: more or less than it is a broken archive, more than
 * the budget of the whole archive is a bomb; neither is held in memory. Throws DomainError ZIP_BOMB, XLSX_BROKEN.
 */
export async function* inflate(bytes: Uint8Array, entry: ZipEntry, budget: InflateBudget): AsyncGenerator<Uint8Array> {
  const reader = open(bytes.subarray(entry.start, entry.start + entry.packed), entry.method).getReader();
  let read = 0;
  let crc = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw broken();
      });
      if (done) break;
      read += value.length;
      budget.left -= value.length;
      if (budget.left < 0) throw bomb('解压后的内容过大');
      if (read > entry.size) throw bomb('部件的实际大小超过其声明的大小');
      crc = crc32(value, crc);
      yield value;
    }
    // Deflate has no check of its own: a flipped bit can be another digit of an amount.
    if (read !== entry.size || crc !== entry.crc) throw broken();
  } finally {
    // Also when the caller stops early: nothing goes on inflating in the background.
    await reader.cancel().catch(() => {});
  }
}

/** The refusal of an archive that cannot be read as it says. */
export function broken(): DomainError {
  return new DomainError('XLSX_BROKEN', 'XLSX 文件已损坏或不完整，请用 Excel 或 WPS 打开并另存为新文件后重新上传');
}

/** Small slices in, so that a bomb is noticed after one slice's output at most. */
function open(packed: Uint8Array, method: number): ReadableStream<Uint8Array> {
  let at = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= packed.length) return controller.close();
      controller.enqueue(packed.slice(at, at + 65_536));
      at += 65_536;
    },
  });
  return method === 0 ? source : source.pipeThrough(new DecompressionStream('deflate-raw'));
}

function findDirectory(view: DataView): { count: number; offset: number } {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at >= last - 65_535; at--) {
    if (view.getUint32(at, true) !== END) continue;
    const count = view.getUint16(at + 10, true);
    const offset = view.getUint32(at + 16, true);
    // Sentinels: the true figures are in the ZIP64 record, which the locator just before points at (4.3.14, 4.3.15).
    if (count !== 0xffff && offset !== 0xffffffff) return { count, offset };
    if (at < 20 || view.getUint32(at - 20, true) !== LOCATOR64) throw broken();
    const record = readUint64(view, at - 12);
    if (record + 56 > view.byteLength || view.getUint32(record, true) !== END64) throw broken();
    return { count: readUint64(view, record + 32), offset: readUint64(view, record + 48) };
  }
  throw broken();
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, nameLength: number, extraLength: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  if ((flags & 1) !== 0) throw new DomainError('XLSX_ENCRYPTED', '压缩包已加密，请取消密码后重新上传');
  const extraAt = at + 46 + nameLength;
  if (extraAt + extraLength > bytes.length) throw broken();
  const name = new TextDecoder().decode(bytes.subarray(at + 46, extraAt));
  const [size, packed, local] = sizes(view, at, extraAt, extraAt + extraLength);
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) throw broken();
  // The local header's own name and extra field may differ in length from the directory's.
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > bytes.length) throw broken();
  return { name, method: view.getUint16(at + 10, true), packed, size, crc: view.getUint32(at + 16, true), start };
}

/** [size, packed size, offset of the local header]; sentinels are replaced from the ZIP64 extra field (4.5.3). */
function sizes(view: DataView, at: number, extra: number, extraEnd: number): [number, number, number] {
  const found = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  for (let field = extra; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    let next = field + 4;
    for (let i = 0; i < 3; i++) {
      if (found[i] !== 0xffffffff) continue;
      if (next + 8 > extraEnd) throw broken();
      found[i] = readUint64(view, next);
      next += 8;
    }
  }
  return found as [number, number, number];
}

function readUint64(view: DataView, at: number): number {
  if (at < 0 || at + 8 > view.byteLength) throw broken();
  return Number(view.getBigUint64(at, true));
}

function checkEntry(entry: ZipEntry, bytes: Uint8Array, total: number): void {
  const { name, size, packed, method, start } = entry;
  if (total > LIMITS.inflatedBytes) throw bomb('声明的解压后大小过大');
  if (size > 1_000_000 && size > packed * LIMITS.zipRatio) throw bomb('压缩比异常');
  if (method === 0 && size !== packed) throw broken();
  const holdsZip = method === 0 && packed > 4 && bytes[start] === 0x50 && bytes[start + 1] === 0x4b;
  if (NESTED.test(name) || holdsZip) {
    throw bomb(`文件内嵌了另一个压缩包或工作簿“${name.slice(-60)}”，请删除嵌入的对象`);
  }
}

/** Parts that share packed bytes make a small file declare a huge one (the overlap trick of quine-free bombs). */
function refuseOverlaps(entries: ZipEntry[]): void {
  const ordered = entries.filter((entry) => entry.packed > 0).sort((a, b) => a.start - b.start);
  for (let i = 1; i < ordered.length; i++) {
    if (ordered[i]!.start < ordered[i - 1]!.start + ordered[i - 1]!.packed) throw bomb('压缩包内的部件相互重叠');
  }
}

function bomb(reason: string): DomainError {
  return new DomainError('ZIP_BOMB', `XLSX 文件无法安全解压：${reason}，已拒绝`, { status: 413 });
}
