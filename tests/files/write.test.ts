import ExcelJS from '@protobi/exceljs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/errors.ts';
import { COLUMNS_OF, FILING_COLUMNS } from '../../src/files/columns.ts';
import { faultReport } from '../../src/files/fault-report.ts';
import { readTable } from '../../src/files/read-table.ts';
import type { Sheet } from '../../src/files/sheet.ts';
import { importTemplate } from '../../src/files/template.ts';
import { writeCsv } from '../../src/files/write-csv.ts';
import { writeXlsx } from '../../src/files/write-xlsx.ts';
import { convert, demo } from './support.ts';

const FAULTS: Fault[] = [
  {
    code: 'FORMULA_TEXT',
    field: 'enterpriseName',
    value: '=HYPERLINK("http://example.invalid")',
    message: '借款人名称以公式符号开头',
    row: 14,
    seq: '96',
    cites: [
      { document: '《办法》', article: '第二条', confirmed: true },
      { document: '《细则》', article: '第五条', confirmed: false },
    ],
  },
  { code: 'X', message: '整个文件的问题，含"引号"\n和换行\u0001' },
];

describe('the fault report', () => {
  test('as CSV: BOM, CRLF, quotes, and formulas made harmless', () => {
    const bytes = writeCsv(faultReport(FAULTS, FILING_COLUMNS));
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe(
      '原行号,序号,字段,原值,问题代码,问题说明,依据\r\n' +
        '14,96,借款人名称,"\'=HYPERLINK(""http://example.invalid"")",FORMULA_TEXT,借款人名称以公式符号开头,《办法》第二条；《细则》第五条（示例参数，未经主管部门核实）\r\n' +
        ',,,,X,"整个文件的问题，含""引号""\n和换行",\r\n',
    );
  });

  test('as XLSX: the same texts, none of them a formula', async () => {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await writeXlsx(faultReport(FAULTS, FILING_COLUMNS))).buffer as never);
    const sheet = book.getWorksheet('问题清单')!;
    expect(sheet.getCell('D2').value).toBe('\'=HYPERLINK("http://example.invalid")');
    expect(sheet.getCell('A2').value).toBe(14);
    expect(sheet.getCell('B2').value).toBe('96');
    expect(sheet.getRow(1).font?.bold ?? sheet.getCell('A1').font.bold).toBe(true);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
  });

  test('of the faults file names rows, fields and values as the bank knows them', async () => {
    const { rows } = await convert(demo('filings-bank-of-china-with-faults.csv'), 'loanFilings');
    const report = faultReport(
      rows.flatMap((row) => row.faults),
      FILING_COLUMNS,
    );
    const read = await readTable(writeCsv(report));
    expect(read.rows[1]!.cells.slice(0, 5)).toEqual(['12', '94', '放款日期', '2026/02/31', 'DATE_FORMAT']);
    expect(read.rows).toHaveLength(8);
    // The same report can be written again, in the other format.
    expect((await readTable(await writeXlsx(report))).rows.map((row) => row.cells)).toEqual(
      read.rows.map((row) => row.cells),
    );
  });
});

describe('tables', () => {
  const sheet = (rows: string[][]): Sheet => ({
    name: '表',
    columns: [
      { title: '名称', kind: 'text' },
      { title: '金额', kind: 'money' },
    ],
    rows,
  });

  test('amounts are numbers that Excel can add, with their format, unless they are longer than it can hold', async () => {
    const rows = [
      ['甲', '-1234567.89'],
      ['00012', '1234567890123.45'],
      ['丙', '12345678901234.56'],
      ['丁', '=1'],
      ['戊', ''],
    ];
    const bytes = await writeXlsx(sheet(rows));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes.buffer as never);
    const column = [2, 3, 4, 5, 6].map((row) => book.worksheets[0]!.getCell(`B${row}`).value);
    expect(column).toEqual([-1234567.89, 1234567890123.45, '12345678901234.56', "'=1", null]);
    expect(book.worksheets[0]!.getCell('B2').numFmt).toBe('#,##0.00');
    expect(book.worksheets[0]!.getCell('A3')).toMatchObject({ value: '00012', numFmt: '@' });
    expect((await readTable(bytes)).rows.map((row) => row.cells[1])).toEqual([
      '金额',
      '-1234567.89',
      '1234567890123.45',
      '12345678901234.56',
      "'=1",
      undefined,
    ]);
  });

  test('any text reads back from CSV and XLSX, with an apostrophe where it would be a formula', async () => {
    const unit = fc.constantFrom(
      '公',
      'a',
      '1',
      '=',
      '+',
      '-',
      '@',
      '＝',
      ',',
      '"',
      "'",
      ' ',
      '\n',
      '<',
      '&',
      '_x0041_',
      ']]>',
      '𠮷',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit, minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 }),
        async (texts) => {
          const kept = texts.filter((text) => text.trim() !== '');
          const expected = kept.map((text) => (/^\s*[=+\-@＝]/.test(text) ? `'${text}` : text));
          const table = sheet(kept.map((text) => [text]));
          const [csv, xlsx] = await Promise.all([readTable(writeCsv(table)), writeXlsx(table).then(readTable)]);
          expect(csv.rows.slice(1).map((row) => row.cells[0])).toEqual(expected);
          expect(xlsx.rows.slice(1).map((row) => row.cells[0])).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('each template is understood as its own kind, and its example is not imported', async () => {
  for (const kind of ['loanFilings', 'balanceReports', 'enterprises'] as const) {
    const bytes = await writeXlsx(importTemplate(COLUMNS_OF[kind]));
    const { rows, warnings, mapped } = await convert(bytes, kind);
    expect(mapped.headings).toHaveLength(COLUMNS_OF[kind].length);
    expect(rows).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'ROW_SKIPPED', row: 2 }]);
  }
});

test('the example of the filing template is a good filing but for its code', async () => {
  const { columns, rows } = importTemplate(FILING_COLUMNS);
  const example = [...rows][0]!.with(0, '1');
  const { rows: read } = await convert(writeCsv({ name: '', columns, rows: [example] }), 'loanFilings');
  expect(read[0]!.faults).toEqual([]);
});
