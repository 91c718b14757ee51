import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { pingluoFilings, plus, writingNothing } from './support.ts';

let t: Demonstration;
let finance: string;
let other: string;

beforeAll(async () => {
  t = await startDemonstration();
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
}, 60_000);
afterAll(() => t.stop());

const pool = async (asOf = '') => (await t.get(`pools/pingluo${asOf && `?asOf=${asOf}`}`, finance)).body;
let receipts = 0;
const pay = (contributor: string, amount: string, receivedOn: string, more: object = {}, code = 'pingluo') =>
  t.post(
    `pools/${code}/contributions`,
    { contributor, amount, receivedOn, receiptNo: `N${++receipts}`, ...more },
    finance,
  );
/** What of the match is owed: amount, what has come of it, what is missing, until when, whether that is over. */
const match = async () => {
  const { owed, advance } = (await t.get('pools/pingluo/contributions', finance)).body.match;
  const lines = owed.map(
    (m: { owed: string; received: string; outstanding: string; dueOn: string; overdue: boolean }) => [
      m.owed,
      m.received,
      m.outstanding,
      m.dueOn,
      m.overdue,
    ],
  );
  return { lines, advance };
};

describe('The match that the region owes', () => {
  it('comes in parts, is set against the oldest first, and is overdue after its 90 days', async () => {
    t.on('2026-02-20');
    await pay('pingluo-st', '3000000.00', '2026-01-06');
    await pay('pingluo-st', '500000.00', '2026-02-10');
    await pay('ningxia-st', '1000000.00', '2026-02-20');
    expect(await match()).toEqual({
      lines: [
        ['3000000.00', '1000000.00', '2000000.00', '2026-04-06', false],
        ['500000.00', '0.00', '500000.00', '2026-05-11', false],
      ],
      advance: '0.00',
    });
    t.on('2026-04-07');
    expect((await match()).lines.map((l: unknown[]) => l[4])).toEqual([true, false]);
    await pay('ningxia-st', '2600000.00', '2026-04-07');
    expect(await match()).toEqual({
      lines: [
        ['3000000.00', '3000000.00', '0.00', '2026-04-06', false],
        ['500000.00', '500000.00', '0.00', '2026-05-11', false],
      ],
      advance: '100000.00',
    });
    expect(await pool()).toMatchObject({
      deposits: '7100000.00',
      contributed: '7100000.00',
      capital: '7100000.00',
      headroom: '71000000.00',
    });
  });

  it('is nothing that counts before it has come', async () => {
    expect(await pool('2026-02-19')).toMatchObject({ contributed: '3500000.00', headroom: '35000000.00' });
  });
});

describe('One receipt', () => {
  it('recorded 16 times at once is booked once', async () => {
    const body = { contributor: 'pingluo-st', amount: '100.00', receivedOn: '2026-04-07', receiptNo: 'ONCE' };
    const before = await pool();
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => t.post('pools/pingluo/contributions', body, finance)),
    );
    expect(new Set(answers.map((a) => `${a.status} ${a.body.id}`)).size).toBe(1);
    expect((await pool()).deposits).toBe(plus(before.deposits, '100.00'));
    expect((await writingNothing(t, () => t.post('pools/pingluo/contributions', body, finance))).body).toEqual(
      answers[0]!.body,
    );
  });

  it('reversed by a second person is gone from every figure but stays in the book, and its number is free again', async () => {
    const before = await pool();
    const wrong = (await pay('pingluo-st', '88.00', '2026-04-07', { receiptNo: 'WRONG' })).body;
    const path = `pools/pingluo/contributions/${wrong.id}/reverse`;
    const paper = async () => (await t.get(`documents?subject=contribution:${wrong.id}`, finance)).body.items;
    const [{ verificationCode: code, voidedOn }] = await paper();
    expect([voidedOn, (await t.get(`/verify/${code}`)).body.voidedOn]).toEqual([null, null]);
    expect((await writingNothing(t, () => t.post(path, { reason: '误登' }, finance))).body.code).toBe('SAME_PERSON');
    expect((await t.post(path, { reason: '误登' }, other)).body.reversedOn).toBe('2026-04-07');
    expect((await writingNothing(t, () => t.post(path, { reason: '误登' }, other))).body.code).toBe('ALREADY_REVERSED');
    // The paper that confirmed it says so to whoever verifies it, and not why.
    expect(await paper()).toMatchObject([{ kind: 'contributionConfirmation', voidedOn: '2026-04-07' }]);
    const verified = (await t.get(`/verify/${code}`)).body;
    expect([verified.voidedOn, JSON.stringify(verified).includes('误登')]).toEqual(['2026-04-07', false]);
    const page = await t.call('GET', `/verify/${code}`, { headers: { accept: 'text/html' } });
    expect(new TextDecoder().decode(page.body)).toContain('已于 2026-04-07 作废，请勿采信');
    expect(await pool()).toEqual(before);
    expect((await match()).lines.map((l: unknown[]) => l[0])).not.toContain('88.00');
    expect((await pay('pingluo-st', '99.00', '2026-04-07', { receiptNo: 'WRONG' })).status).toBe(201);
  });
});

describe('A pool with two accounts', () => {
  const accounts = ['6401', '6402'].map((n) => ({
    accountNo: `${n}200155550009`,
    accountName: '平罗县科学技术局',
    bankName: '石嘴山银行',
  }));

  it('keeps deposits apart: a receipt says where it came in', async () => {
    const units = { cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st' };
    await t.post(
      'pools',
      {
        code: 'two',
        name: '双户资金池',
        programme: '宁科贷',
        policyCode: 'ningkedai-2025',
        regions: ['石嘴山市'],
        ...units,
        accounts,
      },
      t.key('operator'),
    );
    expect((await writingNothing(t, () => pay('pingluo-st', '1.00', '2026-04-07', {}, 'two'))).body.code).toBe(
      'ACCOUNT_NEEDED',
    );
    expect(
      (await writingNothing(t, () => pay('pingluo-st', '1.00', '2026-04-07', { accountNo: '6403200155550009' }, 'two')))
        .body.code,
    ).toBe('ACCOUNT_UNKNOWN');
    await pay('pingluo-st', '300.00', '2026-04-07', { accountNo: accounts[0]!.accountNo }, 'two');
    await pay('ningxia-st', '200.00', '2026-04-07', { accountNo: accounts[1]!.accountNo }, 'two');
    const { items } = (await t.get('ledger/accounts?poolCode=two', finance)).body;
    const of = (code: string) =>
      items
        .filter((a: { code: string }) => a.code === code)
        .map((a: { key: string; balance: string }) => [a.key, a.balance]);
    expect(of('1002')).toEqual([
      [accounts[0]!.accountNo, '300.00'],
      [accounts[1]!.accountNo, '200.00'],
    ]);
    expect(of('2901').toSorted()).toEqual([
      ['ningxia-st', '200.00'],
      ['pingluo-st', '300.00'],
    ]);
    expect((await t.get('pools/two', finance)).body.deposits).toBe('500.00');
  });
});

describe('Headroom below zero', () => {
  it('stops consents, never payments: what banks repay is booked, and when there is room again consents go on', async () => {
    t.on('2026-04-10');
    const bank = t.key('bank', 'shizuishan-bank');
    const reviewer = t.key('countyReviewer', 'pingluo-st');
    const aFiling = pingluoFilings();
    const filed = async (countedPrincipal: string) =>
      (await t.post('loan-filings', aFiling({ principal: '4000000.00', countedPrincipal }), bank)).body.id;
    const [loan, waiting] = [await filed('4000000.00'), await filed('1.00')];
    await t.post(`loan-filings/${loan}/consent`, undefined, reviewer);
    const { items } = (await t.get('pools/pingluo/contributions', finance)).body;
    for (const { id, amount, reversedOn } of items) {
      if (reversedOn === null && amount !== '100000.00' && amount !== '99.00')
        await t.post(`pools/pingluo/contributions/${id}/reverse`, { reason: '退回' }, other);
    }
    expect(await pool()).toMatchObject({ capital: '99.00', headroom: '-3999010.00', reserved: '400000.00' });
    const refused = await writingNothing(t, () => t.post(`loan-filings/${waiting}/consent`, undefined, reviewer));
    expect([refused.status, refused.body.code]).toEqual([409, 'HEADROOM_EXCEEDED']);
    const repaid = await t.post(
      `loans/${loan}/repayments`,
      { amount: '3999500.00', paidOn: '2026-04-10', repaymentNo: 'R1' },
      bank,
    );
    expect([repaid.status, repaid.body.reserve]).toEqual([201, '50.00']);
    expect((await pool()).headroom).toBe('490.00');
    expect((await t.post(`loan-filings/${waiting}/consent`, undefined, reviewer)).status).toBe(200);
  });
});

it('No error was logged, and the books stand every test', async () => {
  expect(t.log.errors).toEqual([]);
  for (const book of ['pingluo', 'two'])
    expect((await t.pool.query('SELECT * FROM ledger.verify($1)', [book])).rows).toEqual([]);
});
