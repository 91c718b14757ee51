import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { balances, expectStatus } from './claims-support.ts';

const ACCOUNT = '6402200155550001';
let t: Demonstration;
let finance: string;
let other: string;
beforeAll(async () => {
  // Statements begin in March, when the ledger has 6,000,000.00 and the bank 1,234.56 more.
  t = await startDemonstration('2026-03-10');
  t.on('2026-04-02');
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
  const text = [
    `账号：${ACCOUNT} 2026-03-01 至 2026-03-31`,
    '期初余额：6001234.56',
    '交易日期,交易金额,余额,摘要',
    '2026-03-21,100.00,6001334.56,结息',
  ].join('\n');
  const form = new FormData();
  form.set('file', new File([text], 'march.csv'));
  expectStatus(await t.post('bank-statements', form, finance), 201);
}, 120_000);
afterAll(() => t.stop());

const run = async () =>
  expectStatus(await t.post('reconciliations', { poolCode: 'pingluo', period: '2026-03' }, finance), 201);
const live = async () => (await t.get('differences?poolCode=pingluo&live=true', finance)).body.items;
const act = (id: string, verb: string, body?: object, key = finance) => t.post(`differences/${id}/${verb}`, body, key);
const opening = async () => (await live()).find((d: { kind: string }) => d.kind === 'opening');

describe('an account whose first statement opens with money', () => {
  it('names the opening and the entries before it, and leaves nothing unexplained', async () => {
    const { unexplained, bridge } = await run();
    expect(unexplained).toBe('0.00');
    expect(bridge.map((b: { text: string; amount: string }) => [b.text, b.amount])).toEqual(
      expect.arrayContaining([
        ['期初余额（首份对账单）', '-6001234.56'],
        ['结息', '-100.00'],
      ]),
    );
    expect((await live()).map((d: { kind: string }) => d.kind).sort()).toEqual([
      ...['interest', 'missingAtBank', 'missingAtBank', 'opening'],
    ]);
    expect(await opening()).toMatchObject({ side: 'bank', amount: '6001234.56', occurredOn: '2026-03-01' });
  });

  it('is taken into the books by two people: with what was booked before it, and an entry for the rest', async () => {
    const { id } = await opening();
    const { options } = (await t.get(`differences/${id}/options`, finance)).body;
    expect(
      options.map(({ as, lines }: { as: string; lines: { code: string; side: string; amount: string }[] }) => [
        as,
        ...lines.map((l) => `${l.code} ${l.side} ${l.amount}`),
      ]),
    ).toEqual([['opening', '1002 debit 1234.56', '2307 credit 1234.56']]);
    expect((await act(id, 'resolve', { as: 'suspense' })).body.code).toBe('RESOLUTION_UNFIT');
    expectStatus(await act(id, 'resolve', { as: 'opening', note: '系统启用前的结息' }), 200);
    expect((await act(id, 'confirm')).body.code).toBe('SAME_PERSON');
    expectStatus(await act(id, 'confirm', undefined, other), 200);
    expect(await balances(t)).toMatchObject({
      [`2307 suspense:${id}`]: '1234.56',
      [`1002 ${ACCOUNT}`]: '6001234.56',
    });
    const interest = (await live()).find((d: { kind: string }) => d.kind === 'interest');
    expectStatus(await act(interest.id, 'resolve', { as: 'interest' }), 200);
    expectStatus(await act(interest.id, 'confirm', undefined, other), 200);
    const after = await run();
    expect([after.unexplained, after.bridge, after.differences]).toEqual(['0.00', [], 0]);
    expect(await live()).toEqual([]);
  });

  it('may be taken back, and is there again', async () => {
    const [{ id }] = (await t.get('differences?kind=opening', finance)).body.items;
    expectStatus(await act(id, 'reverse', { reason: '应先登记出资' }, other), 200);
    expect((await balances(t))[`2307 suspense:${id}`]).toBeUndefined();
    expect((await run()).unexplained).toBe('0.00');
    expect((await opening()).id).toBe(id);
    expectStatus(await act(id, 'resolve', { as: 'opening' }), 200);
    expectStatus(await act(id, 'confirm', undefined, other), 200);
  });

  it('what is left of it goes over to whose it is, and the month is confirmed and replayed', async () => {
    const [{ id }] = (await t.get('differences?kind=opening', finance)).body.items;
    expectStatus(await act(id, 'identify', { party: 'shizuishan-bank' }), 200);
    expectStatus(await act(id, 'identify/confirm', undefined, other), 200);
    expect((await balances(t))['2307 shizuishan-bank']).toBe('1234.56');
    const last = await run();
    expect([last.unexplained, last.bridge]).toEqual(['0.00', []]);
    expectStatus(await t.post(`reconciliations/${last.id}/confirm`, undefined, other), 200);
    const { rows } = await t.pool.query('SELECT id FROM reconciliation');
    for (const { id: of } of rows)
      expect((await t.get(`reconciliations/${of}/replay`, t.key('auditor'))).body.same).toBe(true);
  });

  it('stands: an earlier statement would move it, and is refused', async () => {
    const text = [
      `账号：${ACCOUNT} 2026-02-01 至 2026-02-28`,
      '期初余额：0.00',
      '交易日期,交易金额,余额,摘要',
      '2026-02-27,6001234.56,6001234.56,汇入',
    ].join('\n');
    const form = new FormData();
    form.set('file', new File([text], 'february.csv'));
    const { status, body } = await t.post('bank-statements', form, finance);
    expect([status, body.code]).toEqual([409, 'OPENING_BOOKED']);
  });
});
