import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Exact } from '../../src/money/money.ts';
import type { Answer } from '../support/app.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { plus, upload, writingNothing } from './support.ts';

let t: Demonstration;
let bank: string;

beforeAll(async () => {
  t = await startDemonstration();
  bank = t.key('bank', 'ningxia-bank');
}, 60_000);
afterAll(() => t.stop());

/** A pool of its own in 银川 with so much capital (ten times that is its headroom), its bank, and filings of these counted amounts by file. */
async function aPool(
  code: string,
  accountNo: string,
  capital: string,
  amounts: string[],
): Promise<{ id: string; countedPrincipal: string }[]> {
  t.on('2026-01-12');
  const operator = t.key('operator');
  const units = { cooperatingUnit: 'yinchuan-st', matchingUnit: 'ningxia-st' };
  const accounts = [{ accountNo, accountName: '银川市科学技术局', bankName: '宁夏银行' }];
  await t.post(
    'pools',
    {
      code,
      name: `${code} 资金池`,
      programme: '宁科贷',
      policyCode: 'ningkedai-2025',
      regions: ['银川市'],
      ...units,
      accounts,
    },
    operator,
  );
  await t.post(
    'institutions/ningxia-bank/partnerships',
    { poolCode: code, validFrom: '2026-01-01', document: '协议' },
    operator,
  );
  const money = { contributor: 'yinchuan-st', amount: capital, receivedOn: '2026-01-12', receiptNo: 'R1' };
  expect((await t.post(`pools/${code}/contributions`, money, t.key('finance'))).status).toBe(201);
  const { rows: firms } = await t.pool.query(
    `SELECT e.uscc, e.name FROM enterprise e JOIN enterprise_title x USING (uscc) WHERE registered_at LIKE '银川市%' AND x.kind IN ('techSme', 'techLittleGiant', 'agriHighTech', 'nationalHighTech') ORDER BY 1`,
  );
  const head =
    '借款人名称,统一社会信用代码,借款合同号,借据号,贷款金额(元),备案金额(元),年利率(%),放款日期,到期日期,计息基础,还款方式,担保方式,是否首次贷款,资金用途';
  const rows = amounts.map((amount, i) => {
    const { uscc, name } = firms[i % firms.length];
    return [
      name,
      uscc,
      `${code}-H${i}`,
      `${code}-J${i}`,
      amount,
      amount,
      '3.00',
      '2026-01-10',
      '2026-12-10',
      '实际/360',
      '按月付息到期还本',
      '信用',
      '否',
      '研发投入',
    ].join(',');
  });
  const { body } = await upload(t, bank, [head, ...rows].join('\n'), { poolCode: code, mode: 'all' });
  expect(body).toMatchObject({ rowsAccepted: amounts.length, errors: [] });
  return (await t.get(`loan-filings?poolCode=${code}&limit=500`, bank)).body.items;
}

const reviewer = () => t.key('countyReviewer', 'yinchuan-st');
/** One consent; who waited too long for the pool is told to come again (503), and does. */
async function consentOne(id: string): Promise<Answer> {
  const answer = await t.post(`loan-filings/${id}/consent`, undefined, reviewer());
  return answer.status === 503 ? consentOne(id) : answer;
}
/** All consents at the same moment. */
const consentAll = (filings: { id: string }[]) => Promise.all(filings.map(({ id }) => consentOne(id)));
const figures = async (code: string) => (await t.get(`pools/${code}`, t.key('finance'))).body;

/** What the pool, its exposures, its loans and its book say must be one and the same. */
async function expectConsistent(code: string, counted: string): Promise<void> {
  const { rows } = await t.pool.query(
    `SELECT (SELECT sum(counted_outstanding) FROM pool_exposure WHERE pool_code = $1)::text AS exposed, (SELECT sum(counted_principal) FROM loan WHERE pool_code = $1)::text AS loans,
            (SELECT counted_outstanding FROM pool_position WHERE pool_code = $1)::text AS position, (SELECT reserved FROM pool_position WHERE pool_code = $1)::text AS reserved,
            (SELECT sum(reserve) FROM pool_exposure WHERE pool_code = $1)::text AS reserves, (SELECT sum(balance) FROM ledger.account WHERE book_id = $1 AND code = '9101')::text AS booked,
            (SELECT sum(balance) FROM ledger.account WHERE book_id = $1 AND code = '9102')::text AS mirrored`,
    [code],
  );
  const { exposed, loans, position, reserved, reserves, booked, mirrored } = rows[0];
  expect([exposed, loans, position]).toEqual([counted, counted, counted]);
  expect([reserved, booked, mirrored]).toEqual([reserves, reserves, reserves]);
  expect((await t.pool.query('SELECT * FROM ledger.verify($1)', [code])).rows).toEqual([]);
}

describe('64 consents at once for the last 1,000,000.00 of headroom', () => {
  it('of 62,500.00 each: exactly sixteen are in, and nothing is left', async () => {
    const filings = await aPool('equal', '6400100155550101', '100000.00', Array(64).fill('62500.00'));
    expect((await figures('equal')).headroom).toBe('1000000.00');
    const watching = Promise.all(Array.from({ length: 24 }, () => figures('equal')));
    const answers = await consentAll(filings);
    for (const { headroom, countedOutstanding } of await watching)
      expect(plus(headroom, countedOutstanding)).toBe('1000000.00');
    expect(answers.map((a) => a.status).sort()).toEqual([...Array(16).fill(200), ...Array(48).fill(409)]);
    expect(new Set(answers.filter((a) => a.status === 409).map((a) => a.body.code))).toEqual(
      new Set(['HEADROOM_EXCEEDED']),
    );
    expect(await figures('equal')).toMatchObject({
      headroom: '0.00',
      loanCount: 16,
      countedOutstanding: '1000000.00',
      reserved: '100000.00',
    });
    await expectConsistent('equal', '1000000.00');
  }, 60_000);

  it('of 64 different amounts: those that fit are in, and none that was sent back would fit into what is left', async () => {
    const amounts = Array.from({ length: 64 }, (_, i) =>
      plus('12345.67', `${(i * 7919) % 61_000}.${`${i}`.padStart(2, '0')}`),
    );
    const filings = await aPool('various', '6400100155550102', '100000.00', amounts);
    const answers = await consentAll(filings);
    const [inside, out] = [200, 409].map((status) =>
      filings.filter((_, i) => answers[i]!.status === status).map((f) => f.countedPrincipal),
    );
    expect([inside!.length > 0, out!.length > 0, inside!.length + out!.length]).toEqual([true, true, 64]);
    const { headroom, countedOutstanding, loanCount } = await figures('various');
    expect([plus(...inside!), loanCount]).toEqual([countedOutstanding, inside!.length]);
    expect(plus(headroom, countedOutstanding)).toBe('1000000.00');
    expect(headroom).not.toContain('-');
    expect(out!.filter((amount) => new Exact(amount).lessThanOrEqualTo(headroom))).toEqual([]);
    await expectConsistent('various', countedOutstanding);
  }, 60_000);

  it('sent back, a filing waits as it was and is in as soon as there is room', async () => {
    const [waiting] = (await t.get('loan-filings?poolCode=equal&status=submitted', bank)).body.items;
    const answer = await writingNothing(t, () => t.post(`loan-filings/${waiting.id}/consent`, undefined, reviewer()));
    expect([answer.status, answer.body.detail]).toEqual([
      409,
      expect.stringContaining('可用额度 0.00 元，不足 62500.00 元'),
    ]);
    const [loan] = (await t.get('loans?poolCode=equal', bank)).body.items;
    await t.post(`loans/${loan.id}/repayments`, { amount: '62500.00', paidOn: '2026-01-12', repaymentNo: 'H1' }, bank);
    expect((await t.post(`loan-filings/${waiting.id}/consent`, undefined, reviewer())).status).toBe(200);
    expect((await figures('equal')).headroom).toBe('0.00');
  });
});

it('The database itself refuses an exposure above the ceiling, whoever writes it', async () => {
  const raise = `UPDATE pool_position SET counted_outstanding = counted_outstanding + 0.01, admitted = admitted + 0.01 WHERE pool_code = 'equal'`;
  await expect(t.pool.query(raise)).rejects.toThrow('HEADROOM_EXCEEDED');
});
