import { describe, expect, test } from 'vitest';
import { readTable } from '../../src/files/read-table.ts';
import { type Part, refusal, workbook, zip } from './support.ts';

const MB = 1_000_000;

function withSheet(sheet: Part): Uint8Array {
  return workbook('', { 'xl/worksheets/sheet1.xml': sheet });
}

/** 20 MB that pack at about 1:100, under the ratio at which a part is suspected. */
function packable(): Buffer {
  const line = Buffer.from(`<row><c><v>${'1234567890'.repeat(20)}</v></c></row>`);
  const data = Buffer.alloc(20 * MB, line);
  for (let at = 0; at < data.length; at += 300) data[at] = 48 + ((at * 7919) % 10);
  return data;
}

async function expectBomb(bytes: Uint8Array): Promise<string> {
  const before = process.memoryUsage().arrayBuffers;
  const error = await refusal(readTable(bytes));
  expect([error.code, error.status]).toEqual(['ZIP_BOMB', 413]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * MB);
  return error.message;
}

describe('zip bombs as XLSX are refused', () => {
  test('100 MB of zeros in 100 kB: by the declared ratio, before inflating', async () => {
    expect(await expectBomb(withSheet({ data: Buffer.alloc(100 * MB) }))).toBe(
      'XLSX 文件无法安全解压：压缩比异常，已拒绝',
    );
  });

  test('the same with a declared size that lies: while inflating, after the first slice', async () => {
    const message = await expectBomb(withSheet({ data: Buffer.alloc(100 * MB), declaredSize: 5000 }));
    expect(message).toContain('实际大小超过其声明的大小');
  });

  test('many parts that each look harmless: by their sum', async () => {
    const part = { data: packable() };
    const parts = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`xl/media/${i}.xml`, part]));
    expect(await expectBomb(workbook('', parts))).toContain('声明的解压后大小过大');
  });

  test('many entries that share the same packed bytes', async () => {
    const shared = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`xl/s${i}.xml`, { data: packable(), sharesDataOf: 'xl/s.xml' }]),
    );
    expect(await expectBomb(workbook('', { 'xl/s.xml': { data: packable() }, ...shared }))).toContain('相互重叠');
  });

  test('more than 1,000 parts', async () => {
    const parts = Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`xl/p${i}.xml`, 'x']));
    expect(await expectBomb(workbook('', parts))).toContain('1008 个部件');
  });

  test('an archive inside, whether it says so by name or by its bytes', async () => {
    const inner = zip({ 'a.txt': 'a' });
    expect(await expectBomb(workbook('', { 'xl/embeddings/book.xlsx': { data: inner } }))).toContain('book.xlsx');
    expect(await expectBomb(workbook('', { 'xl/media/image1.png': { data: inner, stored: true } }))).toContain(
      'image1.png',
    );
  });

  test('a size beyond 4 GB in a ZIP64 field', async () => {
    expect(await expectBomb(withSheet({ data: 'x', zip64: true, declaredSize: 5000 * MB }))).toContain('过大');
  });
});

test.each<[string, Part, string]>([
  ['a part that is shorter than declared', { data: 'abc', declaredSize: 5 }, 'XLSX_BROKEN'],
  ['a part whose checksum differs', { data: '<worksheet/>', crc: 1 }, 'XLSX_BROKEN'],
  ['a part with a password', { data: 'abc', flags: 1 }, 'XLSX_ENCRYPTED'],
  ['a stored part whose sizes differ', { data: 'abc', stored: true, declaredSize: 5 }, 'XLSX_BROKEN'],
])('%s is refused', async (_, part, code) => {
  expect((await refusal(readTable(withSheet(part)))).code).toBe(code);
});

test.each<[string, string]>([
  ['a row of 5 MB without end', `<row>${'<c/>'.repeat(1.3 * MB)}`],
  ['tags that never close', '<row '.repeat(MB)],
  ['styles that never close', '<!--'.repeat(MB)],
])('%s is refused in linear time', async (_, inside) => {
  // Random digits keep the ratio low, so that the content and not the packing is judged.
  const salt = Array.from({ length: 40_000 }, (_, i) => ((i * 2654435761) >>> 0).toString(36)).join('');
  const error = await refusal(readTable(workbook(`<row><c t="str"><v>1</v></c></row>${inside}<${salt}`)));
  expect(['XLSX_BROKEN', 'XLSX_ENTITIES']).toContain(error.code);
});
