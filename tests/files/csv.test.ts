import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detectDelimiter, parseCsv } from '../../src/files/csv.ts';
import { readTable } from '../../src/files/read-table.ts';
import { LIMITS } from '../../src/files/table.ts';
import { demo, refusal, utf8 } from './support.ts';

const HEAD = '借据号,借款人名称,贷款金额(元)';

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
}

describe('encodings', () => {
  const text = `${HEAD}\r\nJJ1,银川垚公司,1.00\r\n`;
  const rows = [
    { line: 1, cells: ['借据号', '借款人名称', '贷款金额(元)'] },
    { line: 2, cells: ['JJ1', '银川垚公司', '1.00'] },
  ];

  test('UTF-8 without and with BOM, and UTF-16 in both orders, read alike', async () => {
    for (const bytes of [utf8(text), utf8(`\ufeff${text}`), utf16(text, false), utf16(text, true)]) {
      expect((await readTable(bytes)).rows).toEqual(rows);
    }
  });

  test('GB18030 is read when the bytes are not UTF-8, rare characters too', async () => {
    const gb = new Uint8Array([0xbd, 0xe8, 0xbe, 0xdd, 0xba, 0xc5, 0x2c, 0x81, 0x39, 0xef, 0x31]); // 借据号,㐂
    expect((await readTable(gb)).rows[0]!.cells).toEqual(['借据号', '㐂']);
    expect((await readTable(demo('filings-shizuishan-bank.csv'))).rows[2]!.cells[1]).toBe('借款人名称');
  });

  test('bytes that are neither are refused in one sentence', async () => {
    const error = await refusal(readTable(new Uint8Array([0x31, 0xff, 0x2c, 0xff, 0x0a])));
    expect([error.code, error.status]).toEqual(['FILE_ENCODING', 415]);
    expect(error.message).toBe('文件的编码既不是 UTF-8 也不是 GB18030，请另存为 CSV UTF-8 后重新上传');
  });
});

describe('rows and lines', () => {
  test('every line ending counts as one line, in quotes too', () => {
    const text = 'a,b\r\n"x\ny\r\nz",2\r\rc,3\n\n"last",4';
    expect(parseCsv(text, ',')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x\ny\r\nz', '2'] },
      { line: 6, cells: ['c', '3'] },
      { line: 8, cells: ['last', '4'] },
    ]);
  });

  test('quotes double inside, spaces may follow, empty cells at the end do not count', () => {
    expect(parseCsv('"a ""b""" ,,"",  ,\n', ',')).toEqual([{ line: 1, cells: ['a "b"'] }]);
    expect(parseCsv('a"b,c', ',')).toEqual([{ line: 1, cells: ['a"b', 'c'] }]);
  });

  test.each(['1,"abc\n2,d\n3,e\n', 'x,y\n1,"a"b,c\n'])(
    'a quote that does not close is refused with its line: %j',
    async (text) => {
      const error = await refusal(() => parseCsv(text, ','));
      expect(error.code).toBe('CSV_QUOTES');
      expect(error.message).toMatch(/^第[12]行的英文双引号没有成对/);
    },
  );

  test('the delimiter is the one that cuts the headings', () => {
    expect(detectDelimiter(`${HEAD}\n1,2,"3,000.00"`)).toBe(',');
    expect(detectDelimiter(`报表；标题\n${HEAD.replaceAll(',', '\t')}\n1\tA\t3,080,000,000,000.00`)).toBe('\t');
    expect(detectDelimiter(`${HEAD.replaceAll(',', ';')}\n1;甲,乙;"3,000.00"`)).toBe(';');
    expect(detectDelimiter('一列')).toBe(',');
  });

  test('any table of texts reads back, whatever its cells hold', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '公', ',', '"', '\n', '\r', ' ', '\t', ';', '1'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }), (table) => {
        const text = table.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        const kept = table.map((row) => row.slice(0, row.findLastIndex((c) => c.trim() !== '') + 1));
        expect(parseCsv(text, ',').map((row) => row.cells)).toEqual(kept.filter((row) => row.length > 0));
      }),
      { numRuns: 300 },
    );
  });
});

describe('bounds', () => {
  test.each<[what: string, bytes: () => Uint8Array, code: string, status: number]>([
    ['65 MB', () => new Uint8Array(65_000_000).fill(0x31), 'FILE_TOO_LARGE', 413],
    ['200,001 rows', () => utf8('a,b\n'.repeat(LIMITS.rows + 1)), 'TABLE_TOO_LONG', 413],
    ['4,000,001 cells', () => utf8(`${'a,'.repeat(63)}a\n`.repeat(62_501)), 'TABLE_TOO_LONG', 413],
    ['65 columns', () => utf8(`${'a,'.repeat(64)}a\n`), 'TABLE_TOO_WIDE', 422],
    ['60 MB of commas', () => new Uint8Array(60_000_000).fill(0x2c), 'TABLE_TOO_WIDE', 422],
    ['a cell of 2,001 letters', () => utf8(`a,${'x'.repeat(2001)}\n`), 'CELL_TOO_LONG', 422],
    ['a quoted cell of 2,001 letters', () => utf8(`a,"${'x'.repeat(2001)}"\n`), 'CELL_TOO_LONG', 422],
    ['60 MB of quotes', () => new Uint8Array(60_000_000).fill(0x22), 'CELL_TOO_LONG', 422],
    ['60 MB of open quotes', () => utf8('"a'.repeat(30_000_000)), 'CSV_QUOTES', 422],
    ['60 MB of empty lines', () => new Uint8Array(60_000_000).fill(0x0a), 'FILE_EMPTY', 422],
    ['nothing', () => new Uint8Array(0), 'FILE_EMPTY', 422],
  ])('%s: %s is refused as %s', async (_, bytes, code, status) => {
    const error = await refusal(readTable(bytes()));
    expect([error.code, error.status]).toEqual([code, status]);
  });

  test('200,000 rows and 64 columns, with 100 empty ones after them, are read', async () => {
    expect((await readTable(utf8('a,b\n'.repeat(LIMITS.rows)))).rows).toHaveLength(200_000);
    expect((await readTable(utf8(`${'a,'.repeat(64)}${','.repeat(100)}\n`))).rows[0]!.cells).toHaveLength(64);
  });
});

test.each<[string, number[] | string, RegExp]>([
  ['an old .xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], /旧版 Excel（\.xls）/],
  ['a PDF', '%PDF-1.7', /PDF 文件/],
  ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], /PNG 图片/],
  ['a gzip', [0x1f, 0x8b, 8, 0], /GZIP 压缩包/],
  ['a web page called .xls', '<html><table><tr><td>借据号</td></tr></table></html>', /网页或 XML 格式/],
  ['an XML spreadsheet', '\ufeff<?xml version="1.0"?><Workbook/>', /网页或 XML 格式/],
  ['a program', [0x4d, 0x5a, 0, 3, 0, 0], /不是文本表格/],
])('%s is refused by what it is', async (_, content, message) => {
  const error = await refusal(readTable(typeof content === 'string' ? utf8(content) : new Uint8Array(content)));
  expect(error.status).toBe(415);
  expect(error.message).toMatch(message);
});

test('a workbook with a password is refused as such', async () => {
  const ole = Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(500),
    Buffer.from('EncryptedPackage', 'utf16le'),
  ]);
  const error = await refusal(readTable(new Uint8Array(ole)));
  expect([error.code, error.message]).toEqual(['XLSX_ENCRYPTED', '工作簿设有打开密码，请取消密码后重新上传']);
});
