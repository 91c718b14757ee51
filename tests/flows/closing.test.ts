import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodsBetween } from '../../src/calendar/settlement-period.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { expectStatus } from './claims-support.ts';
import { plus, writingNothing } from './support.ts';

let t: Demonstration;
let finance: string;
let other: string;
beforeAll(async () => {
  t = await startDemonstration('2026-11-02');
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
}, 120_000);
afterAll(() => t.stop());

interface Month {
  id: string;
  poolCode: string;
  period: string;
  status: string;
  checklist: Check[];
}
interface Check {
  code: string;
  state: string;
  text: string;
  owner: string | null;
  href: string | null;
}
const months = async (filter = 'poolCode=pingluo'): Promise<Month[]> =>
  (await t.get(`closings?${filter}&sort=period&limit=100`, finance)).body.items;
const idOf = async (period: string, poolCode = 'pingluo') =>
  (await months(`poolCode=${poolCode}&period=${period}`))[0]!.id;
const look = async (period: string, poolCode = 'pingluo') =>
  (await t.get(`closings/${await idOf(period, poolCode)}`, finance)).body;
const propose = (period: string, more: object = {}, key = finance) =>
  t.post('closings', { poolCode: 'pingluo', period, ...more }, key);
const confirm = async (period: string, key = other, poolCode = 'pingluo') =>
  t.post(`closings/${await idOf(period, poolCode)}/confirm`, undefined, key);
const missing = (month: Month) =>
  month.checklist.filter(({ state }) => state === 'missing').map(({ code, text }) => `${code} ${text}`);

describe('closing a month', () => {
  it('tells of every month that is over how far it is, and what it lacks, with whose it is and where it is done', async () => {
    expect((await months()).map(({ period, status }) => `${period} ${status}`)).toEqual(
      periodsBetween('2026-01', '2026-10').map((m) => (m === '2026-01' ? `${m} ready` : `${m} open`)),
    );
    const october = await look('2026-10');
    expect(missing(october)).toEqual(['previous 2026-09 尚未结账', 'settlement 尚未结算']);
    expect(october.checklist.find((i: { code: string }) => i.code === 'settlement')).toMatchObject({
      ...{ label: '月度结算', owner: '财务', href: '/settlements?pool=pingluo&period=2026-10', waivable: false },
    });
    expect(october.checklist.find((i: { code: string }) => i.code === 'suspense').text).toBe(
      '12,345.60 元尚未查明归属',
    );
    expect(missing(await look('2026-01', 'yinchuan'))).toEqual([
      'reconciliation 宁夏银行股份有限公司 6400100155550002：没有本月的对账单',
    ]);
    expect((await t.get('closings?poolCode=yinchuan', t.key('countyReviewer', 'pingluo-st'))).body.items).toEqual([]);
  });

  it('says where the banks’ reports were not compared or do not agree, which is in nobody’s way', async () => {
    const note = async (period: string) => (await look(period)).checklist.find((i: Check) => i.code === 'threeWay');
    expect(await note('2026-01')).toBeUndefined();
    expect(await note('2026-10')).toMatchObject({ state: 'note', text: '尚未与银行月报核对', owner: '财务' });
    expectStatus(await t.post('loan-reconciliations', { poolCode: 'pingluo', period: '2026-10' }, finance), 201);
    const href = '/three-way?poolCode=pingluo&period=2026-10';
    expect(await note('2026-10')).toMatchObject({ state: 'note', text: '10 项差异尚未说明', href });
    expectStatus(await t.post('loan-reconciliations', { poolCode: 'pingluo', period: '2026-09' }, finance), 201);
    expect(await note('2026-09')).toMatchObject({ state: 'done', text: '银行月报、台账与准备金一致' });
  });

  it('needs the month to be over, the one before to be closed, and two people', async () => {
    expect((await propose('2026-11')).body.code).toBe('PERIOD_NOT_OVER');
    const early = (await propose('2026-02')).body;
    expect([early.code, early.errors.map((e: { message: string }) => e.message)]).toEqual([
      'CLOSING_INCOMPLETE',
      ['上月结账：2026-01 尚未结账'],
    ]);
    expect(expectStatus(await propose('2026-01'), 201)).toMatchObject({
      status: 'proposed',
      mine: true,
      proposedBy: '财务甲',
    });
    expect(expectStatus(await propose('2026-01'), 201).status).toBe('proposed');
    expect((await propose('2026-01', {}, other)).body.code).toBe('ALREADY_PROPOSED');
    expect((await confirm('2026-01', finance)).body.code).toBe('SAME_PERSON');
    expect(
      expectStatus(await t.post(`closings/${await idOf('2026-01')}/withdraw`, { reason: '再核一次' }, other), 200)
        .status,
    ).toBe('ready');
    expect((await confirm('2026-01')).body.code).toBe('CLOSING_NOT_PROPOSED');
    expectStatus(await propose('2026-01'), 201);
    const closed = expectStatus(await confirm('2026-01'), 200);
    expect(closed).toMatchObject({ status: 'closed', closedBy: '财务乙', closedOn: '2026-11-02', exception: null });
    expect(closed.ledger.head).toMatch(/^[0-9a-f]{64}$/);
    expect((await confirm('2026-01')).body.code).toBe('CLOSED');
    expect((await propose('2026-01')).body.code).toBe('CLOSED');
  });

  it('goes in order to September, then October once it is settled', async () => {
    for (const period of periodsBetween('2026-02', '2026-09')) {
      expectStatus(await propose(period), 201);
      expectStatus(await confirm(period), 200);
    }
    expect((await propose('2026-10')).body.errors.map((e: { message: string }) => e.message)).toEqual([
      '月度结算：尚未结算',
    ]);
    await t.tell('2026-11-10');
    expectStatus(await propose('2026-10'), 201);
    expectStatus(await confirm('2026-10'), 200);
    expect((await months()).every(({ status }) => status === 'closed')).toBe(true);
  });

  it('without a statement of the bank closes only by a reason that two people stand for', async () => {
    const yinchuan = { poolCode: 'yinchuan' };
    expect((await propose('2026-01', yinchuan)).body.code).toBe('CLOSING_INCOMPLETE');
    expect((await propose('2026-02', { ...yinchuan, exception: '开户行未提供' })).body.code).toBe('CLOSING_INCOMPLETE');
    const reason = '开户行 1 月未出具对账单，已取得余额证明';
    expectStatus(await propose('2026-01', { ...yinchuan, exception: reason }), 201);
    expect((await confirm('2026-01', finance, 'yinchuan')).body.code).toBe('SAME_PERSON');
    expect(expectStatus(await confirm('2026-01', other, 'yinchuan'), 200)).toMatchObject({
      status: 'closed',
      exception: reason,
    });
  });

  it('is for good: the database takes nothing back, whoever asks', async () => {
    const refused = (sql: string) => expect(t.pool.query(sql)).rejects.toThrow(/CLOSED|只增不改/);
    await refused(`UPDATE closing SET status = 'withdrawn' WHERE period = '2026-09'`);
    await refused(`UPDATE closing SET exception = '改一改' WHERE period = '2026-09'`);
    await refused(`DELETE FROM closing`);
    await refused(`TRUNCATE closing CASCADE`);
    await refused(`UPDATE settlement SET status = 'provisional' WHERE pool_code = 'pingluo' AND period = '2026-09'`);
    await refused(
      `UPDATE settlement_statement SET statement = '{}' WHERE pool_code = 'pingluo' AND period = '2026-09'`,
    );
    await refused(`DELETE FROM settlement_statement WHERE pool_code = 'pingluo' AND period = '2026-09'`);
    await refused(
      `INSERT INTO settlement_statement (settlement_id, pool_code, period, party_kind, party_code, statement) SELECT settlement_id, pool_code, period, party_kind, 'x', statement FROM settlement_statement WHERE pool_code = 'pingluo' AND period = '2026-09' LIMIT 1`,
    );
    const forge = (period: string, columns = '', values = '') =>
      t.pool.query(
        `INSERT INTO closing (id, pool_code, period, status, checklist, proposed_by, proposed_on${columns}) VALUES (fixed_id('closing:yinchuan:${period}'), 'yinchuan', '${period}', 'proposed', '[]', 'a', '2026-11-10'${values})`,
      );
    const close = (period: string) =>
      t.pool.query(
        `UPDATE closing SET status = 'closed', closed_by = 'b', closed_on = '2026-11-10', ledger_head = 'x', ledger_entries = 1 WHERE pool_code = 'yinchuan' AND period = '${period}'`,
      );
    await forge('2026-02');
    await expect(close('2026-02')).rejects.toThrow('CLOSING_INCOMPLETE');
    await forge('2026-04', ', exception', `, '没有理由'`);
    await expect(close('2026-04')).rejects.toThrow('CLOSING_OUT_OF_ORDER');
    await t.pool.query(`UPDATE closing SET status = 'withdrawn' WHERE status = 'proposed'`);
  });
});

describe('what comes after a month is closed', () => {
  it('is booked in the open month and names its own, and the closed month stays as it was', async () => {
    const before = JSON.stringify((await t.get('settlements?poolCode=pingluo&period=2026-09', finance)).body.items[0]);
    const late = { contributor: 'pingluo-st', amount: '1000.00', receivedOn: '2026-09-29', receiptNo: 'LATE-0929' };
    expectStatus(await t.post('pools/pingluo/contributions', late, finance), 201);
    const september = await look('2026-09');
    expect(september.adjustments).toMatchObject([
      { occurredOn: '2026-11-10', kind: 'contribution', amount: '1000.00' },
    ]);
    expect(JSON.stringify((await t.get('settlements?poolCode=pingluo&period=2026-09', finance)).body.items[0])).toBe(
      before,
    );
    expect((await t.get('pools/pingluo?asOf=2026-09-30', finance)).body.deposits).toBe('6000000.00');
    expect((await t.get('pools/pingluo', finance)).body.deposits).toBe(plus('4724737.93', '1000.00'));
  });

  it('cannot be posted into it, nor told of it by anybody who holds the ledger’s own function', async () => {
    const posted = t.pool.query(
      `SELECT ledger.post('pingluo', 'forged', '2026-09-30', 'x', 'x', '[]', '{1002,2901}', '{6402200155550001,pingluo-st}', '{D,C}', '{1,1}', '{null,null}', 'x')`,
    );
    await expect(posted).rejects.toThrow('LEDGER_PERIOD_LOCKED');
  });
});

describe('at the same time', () => {
  it('two who confirm close it once, and postings go on beside it into the open month', async () => {
    t.on('2026-12-10');
    const reason = { poolCode: 'yinchuan', exception: '开户行未出具对账单' };
    expectStatus(await propose('2026-02', reason), 201);
    const third = await t.keyFor({ role: 'finance', name: '财务丙' });
    const paid = (n: number) =>
      t.post(
        'pools/yinchuan/contributions',
        { contributor: 'yinchuan-st', amount: '1.00', receivedOn: '2026-02-10', receiptNo: `RACE-${n}` },
        finance,
      );
    const [first, second, ...postings] = await Promise.all([
      ...[confirm('2026-02', other, 'yinchuan'), confirm('2026-02', third, 'yinchuan')],
      ...[1, 2, 3, 4].map(paid),
    ]);
    expect([first!.status, second!.status].sort()).toEqual([200, 409]);
    expect(postings.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const { rows } = await t.pool.query(
      `SELECT count(*)::int AS n FROM ledger.entry WHERE book_id = 'yinchuan' AND belongs_to = '2026-02' AND occurred_on = '2026-12-10'`,
    );
    expect(rows).toEqual([{ n: 4 }]);
    expect((await look('2026-02', 'yinchuan')).adjustments).toHaveLength(4);
  });

  it('two who propose make one proposal, and looking writes nothing', async () => {
    const reason = { poolCode: 'yinchuan', exception: '开户行未出具对账单' };
    const both = await Promise.all([propose('2026-03', reason), propose('2026-03', reason, other)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    await writingNothing(t, () => t.get('closings', t.key('auditor')));
  });
});
