import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPartnership } from '../../src/parties/institution-service.ts';
import { createPool } from '../../src/pool/service.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { bringIntoForce, waiveReports } from '../support/rules.ts';
import {
  approved,
  type Bad,
  claimFor,
  DAYS,
  expectStatus,
  funded,
  handIn,
  lender,
  paid,
  people,
} from './claims-support.ts';
import { writingNothing } from './support.ts';

let t: Demonstration;
let who: ReturnType<typeof people>;
/** Loans of 100,000.00 each in the 平罗 pool, and in one whose net compensation is limited to 80,000.00. */
const stock: Bad[] = [];
const limited: Bad[] = [];

beforeAll(async () => {
  t = await startDemonstration();
  who = people(t);
  await waiveReports(t.db);
  await funded(t, '120000.00', '120000.00');
  const code = 'limited';
  const cap = { of: ['pool'], scope: 'poolNet', amount: '80000.00', fallsOn: { code: 'bank', label: '合作银行' } };
  await bringIntoForce(t.db, 'xiamen-kexindai.lossCaps', { caps: [cap] });
  const account = { accountNo: '6402200155559970', accountName: '平罗县科学技术局', bankName: '石嘴山银行' };
  await createPool(t.contextOf(), {
    ...{ code, name: '科信贷资金池', programme: '科信贷', policyCode: 'xiamen-kexindai', regions: ['石嘴山市平罗县'] },
    ...{ cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st', accounts: [account] },
  });
  const agreed = { poolCode: code, validFrom: '2026-01-01', document: '合作协议' };
  await addPartnership(t.contextOf(), 'shizuishan-bank', agreed);
  const paidIn = { contributor: 'pingluo-st', amount: '1000000.00', receivedOn: '2026-01-06', receiptNo: 'IN' };
  expectStatus(await post(`pools/${code}/contributions`, paidIn), 201);
  who = people(t);
  const lend = lender(t);
  const amounts = { principal: '100000.00', countedPrincipal: '100000.00' };
  for (let i = 0; i < 7; i++) stock.push(await lend(amounts));
  for (let i = 0; i < 2; i++) limited.push(await lend({ poolCode: code, ...amounts }));
  t.on(DAYS.claimed);
}, 120_000);
afterAll(() => t.stop());

const post = (path: string, body: unknown, key = who.finance) => t.post(path, body, key);
const refused = async (path: string, body: unknown, key = who.finance) => {
  const { status, body: problem } = await writingNothing(t, () => post(path, body, key));
  return [status, problem.code];
};
const receipt = (amount: string, receiptNo: string) => {
  return { amount, basis: 'net', obtainedOn: DAYS.claimed, receivedOn: DAYS.claimed, receiptNo };
};
const reported = ({ dueBillNo }: Bad, loanClassification = 'substandard') => {
  const line = { outstandingPrincipal: '100000.00', principalRepaid: '0.00', interestPaid: '0.00', paidOff: false };
  const lines = [{ dueBillNo, ...line, loanClassification, overdueDays: 101 }];
  return post('balance-reports', { period: '2026-08', lines }, who.bank);
};
async function submitted(request: object): Promise<string> {
  const { id } = expectStatus(await post('claims', request, who.bank), 201);
  await handIn(t, id);
  expectStatus(await post(`claims/${id}/submit`, undefined, who.bank), 200);
  return id;
}

it('What is confirmed is what was approved: where a ceiling gives more or less since, it is approved anew', async () => {
  const first = await paid(t, claimFor(limited[0]!.dueBillNo, '100000.00'));
  const id = await submitted(claimFor(limited[1]!.dueBillNo, '100000.00'));
  expectStatus(await post(`claims/${id}/verify`, {}, who.county), 200);
  expect(expectStatus(await post(`claims/${id}/approve`, {}, who.first), 200).compensation).toBe('10000.00');
  expectStatus(await post(`claims/${first}/recoveries`, receipt('100000.00', 'R1')), 201);
  expect(await refused(`claims/${id}/confirm`, undefined, who.second)).toEqual([409, 'APPROVAL_STALE']);
  expect(await refused(`claims/${id}/approve`, {}, who.first)).toEqual([403, 'SAME_PERSON']);
  expect(expectStatus(await post(`claims/${id}/approve`, {}, who.second), 200).compensation).toBe('70000.00');
  expect(expectStatus(await post(`claims/${id}/confirm`, undefined, who.first), 200).compensation).toBe('70000.00');
});

it('A window begins no later than by the bank’s own reports', async () => {
  const loan = stock.pop()!;
  t.on('2026-09-02');
  expectStatus(await reported(loan), 201);
  t.on('2027-01-20');
  const later = { overdueSince: '2026-07-20', classifiedOn: '2026-10-20' };
  const { checks } = expectStatus(await post('claims', claimFor(loan.dueBillNo, '100000.00', later), who.bank), 201);
  const found = checks.filter((c: { code: string }) => c.code === 'EVENT_REPORTED_EARLIER');
  expect(found.map((c: { field: string; verdict: string }) => [c.field, c.verdict])).toEqual([
    ['overdueSince', 'fail'],
    ['classifiedOn', 'fail'],
  ]);
  t.on(DAYS.claimed);
});

describe('A pool that holds too little, where the clause pays a part', () => {
  it('pays what there is, the rest stays with the bank for good, and of nothing there is no part', async () => {
    const short = { mode: 'payPart', fallsOn: { code: 'bank', label: '合作银行' } };
    await bringIntoForce(t.db, 'ningkedai-2025.shortfall', short);
    const ids = [];
    for (let i = 0; i < 4; i++) ids.push(await approved(t, claimFor(stock[i]!.dueBillNo, '100000.00')));
    for (const id of ids.slice(0, 3)) expectStatus(await post(`claims/${id}/pay`, {}), 200);
    expect(await refused(`claims/${ids[3]}/pay`, {})).toEqual([409, 'CLAIM_WAITS']);
    const more = { contributor: 'ningxia-st', amount: '5000.00', receivedOn: DAYS.claimed, receiptNo: 'MORE' };
    expectStatus(await post('pools/pingluo/contributions', more), 201);
    const { shares } = expectStatus(await post(`claims/${ids[3]}/pay`, {}), 200);
    expect(shares.map((s: { bearer: string; amount: string }) => [s.bearer, s.amount])).toEqual([
      ['region', '5000.00'],
      ['cooperatingUnit', '0.00'],
      ['bank', '95000.00'],
    ]);
    expect((await t.get('pools/pingluo', who.finance)).body.capital).toBe('0.00');
    const other = receipt('100.00', 'R2');
    expectStatus(await post(`claims/${ids[0]}/recoveries`, other), 201);
    expect(await refused(`claims/${ids[1]}/recoveries`, other)).toEqual([409, 'RECEIPT_CONFLICT']);
  });
});

it('A loan whose compensation was paid back leaves the portfolio and its month; claims received before the ban go on', async () => {
  const [bad, other] = [stock.pop()!, stock.pop()!];
  for (const contributor of ['pingluo-st', 'ningxia-st']) {
    const more = { contributor, amount: '100000.00', receivedOn: DAYS.claimed, receiptNo: `MORE-${contributor}` };
    expectStatus(await post('pools/pingluo/contributions', more), 201);
  }
  t.on('2026-09-02');
  expectStatus(await reported(bad, 'doubtful'), 201);
  const id = await paid(t, claimFor(bad.dueBillNo, '100000.00'));
  const before = await submitted(claimFor(other.dueBillNo, '100000.00'));
  t.on('2026-09-03');
  expectStatus(await post(`claims/${id}/refund`, { ground: 'false', reason: '合同系伪造' }), 200);
  expectStatus(await post(`claims/${id}/refund/confirm`, undefined, who.second), 200);
  const back = { amount: '80000.00', receivedOn: '2026-09-03', receiptNo: 'BACK' };
  expectStatus(await post(`claims/${id}/refund/receive`, back), 200);
  const gone = (await t.get(`loans/${bad.loanId}`, who.bank)).body;
  expect(gone).toMatchObject({ status: 'revoked', outstandingPrincipal: '0.00' });
  expect(gone.events.at(-1)).toMatchObject({ kind: 'revocation', principalDelta: '-100000.00' });
  expectStatus(await post(`claims/${before}/verify`, {}, who.county), 200);
  t.on('2026-10-11');
  let month: { ratios: { name: string; note: string }[] } | undefined;
  for (let m = 1; m <= 9; m++)
    month = expectStatus(await post('settlements', { poolCode: 'pingluo', period: `2026-0${m}` }), 201);
  expect(month!.ratios.find(({ name }) => name === '不良率')!.note).not.toContain('可疑');
});
