import ExcelJS from '@protobi/exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readTable } from '../../src/files/read-table.ts';
import { workbook } from '../files/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { demoFile, plus, upload, writingNothing } from './support.ts';

let t: Demonstration;
let bank: string;
const FAULTY = demoFile('filings-bank-of-china-with-faults.csv');
const YINCHUAN = { poolCode: 'yinchuan', mode: 'good' };

interface Fault {
  seq?: string;
  row?: number;
  field?: string;
  code: string;
  value?: string;
  message: string;
  cites?: { document: string; article: string; confirmed: boolean }[];
}

beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-05-20');
  bank = t.key('bank', 'bank-of-china');
}, 60_000);
afterAll(() => t.stop());

/** 序号, physical line, field, code, the value as sent, a word of the message, whether a policy article is cited. */
const FAULTS: [string, number, string, string, string, string, boolean][] = [
  ['91', 9, 'enterpriseUscc', 'USCC_INVALID', '91640104MA49240120', '校验码不符', false],
  ['92', 10, 'dueBillNo', 'DUPLICATE_IN_FILE', 'BOCJJ202685568819', '第 4 行重复', false],
  ['93', 11, 'principal', 'AMOUNT_NOT_POSITIVE', '0.00', '应大于零', true],
  ['93', 11, 'countedPrincipal', 'AMOUNT_NOT_POSITIVE', '0.00', '应大于零', true],
  ['94', 12, 'disbursedOn', 'DATE_FORMAT', '2026/02/31', '不是存在的日期', false],
  ['95', 13, 'countedPrincipal', 'COUNTED_ABOVE_LENT', '900000.00', '高于贷款金额 800,000.00 元', true],
  ['95', 13, 'maturesOn', 'MATURITY_BEFORE_DISBURSEMENT', '2026-03-01', '应晚于放款日 2026-03-11', true],
  ['96', 14, 'enterpriseName', 'FORMULA_TEXT', '=HYPERLINK("http://example.invalid")', '公式', false],
  ['96', 14, 'principal', 'AMOUNT_DECIMALS', '800,000.005', '最多保留两位小数', false],
  ['96', 14, 'annualRate', 'RATE_FORMAT', '三点四五', '不是利率', false],
  ['96', 14, 'dayCountBasis', 'DAY_COUNT_BASIS', '实际/364', '实际/360、实际/365', false],
  ['96', 14, 'guaranteeMode', 'GUARANTEE_MODE', '其他', '信用、知识产权质押', false],
  ['96', 14, 'firstLoan', 'YES_NO', '是否', '“是”或“否”', false],
  ['96', 14, 'purpose', 'PURPOSE_BANNED', '转贷', '禁止用途', true],
];
const brief = (errors: Fault[]) => errors.map((e) => [e.seq, e.row, e.field, e.code, e.value]);
const filings = async () => (await t.get('loan-filings?poolCode=yinchuan', bank)).body;

describe('The file with faults', () => {
  it('in mode 「all」 puts nothing in, and says why', async () => {
    const { status, body } = await upload(t, bank, FAULTY, { poolCode: 'yinchuan', mode: 'all' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'refused', rowsRead: 11, rowsAccepted: 0, rowsRefused: 6, rowsNew: 0 });
    expect(brief(body.errors)).toEqual(FAULTS.map(([seq, row, field, code, value]) => [seq, row, field, code, value]));
    expect((await filings()).total).toBe(0);
  });

  it('in mode 「good」 puts five rows in and sends 91 to 96 back, each fault by row, field, value, rule and article', async () => {
    const { status, body } = await upload(t, bank, FAULTY, YINCHUAN);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'done', rowsRead: 11, rowsAccepted: 5, rowsRefused: 6, rowsNew: 5 });
    const errors: Fault[] = body.errors;
    expect(errors).toHaveLength(FAULTS.length);
    for (const [i, [seq, row, field, code, value, words, cited]] of FAULTS.entries()) {
      expect(errors[i]).toMatchObject({ seq, row, field, code, value });
      expect(errors[i]!.message).toContain(words);
      expect([seq, field, (errors[i]!.cites ?? []).length > 0]).toEqual([seq, field, cited]);
    }
    expect(errors[3]!.cites![0]).toMatchObject({
      document: '《宁夏科技型中小企业风险补偿贷款管理办法》',
      confirmed: false,
    });
    const { items, total } = await filings();
    expect(total).toBe(5);
    expect(plus(...items.map((f: { principal: string }) => f.principal))).toBe('14200000.00');
    expect(plus(...items.map((f: { countedPrincipal: string }) => f.countedPrincipal))).toBe('13144000.00');
    expect(items[0]).toMatchObject({ status: 'submitted', filedOn: '2026-05-20', bankCode: 'bank-of-china' });
  });

  it('warns of its total row and of the account a spreadsheet spoilt, and takes that row nevertheless', async () => {
    const { body } = await upload(t, bank, FAULTY, YINCHUAN);
    const warnings = (body.warnings as Fault[]).filter((w) => ['TOTAL_DIFFERS', 'ACCOUNT_SPOILT'].includes(w.code));
    expect(warnings.map((w) => [w.code, w.row, w.field])).toEqual([
      ['TOTAL_DIFFERS', 15, 'principal'],
      ['TOTAL_DIFFERS', 15, 'countedPrincipal'],
      ['ACCOUNT_SPOILT', 8, 'disbursementAccount'],
    ]);
    expect((await filings()).items[4].dueBillNo).toBe('BOCJJ202638542805');
  });

  it.each(['good', 'all'])('sent again in mode 「%s」 gets the same answers and puts nothing new in', async (mode) => {
    const before = await filings();
    const { body } = await upload(t, bank, FAULTY, { poolCode: 'yinchuan', mode });
    expect(body).toMatchObject({ rowsRead: 11, rowsAccepted: mode === 'good' ? 5 : 0, rowsRefused: 6, rowsNew: 0 });
    expect(brief(body.errors)).toEqual(FAULTS.map(([seq, row, field, code, value]) => [seq, row, field, code, value]));
    expect(await filings()).toEqual(before);
  });

  it('sent twice with one Idempotency-Key is one import', async () => {
    const form = () => {
      const data = new FormData();
      data.set('file', new File([FAULTY], 'a.csv'));
      for (const [name, value] of Object.entries({ kind: 'loanFilings', ...YINCHUAN })) data.set(name, value);
      return data;
    };
    const headers = { 'idempotency-key': 'import-1' };
    const first = await t.post('imports', form(), bank, headers);
    const again = await writingNothing(t, () => t.post('imports', form(), bank, headers));
    expect(again.body).toEqual(first.body);
    const other = form();
    other.set('mode', 'all');
    expect((await t.post('imports', other, bank, headers)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('as a workbook, with amounts and dates as Excel keeps them, is the same file', async () => {
    const { rows } = await readTable(FAULTY);
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('备案');
    for (const { cells } of rows) {
      const typed = cells.map((cell) => {
        if (/^[\d,]+\.\d\d$/.test(cell)) return Number(cell.replaceAll(',', ''));
        if (/^2026[-/](?!02.31)\d\d[-/]\d\d$/.test(cell)) return new Date(`${cell.replaceAll('/', '-')}T00:00:00Z`);
        return cell;
      });
      sheet.addRow(typed).eachCell((cell) => {
        cell.numFmt = cell.value instanceof Date ? 'yyyy/mm/dd' : typeof cell.value === 'number' ? '#,##0.00' : '@';
      });
    }
    const file = new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer);
    const { body } = await upload(t, bank, file, YINCHUAN, '备案.xlsx');
    expect(body).toMatchObject({ rowsRead: 11, rowsAccepted: 5, rowsRefused: 6, rowsNew: 0 });
    const where = (errors: Fault[]) => errors.map((e) => [e.seq, e.row, e.field, e.code]);
    expect(where(body.errors)).toEqual(FAULTS.map(([seq, row, field, code]) => [seq, row, field, code]));
  });

  it('with its columns the other way round, other words for them and 备案金额 in 万元, is the same file', async () => {
    const { rows } = await readTable(FAULTY);
    const head = rows.findIndex(({ cells }) => cells[0] === '序号');
    const other: Record<string, string> = {
      借款人名称: '借款企业',
      统一社会信用代码: '信用代码',
      '备案金额(元)': '备案金额（万元）',
      放款日期: '起息日',
      到期日期: '贷款到期日',
    };
    const lines = rows.slice(head, head + 6).map(({ cells }, i) =>
      cells.map((cell, j) => {
        if (i === 0) return other[cell] ?? cell;
        return j === 6 ? `${Number(cell.replaceAll(',', '')) / 10_000}` : cell;
      }),
    );
    const file = lines
      .map((cells) =>
        cells
          .toReversed()
          .map((cell) => `"${cell}"`)
          .join(','),
      )
      .join('\r\n');
    const { body } = await upload(t, bank, file, YINCHUAN);
    expect(body).toMatchObject({
      status: 'done',
      rowsRead: 5,
      rowsAccepted: 5,
      rowsRefused: 0,
      rowsNew: 0,
      errors: [],
    });
  });

  it('with one amount changed is a conflict on that row, and the filing stays as it was', async () => {
    const before = await filings();
    const changed = new TextDecoder('gb18030').decode(FAULTY).replaceAll('"2,510,000.00"', '"2,500,000.00"');
    const { body } = await upload(t, bank, changed, YINCHUAN);
    expect(brief(body.errors)[0]).toEqual(['3', 6, 'dueBillNo', 'FILING_CONFLICT', 'BOCJJ202690882273']);
    expect(body).toMatchObject({ rowsAccepted: 4, rowsNew: 0 });
    expect(await filings()).toEqual(before);
  });

  it.each([
    ['csv', 'text/csv; charset=utf-8'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('gives its faults back as a %s to download, which reads as what was answered', async (format, type) => {
    const { body } = await upload(t, bank, FAULTY, YINCHUAN);
    const answer = await t.get(`imports/${body.id}/faults?format=${format}`, bank);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type]);
    const { rows } = await readTable(new Uint8Array(answer.body));
    expect(rows[0]!.cells).toEqual(['原行号', '序号', '字段', '原值', '问题代码', '问题说明', '依据']);
    const read = rows.slice(1).map(({ cells }) => [cells[1], Number(cells[0]), cells[4], cells[3], cells[5]]);
    // A formula is written with an apostrophe before it, so that it does not run at whoever opens the report.
    expect(read).toEqual(
      (body.errors as Fault[]).map((e) => [e.seq, e.row, e.code, e.value!.replace(/^=/, "'="), e.message]),
    );
    expect(rows[3]!.cells[6]).toContain('示例参数，未经主管部门核实');
  });

  it('is seen by the bank that sent it and by staff, not by another bank', async () => {
    const { body } = await upload(t, bank, FAULTY, YINCHUAN);
    expect((await t.get(`imports/${body.id}`, bank)).body).toEqual(body);
    expect((await t.get(`imports/${body.id}`, t.key('auditor'))).status).toBe(200);
    for (const path of [`imports/${body.id}`, `imports/${body.id}/faults`])
      expect((await t.get(path, t.key('bank', 'ningxia-bank'))).status).toBe(404);
  });
});

describe('What is refused as a whole is answered clearly and leaves nothing behind', () => {
  const sound = demoFile('filings-ningxia-bank.csv');
  const headings = new TextDecoder().decode(sound).split('\n').slice(0, 3).join('\n');
  const zeros = () =>
    workbook('', { 'xl/worksheets/sheet1.xml': { data: Buffer.alloc(50_000_000) } }) as Uint8Array<ArrayBuffer>;

  it.each<[string, number, string, () => Uint8Array<ArrayBuffer> | string, Record<string, string>]>([
    ['an unknown pool', 422, 'POOL_UNKNOWN', () => sound, { poolCode: 'nowhere' }],
    ['the pool of other banks', 403, 'NOT_A_PARTNER', () => sound, { poolCode: 'pingluo' }],
    ['no pool', 422, 'POOL_NEEDED', () => sound, {}],
    ['an unknown kind', 422, 'INVALID_INPUT', () => sound, { ...YINCHUAN, kind: 'loans' }],
    ['an unknown mode', 422, 'INVALID_INPUT', () => sound, { poolCode: 'yinchuan', mode: 'some' }],
    ['an unknown field', 422, 'INVALID_INPUT', () => sound, { ...YINCHUAN, colour: 'red' }],
    ['a kind the bank may not send', 403, 'FORBIDDEN', () => demoFile('enterprises.csv'), { kind: 'enterprises' }],
    ['an empty file', 422, 'FILE_EMPTY', () => '', YINCHUAN],
    ['a file of line breaks', 422, 'FILE_EMPTY', () => '\r\n\r\n', YINCHUAN],
    ['a file without the headings', 422, 'HEADINGS_NOT_FOUND', () => '甲,乙\n1,2', YINCHUAN],
    ['a table that lacks a column', 422, 'HEADINGS_MISSING', () => headings.replace('年利率(%)', '备用'), YINCHUAN],
    ['a PDF', 415, 'FILE_TYPE', () => '%PDF-1.7 rubbish', YINCHUAN],
    ['rubbish bytes', 415, 'FILE_ENCODING', () => new Uint8Array([0x81, 0xff, 0xfe, 0xff, 0x0a, 0x81]), YINCHUAN],
    ['a zip bomb as XLSX', 413, 'ZIP_BOMB', zeros, YINCHUAN],
    ['a broken XLSX', 422, 'XLSX_BROKEN', () => workbook('').slice(0, 400) as Uint8Array<ArrayBuffer>, YINCHUAN],
    ['65 MB', 413, 'TOO_LARGE', () => new Uint8Array(65 * 1024 * 1024).fill(0x41), YINCHUAN],
  ])('%s: %i %s', async (_, status, code, file, fields) => {
    const answer = await writingNothing(t, () => upload(t, bank, file(), fields));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail).toMatch(/\p{Script=Han}/u);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it.each<[string, number, string, () => FormData | string, Record<string, string>]>([
    ['2 MB of JSON rubbish', 415, 'UNSUPPORTED_TYPE', () => `[${'0,'.repeat(1_000_000)}0]`, {}],
    ['JSON instead of a form', 415, 'UNSUPPORTED_TYPE', () => '{}', {}],
    ['a form without a file', 422, 'INVALID_INPUT', () => form({ kind: 'loanFilings', ...YINCHUAN }), {}],
    [
      'words in place of the file',
      422,
      'FILE_NEEDED',
      () => form({ kind: 'loanFilings', file: 'abc', ...YINCHUAN }),
      {},
    ],
  ])('%s: %i %s', async (_, status, code, body, headers) => {
    const answer = await writingNothing(t, () => t.post('imports', body(), bank, headers));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.detail).not.toMatch(/nonoptional|undefined/);
  });

  const form = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    return data;
  };

  it('no key, or a key that may not file', async () => {
    expect((await writingNothing(t, () => upload(t, '', sound, YINCHUAN))).status).toBe(401);
    expect((await writingNothing(t, () => upload(t, t.key('finance'), sound, YINCHUAN))).status).toBe(403);
  });
});

describe('Enterprises by file', () => {
  const row = (name: string) =>
    `91640104MA49240122,${name},银川市金凤区,新材料,10,100,100,100,10,科技型中小企业,NX1,2026-01-01,2026-12-31`;
  const head = new TextDecoder().decode(demoFile('enterprises.csv')).split('\n')[0]!;
  let before: number;
  beforeEach(async () => {
    before = (await t.get('enterprises?limit=1', t.key('operator'))).body.total;
  });

  it('a formula as a name is refused by row and field, and the register stays as it is', async () => {
    const file = `${head}\n${row('"=cmd|\' /C calc\'!A0"')}`;
    const { body } = await upload(t, t.key('operator'), file, { kind: 'enterprises', mode: 'all' });
    expect(body).toMatchObject({ status: 'refused', rowsNew: 0 });
    expect(brief(body.errors)).toMatchObject([[undefined, 2, 'name', 'FORMULA_TEXT', "=cmd|' /C calc'!A0"]]);
    expect((await t.get('enterprises?limit=1', t.key('operator'))).body.total).toBe(before);
  });

  it('the demonstration’s own file again changes nothing', async () => {
    const { body } = await upload(t, t.key('operator'), demoFile('enterprises.csv'), {
      kind: 'enterprises',
      mode: 'all',
    });
    expect(body).toMatchObject({ status: 'done', rowsRead: 114, rowsAccepted: 114, rowsNew: 0, errors: [] });
  });
});

it('No error was logged on the way', () => {
  expect(t.log.errors).toEqual([]);
});
