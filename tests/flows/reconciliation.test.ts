import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../src/files/read-table.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { balances, expectStatus } from './claims-support.ts';
import { demoFile, writingNothing } from './support.ts';

const ACCOUNT = '6402200155550001';
let t: Demonstration;
let finance: string;
let other: string;
beforeAll(async () => {
  // Up to the day before the demonstration's own finance department does what is done here.
  t = await startDemonstration('2026-11-01');
  t.on('2026-11-02');
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
}, 120_000);
afterAll(() => t.stop());

const send = async (name: string) => {
  const form = new FormData();
  form.set('file', new File([demoFile(name)], name));
  return expectStatus(await t.post('bank-statements', form, finance), 201);
};
const run = (period: string, key = finance) => t.post('reconciliations', { poolCode: 'pingluo', period }, key);
const act = (path: string, body?: object, key = finance) => t.post(path, body, key);
const live = async () => (await t.get('differences?poolCode=pingluo&live=true', finance)).body.items;
const withAmount = async (amount: string) => (await live()).find((d: { amount: string }) => d.amount === amount);
const matches = async (rule = '') =>
  (await t.get(`bank-matches?poolCode=pingluo&live=true${rule && `&rule=${rule}`}`, finance)).body.items;

describe('the demo’s October', () => {
  it('needs statements, and not of a month to come', async () => {
    expect((await run('2026-10')).body.code).toBe('STATEMENT_MISSING');
    expect((await run('2026-12')).body.code).toBe('PERIOD_IN_FUTURE');
    await send('pool-statement-2026-01-to-09.csv');
    expect((await run('2026-10')).body.code).toBe('STATEMENT_MISSING');
  });

  it('follows on months that agree by themselves', async () => {
    const september = expectStatus(await run('2026-09'), 201);
    expect(september).toMatchObject({
      bankClosing: '6000000.00',
      ledgerClosing: '6000000.00',
      unexplained: '0.00',
      bridge: [],
      differences: 0,
    });
    expect(expectStatus(await run('2026-01'), 201)).toMatchObject({
      matched: 2,
      bankClosing: '6000000.00',
      bridge: [],
    });
    expect((await matches()).map((m: { rule: string; amount: string }) => [m.rule, m.amount])).toEqual([
      ['number', '3000000.00'],
      ['number', '3000000.00'],
    ]);
  });

  it('matches what was booked, both receipts of 60,000.00 each with its own, and names what the bank has alone', async () => {
    await send('pool-statement-2026-10.csv');
    const october = expectStatus(await run('2026-10'), 201);
    expect(october).toMatchObject({
      number: 1,
      bankClosing: '4724737.93',
      ledgerClosing: '4708000.00',
      unexplained: '0.00',
      matched: 4,
      differences: 3,
      coveredTo: '2026-10-31',
    });
    expect(
      october.bridge.map((b: { kind: string; amount: string; text: string }) => [b.kind, b.amount, b.text]),
    ).toEqual([
      ['bankReceived', '-4512.33', '协定存款利息'],
      ['bankPaid', '120.00', '账户管理费'],
      ['bankReceived', '-12345.60', '宁夏某单位 不明来款'],
    ]);
    const twins = (await matches('number')).filter((m: { amount: string }) => m.amount === '60000.00');
    expect(twins).toHaveLength(2);
    expect(twins.every((m: { lines: object[]; legs: object[] }) => m.lines.length === 1 && m.legs.length === 1)).toBe(
      true,
    );
    expect((await live()).map((d: { kind: string; age: number; status: string }) => [d.kind, d.age, d.status])).toEqual(
      [
        ['interest', 12, 'open'],
        ['bankFee', 6, 'open'],
        ['unknownReceipt', 3, 'open'],
      ],
    );
  });

  it('leaves as a table that leads from one balance to the other', async () => {
    const [{ id }] = (await t.get('reconciliations?period=2026-10', finance)).body.items;
    const { rows } = await readTable(
      new Uint8Array((await t.get(`reconciliations/${id}/bridge`, t.key('auditor'))).body),
    );
    expect(rows.map(({ cells }) => [cells[0], cells[3]])).toEqual([
      ['项目', '金额(元)'],
      ['银行对账单余额', '4724737.93'],
      ['减：银行已收，账面未收', '-4512.33'],
      ['加：银行已付，账面未付', '120'],
      ['减：银行已收，账面未收', '-12345.6'],
      ['调节后余额', '4708000'],
      ['账面余额', '4708000'],
      ['未说明的差额', '0'],
    ]);
    const list = await readTable(
      new Uint8Array((await t.get('differences?live=true&format=xlsx&columns=kind,status,amount', finance)).body),
    );
    expect(list.rows.map(({ cells }) => cells)).toEqual([
      ['类别', '状态', '金额(元)'],
      ['利息未入账', '待处理', '4512.33'],
      ['银行手续费', '待处理', '120'],
      ['不明来款', '待处理', '12345.6'],
    ]);
  });

  it('run again with nothing new writes nothing', async () => {
    const again = await writingNothing(t, () => run('2026-10'));
    expect([again.status, again.body.number]).toEqual([200, 1]);
  });

  it('books interest and fee with two clicks each, by two people, on the contributors by what each had', async () => {
    for (const [amount, as] of [
      ['4512.33', 'interest'],
      ['120.00', 'bankFee'],
    ] as const) {
      const { id } = await withAmount(amount);
      expect((await act(`differences/${id}/confirm`, undefined, other)).body.code).toBe('NOT_PROPOSED');
      expectStatus(await act(`differences/${id}/resolve`, { as }), 200);
      expect((await act(`differences/${id}/confirm`)).body.code).toBe('SAME_PERSON');
      expect(expectStatus(await act(`differences/${id}/confirm`, undefined, other), 200)).toMatchObject({
        status: 'resolved',
        resolution: as,
      });
      expect((await act(`differences/${id}/confirm`, undefined, other)).body.code).toBe('DIFFERENCE_CLOSED');
    }
    // 3,500,000 and 3,000,000 before: of 4,512.33 that is 2,429.7161… and 2,082.6138…, of 120.00 64.6154… less by the interest before it.
    const { items } = (await t.get('ledger/entries?poolCode=pingluo&limit=2&sort=-seq', finance)).body;
    for (const { cites } of items) expect(cites).toMatchObject([{ confirmed: false }]);
    const { '2901 pingluo-st': county, '2901 ningxia-st': region } = await balances(t);
    expect([county, region]).toEqual(['3502365.10', '3002027.23']);
  });

  it('keeps the unknown receipt in suspense, and does what is refused nowhere', async () => {
    const difference = await withAmount('12345.60');
    expect((await act(`differences/${difference.id}/resolve`, { as: 'bankFee' })).body.code).toBe('RESOLUTION_UNFIT');
    expectStatus(await act(`differences/${difference.id}/assign`, {}), 200);
    const owned = async (by: string) => (await t.get(`differences?live=true&owner=${by}`, finance)).body.total;
    const people: { id: string; name: string }[] = (await t.get('difference-owners', finance)).body.items;
    const me = people.find(({ name }) => name === '财务甲')!.id;
    expect([await owned(me), await owned('none')]).toEqual([1, 0]);
    expectStatus(await act(`differences/${difference.id}/comments`, { text: '已电话询问付款银行' }), 200);
    expectStatus(await act(`differences/${difference.id}/resolve`, { as: 'suspense', note: '查明以前挂账' }), 200);
    expectStatus(await act(`differences/${difference.id}/withdraw`, { reason: '再问一次' }, other), 200);
    expectStatus(await act(`differences/${difference.id}/resolve`, { as: 'suspense' }), 200);
    const resolved = expectStatus(await act(`differences/${difference.id}/confirm`, undefined, other), 200);
    expect(resolved).toMatchObject({
      ownerName: '财务甲',
      comments: [{ text: '已电话询问付款银行', writtenBy: '财务甲' }],
    });
    expect(await balances(t)).toMatchObject({
      [`2307 suspense:${difference.id}`]: '12345.60',
      [`1002 ${ACCOUNT}`]: '4724737.93',
    });
  });

  it('ends at 0.00 on both sides, and stays as a second person confirms it', async () => {
    const last = expectStatus(await run('2026-10'), 201);
    expect(last).toMatchObject({
      number: 2,
      bankClosing: '4724737.93',
      ledgerClosing: '4724737.93',
      unexplained: '0.00',
      bridge: [],
      matched: 7,
      differences: 0,
    });
    expect((await act(`reconciliations/${last.id}/confirm`)).body.code).toBe('SAME_PERSON');
    expect(expectStatus(await act(`reconciliations/${last.id}/confirm`, undefined, other), 200)).toMatchObject({
      status: 'confirmed',
      confirmedOn: '2026-11-02',
    });
    expect((await writingNothing(t, () => run('2026-10'))).body).toMatchObject({ id: last.id, status: 'confirmed' });
    const { documentId } = (await t.get(`reconciliations/${last.id}`, finance)).body;
    const paper = (await t.get(`documents/${documentId}`, t.key('auditor'))).body;
    expect(paper).toMatchObject({ kind: 'bankReconciliation', title: '银行存款余额调节表' });
    expect(paper.view).toMatchObject({
      ...{ bankClosing: '4724737.93', ledgerClosing: '4724737.93', bankReceived: [], matched: 7, asOf: '2026-10-31' },
      ...{ prepared: { by: '财务甲', on: '2026-11-02' }, checked: { by: '财务乙', on: '2026-11-02' } },
    });
    expect(paper.view.ledger.head).toMatch(/^[0-9a-f]{64}$/);
    const [first] = await matches('number');
    expect((await act(`bank-matches/${first.id}/undo`, { reason: '误核' })).body.code).toBe('RECONCILED');
  });

  it('is replayed to the same bytes, each run as it was', async () => {
    const { rows } = await t.pool.query('SELECT id, length(result) AS n FROM reconciliation ORDER BY id');
    expect(rows.length).toBeGreaterThan(3);
    for (const { id } of rows)
      expect((await t.get(`reconciliations/${id}/replay`, t.key('auditor'))).body).toMatchObject({ same: true });
  });

  it('makes the month’s statement say what it should', async () => {
    await t.tell('2026-11-10');
    const pool = (await t.get('pools/pingluo?asOf=2026-10-31', finance)).body;
    expect(pool).toMatchObject({ deposits: '4724737.93', capital: '4688392.33' });
    const [october] = (await t.get('settlements?poolCode=pingluo&period=2026-10', finance)).body.items;
    const { sections } = (await t.get(`settlements/${october.id}`, finance)).body;
    const deposit = sections.find((s: { name: string }) => s.name === '专户存款');
    expect(deposit.lines.map((l: { name: string; amount: string }) => `${l.name} ${l.amount}`)).toEqual(
      expect.arrayContaining(['存款利息 4512.33', '银行手续费 -120.00', '待查款项 12345.60']),
    );
    const trial = (await t.get('ledger/trial-balance?poolCode=pingluo&asOf=2026-10-31', finance)).body;
    const sum = (code: string) =>
      trial.rows
        .filter((r: { code: string }) => r.code === code)
        .reduce(
          (s: number, r: { debit: string; credit: string }) =>
            s + Math.round(100 * (Number(r.debit) - Number(r.credit))),
          0,
        );
    expect(['1002', '1218', '2901', '2307'].map(sum)).toEqual([472473793, 181600000, -650439233, -3634560]);
  });

  it('a receipt owed to somebody goes over to them by two people, and no further than once', async () => {
    const { id } = (await t.get('differences?status=resolved&kind=unknownReceipt', finance)).body.items[0];
    const owe = (party: string, key = finance) => act(`differences/${id}/identify`, { party, note: '多付的利息' }, key);
    expect((await owe('nobody')).body.code).toBe('PARTY_UNKNOWN');
    const [interest] = (await t.get('differences?kind=interest', finance)).body.items;
    expect((await act(`differences/${interest.id}/identify`, { party: 'shizuishan-bank' })).body.code).toBe(
      'NOT_IN_SUSPENSE',
    );
    expect((await act(`differences/${id}/identify/confirm`, undefined, other)).body.code).toBe('NOT_PROPOSED');
    expect(expectStatus(await owe('shizuishan-bank'), 200).identified).toEqual({
      party: 'shizuishan-bank',
      note: '多付的利息',
      by: '财务甲',
      mine: true,
      confirmedOn: null,
    });
    expect((await act(`differences/${id}/identify/confirm`)).body.code).toBe('SAME_PERSON');
    expect((await act(`differences/${id}/reverse`, { reason: '错' }, other)).body.code).toBe('ALREADY_IDENTIFIED');
    expect(
      expectStatus(await act(`differences/${id}/identify/withdraw`, { reason: '再查' }), 200).identified,
    ).toBeNull();
    const spare = (await t.get('payables?poolCode=pingluo', finance)).body;
    expect(JSON.stringify(spare)).toContain(`待查款项${id}`);
  });

  it('a receipt that is known at last is taken out of suspense, and its line is open for what it was', async () => {
    const resolved = (await t.get('differences?status=resolved&kind=unknownReceipt', finance)).body.items[0];
    expect((await act(`differences/${resolved.id}/reverse`, { reason: '查明为县级出资' })).body.code).toBe(
      'SAME_PERSON',
    );
    expect(
      expectStatus(await act(`differences/${resolved.id}/reverse`, { reason: '查明为县级出资' }, other), 200),
    ).toMatchObject({ status: 'open', resolution: null });
    const paid = { contributor: 'pingluo-st', amount: '12345.60', receivedOn: '2026-10-30', receiptNo: '202600000007' };
    expectStatus(await t.post('pools/pingluo/contributions', paid, finance), 201);
    const form = new FormData();
    form.set(
      'file',
      new File(
        [
          `账号：${ACCOUNT} 2026-11-01 至 2026-11-10\n期初余额：4,724,737.93\n交易日期,交易金额,余额\n2026-11-05,1.00,4724738.93\n`,
        ],
        'x.csv',
      ),
    );
    expectStatus(await t.post('bank-statements', form, finance), 201);
    const november = expectStatus(await run('2026-11'), 201);
    expect(november.bridge.map((b: { text: string; amount: string }) => [b.text, b.amount])).toEqual([['', '-1.00']]);
    expect(
      (await matches())
        .slice(0, 2)
        .map((m: { rule: string; lines: object[]; legs: object[] }) => [m.rule, m.lines.length, m.legs.length]),
    ).toEqual([
      ['number', 1, 1],
      ['reversal', 0, 2],
    ]);
    expect((await t.get('reconciliations?period=2026-10', finance)).body.items).toMatchObject([
      { status: 'confirmed', bankClosing: '4724737.93', unexplained: '0.00' },
    ]);
  });

  it('a receipt in suspense becomes what is owed to its owner, and cannot be reversed any more', async () => {
    const { id } = await withAmount('1.00');
    expectStatus(await act(`differences/${id}/resolve`, { as: 'suspense' }), 200);
    expectStatus(await act(`differences/${id}/confirm`, undefined, other), 200);
    const before = (await balances(t))['2307 shizuishan-bank'];
    expectStatus(await act(`differences/${id}/identify`, { party: 'shizuishan-bank' }), 200);
    const { identified } = expectStatus(await act(`differences/${id}/identify/confirm`, undefined, other), 200);
    expect(identified).toMatchObject({ party: 'shizuishan-bank', confirmedOn: '2026-11-10' });
    expect([before, (await balances(t))['2307 shizuishan-bank']]).toEqual(['24000.00', '24001.00']);
    expect((await balances(t))[`2307 suspense:${id}`]).toBeUndefined();
    expect((await act(`differences/${id}/identify/confirm`, undefined, other)).body.code).toBe('NOT_PROPOSED');
    expect((await act(`differences/${id}/reverse`, { reason: '错' }, other)).body.code).toBe('ALREADY_IDENTIFIED');
  });
});
