import ExcelJS from '@protobi/exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFile, upload, writingNothing } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
let bank: string;
let other: string;
beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-05-20');
  bank = t.key('bank', 'bank-of-china');
  other = t.key('bank', 'ningxia-bank');
  await t.get('me', bank); // a key's first use is kept with it
}, 60_000);
afterAll(() => t.stop());

const FAULTY = demoFile('filings-bank-of-china-with-faults.csv');
const TEXT = new TextDecoder('gb18030').decode(FAULTY);
const YINCHUAN = { poolCode: 'yinchuan' };

function form(file: string | Uint8Array<ArrayBuffer>, fields: Record<string, string>): FormData {
  const data = new FormData();
  data.set('file', new File([file], '备案.csv'));
  for (const [name, value] of Object.entries({ kind: 'loanFilings', ...fields })) data.set(name, value);
  return data;
}
const look = (file: string | Uint8Array<ArrayBuffer>, fields = {}, key = bank) =>
  t.post('import-headings', form(file, fields), key);
const rows = async (id: string, query = '', key = bank) => t.get(`imports/${id}/rows${query}`, key);

interface Row {
  row: number;
  seq: string;
  cells: Record<string, string>;
  errors: { field: string; code: string; row: number }[];
}

/** The bank's file as another system writes it: some headings we do not know, amounts in 万元. */
const FOREIGN = [
  '借款主体,信用代码A,合同,凭证,本金（万元）,年利率,放款日期,到期日期,计息基础,还款方式,担保方式,首贷,投向,联系人',
  '银川示例一科技有限公司,916401212972756293,X1,XJ1,308,4.05,2026-04-13,2027-04-13,实际/365,按月结息到期还本,信用,不详,研发投入,张三',
];
const MAPPING = {
  借款主体: 'enterpriseName',
  信用代码A: 'enterpriseUscc',
  合同: 'contractNo',
  凭证: 'dueBillNo',
  '本金（万元）': 'principal',
  首贷: 'firstLoan',
  投向: 'purpose',
};

describe('headings of another system', () => {
  it('are shown with what we take them for, what is missing, and the first rows', async () => {
    const { status, body } = await writingNothing(t, () => look(FOREIGN.join('\n')));
    expect(status).toBe(200);
    expect(body.headingLine).toBe(1);
    expect(body.headings[0]).toEqual({ index: 0, title: '借款主体', field: null });
    expect(body.headings.find((h: { title: string }) => h.title === '年利率').field).toBe('annualRate');
    expect(body.missing).toEqual(expect.arrayContaining(['dueBillNo', 'contractNo', 'principal', 'enterpriseUscc']));
    expect(body.columns.find((c: { field: string }) => c.field === 'principal')).toMatchObject({
      ...{ title: '贷款金额(元)', required: true, kind: 'money' },
    });
    expect(body.sample[0][3]).toBe('XJ1');
    const all = await look(`说明文字,,\n甲,乙,丙\n1,2,3`);
    expect(all.body).toMatchObject({ headingLine: 2, headings: [{ title: '甲', field: null }, {}, {}] });
    expect((await look('1,2,3')).body).toMatchObject({ headingLine: null, headings: [] });
  });

  it('are read as the sender says, in their own unit, and the import keeps what was said', async () => {
    const refused = await upload(t, bank, FOREIGN.join('\n'), YINCHUAN);
    expect([refused.status, refused.body.code]).toEqual([422, 'HEADINGS_MISSING']);
    const counted = FOREIGN.map((line, i) => `${line},${i === 0 ? '备案额（元）' : '3080000'}`).join('\n');
    const mapping = { ...MAPPING, '备案额（元）': 'countedPrincipal', 联系人: null };
    const seen = (await look(counted, { mapping: JSON.stringify(mapping) })).body;
    expect([seen.missing, seen.faults]).toEqual([[], []]);
    const { status, body } = await upload(t, bank, counted, { ...YINCHUAN, mapping: JSON.stringify(mapping) });
    expect([status, body.rowsRead, body.mapping]).toEqual([200, 1, mapping]);
    // 联系人 was left out on purpose, so that nobody is told of an unknown heading.
    expect(body.warnings.filter((w: { code: string }) => w.code === 'UNKNOWN_HEADING')).toEqual([]);
    const { items } = (await rows(body.id, '?only=all')).body;
    expect(items[0].cells).toMatchObject({ principal: '308', dueBillNo: 'XJ1' });
    expect(items[0].cells.联系人).toBeUndefined();
    expect(body.errors.filter((e: { field: string }) => e.field === 'principal')).toEqual([]);
  });

  it('are refused when two are one field, when the field does not exist, and when what is said cannot be read', async () => {
    for (const [mapping, code] of [
      [{ ...MAPPING, 联系人: 'dueBillNo' }, 'HEADING_DUPLICATE'],
      [{ 联系人: 'nobody' }, 'MAPPING_FIELD'],
      ['not JSON', 'INVALID_INPUT'],
      [{ 联系人: 3 }, 'INVALID_INPUT'],
      [['a'], 'INVALID_INPUT'],
    ] as const) {
      const text = typeof mapping === 'string' ? mapping : JSON.stringify(mapping);
      const answer = await writingNothing(t, () => upload(t, bank, FOREIGN.join('\n'), { ...YINCHUAN, mapping: text }));
      expect([text, answer.status, answer.body.code]).toEqual([text, 422, code]);
    }
    expect((await look(FOREIGN.join('\n'), {}, t.key('auditor'))).status).toBe(403);
    const faults = (
      await look(FOREIGN.join('\n'), { mapping: JSON.stringify({ 合同: 'dueBillNo', 凭证: 'dueBillNo' }) })
    ).body.faults;
    expect(faults).toMatchObject([{ code: 'HEADING_DUPLICATE', field: 'dueBillNo' }]);
  });
});

/** Everything that is wrong with the demonstration's faulty file, put right. */
const RIGHT = [
  { row: 9, cells: { enterpriseUscc: '91640104MA49240122' } },
  { row: 11, cells: { principal: '500,000.00', countedPrincipal: '500,000.00' } },
  { row: 12, cells: { disbursedOn: '2026-03-11' } },
  { row: 13, cells: { countedPrincipal: '300,000.00', principal: '300,000.00', maturesOn: '2027-03-01' } },
];
const DROP = [10, 14];

describe('a file with faults', () => {
  let first: string;

  it('is shown row by row as it was sent, beside what is wrong', async () => {
    first = (await upload(t, bank, FAULTY, { ...YINCHUAN, mode: 'all' }, '台账.csv')).body.id;
    const { status, body } = await rows(first);
    expect([status, body.total, body.nextCursor]).toEqual([200, 6, null]);
    expect(body.items.map((r: Row) => [r.row, r.seq])).toEqual(
      [9, 10, 11, 12, 13, 14].map((row, i) => [row, `${91 + i}`]),
    );
    expect(body.items[3]).toMatchObject({
      cells: { disbursedOn: '2026/02/31', principal: '800,000.00' },
      errors: [{ field: 'disbursedOn', code: 'DATE_FORMAT', row: 12 }],
    });
    expect(body.headings).toContainEqual({ index: 5, title: '贷款金额(元)', field: 'principal' });
  });

  it('is read page by page', async () => {
    const seen: number[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body } = await rows(first, `?only=all&limit=4${cursor && `&cursor=${cursor}`}`);
      expect(body.total).toBe(11);
      seen.push(...body.items.map((r: Row) => r.row));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  });

  it('is nobody else’s: not to see, not to correct', async () => {
    const correction = { rows: RIGHT, drop: DROP };
    expect((await rows(first, '', other)).status).toBe(404);
    expect((await t.post(`imports/${first}/corrections`, correction, other)).status).toBe(404);
    expect((await t.post(`imports/${first}/corrections`, correction, t.key('finance'))).status).toBe(403);
  });

  it('corrected in part is refused again, by the lines of the first file', async () => {
    const half = { mode: 'all', rows: RIGHT.slice(0, 2), drop: DROP };
    const { status, body } = await t.post(`imports/${first}/corrections`, half, bank);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'refused', corrects: first, fileName: '台账（更正）.csv', rowsRead: 9 });
    expect(body.errors.map((e: Row['errors'][0]) => [e.row, e.field])).toEqual([
      [12, 'disbursedOn'],
      [13, 'countedPrincipal'],
      [13, 'maturesOn'],
    ]);
    const { items } = (await rows(body.id)).body;
    expect(items.map((r: Row) => [r.row, r.seq])).toEqual([
      [12, '94'],
      [13, '95'],
    ]);
    // And so is the correction of a correction.
    const again = await t.post(`imports/${body.id}/corrections`, { rows: RIGHT.slice(2) }, bank);
    expect(again.body).toMatchObject({ corrects: body.id, fileName: '台账（更正）.csv', rowsRead: 9 });
    expect(again.body.errors).toEqual([]);
    expect(again.body).toMatchObject({ status: 'done', rowsAccepted: 9, rowsNew: 9 });
  });

  it('sent again after its good rows were taken, adds only what was wrong', async () => {
    const good = TEXT.replaceAll('BOCJJ2026', 'ZGJJ2026').replaceAll('BOCJK2026', 'ZGJK2026');
    const taken = await upload(t, bank, good, { ...YINCHUAN, mode: 'good' });
    expect(taken.body.rowsAccepted).toBeLessThan(11);
    const correction = { mode: 'good', rows: [RIGHT[2]], drop: [9, 10, 11, 13, 14] };
    const { body } = await t.post(`imports/${taken.body.id}/corrections`, correction, bank);
    expect(body.rowsRead).toBe(6);
    expect(body.rowsNew).toBeLessThanOrEqual(1);
  });

  it('cannot be corrected where there is nothing to correct, nor in rows or fields it has not', async () => {
    for (const [wrong, code] of [
      [{ rows: [{ row: 3, cells: { principal: '1' } }] }, 'ROW_UNKNOWN'],
      [{ drop: [15] }, 'ROW_UNKNOWN'],
      [{ rows: [{ row: 9, cells: { secret: '1' } }] }, 'FIELD_UNKNOWN'],
      [{ rows: [{ row: 9, cells: { principal: '1\u0000' } }] }, 'INVALID_INPUT'],
      [{ rows: [{ row: 9, cells: { principal: 1 } }] }, 'INVALID_INPUT'],
    ] as const) {
      const answer = await writingNothing(t, () => t.post(`imports/${first}/corrections`, wrong, bank));
      expect([wrong, answer.status, answer.body.code]).toEqual([wrong, 422, code]);
    }
    const { items } = (await t.get('imports?status=done&sort=rowsRefused&limit=1', bank)).body;
    const done = await t.post(`imports/${items[0].id}/corrections`, {}, bank);
    expect([done.status, done.body.code]).toEqual([409, 'NOTHING_TO_CORRECT']);
  });
});

describe('other files', () => {
  it('a workbook keeps its days, its unit and its lines when it is corrected', async () => {
    const heading =
      '序号,企业名称,统一社会信用代码,借款合同号,借据号,贷款金额,备案金额,年利率(%),放款日期,到期日期,计息基础,还款方式,担保方式,是否首次贷款,资金用途';
    const cells = [
      '9',
      '银川示例一科技有限公司',
      '916401212972756293',
      'XK9',
      'XJ9',
      '30',
      '30',
      '3.45',
      46_120,
      '2026-13-01',
    ];
    const book = new ExcelJS.Workbook();
    book
      .addWorksheet('台账')
      .addRows([
        ['单位：万元'],
        heading.split(','),
        [],
        [...cells, '实际/360', '按月结息到期还本', '信用', '否', '研发\n投入'],
      ]);
    const file = new Uint8Array(await book.xlsx.writeBuffer());
    const sent = (await upload(t, bank, file, YINCHUAN, '台账.xlsx')).body;
    expect(sent.errors.map((e: Row['errors'][0]) => [e.row, e.field])).toEqual(
      expect.arrayContaining([
        [4, 'maturesOn'],
        [4, 'purpose'],
      ]),
    );
    const half = await t.post(
      `imports/${sent.id}/corrections`,
      { rows: [{ row: 4, cells: { maturesOn: '2027-01-01' } }] },
      bank,
    );
    expect(half.body.errors.filter((e: Row['errors'][0]) => e.field === 'purpose')).toMatchObject([
      { row: 4, code: 'CONTROL_CHARACTER' },
    ]);
    const { items } = (await rows(half.body.id, '?only=all')).body;
    expect(items[0]).toMatchObject({ row: 4, seq: '9', cells: { disbursedOn: '2026-04-08', principal: '30' } });
    expect(half.body.fileName).toBe('台账（更正）.csv');
  });

  it('monthly reports and the register of enterprises are corrected in the same way', async () => {
    const report =
      '序号,数据月份,借据号,贷款余额(元),本月归还本金(元),本月实付利息(元),五级分类,逾期天数\n1,2026-04,NONE,1.00,0,0,正常,0\n';
    const sent = (await upload(t, bank, report, { kind: 'balanceReports' })).body;
    expect(sent).toMatchObject({ status: 'refused', rowsRefused: 1 });
    const again = await t.post(`imports/${sent.id}/corrections`, { drop: [2] }, bank);
    expect(again.body).toMatchObject({ kind: 'balanceReports', corrects: sent.id, rowsRead: 0, status: 'done' });

    const operator = t.key('operator');
    const register = new TextDecoder().decode(demoFile('enterprises.csv')).split(/\r?\n/);
    const head = register.findIndex((line) => line.includes('统一社会信用代码'));
    const line = register[head + 1]!;
    const wrong = line.replace(
      /\b(9[0-9A-Z]{17})\b/,
      (code) => `${code.slice(0, 17)}${code.endsWith('0') ? '1' : '0'}`,
    );
    const firms = (await upload(t, operator, [register[head], wrong].join('\n'), { kind: 'enterprises' })).body;
    expect(firms.errors).toMatchObject([{ field: 'uscc', row: 2 }]);
    const uscc = /\b9[0-9A-Z]{17}\b/.exec(line)![0];
    const right = await t.post(`imports/${firms.id}/corrections`, { rows: [{ row: 2, cells: { uscc } }] }, operator);
    expect(right.body).toMatchObject({ status: 'done', rowsAccepted: 1, corrects: firms.id });
    // Whoever did not send it sees no person's name in it.
    const seen = (await rows(firms.id, '?only=all', t.key('auditor'))).body.items[0].cells;
    const own = (await rows(firms.id, '?only=all', operator)).body.items[0].cells;
    expect(seen.legalRepresentative ?? '*').toContain('*');
    expect(own.uscc).toBe(wrong.match(/\b9[0-9A-Z]{17}\b/)![0]);
    expect((await t.post(`imports/${firms.id}/corrections`, {}, t.key('regionalReviewer'))).status).toBe(403);
    expect(t.log.errors).toEqual([]);
  });
});
