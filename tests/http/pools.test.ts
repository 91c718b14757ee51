import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';

let t: TestApp;
let operator: string;
let finance: string;
let secondFinance: string;

beforeAll(async () => {
  t = await startTestApp('2026-01-08');
  await t.db.institution.createMany({
    data: [
      { code: 'pingluo-st', name: '平罗县科学技术局', kind: 'cooperatingUnit' },
      { code: 'ningxia-st', name: '宁夏回族自治区科学技术厅', kind: 'regionalAuthority' },
    ],
  });
  operator = await t.keyFor({ role: 'operator' });
  finance = await t.keyFor({ role: 'finance', name: '甲' });
  secondFinance = await t.keyFor({ role: 'finance', name: '乙' });
});
afterAll(() => t.stop());

const POOL = {
  ...{
    code: 'pingluo',
    name: '平罗县宁科贷资金池',
    programme: '宁科贷',
    policyCode: 'ningkedai-2025',
    regions: ['石嘴山市平罗县'],
    cooperatingUnit: 'pingluo-st',
    matchingUnit: 'ningxia-st',
  },
  accounts: [{ accountNo: '6402200155550001', accountName: '平罗县财政局', bankName: '石嘴山银行' }],
};

describe('资金池', () => {
  it('is founded by an operator and starts empty', async () => {
    const { status, body } = await t.post('pools', POOL, operator);
    expect(status).toBe(201);
    expect(body).toMatchObject({ code: 'pingluo', leverage: '10', deposits: '0.00', headroom: '0.00', loanCount: 0 });
  });

  it('takes a county contribution, owes the match until it comes, and counts both', async () => {
    const county = {
      contributor: 'pingluo-st',
      amount: '3000000.00',
      receivedOn: '2026-01-05',
      receiptNo: '202500000001',
    };
    expect((await t.post('pools/pingluo/contributions', county, finance)).body).toMatchObject({
      matchOwed: '3000000.00',
      matchDueOn: '2026-04-05',
    });
    await t.post(
      'pools/pingluo/contributions',
      { contributor: 'ningxia-st', amount: '3000000.00', receivedOn: '2026-01-07', receiptNo: '202500000002' },
      finance,
    );
    const { body } = await t.get('pools/pingluo', finance);
    expect(body).toMatchObject({
      deposits: '6000000.00',
      contributed: '6000000.00',
      capital: '6000000.00',
      headroom: '60000000.00',
    });
    expect(body.accounts).toMatchObject([{ accountNo: '6402200155550001', balance: '6000000.00' }]);
    expect(body.explanation).toMatchObject({
      label: '可用额度',
      value: '60,000,000.00 元',
      cites: [{ confirmed: false }],
      inputs: [
        { label: '放大倍数', value: '10 倍' },
        { label: '资金池净额', value: '6,000,000.00 元' },
        { label: '备案余额合计', value: '0.00 元' },
      ],
    });
    const list = await t.get('pools/pingluo/contributions', finance);
    expect(list.body.match.owed[0]).toMatchObject({ received: '3000000.00', outstanding: '0.00', overdue: false });
    expect((await t.get('pools/pingluo?asOf=2026-01-06', finance)).body.deposits).toBe('3000000.00');
  });

  it('answers the same receipt the same, and refuses its number with another amount', async () => {
    const county = {
      contributor: 'pingluo-st',
      amount: '3000000.00',
      receivedOn: '2026-01-05',
      receiptNo: '202500000001',
    };
    const again = await t.post('pools/pingluo/contributions', county, finance);
    expect(again.status).toBe(201);
    const other = await t.post('pools/pingluo/contributions', { ...county, amount: '1.00' }, finance);
    expect([other.status, other.body.code]).toEqual([409, 'RECEIPT_CONFLICT']);
    expect((await t.get('pools/pingluo', finance)).body.deposits).toBe('6000000.00');
  });

  it('lets another person, never the one who recorded it, reverse a contribution', async () => {
    const wrong = { contributor: 'pingluo-st', amount: '5.00', receivedOn: '2026-01-08', receiptNo: 'X1' };
    const { id } = (await t.post('pools/pingluo/contributions', wrong, finance)).body;
    const path = `pools/pingluo/contributions/${id}/reverse`;
    expect((await t.post(path, { reason: '误登' }, finance)).body.code).toBe('SAME_PERSON');
    expect((await t.post(path, { reason: '误登' }, secondFinance)).status).toBe(200);
    expect((await t.get('pools/pingluo', finance)).body).toMatchObject({
      deposits: '6000000.00',
      contributed: '6000000.00',
    });
  });

  it.each([
    ['an amount as a JSON number', { amount: 3 }, 422, 'INVALID_INPUT', '不接受 JSON 数字'],
    ['three decimals', { amount: '3.005' }, 422, 'INVALID_INPUT', '最多两位小数'],
    ['an unknown field', { colour: 'red' }, 422, 'INVALID_INPUT', '不认识的字段'],
    ['a day that does not exist', { receivedOn: '2026-02-30' }, 422, 'INVALID_INPUT', '2026-02-30'],
    ['a day to come', { receivedOn: '2026-02-01' }, 422, 'DATE_IN_FUTURE', '晚于今天'],
  ])('refuses %s', async (_, change, status, code, words) => {
    const body = { contributor: 'pingluo-st', amount: '3.00', receivedOn: '2026-01-05', receiptNo: 'N1', ...change };
    const answer = await t.post('pools/pingluo/contributions', body, finance);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).toContain(words);
  });

  it('refuses whoever has no key, a wrong key, or no permission', async () => {
    expect((await t.get('pools')).status).toBe(401);
    expect((await t.get('pools', 'nkd_0000000000000000_000000000000000000000000000000000000000000000000')).status).toBe(
      401,
    );
    expect((await t.post('pools', POOL, finance)).status).toBe(403);
  });

  it('answers rubbish, too much and no content type by their own codes', async () => {
    const path = 'pools/pingluo/contributions';
    expect((await t.post(path, '{"a":', finance)).status).toBe(400);
    expect((await t.post(path, `[${'0,'.repeat(1_000_000)}0]`, finance)).status).toBe(413);
    expect((await t.post(path, 'x', finance, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('logged no error on the way', () => {
    expect(t.log.errors).toEqual([]);
  });
});
