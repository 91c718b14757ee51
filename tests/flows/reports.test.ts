import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../src/files/read-table.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { demoFile, minus, pingluoFilings, plus, upload, writingNothing } from './support.ts';

let t: Demonstration;
let bank: string;
let reviewer: string;

beforeAll(async () => {
  t = await startDemonstration('2026-04-14');
  bank = t.key('bank', 'shizuishan-bank');
  reviewer = t.key('countyReviewer', 'pingluo-st');
}, 60_000);
afterAll(() => t.stop());

interface Line {
  dueBillNo: string;
  outstandingPrincipal: string;
  principalRepaid: string;
  interestPaid: string;
  loanClassification: string;
  overdueDays: number;
  paidOff: boolean;
}

const CLASSES: Record<string, string> = { 正常: 'normal', 关注: 'specialMention', 次级: 'substandard' };
/** The lines of a month as the demonstration's file has them. */
async function linesOf(month: string): Promise<Line[]> {
  const { rows } = await readTable(demoFile(`balances/shizuishan-bank-${month}.csv`));
  return rows.slice(1).map(({ cells: [, , dueBillNo, ...rest] }) => {
    const [outstandingPrincipal, principalRepaid, interestPaid] = rest.map((cell) => cell.replaceAll(',', ''));
    const figures = {
      outstandingPrincipal: outstandingPrincipal!,
      principalRepaid: principalRepaid!,
      interestPaid: interestPaid!,
    };
    return {
      dueBillNo: dueBillNo!,
      ...figures,
      loanClassification: CLASSES[rest[3]!]!,
      overdueDays: Number(rest[4]),
      paidOff: rest[5] === '是',
    };
  });
}
const lineOf = async (month: string, dueBillNo: string) =>
  (await linesOf(month)).find((l) => l.dueBillNo === dueBillNo)!;
const report = (period: string, lines: object[], more: object = {}, key = bank) =>
  t.post('balance-reports', { period, lines, ...more }, key);
const loanOf = async (dueBillNo: string) => (await t.get(`loans?dueBillNo=${dueBillNo}`, bank)).body.items[0];
const pool = async (asOf = '') => (await t.get(`pools/pingluo${asOf && `?asOf=${asOf}`}`, reviewer)).body;
const settlement = async (period: string) =>
  (await t.get(`settlements?poolCode=pingluo&period=${period}`, t.key('finance'))).body.items[0];

const PLAIN = 'SZSJJ202696055953'; // 3,140,000.00, interest monthly, to 2026-11-22
const ANNUITY = 'SZSJJ202662496363'; // 3,000,000.00, level payments
const LATE = 'SZSJJ202679549468'; // 3,980,000.00

/** 2,390,000.00 at 4.05 % for 31 days is 8,335.125: the bank's file rounds it down, the contract (half up) does not. */
const HALF_FEN = {
  dueBillNo: 'SZSJJ202636414424',
  field: 'interestPaid',
  reported: '8335.12',
  expected: '8335.13',
  difference: '-0.01',
};

describe('A monthly report by API', () => {
  it('names the loans it leaves out; what agrees with the contract’s own arithmetic is not named, half a fen is', async () => {
    t.on('2026-05-05');
    const lines = (await linesOf('2026-04')).filter((l) => ![LATE, PLAIN, ANNUITY].includes(l.dueBillNo));
    const { status, body } = await report('2026-04', lines);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      bankCode: 'shizuishan-bank',
      period: '2026-04',
      receivedOn: '2026-05-05',
      lines: 9,
      missingTotal: 3,
      differencesTotal: 1,
      differences: [HALF_FEN],
    });
    expect(body.missing.map((m: { dueBillNo: string }) => m.dueBillNo).sort()).toEqual([ANNUITY, LATE, PLAIN].sort());
    expect(body.missing[0]).toMatchObject({ poolCode: 'pingluo', enterprise: expect.stringContaining('有限公司') });
    expect((await loanOf('SZSJJ202675434504')).outstandingPrincipal).toBe('3838085.40');
  });

  it('sent again changes nothing; other figures for a month that is in are refused without a reason', async () => {
    const line = await lineOf('2026-04', 'SZSJJ202675434504');
    expect((await writingNothing(t, () => report('2026-04', [line]))).status).toBe(201);
    const other = await writingNothing(t, () => report('2026-04', [{ ...line, outstandingPrincipal: '3838085.41' }]));
    expect([other.status, other.body.code]).toEqual([422, 'REPORT_REFUSED']);
    expect(other.body.errors).toMatchObject([{ code: 'REPORT_CONFLICT', row: 1, field: 'lines.0.dueBillNo' }]);
  });

  it('shows where it differs from the contract’s own arithmetic, and stands', async () => {
    const line = await lineOf('2026-04', ANNUITY);
    const { body } = await report('2026-04', [
      { ...line, outstandingPrincipal: '2754945.00', interestPaid: '10875.03' },
    ]);
    expect(body.differences).toMatchObject([
      HALF_FEN,
      {
        dueBillNo: ANNUITY,
        field: 'outstandingPrincipal',
        reported: '2754945.00',
        expected: '2754945.30',
        difference: '-0.30',
      },
      { dueBillNo: ANNUITY, field: 'interestPaid', reported: '10875.03', expected: '10875.00', difference: '0.03' },
    ]);
    expect([body.lines, body.missingTotal, body.differencesTotal]).toEqual([10, 2, 2]);
    expect((await loanOf(ANNUITY)).outstandingPrincipal).toBe('2754945.00');
  });

  it('of the latest month is corrected with a reason, and the difference is booked', async () => {
    const line = await lineOf('2026-04', ANNUITY);
    const { status, body } = await report('2026-04', [line], { correctionReason: '系统取数有误' });
    expect(status).toBe(201);
    expect(body.differences).toMatchObject([HALF_FEN]);
    expect(await loanOf(ANNUITY)).toMatchObject({ outstandingPrincipal: '2754945.30', lastReportPeriod: '2026-04' });
    const acts = (await t.get('audit?action=report.correct', t.key('auditor'))).body.items;
    expect(acts).toMatchObject([{ after: { period: '2026-04', lines: 1, reason: '系统取数有误' } }]);
  });

  it.each([
    ['正常', 1, 'normal', false],
    ['关注', 90, 'specialMention', true],
    ['关注', 91, 'specialMention', false],
    ['次级', 91, 'substandard', true],
    ['次级', 271, 'substandard', false],
    ['可疑', 360, 'doubtful', true],
    ['可疑', 361, 'doubtful', false],
    ['损失', 0, 'loss', true],
  ])(
    'that calls a loan %s at %i days overdue: %s, allowed %s',
    async (label, overdueDays, loanClassification, allowed) => {
      // A second, impossible line keeps even an allowed class out, so that each case meets the same books.
      const line = { ...(await lineOf('2026-04', PLAIN)), overdueDays, loanClassification };
      const { body } = await writingNothing(t, () => report('2026-04', [line, { ...line, dueBillNo: 'NONE' }]));
      const fault = body.errors.find((e: { row: number }) => e.row === 1);
      expect(fault === undefined).toBe(allowed);
      if (allowed) return;
      expect(fault).toMatchObject({ code: 'CLASSIFICATION_TOO_GOOD', value: loanClassification });
      expect(fault.message).toContain(`逾期 ${overdueDays} 天，五级分类报为${label}，至少应归为`);
      expect(fault.cites).toMatchObject([
        { document: expect.stringContaining('商业银行金融资产风险分类办法'), confirmed: true },
      ]);
    },
  );

  it.each<[string, Partial<Line>, string]>([
    ['of a loan it does not have', { dueBillNo: 'JJ-NONE' }, 'LOAN_UNKNOWN'],
    ['of another bank’s loan', { dueBillNo: 'NXBJJ202631529611' }, 'LOAN_UNKNOWN'],
    ['of more than was lent', { outstandingPrincipal: '3140000.01' }, 'OUTSTANDING_ABOVE_LENT'],
    ['paid off with a balance', { paidOff: true }, 'PAID_OFF_CONTRADICTED'],
    ['of no balance that is not paid off', { outstandingPrincipal: '0.00' }, 'PAID_OFF_CONTRADICTED'],
  ])('%s is refused', async (_, change, code) => {
    const line = { ...(await lineOf('2026-04', PLAIN)), ...change };
    const { status, body } = await writingNothing(t, () => report('2026-04', [line]));
    expect([status, body.code]).toEqual([422, 'REPORT_REFUSED']);
    expect(body.errors.map((e: { code: string }) => e.code)).toEqual([code]);
  });

  it('with one bad line brings none of its lines in, and names the line', async () => {
    const good = await lineOf('2026-04', LATE);
    const { body } = await writingNothing(t, () =>
      report('2026-04', [
        good,
        { ...good, dueBillNo: PLAIN, outstandingPrincipal: '3140000.00', overdueDays: 5 },
        good,
      ]),
    );
    expect(body.errors.map((e: { row: number; code: string }) => [e.row, e.code])).toEqual([
      [2, 'CLASSIFICATION_TOO_GOOD'],
      [3, 'DUPLICATE_IN_FILE'],
    ]);
  });

  it.each<[string, string, object, object, number]>([
    ['of a month that is not over', '2026-05', {}, {}, 422],
    ['of a month before the drawdown', '2026-01', {}, {}, 422],
    ['with an amount as a JSON number', '2026-04', { interestPaid: 1 }, {}, 422],
    ['with a negative amount', '2026-04', { principalRepaid: '-1.00' }, {}, 422],
    ['with half a day overdue', '2026-04', { overdueDays: 0.5 }, {}, 422],
    ['with an unknown field', '2026-04', { colour: 'red' }, {}, 422],
    ['of a thirteenth month', '2026-13', {}, {}, 422],
    ['without lines', '2026-04', {}, { lines: [] }, 422],
  ])('%s is refused', async (_, period, change, more, status) => {
    const line = { ...(await lineOf('2026-04', PLAIN)), ...change };
    expect((await writingNothing(t, () => report(period, [line], more))).status).toBe(status);
  });
});

describe('Reports and repayments', () => {
  it('a repayment after the month’s end stays repaid when the month’s report comes, and the month’s end is as reported', async () => {
    const { id } = await loanOf(PLAIN);
    await t.post(`loans/${id}/repayments`, { amount: '100000.00', paidOn: '2026-05-04', repaymentNo: 'M1' }, bank);
    const { status } = await report('2026-04', [
      { ...(await lineOf('2026-04', PLAIN)), outstandingPrincipal: '3130000.00', principalRepaid: '10000.00' },
    ]);
    expect(status).toBe(201);
    expect(await loanOf(PLAIN)).toMatchObject({
      outstandingPrincipal: '3030000.00',
      countedOutstanding: '3030000.00',
      reserve: '303000.00',
    });
    const { events } = (await t.get(`loans/${id}`, bank)).body;
    expect(
      events
        .slice(-2)
        .map((e: { kind: string; occurredOn: string; principalDelta: string }) => [
          e.kind,
          e.occurredOn,
          e.principalDelta,
        ]),
    ).toEqual([
      ['repayment', '2026-05-04', '-100000.00'],
      ['report', '2026-04-30', '-10000.00'],
    ]);
    expect(
      minus((await pool('2026-05-03')).outstandingPrincipal, (await pool('2026-05-04')).outstandingPrincipal),
    ).toBe('100000.00');
  });

  it('a month older than what is known keeps its line and moves nothing', async () => {
    const request = pingluoFilings()({
      disbursedOn: '2026-02-22',
      countedPrincipal: '500000.00',
      enterpriseUscc: '91640221MA1196419L',
    });
    const { id, dueBillNo } = (await t.post('loan-filings', request, bank)).body;
    await t.post(`loan-filings/${id}/consent`, undefined, reviewer);
    const line = {
      dueBillNo,
      principalRepaid: '0.00',
      interestPaid: '0.00',
      overdueDays: 0,
      paidOff: false,
      loanClassification: 'normal',
    };
    await report('2026-04', [{ ...line, outstandingPrincipal: '300000.00', loanClassification: 'specialMention' }]);
    const { status } = await report('2026-03', [{ ...line, outstandingPrincipal: '450000.00' }]);
    expect(status).toBe(201);
    expect(await loanOf(dueBillNo)).toMatchObject({
      outstandingPrincipal: '300000.00',
      classification: 'specialMention',
      lastReportPeriod: '2026-04',
    });
  });
});

describe('A month without a report', () => {
  it('settles as provisional, says whose report is missing, and goes on with the last known balance', async () => {
    t.on('2026-05-11');
    const { status, body } = await t.post('settlements', { poolCode: 'pingluo', period: '2026-04' }, t.key('finance'));
    expect([status, body.status]).toEqual([201, 'provisional']);
    const notes: { kind: string; text: string; belongsTo?: string }[] = body.notes;
    expect(notes.filter((n) => n.kind === 'missingReport')).toMatchObject([
      { text: expect.stringContaining('石嘴山银行股份有限公司有 1 笔贷款未报送'), belongsTo: '2026-04' },
    ]);
    expect(notes.map((n) => n.kind)).toContain('provisional');
  });

  it('takes the late report as an adjustment of the open month that names it, and stays as it was settled', async () => {
    const april = await settlement('2026-04');
    t.on('2026-05-12');
    const { status } = await report('2026-04', [
      { ...(await lineOf('2026-04', LATE)), outstandingPrincipal: '3900000.00', principalRepaid: '80000.00' },
    ]);
    expect(status).toBe(201);
    const { id } = await loanOf(LATE);
    const { events } = (await t.get(`loans/${id}`, bank)).body;
    expect(events.at(-1)).toMatchObject({
      kind: 'report',
      occurredOn: '2026-05-12',
      belongsTo: '2026-04',
      principalDelta: '-80000.00',
    });
    expect(await settlement('2026-04')).toEqual(april);
    const entry = await t.pool.query(
      `SELECT occurred_on::text AS day, belongs_to FROM ledger.entry WHERE book_id = 'pingluo' ORDER BY seq DESC LIMIT 1`,
    );
    expect(entry.rows).toEqual([{ day: '2026-05-12', belongs_to: '2026-04' }]);

    // May is reported whole by file (with the figures of this test), and settles.
    const bookings: Record<string, string> = { [PLAIN]: '3030000.00', [LATE]: '3900000.00' };
    const lines = [
      ...(await linesOf('2026-05')).map((l) => ({
        ...l,
        outstandingPrincipal: bookings[l.dueBillNo] ?? l.outstandingPrincipal,
      })),
      {
        dueBillNo: 'JJ0001',
        outstandingPrincipal: '300000.00',
        principalRepaid: '0.00',
        interestPaid: '0.00',
        loanClassification: 'specialMention',
        overdueDays: 0,
        paidOff: false,
      },
    ];
    t.on('2026-06-10');
    expect((await report('2026-05', lines)).body.missingTotal).toBe(0);
    const may = (await t.post('settlements', { poolCode: 'pingluo', period: '2026-05' }, t.key('finance'))).body;
    expect(may.status).toBe('settled');
    // The late 80,000.00, and 200,000.00 of the loan that came into the pool in May with its April balance.
    expect(may.notes).toMatchObject([
      { kind: 'adjustment', text: '2 笔，贷款余额变动 -280,000.00 元，记入本月', belongsTo: '2026-04' },
    ]);
    for (const { name, opening, movements, closing } of may.sections) {
      expect([name, opening]).toEqual([name, april.sections.find((s: { name: string }) => s.name === name).closing]);
      expect([name, plus(opening, movements)]).toEqual([name, closing]);
    }
  });
});

describe('A monthly report by file', () => {
  const file = async (month: string, change: (text: string) => string) =>
    change(new TextDecoder().decode(demoFile(`balances/shizuishan-bank-${month}.csv`)));
  const send = (text: string, mode: string) => upload(t, bank, text, { kind: 'balanceReports', mode });

  it('with a class too good brings nothing in by mode 「all」 and the other lines by mode 「good」; the report says what is missing', async () => {
    t.on('2026-07-05');
    const faulty = (await file('2026-06', (text) => text.replace('关注,18', '正常,18')))
      .replace('"3,140,000.00"', '"3,030,000.00"')
      .replace('"3,980,000.00"', '"3,900,000.00"');
    const all = (await send(faulty, 'all')).body;
    expect(all).toMatchObject({ status: 'refused', rowsRead: 12, rowsAccepted: 0, rowsRefused: 1 });
    expect(all.errors).toMatchObject([{ row: 5, code: 'CLASSIFICATION_TOO_GOOD', cites: [{ confirmed: true }] }]);
    expect((await t.get('balance-reports?period=2026-06', bank)).body.total).toBe(0);
    expect((await send(faulty, 'good')).body).toMatchObject({
      status: 'done',
      rowsAccepted: 11,
      rowsNew: 11,
      rowsRefused: 1,
    });
    const [{ id, missingTotal }] = (await t.get('balance-reports?period=2026-06', bank)).body.items;
    expect(missingTotal).toBe(2);
    const { missing, differences } = (await t.get(`balance-reports/${id}`, bank)).body;
    expect(missing.map((m: { dueBillNo: string }) => m.dueBillNo).sort()).toEqual(['JJ0001', 'SZSJJ202636414424']);
    expect(differences.map((d: { dueBillNo: string; difference: string }) => [d.dueBillNo, d.difference])).toEqual([
      [PLAIN, '-110000.00'],
      [LATE, '-80000.00'],
    ]);
    expect((await send(faulty, 'good')).body).toMatchObject({ rowsAccepted: 11, rowsNew: 0, rowsRefused: 1 });
  });

  it('of another bank by its name, of 31 June, or with an amount of three decimals is refused by row', async () => {
    const codes = async (change: (text: string) => string) =>
      (await send(await file('2026-07', change), 'all')).body.errors.map(
        (e: { row: number; field: string; code: string }) => [e.row, e.field, e.code],
      );
    t.on('2026-08-05');
    expect((await codes((text) => text.replace('石嘴山银行', '宁夏银行')))[0]).toEqual([2, 'bankName', 'OTHER_BANK']);
    expect((await codes((text) => text.replace('2026-07,', '2026-31,')))[0]).toEqual([2, 'period', 'PERIOD_FORMAT']);
    expect((await codes((text) => text.replace('"10,074.17"', '"10,074.175"')))[0]).toEqual([
      2,
      'interestPaid',
      'AMOUNT_DECIMALS',
    ]);
  });

  it('is not for who is no bank', async () => {
    const text = await file('2026-07', (same) => same);
    const answer = await writingNothing(t, () => upload(t, t.key('finance'), text, { kind: 'balanceReports' }));
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN']);
  });
});

it('No error was logged, and the book stands every test', async () => {
  expect(t.log.errors).toEqual([]);
  expect((await t.pool.query(`SELECT * FROM ledger.verify('pingluo')`)).rows).toEqual([]);
});
