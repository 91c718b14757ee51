import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.ts';

interface Placed {
  name: Uint8Array<ArrayBuffer>;
  crc: number;
  packed: number;
  size: number;
  at: number;
}

const U16 = 0xffff;
const U32 = 0xffff_ffff;
/** 2 = made by MS-DOS rules; 4.5 = the first that knows more than 4 GB. Names are UTF-8; every file carries the same day, so that the same files give the same bytes. */
const VERSION = 45;
const UTF8 = 0x0800;
const DEFLATE = 8;
const DAY = (1980 - 1980) * 512 + 1 * 32 + 1;

/**
 * Writes a ZIP (APPNOTE 6.3, with Zip64 where it grows beyond 4 GB or 65,535 files) file by file: what each call answers is the next piece of it.
 * Files come whole and are packed by Deflate; the same files in the same order give the same bytes.
 */
export class ZipWriter {
  readonly #placed: Placed[] = [];
  readonly #hash = createHash('sha256');
  #at = 0;

  /** how many bytes it has become so far */
  get bytes(): number {
    return this.#at;
  }

  /** What all of it hashes to (hex), once it has ended. */
  sha256(): string {
    return this.#hash.digest('hex');
  }

  /** The next file: its header and its packed content. */
  add(path: string, content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    const name = new TextEncoder().encode(path);
    const packed = deflateRawSync(content);
    const file = { name, crc: crc32(content), packed: packed.length, size: content.length, at: this.#at };
    const head = fields([4, 0x04034b50], [2, VERSION], ...describe(file), [2, name.length], [2, 0]);
    this.#placed.push(file);
    return this.#piece(head, name, packed);
  }

  /** The end: the directory of all files. */
  end(): Uint8Array<ArrayBuffer> {
    const start = this.#at;
    const directory = join(this.#placed.flatMap(entry));
    const [count, end] = [this.#placed.length, start + directory.length];
    const large = count >= U16 || end >= U32;
    const zip64 = large
      ? [
          fields([4, 0x06064b50], [8, 44], [2, VERSION], [2, VERSION], [4, 0], [4, 0], [8, count], [8, count]),
          fields([8, directory.length], [8, start], [4, 0x07064b50], [4, 0], [8, end], [4, 1]),
        ]
      : [];
    const counted = Math.min(count, U16);
    const last = fields([4, 0x06054b50], [2, 0], [2, 0], [2, counted], [2, counted]);
    const place = fields([4, Math.min(directory.length, U32)], [4, Math.min(start, U32)], [2, 0]);
    return this.#piece(directory, ...zip64, last, place);
  }

  #piece(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
    const piece = join(parts);
    this.#at += piece.length;
    this.#hash.update(piece);
    return piece;
  }
}

/** Flags, method, time, day, checksum and sizes: the same in a file's own header and in the directory. */
const describe = ({ crc, packed, size }: Placed): [2 | 4, number][] => [
  ...([
    [2, UTF8],
    [2, DEFLATE],
    [2, 0],
    [2, DAY],
  ] as [2, number][]),
  ...([
    [4, crc],
    [4, packed],
    [4, size],
  ] as [4, number][]),
];

/** A file's line in the directory; where it begins beyond 4 GB stands in the extra field of Zip64. */
function entry(file: Placed): Uint8Array[] {
  const far = file.at >= U32;
  const extra = far ? fields([2, 1], [2, 8], [8, file.at]) : new Uint8Array(0);
  const sizes: [2 | 4, number][] = [
    [2, file.name.length],
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, far ? U32 : file.at],
  ];
  return [fields([4, 0x02014b50], [2, VERSION], [2, VERSION], ...describe(file), ...sizes), file.name, extra];
}

/** Little-endian numbers of so many bytes each. */
function fields(...values: [width: 2 | 4 | 8, value: number][]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
