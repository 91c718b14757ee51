import { expect } from 'vitest';
import { money, sum, toWire } from '../../src/money/money.ts';
import { importApplications } from '../../src/subsidies/import-service.ts';
import { startDemonstration } from '../support/demo.ts';
import { demoRows } from '../support/subsidies.ts';

export const SCHEME = 'ningxia-tech-finance-subsidy';
export const BUDGET = `subsidy-2026-${SCHEME}`;
/** Enterprises of 银川 in the demonstration that may apply. */
export const APPLICANTS: { uscc: string; name: string }[] = [
  ...new Map(demoRows('premiums-2026.csv').map((row) => [row.统一社会信用代码!, row.企业名称!])),
]
  .slice(0, 12)
  .map(([uscc, name]) => ({ uscc, name }));
const HEAD =
  '统一社会信用代码,企业名称,保险公司,险种,类别,保单号,保险起期,保险止期,"实付保费(含税,元)",付款日期,发票号码';

/** The demonstration with keys of all who have a hand in subsidies. The clock stands at 31 August 2026, the last day of a batch; it is published on the next. */
export async function subsidyDesk() {
  const t = await startDemonstration();
  t.on('2026-08-31');
  const [county, region, second] = [
    t.key('countyReviewer', 'yinchuan-st'),
    t.key('regionalReviewer'),
    t.key('regionalReviewer', undefined, true),
  ];
  const [finance, cashier] = [t.key('finance'), t.key('finance', undefined, true)];
  let serial = 0;
  const premium = (more: object = {}) => {
    serial += 1;
    return {
      ...{ kind: 'premium', name: '研发责任保险', counterparty: '人保财险宁夏分公司', class: 'I' },
      ...{ policyNo: `PS${serial}`, invoiceNos: [`${26650000000000000000n + BigInt(serial)}`], paid: '1000.00' },
      ...{ paidOn: '2026-03-05', startsOn: '2026-03-01', endsOn: '2027-03-01', ...more },
    };
  };
  const request = (lines: object[], accountName = '') => ({
    ...{ scheme: SCHEME, pledged: true, lines },
    payee: { accountName, bankName: '宁夏银行', accountNo: '6400100200000001' },
  });
  const keys = new Map<string, string>();
  const keyOf = async (uscc: string) => {
    const key = keys.get(uscc) ?? (await t.keyFor({ role: 'enterprise', enterpriseUscc: uscc }));
    keys.set(uscc, key);
    return key;
  };
  const ok = async (path: string, body: object, key: string) => {
    const answer = await t.post(path, body, key);
    expect([path, answer.status < 300 || answer.body]).toEqual([path, true]);
    return answer.body;
  };

  /** A paper application of the nth enterprise, decided. Each amount is what a line of it brings: half of the premium paid. */
  const decided = async (n: number, amounts: string[]): Promise<string> => {
    const { uscc, name } = APPLICANTS[n]!;
    const rows = amounts.map((amount) => {
      const { policyNo, invoiceNos } = premium();
      const paid = toWire(money(amount).times(2));
      return `${uscc},${name},人保财险宁夏分公司,研发责任保险,I,${policyNo},2026-03-01,2027-03-01,${paid},2026-03-05,${invoiceNos[0]}`;
    });
    const file = new TextEncoder().encode([HEAD, ...rows].join('\n'));
    const { applications } = await importApplications(t.contextOf(), { scheme: SCHEME, kind: 'premiums', file });
    const [{ id, eligible, demand }] = applications as [(typeof applications)[0]];
    expect([uscc, eligible, demand]).toEqual([uscc, true, toWire(sum(amounts.map((amount) => money(amount))))]);
    for (const [verb, by] of [
      ['recommend', county],
      ['review', region],
      ['audit', finance],
      ['decide', second],
    ] as const) {
      await ok(`subsidy-applications/${id}/${verb}`, {}, by);
    }
    const payee = { id, accountName: name, bankName: '宁夏银行', accountNo: `64001002${id.padStart(8, '0')}` };
    await ok('subsidy-applications/payees', { payees: [payee] }, region);
    return id;
  };
  const createBudget = async (amount: string, year = 2026) => {
    await ok(
      'budgets',
      {
        ...{ scheme: SCHEME, year, name: `${year} 年补贴预算`, document: '预算批复（测试）', amount },
        ...{ accountNo: '6400100155550009', accountName: '科技厅', bankName: '宁夏银行' },
      },
      finance,
    );
    await ok(
      `budgets/subsidy-${year}-${SCHEME}/receipts`,
      { amount, receivedOn: '2026-08-31', receiptNo: 'R1' },
      finance,
    );
  };
  const budget = async () => (await t.get(`budgets/${BUDGET}`, finance)).body;
  const balances = async (): Promise<Record<string, string>> => {
    const { rows } = await t.pool.query(
      'SELECT code, sum(balance)::text AS balance FROM ledger.account WHERE book_id = $1 GROUP BY code HAVING sum(balance) <> 0',
      [BUDGET],
    );
    return Object.fromEntries(rows.map(({ code, balance }) => [code, balance]));
  };
  /** The budget's figures are what its book says. */
  const agrees = async () => {
    const [b, held] = [await budget(), await balances()];
    const of = (code: string) => money(held[code] ?? '0.00');
    expect(b.committed).toBe(toWire(of('9501')));
    expect(b.deposits).toBe(toWire(of('1002')));
    expect(toWire(of('2303'))).toBe(toWire(money(b.approved).minus(b.paid)));
    expect(toWire(of('1218'))).toBe(toWire(money(b.clawedBack).minus(b.recovered)));
    expect(b.deposits).toBe(toWire(money(b.received).minus(b.paid).plus(b.recovered).minus(b.remitted)));
    const verified = await t.get(`ledger/verify?poolCode=${BUDGET}`, t.key('auditor'));
    expect(verified.body.valid).toBe(true);
  };
  const publish = async () => {
    t.on('2026-09-01');
    return ok('subsidy-batches', { scheme: SCHEME, year: 2026, batchNo: 2 }, region);
  };
  /** A version of a clause of the scheme, proposed by one and approved by another. */
  const rule = async (clause: string, effectiveFrom: string, value: object) => {
    const citation = { document: '关于调整补贴办法的通知（测试）', article: '第一条', confirmed: false, mark: 'A' };
    const version = { clauseId: `${SCHEME}.${clause}`, effectiveFrom, value, citation };
    const { id } = await ok('policy-versions', version, region);
    await ok(`policy-versions/${id}/approve`, {}, second);
  };
  await rule('batches', '2026-01-01', { closeOn: ['04-30', '08-31'] });
  const nameOf = async (key: string) => (await t.get('me', key)).body.name as string;
  return {
    ...{ t, county, region, second, finance, cashier, premium, request, keyOf, ok, decided },
    ...{ createBudget, budget, balances, agrees, publish, rule, nameOf },
  };
}
export type SubsidyDesk = Awaited<ReturnType<typeof subsidyDesk>>;

/** Orders and pays a batch, by two people. @returns the ids of its payments */
export async function payOut({ t, finance, cashier, ok }: SubsidyDesk, batch: string, on: string): Promise<string[]> {
  await ok(`subsidy-batches/${batch}/order`, { orderNo: '金补〔2026〕1号' }, finance);
  const { body } = await t.get(`subsidy-batches/${batch}/payments`, finance);
  const payments = body.items.map(({ id }: { id: string }) => ({ paymentId: id, voucherNo: `V${id}` }));
  if (payments.length > 0) await ok(`subsidy-batches/${batch}/pay`, { paidOn: on, payments }, cashier);
  return payments.map(({ paymentId }: { paymentId: string }) => paymentId);
}

/**
 * Subsidies that were paid on 10 September 2026, in full: one application an enterprise, its lines granted these amounts. The budget is used up.
 */
export async function paidSubsidies(amounts: string[][]) {
  const s = await subsidyDesk();
  const ids: string[] = [];
  for (const [n, lines] of amounts.entries()) {
    ids.push(await s.decided(n, lines));
  }
  await s.createBudget(toWire(sum(amounts.flat().map((amount) => money(amount)))));
  const batch = await s.publish();
  s.t.on('2026-09-10');
  await s.ok(`subsidy-batches/${batch.id}/allocate`, {}, s.finance);
  await s.ok(`subsidy-batches/${batch.id}/approve`, {}, s.region);
  await payOut(s, batch.id, '2026-09-10');
  const enterprises: string[] = [];
  for (const { uscc } of APPLICANTS.slice(0, amounts.length)) enterprises.push(await s.keyOf(uscc));
  return { ...s, ids, enterprises, batch: batch.id as string };
}
export type PaidSubsidies = Awaited<ReturnType<typeof paidSubsidies>>;
