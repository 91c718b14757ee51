import { readFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect } from 'vitest';
import { DomainError } from '../../src/errors.ts';
import { COLUMNS_OF, type ImportKind } from '../../src/files/columns.ts';
import { convertTable } from '../../src/files/convert.ts';
import { mapTable } from '../../src/files/map-table.ts';
import { readTable } from '../../src/files/read-table.ts';

export const DEMO = new URL('../../prisma/demo/', import.meta.url);

export function demo(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, DEMO)));
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** A file read, mapped and converted. */
export async function convert<K extends ImportKind>(bytes: Uint8Array, kind: K) {
  const mapped = mapTable(await readTable(bytes), COLUMNS_OF[kind]);
  return { mapped, ...convertTable(mapped) };
}

/** The refusal of a file; fails when it is accepted. */
export async function refusal(work: Promise<unknown> | (() => unknown)): Promise<DomainError> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    return error as DomainError;
  }
  throw new Error('the file was accepted');
}

/** A part of an archive, with whatever its headers shall claim instead of the truth. */
export interface Part {
  data: string | Uint8Array;
  stored?: boolean;
  declaredSize?: number;
  crc?: number;
  flags?: number;
  /** Sizes only in the ZIP64 extra field, as Apache POI writes them. */
  zip64?: boolean;
  /** Point at the data of this part instead of its own. */
  sharesDataOf?: string;
}

/** An archive by hand, so that its headers can lie. */
export function zip(parts: Record<string, string | Part>): Uint8Array {
  const chunks: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets = new Map<string, number>();
  let at = 0;
  for (const [name, given] of Object.entries(parts)) {
    const part = typeof given === 'string' ? { data: given } : given;
    const raw = Buffer.from(part.data as string);
    const packed = part.stored ? raw : deflateRawSync(raw);
    const size = part.declaredSize ?? raw.length;
    const method = part.stored ? 0 : 8;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(45, 0);
    common.writeUInt16LE(part.flags ?? 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(part.crc ?? crc32(raw), 10);
    common.writeUInt32LE(part.zip64 ? 0xffffffff : packed.length, 14);
    common.writeUInt32LE(part.zip64 ? 0xffffffff : size, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const extra = part.zip64 ? zip64Extra(size, packed.length) : Buffer.alloc(0);
    common.writeUInt16LE(extra.length, 24);
    const offset = offsets.get(part.sharesDataOf ?? '') ?? at;
    offsets.set(name, offset);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(signature(0x02014b50), Buffer.from([45, 0]), common, tail, Buffer.from(name), extra);
    if (part.sharesDataOf) continue;
    const local = Buffer.concat([signature(0x04034b50), common, Buffer.from(name), extra, packed]);
    chunks.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  const count = Object.keys(parts).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return new Uint8Array(Buffer.concat([...chunks, directory, signature(0x06054b50), end]));
}

/** The smallest workbook: `sheetData` is the inside of its one sheet; parts given replace or join the usual ones. */
export function workbook(sheetData: string, parts: Record<string, string | Part> = {}): Uint8Array {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return zip({
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relation}"><sheets><sheet name="备案" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relation}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="${relation}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': '<sst/>',
    'xl/styles.xml': '<styleSheet/>',
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`,
    ...parts,
  });
}

function signature(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function zip64Extra(size: number, packed: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(packed), 12);
  return extra;
}
