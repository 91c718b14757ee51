import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPartnership, createInstitution } from '../../src/parties/institution-service.ts';
import { createPool } from '../../src/pool/service.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { bringIntoForce } from '../support/rules.ts';
import { approved, type Bad, claimFor, DAYS, expectStatus, funded, lender, paid, people } from './claims-support.ts';
import { minus, plus, writingNothing } from './support.ts';

let t: Demonstration;
let who: ReturnType<typeof people>;
let lend: ReturnType<typeof lender>;
/** Paid claims of the 平罗 pool, 100,000.00 each. */
const claims: string[] = [];
const LOAN = { principal: '100000.00', countedPrincipal: '100000.00' };

beforeAll(async () => {
  t = await startDemonstration();
  who = people(t);
  await funded(t, '1000000.00', '1000000.00');
  lend = lender(t);
  const loans = [await lend(LOAN), await lend(LOAN), await lend(LOAN)];
  t.on(DAYS.claimed);
  for (const { dueBillNo } of loans) claims.push(await paid(t, claimFor(dueBillNo, '100000.00')));
}, 120_000);
afterAll(() => t.stop());

const post = (path: string, body: unknown, key = who.finance) => t.post(path, body, key);
const received = { receivedOn: DAYS.claimed, receiptNo: 'BANK-1' };

describe('A receipt of the bank', () => {
  it('is booked once in a pool: as a recovery or as a contribution, never as both', async () => {
    const id = claims[2]!;
    const contribution = { contributor: 'pingluo-st', amount: '1000.00', ...received };
    const recovery = { amount: '1000.00', basis: 'net', obtainedOn: DAYS.claimed, ...received };
    const event = expectStatus(await post(`claims/${id}/recoveries`, recovery), 201);
    const refused = await writingNothing(t, () => post('pools/pingluo/contributions', contribution));
    expect([refused.status, refused.body.code]).toEqual([409, 'RECEIPT_CONFLICT']);
    expectStatus(await post(`claims/${id}/events/${event.id}/reverse`, { reason: '实为出资' }, who.other), 200);
    expectStatus(await post('pools/pingluo/contributions', contribution), 201);
    const back = await writingNothing(t, () => post(`claims/${id}/recoveries`, recovery));
    expect([back.status, back.body.code]).toEqual([409, 'RECEIPT_CONFLICT']);
  });
});

describe('A warning of a guarantor', () => {
  it('is its own and its pool’s to see, not the banks’', async () => {
    await createInstitution(t.contextOf(), { code: 'some-guarantor', name: '某担保公司', kind: 'guarantor' });
    const key = await t.keyFor({ role: 'guarantor', institutionCode: 'some-guarantor' });
    await t.pool.query(
      `INSERT INTO suspension (pool_code, scope, party, cause, measure, level, over, under, warn_line, suspend_line, message, cites, trigger, reference, since, status)
       VALUES ('pingluo', 'guarantor', 'some-guarantor', 'ratio', 'payout', 'warn', 4, 100, 3, 5, '代偿率 4.00%', '[]', 'payout', 'payout:1', $1, 'active')`,
      [DAYS.claimed],
    );
    const seen = async (as: string) =>
      (await t.get('suspensions?scope=guarantor', as)).body.items.map((s: { party: string }) => s.party);
    expect([await seen(key), await seen(who.county)]).toEqual([['some-guarantor'], ['some-guarantor']]);
    expect(await seen(who.bank)).toEqual([]);
  });
});

describe('A yearly cap', () => {
  const loans: Bad[] = [];

  it('is not passed by what was granted in December and paid in January', async () => {
    const code = 'henan';
    t.on('2026-01-06');
    const cap = { of: ['pool'], scope: 'bankYear', amount: '40000.00', fallsOn: { code: 'bank', label: '合作银行' } };
    await bringIntoForce(t.db, 'henan-2025.lossCaps', { caps: [cap] });
    const account = { accountNo: '6402200155559970', accountName: '平罗县科学技术局', bankName: '石嘴山银行' };
    await createPool(t.contextOf(), {
      ...{ code, name: '科技贷资金池', programme: '科技贷', policyCode: 'henan-2025', regions: ['石嘴山市平罗县'] },
      ...{ cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st', accounts: [account] },
    });
    const agreed = { poolCode: code, validFrom: '2026-01-01', document: '合作协议' };
    await addPartnership(t.contextOf(), 'shizuishan-bank', agreed);
    const paidIn = { contributor: 'pingluo-st', amount: '1000000.00', receivedOn: '2026-01-06', receiptNo: 'IN' };
    expectStatus(await post(`pools/${code}/contributions`, paidIn), 201);
    who = people(t);
    for (let i = 0; i < 3; i++) loans.push(await lend({ poolCode: code, ...LOAN }));
    const request = (i: number, demandedOn: string) =>
      claimFor(loans[i]!.dueBillNo, '100000.00', { demandedOn, facts: { projectKinds: [] } });
    t.on('2026-12-01');
    const december = await approved(t, request(0, DAYS.happened));
    t.on('2027-01-04');
    const january = await approved(t, request(1, '2026-12-20'));
    for (const id of [december, january]) expectStatus(await post(`claims/${id}/pay`, {}), 200);
    const { rows } = await t.pool.query<{ year: number; paid: string[] }>(
      `SELECT extract(year FROM paid_on)::int AS year, array_agg(compensation::text ORDER BY id) AS paid FROM claim WHERE pool_code = $1 GROUP BY 1`,
      [code],
    );
    expect(rows).toEqual([{ year: 2027, paid: ['30000.00', '10000.00'] }]);
  });

  it('counts what was paid in another year no more', async () => {
    const { dueBillNo } = loans[2]!;
    t.on('2028-01-03');
    const days = { demandedOn: '2027-12-20', facts: { projectKinds: [] } };
    const id = await paid(t, claimFor(dueBillNo, '100000.00', days));
    expect((await t.get(`claims/${id}`, who.finance)).body.compensation).toBe('30000.00');
  });
});
describe('What the pool advanced for a pursuit and has not got back', () => {
  it('is out of everyone’s money: what may be returned is together capital less reserve, and the pool can be wound up', async () => {
    const id = claims[1]!;
    t.on(DAYS.claimed);
    const cost = { amount: '333.33', paidBy: 'pool', paidOn: DAYS.claimed, voucherNo: 'C1' };
    expectStatus(await post(`claims/${id}/costs`, cost), 201);
    expectStatus(await post(`claims/${id}/costs/confirm`, undefined, who.other), 200);
    const { contributors } = (await t.get('pools/pingluo/capital', who.finance)).body;
    const { capital, reserved } = (await t.get('pools/pingluo', who.finance)).body;
    const all = (of: string) => plus(...contributors.map((c: Record<string, string>) => c[of]!));
    expect(all('free')).toBe(minus(capital, reserved));
    expect(minus(all('contributed'), all('receivable'))).toBe(capital);
    expect(contributors[0].explanation.inputs.map((i: { label: string }) => i.label)).toEqual([
      ...['出资余额', '应收追偿款', '其中按净额分摊的垫付追偿费用', '按净额分摊的准备金占用额'],
    ]);
    const payees = ['pingluo-st', 'ningxia-st'].map((contributor) => ({ contributor, accountNo: '6402200155559999' }));
    const windUp = { paidOn: DAYS.claimed, voucherNo: 'W1', reason: '项目结束', payees };
    const order = expectStatus(await post('pools/pingluo/wind-up', windUp), 201);
    expectStatus(await post(`pools/pingluo/returns/${order.id}/confirm`, undefined, who.other), 200);
    expect((await t.get('pools/pingluo', who.finance)).body.capital).toBe(reserved);
  });
});

describe('A compensation that was paid back', () => {
  it('is counted as compensated no more, on the statement of the month as by the circuit breaker', async () => {
    const [id] = claims;
    const reason = { ground: 'false', reason: '合同系伪造' };
    expectStatus(await post(`claims/${id}/refund`, reason), 200);
    expectStatus(await post(`claims/${id}/refund/confirm`, undefined, who.second), 200);
    const back = { amount: '80000.00', receivedOn: DAYS.claimed, receiptNo: 'BACK' };
    const taken = { ...back, receiptNo: 'IN-ningxia-st' };
    const refused = await writingNothing(t, () => post(`claims/${id}/refund/receive`, taken));
    expect([refused.status, refused.body.code]).toEqual([409, 'RECEIPT_CONFLICT']);
    expectStatus(await post(`claims/${id}/refund/receive`, back), 200);
    t.on('2026-10-11');
    let month: { ratios: { name: string; note: string }[] } | undefined;
    for (let m = 1; m <= 9; m++)
      month = expectStatus(await post('settlements', { poolCode: 'pingluo', period: `2026-0${m}` }), 201);
    expect(month!.ratios.find(({ name }) => name === '风险补偿率')!.note).toBe(
      '累计补偿 160,000.00 元 ÷ 累计备案 300,000.00 元',
    );
  });
});
