import { createHash } from 'node:crypto';
import type { Source } from './source.ts';

/** Something that is not as it should be: by which check, in which file and line, about what, in words. */
export interface Finding {
  check: string;
  file: string;
  /** 1 is the first line of the file; absent where the whole file is meant */
  line?: number;
  /** 凭证 12, 审计链 345, 对账单 3 … */
  about?: string;
  text: string;
}

/** A head as it stands on paper: of which chain (a book's code or `audit`), after how many, which hash (hex). */
export interface PrintedHead {
  chain: string;
  count: number;
  hash: string;
  /** where it was read */
  from: string;
  /** read outside the archive: from paper */
  outside: boolean;
}

/** The manifest, as far as it is used here. */
export interface Manifest {
  format: string;
  book: string;
  bookName: string;
  year: number;
  asOf: string;
  ledger: ChainPart;
  audit: ChainPart;
  files: { path: string; bytes: number; sha256: string }[];
}
export interface ChainPart {
  from: number;
  to: number;
  before: string;
  head: string;
}

/** What all checks share: the files, the manifest, the heads, and where to say what was found. */
export interface Check {
  source: Source;
  manifest: Manifest;
  heads: PrintedHead[];
  find(finding: Finding): void;
}

export const sha256 = (...bytes: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const piece of bytes) hash.update(piece);
  return hash.digest();
};

/** What the first link of a chain follows. */
export const genesis = (chain: string): string => sha256(Buffer.from(`ningkedai:${chain}`)).toString('hex');

/** A line of a file of lines: where it stands, its bytes, and its fields. */
export interface Row<T> {
  file: string;
  line: number;
  bytes: Buffer;
  value: T;
}

/** The lines of `name.jsonl`, `name-2.jsonl`, …; what cannot be read is found and left out. */
export function* rowsOf<T>({ source, find }: Check, name: string): Generator<Row<T>> {
  for (let place = 1; ; place++) {
    const file = `${name}${place > 1 ? `-${place}` : ''}.jsonl`;
    const whole = source.read(file);
    if (!whole) return;
    let line = 0;
    for (let at = 0; at < whole.length; ) {
      const end = whole.indexOf(10, at);
      const bytes = whole.subarray(at, end < 0 ? whole.length : end);
      at += bytes.length + 1;
      line += 1;
      try {
        yield { file, line, bytes, value: JSON.parse(bytes.toString()) as T };
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        find({ check: 'file.line', file, line, text: '这一行不是完整的 JSON' });
      }
    }
  }
}

/** The bytes of the last field of a line, as they were hashed: from behind its name to the brace that ends the line. */
export function rawField({ bytes }: { bytes: Buffer }, name: string): Buffer {
  const key = Buffer.from(`"${name}":`);
  return bytes.subarray(bytes.indexOf(key) + key.length, bytes.length - 1);
}

/** Money as whole fen. @throws Error for what is none */
export function fen(text: string): bigint {
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`「${text}」不是金额`);
  const value = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0'));
  return sign ? -value : value;
}

/** Whole fen as people read them. */
export function yuan(value: bigint): string {
  const digits = `${value < 0n ? -value : value}`.padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A day as the chains count it: days since 2000-01-01. */
export const dayOf = (days: number): string => new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
