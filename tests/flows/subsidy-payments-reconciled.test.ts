import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exact } from '../../src/money/money.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { expectStatus } from './claims-support.ts';

const BUDGET = 'subsidy-2026-ningxia-tech-finance-subsidy';
interface Payment {
  id: string;
  amount: string;
  payeeName: string;
  voucherNo: string;
}
let t: Demonstration;
let finance: string;
let other: string;
let account: string;
let payments: Payment[];
beforeAll(async () => {
  t = await startDemonstration('2026-11-03'); // the day on which the 87 are paid
  finance = t.key('finance');
  other = t.key('finance', undefined, true);
  account = expectStatus(await t.get(`budgets/${BUDGET}`, finance), 200).accountNo;
  const [batch] = (await t.get('subsidy-batches?year=2026', finance)).body.items;
  payments = (await t.get(`subsidy-batches/${batch.id}/payments`, finance)).body.items;
}, 120_000);
afterAll(() => t.stop());

type Row = [on: string, serial: string, amount: string, party: string, memo: string];
/** A statement of the budget's account: an amount with a minus went out. */
function statement(opening: string, rows: Row[]): File {
  let balance = new Exact(opening);
  const lines = rows.map(([on, serial, amount, party, memo], i) => {
    balance = balance.plus(amount);
    const [debit, credit] = amount.startsWith('-') ? [amount.slice(1), ''] : ['', amount];
    const at = `${on.replaceAll('-', '')} 10:00:${String(i % 60).padStart(2, '0')}`;
    return [serial, account, '', at, debit ? '借' : '贷', debit, credit, '', memo, memo, party, balance.toFixed(2), ''];
  });
  const head =
    '凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息';
  return new File([[head, ...lines.map((line) => line.join(','))].join('\r\n')], 'budget.csv');
}
const send = async (file: File, key = finance) => {
  const form = new FormData();
  form.set('file', file);
  return t.post('bank-statements', form, key);
};
const run = (period: string, key = finance) => t.post('reconciliations', { poolCode: BUDGET, period }, key);
const live = async () => (await t.get(`differences?poolCode=${BUDGET}&live=true`, finance)).body.items;

describe('对账 of subsidies paid and returned', () => {
  it('shows the budget’s account beside the pools’ to those who see the budget', async () => {
    const accounts = async (key: string) =>
      (await t.get('reconciliation-months?year=2026', key)).body.items.map((a: { accountNo: string }) => a.accountNo);
    expect(await accounts(finance)).toContain(account);
    expect(await accounts(t.key('countyReviewer', 'pingluo-st'))).not.toContain(account);
  });

  it('matches each payment with the bank’s line by its voucher, and the money that came in by its receipt', async () => {
    const paid = payments.map((p): Row => ['2026-11-03', p.voucherNo, `-${p.amount}`, p.payeeName, '科技金融补助']);
    const first = statement('0.00', [['2026-03-20', 'CZ2026032001', '18529000.00', '自治区财政厅', '拨入专项']]);
    expectStatus(await send(first), 201);
    // One payment came back on the fifth, the bank credited interest and charged a fee.
    const [returned] = payments;
    const november = statement('18529000.00', [
      ...paid,
      ['2026-11-05', 'TH0001', returned!.amount, returned!.payeeName, '退汇 户名不符'],
      ['2026-11-06', 'LX0001', '35.60', '', '结息'],
      ['2026-11-06', 'SX0001', '-5.00', '', '手续费'],
    ]);
    t.on('2026-11-06');
    expectStatus(await send(november), 201);
    expect((await send(november, t.key('countyReviewer', 'pingluo-st'))).status).toBe(403);
    const back = { returnedOn: '2026-11-05', reason: '户名不符' };
    expectStatus(await t.post(`subsidy-payments/${returned!.id}/return`, back, other), 200);
    expect(expectStatus(await run('2026-03'), 201)).toMatchObject({ matched: 1, unexplained: '0.00', bridge: [] });
    const found = expectStatus(await run('2026-11'), 201);
    expect(found).toMatchObject({ matched: 88, differences: 2, unexplained: '0.00' });
    expect(found.bridge.map((item: { amount: string }) => item.amount)).toEqual(['-35.60', '5.00']);
    const rules = (await t.get(`bank-matches?poolCode=${BUDGET}&live=true&limit=200`, finance)).body.items.map(
      (m: { rule: string }) => m.rule,
    );
    expect(rules.filter((rule: string) => rule === 'number')).toHaveLength(88);
    expect(rules).toHaveLength(89);
  });

  it('books interest for the treasury and a fee as an expense, by two people, and comes to 0.00', async () => {
    const as = { interest: 'interest', bankFee: 'bankFee' } as Record<string, string>;
    for (const { id, kind } of await live()) {
      expectStatus(await t.post(`differences/${id}/resolve`, { as: as[kind] }, finance), 200);
      expectStatus(await t.post(`differences/${id}/confirm`, {}, other), 200);
    }
    expect(expectStatus(await run('2026-11'), 201)).toMatchObject({ bridge: [], differences: 0, unexplained: '0.00' });
    const { rows } = await t.pool.query(
      `SELECT code, sub_key AS key, balance::text FROM ledger.account WHERE book_id = $1 AND (code = '2103' OR sub_key LIKE '30204%') ORDER BY code`,
      [BUDGET],
    );
    expect(rows).toEqual([
      { code: '2103', key: 'interest', balance: '35.60' },
      { code: '5001', key: '30204 手续费', balance: '5.00' },
    ]);
  });

  it('is not done of an account that several budgets share: its balance is no single book’s', async () => {
    const { schemeTitle: _, ...budget } = (await t.get(`budgets/${BUDGET}`, finance)).body;
    const { scheme, document, accountNo } = budget;
    const next = { scheme, document, accountNo, year: 2028, name: '2028 年补助', amount: '1.00' };
    const more = { accountName: '自治区科技厅', bankName: '宁夏银行' };
    expectStatus(await t.post('budgets', { ...next, ...more }, finance), 201);
    expect((await run('2026-11')).body).toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });
});
