import ExcelJS from '@protobi/exceljs';
import * as hucre from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src/files/read-table.ts';
import { convert, refusal, workbook, zip } from './support.ts';

const HEADINGS =
  '序号,借款人名称,统一社会信用代码,借款合同号,借据号,贷款金额(元),备案金额(元),年利率(%),放款日期,到期日期,计息基础,还款方式,担保方式,是否首次贷款,资金用途,放款账号'.split(
    ',',
  );

async function cells(sheetData: string, parts = {}): Promise<string[]> {
  return (await readTable(workbook(sheetData, parts))).rows[0]!.cells;
}

describe('a workbook as Excel writes it', () => {
  for (const useSharedStrings of [true, false]) {
    test(`typed cells become the values a person sees (shared strings: ${useSharedStrings})`, async () => {
      const book = new ExcelJS.Workbook();
      book.addWorksheet('空表');
      const sheet = book.addWorksheet('备案');
      sheet.addRow(['石嘴山银行「宁科贷」备案台账']);
      sheet.mergeCells('A1:P1');
      sheet.addRow([]);
      sheet.addRow(HEADINGS);
      const row = sheet.addRow([
        1,
        { richText: [{ text: '宁夏沐能' }, { text: '精密机械有限公司', font: { bold: true } }] },
        '91640221MA9006026Y',
        'SZSJK2026187288',
        'SZSJJ202696055953',
        3140000.1,
        { formula: 'F4*0.8', result: 2512000.08 },
        0.0385,
        new Date(Date.UTC(2026, 1, 22)),
        '2026-11-22',
        '实际/360',
        '按月付息到期还本',
        '信用',
        true,
        '研发投入',
        6402200100009981,
      ]);
      row.getCell(6).numFmt = '#,##0.00';
      row.getCell(8).numFmt = '0.00%';
      row.getCell(9).numFmt = 'yyyy"年"m"月"d"日"';
      sheet.addRow(['合计', null, null, null, null, { formula: 'SUM(F4:F4)', result: 3140000.1 }]);
      book.addWorksheet('说明').addRow(['填表说明']);
      const written = new Uint8Array((await book.xlsx.writeBuffer({ useSharedStrings })) as ArrayBuffer);
      const { rows, warnings, mapped } = await convert(written, 'loanFilings');
      expect(mapped.headingLine).toBe(3);
      expect(warnings).toEqual([{ code: 'NOT_READ', message: '只读取了工作表“备案”，未读取“说明”' }]);
      expect(rows).toHaveLength(1);
      const { principal, countedPrincipal, annualRate, ...rest } = rows[0]!.complete!;
      expect([principal, countedPrincipal, annualRate].map(String)).toEqual(['3140000.1', '2512000.08', '0.0385']);
      expect(rest).toMatchObject({
        enterpriseName: '宁夏沐能精密机械有限公司',
        disbursedOn: '2026-02-22',
        maturesOn: '2026-11-22',
        firstLoan: true,
      });
      // An account typed as a number has lost its last digits in Excel itself.
      expect(rows[0]!.warnings).toMatchObject([
        { code: 'ACCOUNT_SPOILT', value: '6.40220010000998E+15', row: 4, seq: '1' },
      ]);
    });
  }

  test('another writer, inline strings, reads alike', async () => {
    const row = ['借据号', 1.5, true, null, ' 空格 ', 'a&<b>"'];
    const written = await new Response(hucre.writeXlsxStream([row], { name: 'x' }) as BodyInit).arrayBuffer();
    const table = await readTable(new Uint8Array(written));
    expect(table.rows).toEqual([{ line: 1, cells: ['借据号', '1.5', 'TRUE', '', ' 空格 ', 'a&<b>"'] }]);
  });
});

describe('numbers', () => {
  const styles = {
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.000%"/><numFmt numFmtId="171" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/><numFmt numFmtId="172" formatCode="&quot;day&quot; 0 [Red]"/></numFmts>' +
      '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0"/><xf numFmtId="10" /><xf numFmtId="14"></xf><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="31"/></cellXfs></styleSheet>',
  };

  test.each([
    ['<c><v>3140000.0</v></c>', '3140000'],
    ['<c><v>3.14E7</v></c>', '31400000'],
    ['<c><v>2648000.0000000005</v></c>', '2648000'],
    ['<c><v>0.30000000000000004</v></c>', '0.3'],
    ['<c><v>800000.005</v></c>', '800000.005'],
    ['<c><v>1.0E-7</v></c>', '0.0000001'],
    ['<c><v>999999999999999</v></c>', '999999999999999'],
    ['<c><v>6402200100009981</v></c>', '6.40220010000998E+15'],
    ['<c><v>-12.5</v></c>', '-12.5'],
    ['<c s="1"><v>3.6499999999999998E-2</v></c>', '3.65%'],
    ['<c s="3"><v>0.0365</v></c>', '3.65%'],
    ['<c s="2"><v>46086</v></c>', '2026-03-05'],
    ['<c s="2"><v>46086.604166666664</v></c>', '2026-03-05 14:30:00'],
    ['<c s="4"><v>46082</v></c>', '2026-03-01'],
    ['<c s="6"><v>46086</v></c>', '2026-03-05'],
    ['<c s="5"><v>46086</v></c>', '46086'],
    ['<c s="0"><v>46086</v></c>', '46086'],
    ['<c t="d"><v>2026-03-05T00:00:00</v></c>', '2026-03-05T00:00:00'],
    ['<c t="b"><v>0</v></c>', 'FALSE'],
    ['<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['<c t="str"><f>A1&amp;B1</f><v>甲</v></c>', '甲'],
    ['<c><f>F4*0.8</f></c>', '=F4*0.8'],
    ['<c t="str"><f>HYPERLINK("x")</f><v></v></c><c><v>1</v></c>', ''],
    ["<c r = 'A1' t='inlineStr'><is><t>单引号</t></is></c>", '单引号'],
    [
      '<c t="inlineStr"><is><r><t>宁</t></r><r><rPr><b/></rPr><t xml:space="preserve">夏 </t></r><rPh><t>níng</t></rPh></is></c>',
      '宁夏 ',
    ],
    ['<c t="inlineStr"><is><t>_x000D_&#20013;&#x6587;_x4E00_&amp;amp;</t></is></c>', '\r中文一&amp;'],
    ['<c t="inlineStr"><is><t><![CDATA[a<b]]></t></is></c>', 'a<b'],
  ])('%s is %s', async (cell, expected) => {
    expect((await cells(`<row>${cell}<c t="inlineStr"><is><t>.</t></is></c></row>`, styles))[0]).toBe(expected);
  });

  test('a workbook that counts days from 1904 says so', async () => {
    const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const table = await readTable(
      workbook('<row><c s="2"><v>44624</v></c></row>', {
        ...styles,
        'xl/workbook.xml': `<workbook xmlns:r="${relation}"><workbookPr date1904="1"/><sheets><sheet name="隐藏" state="hidden" r:id="rId9"/><sheet name="表" r:id="rId1"/></sheets></workbook>`,
      }),
    );
    expect(table).toMatchObject({ dateSystem: '1904', sheet: '表', rows: [{ line: 1, cells: ['2026-03-05'] }] });
  });
});

describe('places', () => {
  test('rows and cells stand where their references say, and empty rows keep their numbers', async () => {
    const { rows } = await readTable(
      workbook(
        '<row r="3"><c r="C3"><v>1</v></c></row><row r="4"/><row r="5"><c r="A5"/></row><row r="9" spans="1:2"><c r="B9"><v>2</v></c><c><v>3</v></c></row>',
      ),
    );
    expect(rows).toEqual([
      { line: 3, cells: ['', '', '1'] },
      { line: 9, cells: ['', '2', '3'] },
    ]);
  });

  test('names with a namespace prefix, and sizes only in ZIP64 fields, read alike', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const data = `<x:worksheet xmlns:x="${main}"><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const parts = {
      'xl/worksheets/sheet1.xml': { data, zip64: true },
      'xl/sharedStrings.xml': `<x:sst xmlns:x="${main}"><x:si/><x:si><x:t>借据号</x:t></x:si></x:sst>`,
    };
    expect((await readTable(workbook('', parts))).rows).toEqual([{ line: 2, cells: ['借据号'] }]);
  });

  test('text that looks like a closing row tag does not end the row', async () => {
    expect(await cells('<row><c t="inlineStr"><is><t>narrow> arrow></t></is></c><c><v>2</v></c></row>')).toEqual([
      'narrow> arrow>',
      '2',
    ]);
  });
});

describe('what is not such a workbook', () => {
  test.each<[string, Uint8Array, string]>([
    ['an archive of something else', zip({ 'a.txt': 'x' }), 'FILE_TYPE'],
    ['a document', workbook('', { 'xl/workbook.xml': '<w:document/>' }), 'FILE_TYPE'],
    ['an empty sheet', workbook(''), 'FILE_EMPTY'],
    ['a sheet that is missing', workbook('', { 'xl/_rels/workbook.xml.rels': '<Relationships/>' }), 'XLSX_BROKEN'],
    ['a string that is missing', workbook('<row><c t="s"><v>7</v></c></row>'), 'XLSX_BROKEN'],
    ['a cell that does not end', workbook('<row><c><v>7</v></row>'), 'XLSX_BROKEN'],
    ['rows out of order', workbook('<row r="2"/><row r="1"/>'), 'XLSX_BROKEN'],
    ['NUL as a character', workbook('<row><c t="str"><v>a&#0;</v></c></row>'), 'XLSX_BROKEN'],
    ['an unknown entity', workbook('<row><c t="str"><v>&xxe;</v></c></row>'), 'XLSX_BROKEN'],
    ['half a surrogate pair', workbook('<row><c t="str"><v>&#xD800;</v></c></row>'), 'XLSX_BROKEN'],
    [
      'bytes that are not UTF-8',
      workbook('', { 'xl/worksheets/sheet1.xml': { data: new Uint8Array([0x3c, 0xff]) } }),
      'XLSX_BROKEN',
    ],
    [
      'a document type in the sheet',
      workbook('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><row/>'),
      'XLSX_ENTITIES',
    ],
    [
      'a document type in the strings',
      workbook('', { 'xl/sharedStrings.xml': '<!DOCTYPE sst><sst><si></si></sst>' }),
      'XLSX_ENTITIES',
    ],
    [
      'entities in the workbook part',
      workbook('', { 'xl/workbook.xml': '<!ENTITY a "b"><workbook/>' }),
      'XLSX_ENTITIES',
    ],
    ['65 columns', workbook('<row><c r="BM1"><v>1</v></c></row>'), 'TABLE_TOO_WIDE'],
    ['a cell of 2,001 letters', workbook(`<row><c t="str"><v>${'x'.repeat(2001)}</v></c></row>`), 'CELL_TOO_LONG'],
    [
      '200,001 rows',
      workbook(Array.from({ length: 200_001 }, (_, i) => `<row><c><v>${i}</v></c></row>`).join('')),
      'TABLE_TOO_LONG',
    ],
  ])('%s is refused', async (_, bytes, code) => {
    expect((await refusal(readTable(bytes))).code).toBe(code);
  });

  test('a workbook cut off anywhere, or with any byte changed, is refused or reads the same', async () => {
    const good = workbook('<row><c t="str"><v>借据号</v></c><c><v>3140000.25</v></c></row>');
    const expected = [{ line: 1, cells: ['借据号', '3140000.25'] }];
    for (let at = 0; at < good.length; at += 7) {
      for (const bytes of [good.slice(0, at), good.with(at, good[at]! ^ 0x11)]) {
        const rows = await readTable(bytes).then(
          (table) => (table.format === 'xlsx' ? table.rows : undefined),
          (error: Error) => (error.name === 'DomainError' ? undefined : Promise.reject(error)),
        );
        if (rows) expect(rows).toEqual(expected);
      }
    }
  });
});
