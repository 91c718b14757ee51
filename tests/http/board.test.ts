import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { minus, plus } from '../flows/support.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';

let t: Demonstration;
beforeAll(async () => {
  t = await startDemonstration('2026-11-20');
}, 120_000);
afterAll(() => t.stop());

const get = async (path: string, ...who: Parameters<Demonstration['key']>) => (await t.get(path, t.key(...who))).body;

describe('a pool on one page', () => {
  it('shows the pool’s own figures, and each contributor’s part of them to the last fen', async () => {
    const board = await get('pools/pingluo/board', 'finance');
    const pool = await get('pools/pingluo', 'finance');
    expect(board.pool).toEqual(pool);
    const of = (name: string) => board.contributors.map((c: Record<string, string>) => c[name]!);
    expect(of('name')).toEqual(['平罗县科学技术局', '宁夏回族自治区科学技术厅']);
    expect(of('contributed')).toEqual(['3500000.00', '3000000.00']);
    // Of the capital, 4,688,392.33: 3,502,365.10 and 3,002,027.23 less 908,000.00 each that is still to be recovered.
    expect(of('percent')).toEqual(['55.34', '44.66']);
    expect([plus(...of('capital')), plus(...of('reserve'))]).toEqual([pool.capital, pool.reserved]);
    for (const c of board.contributors) expect(c.free).toBe(minus(c.capital, c.reserve));
    expect(board.contributors[0].explanation.inputs.map((i: { label: string }) => i.label)).toEqual([
      ...['净额', '按净额分摊的准备金占用额'],
    ]);
  });

  it('says how much of the leverage is used, and where the bad loans stand to the breaker’s lines', async () => {
    const { leverage, badLoans } = await get('pools/pingluo/board', 'finance');
    expect(leverage).toMatchObject({ limit: '10', used: '4.27', percent: '42.69', tone: 'within' });
    expect(leverage.explanation.inputs.map((i: { value: string }) => i.value)).toContain('10 倍');
    expect(badLoans).toMatchObject({
      ...{ ratio: '9.59', numerator: '2270000.00', denominator: '23677276.29' },
      line: { warn: '5', suspend: '8', tone: 'past', cites: [{ confirmed: false }] },
      banks: [{ bankCode: 'shizuishan-bank', loans: 10, badLoans: 1, ratio: '9.59', line: { tone: 'past' } }],
      regions: [{ region: '石嘴山市平罗县', loans: 10, badLoans: 1, ratio: '9.59' }],
    });
    const sound = (await get('pools/yinchuan/board', 'finance')).badLoans;
    expect(sound).toMatchObject({ ratio: '0.00', line: { tone: 'within' } });
    expect(sound.regions.length).toBeGreaterThan(1);
  });

  it('says what waits for the pool, and which month comes next', async () => {
    const { todo, next, settlement, match } = await get('pools/pingluo/board', 'finance');
    expect(todo).toMatchObject([{ kind: 'match', dueOn: '2027-01-07', late: false }]);
    expect(match.owed.map((m: { outstanding: string }) => m.outstanding)).toEqual(['0.00', '500000.00']);
    expect(settlement).toMatchObject({ period: '2026-10', status: 'settled' });
    expect(next).toEqual({ period: '2026-11', endsOn: '2026-11-30', dueOn: '2026-12-10', over: false, missing: [] });
    t.on('2026-12-11');
    const late = await get('pools/pingluo/board', 'countyReviewer', 'pingluo-st');
    expect(late.next).toMatchObject({ over: true, missing: [{ bankCode: 'shizuishan-bank', loans: 10 }] });
    expect(late.todo[0]).toMatchObject({ kind: 'settlement', late: true, dueOn: '2026-12-10' });
    t.on('2026-11-20');
  });

  it('is not for banks, and a county finds only its own', async () => {
    expect((await t.get('pools/yinchuan/board', t.key('bank', 'ningxia-bank'))).status).toBe(403);
    for (const path of ['board', 'trend']) {
      expect((await t.get(`pools/yinchuan/${path}`, t.key('countyReviewer', 'pingluo-st'))).status).toBe(404);
      expect((await t.get(`pools/yinchuan/${path}`, t.key('auditor'))).status).toBe(200);
    }
  });
});

describe('a pool month by month', () => {
  it('closes each settled month as its statement did, and shows the open one as of today', async () => {
    const { items } = await get('pools/pingluo/trend', 'finance');
    expect(items.map((p: { period: string }) => p.period)).toEqual(
      Array.from({ length: 11 }, (_, i) => `2026-${`${i + 1}`.padStart(2, '0')}`),
    );
    const settlements = (await get('settlements?poolCode=pingluo&limit=50', 'finance')).items;
    for (const point of items.slice(0, -1)) {
      const { sections, ratios, status } = settlements.find((s: { period: string }) => s.period === point.period);
      const closing = (name: string) => sections.find((s: { name: string }) => s.name === name).closing;
      expect(point).toMatchObject({ status, deposits: closing('专户存款'), reserved: closing('准备金占用额') });
      expect([point.outstandingPrincipal, point.countedOutstanding]).toEqual([
        closing('贷款余额'),
        closing('备案余额'),
      ]);
      const bad = ratios.find((r: { name: string }) => r.name === '不良率').value;
      expect(`${point.badRatio} %`).toBe(bad);
    }
    const pool = await get('pools/pingluo', 'finance');
    const { deposits, capital, reserved, headroom, outstandingPrincipal, countedOutstanding } = pool;
    expect(items.at(-1)).toEqual({
      ...{ period: '2026-11', asOf: '2026-11-20', status: 'open', badRatio: '9.59' },
      ...{ deposits, capital, reserved, headroom, outstandingPrincipal, countedOutstanding },
    });
  });

  it('computes a month that is not settled as the settlement will', async () => {
    const [before] = (await get('pools/pingluo/trend?from=2026-10&to=2026-10', 'finance')).items;
    await t.pool.query('CREATE TABLE kept AS SELECT * FROM settlement');
    await t.pool.query(`DELETE FROM settlement_statement WHERE period = '2026-10'`);
    await t.pool.query(`DELETE FROM settlement WHERE period = '2026-10'`);
    const [open] = (await get('pools/pingluo/trend?from=2026-10&to=2026-10', 'finance')).items;
    expect(open).toEqual({ ...before, status: 'open' });
    await t.pool.query(`INSERT INTO settlement SELECT * FROM kept WHERE period = '2026-10'`);
  });

  it('refuses more than five years and months that are none', async () => {
    t.on('2032-01-15');
    expect((await get('pools/pingluo/trend?from=2026-01', 'finance')).code).toBe('PERIODS_INVALID');
    t.on('2026-11-20');
    expect((await t.get('pools/pingluo/trend?from=2026-13', t.key('finance'))).status).toBe(422);
  });
});

describe('the portfolio', () => {
  it('adds up to the pools, bank by bank', async () => {
    const { items, sum, period } = await get('portfolio', 'auditor');
    const pools = (await get('pools', 'auditor')).items;
    const of = (rows: Record<string, string>[], name: string) => plus(...rows.map((r) => r[name]!));
    expect(period).toBe(null);
    expect([of(items, 'outstanding'), of(items, 'counted')]).toEqual([
      ...[of(pools, 'outstandingPrincipal'), of(pools, 'countedOutstanding')],
    ]);
    expect([sum.outstanding, sum.badRatio.ratio]).toEqual([of(items, 'outstanding'), '6.47']);
    expect(items.map((i: { bankCode: string }) => i.bankCode).sort()).toEqual([
      ...['bank-of-china', 'ningxia-bank', 'shizuishan-bank'],
    ]);
  });

  it('stands at the end of any month as that month was settled', async () => {
    const settlements = (await get('settlements?poolCode=pingluo&limit=50', 'finance')).items;
    for (const period of ['2026-04', '2026-08', '2026-09']) {
      const { sum } = await get(`portfolio?period=${period}&poolCode=pingluo`, 'finance');
      const { sections, ratios } = settlements.find((s: { period: string }) => s.period === period);
      const closing = (name: string) => sections.find((s: { name: string }) => s.name === name).closing;
      expect([sum.outstanding, sum.counted]).toEqual([closing('贷款余额'), closing('备案余额')]);
      const bad = ratios.find((r: { name: string }) => r.name === '不良率').value;
      expect(`${sum.badRatio.ratio} %`).toBe(bad);
    }
    expect((await get('portfolio?period=2026-11', 'finance')).code).toBe('PERIOD_NOT_OVER');
  });

  it('is a bank’s own and a county’s own, whatever is asked for', async () => {
    const codes = async (path: string, ...who: Parameters<Demonstration['key']>) =>
      (await get(path, ...who)).items.map((i: { bankCode: string; poolCode: string }) => `${i.bankCode} ${i.poolCode}`);
    for (const period of ['', '&period=2026-06']) {
      const bank = ['bank', 'ningxia-bank'] as const;
      expect(await codes(`portfolio${period.replace('&', '?')}`, ...bank)).toEqual(['ningxia-bank yinchuan']);
      expect(await codes(`portfolio?bankCode=bank-of-china${period}`, ...bank)).toEqual([]);
      expect(await codes(`portfolio?poolCode=pingluo${period}`, ...bank)).toEqual([]);
      expect(await codes(`portfolio?poolCode=yinchuan${period}`, 'countyReviewer', 'pingluo-st')).toEqual([]);
      expect(await codes(`portfolio?bankCode=ningxia-bank${period}`, 'countyReviewer', 'pingluo-st')).toEqual([]);
    }
    expect((await t.get('portfolio', t.key('enterprise'))).status).toBe(403);
  });

  it('names the months that loans were not reported for', async () => {
    t.on('2027-01-11');
    const [row] = (await get('portfolio', 'bank', 'shizuishan-bank')).items;
    expect(row).toMatchObject({
      lastReportPeriod: '2026-10',
      missing: [
        { period: '2026-11', loans: 10 },
        { period: '2026-12', loans: 10 },
      ],
    });
    t.on('2026-11-20');
    expect(t.log.errors).toEqual([]);
  });
});
