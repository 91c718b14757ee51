import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorkers } from '../../jobs/worker.ts';
import { settleDue } from '../../src/settlement/service.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { cloneDatabase, settled, writingNothing } from './support.ts';

let t: Demonstration;
let finance: string;

beforeAll(async () => {
  t = await startDemonstration('2026-01-12');
  finance = t.key('finance');
}, 60_000);
afterAll(() => t.stop());

const settle = (period: string, poolCode = 'pingluo', key = finance) =>
  t.post('settlements', { poolCode, period }, key);
const months = async (poolCode: string) =>
  (await t.get(`settlements?poolCode=${poolCode}`, finance)).body.items
    .map((s: { period: string; status: string }) => `${s.period} ${s.status}`)
    .toReversed();

describe('A month', () => {
  it('is not settled before it is over', async () => {
    t.on('2026-01-31');
    const early = await writingNothing(t, () => settle('2026-01'));
    expect([early.status, early.body.code]).toEqual([422, 'PERIOD_NOT_OVER']);
    expect(early.body.detail).toContain('2026-01 尚未结束');
  });

  it('is settled in its order only, and the one that is next is named', async () => {
    t.on('2026-04-09');
    const later = await writingNothing(t, () => settle('2026-02'));
    expect([later.status, later.body.code]).toEqual([409, 'PERIOD_OUT_OF_ORDER']);
    expect(later.body.detail).toContain('下一个应结算的月份是 2026-01');
    const before = await writingNothing(t, () => settle('2025-12'));
    expect([before.status, before.body.code]).toEqual([409, 'PERIOD_OUT_OF_ORDER']);
  });

  it.each<[string, () => string, number]>([
    ['a bank', () => t.key('bank', 'shizuishan-bank'), 403],
    ['a county’s reviewer', () => t.key('countyReviewer', 'pingluo-st'), 403],
    ['an auditor', () => t.key('auditor'), 403],
    ['nobody', () => '', 401],
  ])('is not settled by %s', async (_, key, status) => {
    expect((await writingNothing(t, () => settle('2026-01', 'pingluo', key()))).status).toBe(status);
  });

  it.each<[string, unknown, number]>([
    ['of an unknown pool', { poolCode: 'nowhere', period: '2026-01' }, 404],
    ['that does not exist', { poolCode: 'pingluo', period: '2026-13' }, 422],
    ['with an unknown field', { poolCode: 'pingluo', period: '2026-01', force: true }, 422],
  ])('%s is refused', async (_, body, status) => {
    expect((await writingNothing(t, () => t.post('settlements', body, finance))).status).toBe(status);
  });
});

describe('A service that slept three months', () => {
  it('settles three when it wakes, in their order, in both pools', async () => {
    t.on('2026-04-10');
    expect([await months('pingluo'), await months('yinchuan')]).toEqual([[], []]);
    const { today: _, ...context } = t.contextOf();
    await startWorkers({ ...context, boss: t.boss, today: () => t.contextOf().today });
    const three = ['2026-01 settled', '2026-02 settled', '2026-03 settled'];
    for (const pool of ['pingluo', 'yinchuan'])
      await expect.poll(() => months(pool), { timeout: 40_000, interval: 50 }).toEqual(three);
    const { items } = (await t.get('audit?action=settlement.finish&limit=50', t.key('auditor'))).body;
    const finished = items.toReversed().map((a: { after: { poolCode: string; period: string } }) => a.after);
    for (const poolCode of ['pingluo', 'yinchuan'])
      expect(
        finished.filter((f: { poolCode: string }) => f.poolCode === poolCode).map((f: { period: string }) => f.period),
      ).toEqual(['2026-01', '2026-02', '2026-03']);
  });

  it('has drawn every statement’s paper, and does not settle the month that is not due yet', async () => {
    const undrawn = async () =>
      (await t.get('documents?limit=500', finance)).body.items.filter((d: { ready: boolean }) => !d.ready).length;
    await expect.poll(undrawn, { timeout: 40_000, interval: 100 }).toBe(0);
    expect((await t.get('documents?kind=settlementStatement', finance)).body.total).toBe(2 * 3 * 3); // two pools, three months; the pool and two contributors
    t.on('2026-05-09');
    await t.boss.send('catch-up', {});
    const open = `SELECT count(*)::int AS n FROM pgboss.job WHERE state IN ('created', 'active')`;
    await expect.poll(async () => (await t.pool.query(open)).rows[0].n, { timeout: 40_000, interval: 100 }).toBe(0);
    expect(await months('pingluo')).toHaveLength(3);
  });

  it('keeps closed months as they are: money told late is booked today and stands in the open month', async () => {
    t.on('2026-04-10');
    const [march] = (await t.get('settlements?poolCode=yinchuan&period=2026-03', finance)).body.items;
    const late = { contributor: 'yinchuan-st', amount: '1000.00', receivedOn: '2026-03-20', receiptNo: 'LATE-1' };
    expect((await t.post('pools/yinchuan/contributions', late, finance)).status).toBe(201);
    expect((await t.get('settlements?poolCode=yinchuan&period=2026-03', finance)).body.items).toEqual([march]);
    expect((await t.get('pools/yinchuan?asOf=2026-03-31', finance)).body.deposits).toBe('240000000.00');
    t.on('2026-05-10');
    const april = (await settle('2026-04', 'yinchuan')).body;
    const deposits = april.sections.find((s: { name: string }) => s.name === '专户存款');
    expect(deposits).toMatchObject({ opening: '240000000.00', movements: '1000.00', closing: '240001000.00' });
  });

  it('names the month that late money belongs to, in its book and in the statement', async () => {
    const { rows } = await t.pool.query(
      `SELECT occurred_on::text AS day, belongs_to AS month FROM ledger.entry WHERE book_id = 'yinchuan' ORDER BY seq DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ day: '2026-04-10', month: '2026-03' }]);
    const [april] = (await t.get('settlements?poolCode=yinchuan&period=2026-04', finance)).body.items;
    const adjustments = april.notes.filter((n: { kind: string }) => n.kind === 'adjustment');
    expect(adjustments).toMatchObject([{ belongsTo: '2026-03' }]);
  });
});

describe('Two runners of the same month', () => {
  it('and sixteen requests at once settle it once, with the same bytes as one alone', async () => {
    const own = await startDemonstration('2026-05-09');
    const clone = await cloneDatabase(own.url);
    own.log.errors.length = 0; // for the clone its connections were cut
    const alone = await clone.open('2026-05-10');
    await settleDue(alone.ctx, 'pingluo');
    own.on('2026-05-10');
    const post = () => own.post('settlements', { poolCode: 'pingluo', period: '2026-04' }, own.key('finance'));
    const run = () => settleDue(own.contextOf(), 'pingluo');
    const [, , ...answers] = await Promise.all([run(), run(), ...Array.from({ length: 16 }, post)]);
    expect(new Set(answers.map((a) => (a as { status: number }).status))).toEqual(new Set([201]));
    const said = await settled(alone.pool, 'pingluo');
    expect(said.filter((text) => text.startsWith('2026-04'))).toHaveLength(4);
    expect(await settled(own.pool, 'pingluo')).toEqual(said);
    expect(own.log.errors).toEqual([]);
    await alone.close();
    await clone.drop();
    await own.stop();
  }, 60_000);
});

it('No error was logged on the way', () => {
  expect(t.log.errors).toEqual([]);
});
