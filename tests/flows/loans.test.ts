import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { waiveReports } from '../support/rules.ts';
import { minus, pingluoFilings, plus, writingNothing } from './support.ts';

let t: Demonstration;
let bank: string;
let reviewer: string;

beforeAll(async () => {
  t = await startDemonstration('2026-04-14');
  t.on('2026-04-20');
  await waiveReports(t.db);
  bank = t.key('bank', 'shizuishan-bank');
  reviewer = t.key('countyReviewer', 'pingluo-st');
}, 60_000);
afterAll(() => t.stop());

const loanOf = async (dueBillNo: string) => (await t.get(`loans?dueBillNo=${dueBillNo}`, bank)).body.items[0];
const tell = (id: string, what: string, body: object, key = bank) => t.post(`loans/${id}/${what}`, body, key);
const pool = async (asOf = '') => (await t.get(`pools/pingluo${asOf && `?asOf=${asOf}`}`, reviewer)).body;
const aFiling = pingluoFilings();
/** A loan filed and consented today. */
async function consented(
  change: Record<string, unknown>,
): Promise<{ id: string; dueBillNo: string; contractNo: string }> {
  const { status, body } = await t.post('loan-filings', aFiling({ countedPrincipal: '100000.00', ...change }), bank);
  expect(status).toBe(201);
  expect((await t.post(`loan-filings/${body.id}/consent`, undefined, reviewer)).status).toBe(200);
  return body;
}

describe('A repayment', () => {
  it('brings outstanding, counted and reserve of its loan down, and gives the pool that headroom back', async () => {
    const before = await pool();
    // 4,550,000.00 lent, 3,640,000.00 counted: four fifths.
    const { id } = await loanOf('SZSJJ202694538727');
    const { status, body } = await tell(id, 'repayments', {
      amount: '1000000.01',
      interest: '100.00',
      paidOn: '2026-04-18',
      repaymentNo: 'R1',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      outstandingPrincipal: '3549999.99',
      countedOutstanding: '2839999.99',
      reserve: '284000.00',
      status: 'active',
    });
    const after = await pool();
    expect(minus(after.headroom, before.headroom)).toBe('800000.01');
    expect(minus(before.reserved, after.reserved)).toBe('80000.00');
    expect((await pool('2026-04-17')).outstandingPrincipal).toBe(before.outstandingPrincipal);
    expect(plus((await pool('2026-04-18')).outstandingPrincipal, '1000000.01')).toBe(before.outstandingPrincipal);
    const { events } = (await t.get(`loans/${id}`, bank)).body;
    expect(events.at(-1)).toMatchObject({
      kind: 'repayment',
      occurredOn: '2026-04-18',
      belongsTo: null,
      principalDelta: '-1000000.01',
      countedDelta: '-800000.01',
      reserveDelta: '-80000.00',
      interest: '100.00',
    });
  });

  it('told again is the same repayment; under its number another amount, day or interest is a conflict', async () => {
    const { id } = await loanOf('SZSJJ202694538727');
    const told = { amount: '1000000.01', interest: '100.00', paidOn: '2026-04-18', repaymentNo: 'R1' };
    const again = await writingNothing(t, () => tell(id, 'repayments', told));
    expect([again.status, again.body.outstandingPrincipal]).toEqual([200, '3549999.99']);
    for (const change of [{ amount: '1000000.00' }, { paidOn: '2026-04-17' }, { interest: '100.01' }]) {
      const answer = await writingNothing(t, () => tell(id, 'repayments', { ...told, ...change }));
      expect([answer.status, answer.body.code]).toEqual([409, 'REPAYMENT_CONFLICT']);
    }
  });

  it('of the same day and amount under another number is another; told 16 times at once it is one', async () => {
    const { id } = await loanOf('SZSJJ202631112203');
    const told = { amount: '10000.00', paidOn: '2026-04-20' };
    await tell(id, 'repayments', { ...told, repaymentNo: 'A1' });
    await tell(id, 'repayments', { ...told, repaymentNo: 'A2' });
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => tell(id, 'repayments', { ...told, repaymentNo: 'A3' })),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([...Array(15).fill(200), 201]);
    expect((await loanOf('SZSJJ202631112203')).outstandingPrincipal).toBe('3490000.00');
  });

  it('of everything is the payoff: nothing is tied up any more, and nothing more can be repaid', async () => {
    const { id, countedOutstanding } = await loanOf('SZSJJ202668380358');
    const before = await pool();
    const { body } = await tell(id, 'repayments', { amount: '2080000.00', paidOn: '2026-04-20', repaymentNo: 'P1' });
    expect(body).toMatchObject({
      status: 'paidOff',
      outstandingPrincipal: '0.00',
      countedOutstanding: '0.00',
      reserve: '0.00',
    });
    expect(minus((await pool()).headroom, before.headroom)).toBe(countedOutstanding);
    const more = await writingNothing(t, () =>
      tell(id, 'repayments', { amount: '0.01', paidOn: '2026-04-20', repaymentNo: 'P2' }),
    );
    expect([more.status, more.body.code]).toEqual([409, 'LOAN_PAID_OFF']);
  });

  it('before the loan was in the pool is booked today, names its month, and leaves the days before as they were', async () => {
    const { id } = await consented({ disbursedOn: '2026-02-22' });
    const { body } = await tell(id, 'repayments', { amount: '50000.00', paidOn: '2026-03-25', repaymentNo: 'E1' });
    expect(body).toMatchObject({
      outstandingPrincipal: '450000.00',
      countedOutstanding: '90000.00',
      reserve: '9000.00',
    });
    const { events } = (await t.get(`loans/${id}`, bank)).body;
    expect(events.at(-1)).toMatchObject({
      occurredOn: '2026-04-20',
      belongsTo: '2026-03',
      principalDelta: '-50000.00',
    });
    expect(await pool('2026-03-31')).toMatchObject({
      outstandingPrincipal: '0.00',
      countedOutstanding: '0.00',
      reserved: '0.00',
    });
  });

  it('of a month that is settled is booked today and names that month', async () => {
    const { id } = await consented({ disbursedOn: '2026-03-20', maturesOn: '2026-12-20' });
    t.on('2026-05-11');
    expect((await t.post('settlements', { poolCode: 'pingluo', period: '2026-04' }, t.key('finance'))).status).toBe(
      201,
    );
    await tell(id, 'repayments', { amount: '1000.00', paidOn: '2026-04-30', repaymentNo: 'L1' });
    const { events } = (await t.get(`loans/${id}`, bank)).body;
    expect(events.at(-1)).toMatchObject({ occurredOn: '2026-05-11', belongsTo: '2026-04', principalDelta: '-1000.00' });
  });

  it.each<[string, object, number, string]>([
    ['of more than is owed', { amount: '3490000.01' }, 422, 'REPAYMENT_TOO_LARGE'],
    ['of nothing', { amount: '0.00' }, 422, 'AMOUNT_NOT_POSITIVE'],
    ['below zero', { amount: '-1.00' }, 422, 'INVALID_INPUT'],
    ['as a JSON number', { amount: 1 }, 422, 'INVALID_INPUT'],
    ['tomorrow', { paidOn: '2026-05-12' }, 422, 'DATE_OUT_OF_RANGE'],
    ['before the loan was drawn', { paidOn: '2026-01-27' }, 422, 'DATE_OUT_OF_RANGE'],
    ['in a month whose report is in', { paidOn: '2026-03-20' }, 409, 'REPAYMENT_REPORTED'],
    ['with an unknown field', { colour: 'red' }, 422, 'INVALID_INPUT'],
  ])('%s is refused', async (_, change, status, code) => {
    const { id } = await loanOf('SZSJJ202631112203');
    const body = { amount: '1.00', paidOn: '2026-05-11', repaymentNo: 'X', ...change };
    const answer = await writingNothing(t, () => tell(id, 'repayments', body));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is told by the loan’s own bank only', async () => {
    const { id } = await loanOf('SZSJJ202631112203');
    const body = { amount: '1.00', paidOn: '2026-05-11' };
    const by = async (key: string) => (await writingNothing(t, () => tell(id, 'repayments', body, key))).status;
    expect([await by(t.key('bank', 'ningxia-bank')), await by(reviewer), await by(t.key('finance'))]).toEqual([
      404, 403, 403,
    ]);
  });
});

describe('An extension', () => {
  it('asked before maturity moves the end and keeps the reserve', async () => {
    const before = await loanOf('SZSJJ202679549468');
    const { status, body } = await tell(before.id, 'extensions', { maturesOn: '2027-09-04', agreedOn: '2026-05-11' });
    expect([status, body.maturesOn, body.reserve, body.countedOutstanding]).toEqual([
      201,
      '2027-09-04',
      before.reserve,
      before.countedOutstanding,
    ]);
    expect(body.checks).toMatchObject([{ code: 'EXTENSION', verdict: 'pass' }]);
    expect(body.checks[0].cites[0].document).toContain('风险补偿贷款管理办法');
    const again = await writingNothing(t, () =>
      tell(before.id, 'extensions', { maturesOn: '2027-09-04', agreedOn: '2026-05-11' }),
    );
    expect([again.status < 300, again.body.maturesOn]).toEqual([true, '2027-09-04']);
  });

  it.each<[string, string, object, string]>([
    ['a second time', 'SZSJJ202679549468', { maturesOn: '2027-12-04' }, 'EXTENSION_REPEATED'],
    ['by more than six months', 'SZSJJ202696055953', { maturesOn: '2027-05-23' }, 'EXTENSION_TOO_LONG'],
    ['to an earlier day', 'SZSJJ202696055953', { maturesOn: '2026-11-21' }, 'EXTENSION_NOT_LATER'],
  ])('%s is refused with its article', async (_, dueBillNo, change, code) => {
    const { id } = await loanOf(dueBillNo);
    const answer = await writingNothing(t, () => tell(id, 'extensions', { agreedOn: '2026-05-11', ...change }));
    expect([answer.status, answer.body.code]).toEqual([422, 'EXTENSION_REFUSED']);
    expect(answer.body.errors).toMatchObject([{ code }]);
    expect(answer.body.errors[0].cites).toHaveLength(1);
  });

  it('asked when the loan is overdue is refused, also with an agreement of an earlier day', async () => {
    const { id } = await loanOf('SZSJJ202636414424');
    t.on('2026-06-15');
    for (const agreedOn of ['2026-06-15', '2026-06-01']) {
      const answer = await writingNothing(t, () => tell(id, 'extensions', { maturesOn: '2026-12-12', agreedOn }));
      expect(answer.body.errors).toMatchObject([{ code: 'EXTENSION_AFTER_MATURITY' }]);
    }
    t.on('2026-05-11');
  });
});

describe('A renewal', () => {
  it('cites the contract it follows, of the same firm and consented', async () => {
    const renewal = {
      disbursedOn: '2026-05-10',
      maturesOn: '2027-05-10',
      renewsContractNo: 'SZSJK2026312919',
      countedPrincipal: '1000.00',
    };
    const good = await t.post('loan-filings', aFiling({ ...renewal, enterpriseUscc: '91640221614162733N' }), bank);
    expect([good.status, good.body.renewsContractNo]).toEqual([201, 'SZSJK2026312919']);
    expect(good.body.checks.find((c: { code: string }) => c.code === 'RENEWAL')).toMatchObject({
      verdict: 'pass',
      message: expect.stringContaining('SZSJK2026312919'),
    });
    const other = await writingNothing(t, () =>
      t.post('loan-filings', aFiling({ ...renewal, enterpriseUscc: '91640221MA1196419L' }), bank),
    );
    expect(other.body.errors).toMatchObject([{ code: 'RENEWAL_UNKNOWN', field: 'renewsContractNo' }]);
    const unconsented = aFiling({
      ...renewal,
      enterpriseUscc: '91640221614162733N',
      renewsContractNo: good.body.contractNo,
    });
    expect((await writingNothing(t, () => t.post('loan-filings', unconsented, bank))).body.errors).toMatchObject([
      { code: 'RENEWAL_WITHOUT_PREDECESSOR' },
    ]);
    expect((await t.post(`loan-filings/${good.body.id}/consent`, undefined, reviewer)).status).toBe(200);
  });
});

describe('A drawdown after consent', () => {
  const PLANNED = {
    disbursedOn: '2026-05-20',
    maturesOn: '2027-05-20',
    principal: '1000000.00',
    countedPrincipal: '800000.00',
    enterpriseUscc: '91640221MA0375191B',
  };

  it('is not taken as drawn by its plan, even when consent comes after the planned day', async () => {
    const { body } = await t.post('loan-filings', aFiling(PLANNED), bank);
    t.on('2026-05-21');
    await t.post(`loan-filings/${body.id}/consent`, undefined, reviewer);
    expect((await t.get(`loans/${body.id}`, bank)).body).toMatchObject({
      disbursedOn: null,
      admittedOn: '2026-05-21',
      reserve: '80000.00',
    });
    t.on('2026-05-11');
  });

  it('of less than consented gives the rest of the reserve back, and is told once', async () => {
    const { id } = await consented(PLANNED);
    t.on('2026-05-22');
    const before = await pool();
    const drawn = { amount: '600000.00', disbursedOn: '2026-05-22' };
    const { status, body } = await tell(id, 'disbursements', drawn);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      disbursedOn: '2026-05-22',
      principal: '600000.00',
      countedPrincipal: '600000.00',
      outstandingPrincipal: '600000.00',
      reserve: '60000.00',
    });
    const after = await pool();
    expect([minus(after.headroom, before.headroom), minus(before.reserved, after.reserved)]).toEqual([
      '200000.00',
      '20000.00',
    ]);
    expect(minus(before.principal, after.principal)).toBe('400000.00');
    const again = await writingNothing(t, () => tell(id, 'disbursements', drawn));
    expect(again.body.principal).toBe('600000.00');
    const other = await writingNothing(t, () => tell(id, 'disbursements', { ...drawn, amount: '500000.00' }));
    expect([other.status, other.body.code]).toEqual([409, 'ALREADY_DISBURSED']);
  });

  it.each<[string, object, string]>([
    ['of more than consented', { amount: '1000000.01' }, 'DISBURSEMENT_AMOUNT'],
    ['of nothing', { amount: '0.00' }, 'DISBURSEMENT_AMOUNT'],
    ['before consent', { disbursedOn: '2026-05-21' }, 'DISBURSEMENT_DAY'],
    ['tomorrow', { disbursedOn: '2026-05-23' }, 'DISBURSEMENT_DAY'],
  ])('%s is refused', async (_, change, code) => {
    const { id } = await consented({ ...PLANNED, disbursedOn: '2026-06-20', countedPrincipal: '1000.00' });
    const answer = await writingNothing(t, () =>
      tell(id, 'disbursements', { amount: '1000000.00', disbursedOn: '2026-05-22', ...change }),
    );
    expect([answer.status, answer.body.code]).toEqual([422, code]);
  });
});

it('No error was logged, and the book stands every test', async () => {
  expect(t.log.errors).toEqual([]);
  expect((await t.pool.query(`SELECT * FROM ledger.verify('pingluo')`)).rows).toEqual([]);
});
