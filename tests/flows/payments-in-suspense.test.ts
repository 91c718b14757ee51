import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { balances, expectStatus } from './claims-support.ts';

const ACCOUNT = '6402200155550001';
let t: Demonstration;
let finance: string;
let other: string;
beforeAll(async () => {
  t = await startDemonstration('2026-01-12');
  t.on('2026-02-05');
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
  const text = [
    `账号：${ACCOUNT} 2026-01-01 至 2026-01-31`,
    '期初余额：0.00',
    '交易日期,交易金额,余额,对方户名,流水号',
    '2026-01-05,3000000.00,3000000.00,平罗县财政局,202500000001',
    '2026-01-07,3000000.00,6000000.00,宁夏财政厅,202500000002',
    '2026-01-20,-800.00,5999200.00,某单位,202500000003',
    '2026-01-21,-50.00,5999150.00,某银行,202500000004',
    '2026-01-28,800.00,5999950.00,某单位,202500000005',
  ].join('\n');
  const form = new FormData();
  form.set('file', new File([text], 'january.csv'));
  expectStatus(await t.post('bank-statements', form, finance), 201);
  expectStatus(await t.post('reconciliations', { poolCode: 'pingluo', period: '2026-01' }, finance), 201);
}, 120_000);
afterAll(() => t.stop());

const of = async (amount: string, direction: string) =>
  (await t.get('differences?poolCode=pingluo&live=true', finance)).body.items.find(
    (d: { amount: string; direction: string }) => d.amount === amount && d.direction === direction,
  );
const act = (id: string, verb: string, body?: object, key = finance) => t.post(`differences/${id}/${verb}`, body, key);
const capital = async () => (await t.get('pools/pingluo', finance)).body.capital;

describe('a payment that nobody can place', () => {
  it('stands as a receivable by itself, by two people, and takes from the pool’s capital what left it', async () => {
    const { id } = await of('800.00', 'out');
    const offered = (await t.get(`differences/${id}/options`, finance)).body.options;
    expect(offered.find((o: { as: string }) => o.as === 'paymentSuspense')).toMatchObject({
      label: '转待查支出',
      lines: [
        { code: '1002', side: 'credit', amount: '800.00' },
        { code: '1218', keyName: '待查支出', side: 'debit', amount: '800.00' },
      ],
    });
    expect((await act(id, 'resolve', { as: 'suspense' })).body.code).toBe('RESOLUTION_UNFIT');
    expectStatus(await act(id, 'resolve', { as: 'paymentSuspense', note: '已向开户行查询' }), 200);
    expect((await act(id, 'confirm')).body.code).toBe('SAME_PERSON');
    expect(expectStatus(await act(id, 'confirm', undefined, other), 200).status).toBe('resolved');
    expect(await balances(t)).toMatchObject({ [`1218 suspense-${id}:cost`]: '800.00' });
    expect(await capital()).toBe('5999200.00');
    const { contributors } = (await t.get('pools/pingluo/capital', finance)).body;
    expect(contributors).toHaveLength(2);
  });

  it('is closed by the receipt that brings the same amount back, and by no other', async () => {
    const receipt = await of('800.00', 'in');
    const fee = await of('50.00', 'out');
    expectStatus(await act(fee.id, 'resolve', { as: 'bankFee' }), 200);
    expectStatus(await act(fee.id, 'confirm', undefined, other), 200);
    expectStatus(await act(receipt.id, 'resolve', { as: 'paymentReturned' }), 200);
    expectStatus(await act(receipt.id, 'confirm', undefined, other), 200);
    expect((await balances(t))['1218 suspense-1:cost']).toBeUndefined();
    expect(await capital()).toBe('5999950.00');
    expect((await act(receipt.id, 'reverse', { reason: '不是同一笔' }, other)).status).toBe(200);
    expectStatus(await act(receipt.id, 'resolve', { as: 'paymentReturned' }), 200);
    expectStatus(await act(receipt.id, 'confirm', undefined, other), 200);
    const [paid] = (await t.get('differences?poolCode=pingluo&status=resolved', finance)).body.items.filter(
      (d: { resolution: string }) => d.resolution === 'paymentSuspense',
    );
    expect((await act(paid.id, 'reverse', { reason: '再查' }, other)).body.code).toBe('BALANCE_SHORT');
  });

  it('leaves the month at 0.00, with both in their own lines of the statement', async () => {
    const { id, unexplained, bridge } = expectStatus(
      await t.post('reconciliations', { poolCode: 'pingluo', period: '2026-01' }, finance),
      201,
    );
    expect([unexplained, bridge]).toEqual(['0.00', []]);
    expectStatus(await t.post(`reconciliations/${id}/confirm`, undefined, other), 200);
    await t.tell('2026-02-10');
    const [{ sections }] = (await t.get('settlements?poolCode=pingluo&period=2026-01', finance)).body.items;
    const lines = sections.find((s: { name: string }) => s.name === '专户存款').lines;
    expect(lines.map((l: { name: string; amount: string }) => `${l.name} ${l.amount}`)).toEqual(
      expect.arrayContaining(['待查支出 -800.00', '待查支出退回 800.00', '银行手续费 -50.00']),
    );
  });

  it('nothing comes back where nothing is out', async () => {
    const row = [
      `账号：${ACCOUNT} 2026-02-01 至 2026-02-05`,
      '期初余额：5999950.00',
      '交易日期,交易金额,余额',
      '2026-02-03,9.00,5999959.00',
    ];
    const form = new FormData();
    form.set('file', new File([row.join('\n')], 'february.csv'));
    t.on('2026-02-10');
    expectStatus(await t.post('bank-statements', form, finance), 201);
    expectStatus(await t.post('reconciliations', { poolCode: 'pingluo', period: '2026-02' }, finance), 201);
    const { id } = await of('9.00', 'in');
    expect((await act(id, 'resolve', { as: 'paymentReturned' })).body.code).toBe('RESOLUTION_UNFIT');
    expect(
      (await t.get(`differences/${id}/options`, finance)).body.options.map((o: { as: string }) => o.as),
    ).not.toContain('paymentReturned');
  });
});
