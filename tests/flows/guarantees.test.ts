import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakerSums } from '../../src/pool/breaker-store.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { waiveReports } from '../support/rules.ts';
import { minus, pingluoFilings, plus, writingNothing } from './support.ts';

let t: Demonstration;
let bank: string;
let county: string;
let finance: string;
/** Two people of the guarantor, one of the re-guarantor. */
let guarantor: string;
let colleague: string;
let reguarantor: string;
/** 1,000,000.00 lent, 800,000.00 counted. */
let loan: string;
/** 400,000.00 counted, of which nobody is told to answer for anything before June. */
let forgotten: string;

const aFiling = pingluoFilings();
const OWN = {
  party: 'ningxia-db',
  role: 'guarantor',
  percent: '25',
  contractNo: 'DB-1',
  signedOn: '2026-04-15',
  annualRate: '1',
};
const RE = {
  party: 'ningxia-zdb',
  role: 'reguarantor',
  percent: '20',
  contractNo: 'ZDB-1',
  signedOn: '2026-04-15',
  annualRate: '0.3',
};

beforeAll(async () => {
  t = await startDemonstration('2026-04-14');
  t.on('2026-04-20');
  await waiveReports(t.db);
  // 科技创新专项担保计划 takes the place of 宁科贷, and nothing else changes.
  await t.pool.query(`UPDATE pool SET policy_code = 'tech-guarantee-plan-2024' WHERE code = 'pingluo'`);
  const operator = t.key('operator');
  for (const [code, name, kind] of [
    ['ningxia-db', '宁夏科技融资担保有限公司', 'guarantor'],
    ['ningxia-zdb', '宁夏再担保集团', 'reguarantor'],
    ['renbao', '人保财险宁夏分公司', 'insurer'],
    ['far-db', '外地担保有限公司', 'guarantor'],
  ]) {
    await t.post('institutions', { code, name, kind }, operator);
    if (code !== 'far-db')
      await t.post(
        `institutions/${code}/partnerships`,
        { poolCode: 'pingluo', validFrom: '2026-01-01', document: '合作协议' },
        operator,
      );
  }
  bank = t.key('bank', 'shizuishan-bank');
  county = t.key('countyReviewer', 'pingluo-st');
  finance = t.key('finance');
  guarantor = await t.keyFor({ role: 'guarantor', institutionCode: 'ningxia-db', name: '担保甲' });
  colleague = await t.keyFor({ role: 'guarantor', institutionCode: 'ningxia-db', name: '担保乙' });
  reguarantor = await t.keyFor({ role: 'guarantor', institutionCode: 'ningxia-zdb', name: '再担保' });
  loan = await file({ principal: '1000000.00', countedPrincipal: '800000.00' });
  forgotten = await file({ principal: '400000.00', countedPrincipal: '400000.00' });
  expect((await t.post(`loan-filings/${forgotten}/consent`, undefined, county)).status).toBe(200);
}, 60_000);
afterAll(() => t.stop());

async function file(change: object = {}): Promise<string> {
  const body = aFiling({ guaranteeMode: 'guarantee', disbursedOn: '2026-04-15', maturesOn: '2027-04-14', ...change });
  const { status, body: filed } = await t.post('loan-filings', body, bank);
  expect([status, filed.errors]).toEqual([201, undefined]);
  return filed.id;
}
const tell = (body: object, id = loan, key = bank) => t.post(`loans/${id}/guarantees`, body, key);
const refusal = async (act: () => Promise<{ status: number; body: { code: string; errors: { code: string }[] } }>) => {
  const { status, body } = await writingNothing(t, act);
  return [status, body.code, ...(body.errors ?? []).map((e) => e.code)];
};
const liabilities = async (id = loan, key = bank): Promise<string[]> =>
  (await t.get(`guarantees?loanId=${id}&sort=id`, key)).body.items.map((g: { liability: string }) => g.liability);
const idOf = async (party: string, id = loan): Promise<string> =>
  (await t.get(`guarantees?loanId=${id}&party=${party}`, bank)).body.items[0].id;
/** The books say what the guarantees say: their sum, mirrored. */
async function expectBooked(): Promise<void> {
  const { rows } = await t.pool.query(
    `SELECT (SELECT coalesce(sum(liability), 0)::text FROM guarantee) AS told, coalesce(sum(balance) FILTER (WHERE code = '9401'), 0)::text AS booked,
            coalesce(sum(balance) FILTER (WHERE code = '9402'), 0)::text AS mirrored FROM ledger.account WHERE book_id = 'pingluo'`,
  );
  expect([Number(rows[0].booked), Number(rows[0].mirrored)]).toEqual([Number(rows[0].told), Number(rows[0].told)]);
}

describe('A guarantee told at filing', () => {
  it('answers for nothing before consent, and for its part of what is counted from then on', async () => {
    const { status, body } = await tell(OWN);
    expect([status, body.errors]).toEqual([201, undefined]);
    expect(body).toMatchObject({
      ...{ partyName: '宁夏科技融资担保有限公司', percent: '25', annualRate: '1.00', dayCountBasis: 'actual360' },
      ...{ liability: '0.00', paid: '0.00', status: 'active' },
      checks: [
        { code: 'GUARANTEE_SHARE', verdict: 'pass' },
        { code: 'FEE_RATE', verdict: 'pass' },
      ],
    });
    expect((await tell(RE)).status).toBe(201);
    expect((await writingNothing(t, () => tell(OWN))).body.id).toBe(body.id);
    expect(await refusal(() => tell({ ...OWN, percent: '30' }))).toEqual([409, 'GUARANTEE_CONFLICT']);
    expect((await t.post(`loan-filings/${loan}/consent`, undefined, county)).status).toBe(200);
    expect(await liabilities()).toEqual(['200000.00', '160000.00']);
    await expectBooked();
  });

  it.each<[string, object, string[]]>([
    ['of an institution that there is not', { party: 'nobody' }, ['INSTITUTION_UNKNOWN']],
    ['of one of another kind', { party: 'renbao' }, ['PARTY_KIND']],
    ['of no partner of the pool', { party: 'far-db' }, ['NOT_A_PARTNER']],
    [
      'beyond the shares of the programme',
      { role: 'reguarantor', party: 'ningxia-zdb', percent: '10', annualRate: undefined },
      ['GUARANTEE_SHARE'],
    ],
    ['with a fee above its ceiling', { annualRate: '1.01' }, ['FEE_ABOVE_CEILING']],
    [
      'signed tomorrow, with two faults at once',
      { signedOn: '2026-04-21', annualRate: '2' },
      ['DATE_IN_FUTURE', 'FEE_ABOVE_CEILING'],
    ],
    ['of more than all', { percent: '100.000001' }, ['GUARANTEE_SHARES']],
  ])('%s is refused and writes nothing', async (_, change, codes) => {
    const other = await file({ contractNo: `X-${codes.join()}`, countedPrincipal: '1000.00' });
    expect(await refusal(() => tell({ ...OWN, ...change }, other))).toEqual([422, 'GUARANTEE_REFUSED', ...codes]);
  });

  it('of a loan on credit is refused for a guarantor, and not for an insurer', async () => {
    const credit = await file({ guaranteeMode: 'credit', countedPrincipal: '1000.00' });
    expect(await refusal(() => tell(OWN, credit))).toEqual([422, 'GUARANTEE_REFUSED', 'GUARANTEE_MODE']);
    const insured = await tell(
      { party: 'renbao', role: 'insurer', percent: '20', contractNo: 'BX-1', signedOn: '2026-04-16' },
      credit,
    );
    expect(insured.status).toBe(201);
    expect(await refusal(() => tell({ ...OWN, percent: 25 }))).toEqual([422, 'INVALID_INPUT', expect.any(String)]);
    expect((await refusal(() => tell({ ...OWN, percent: '0.00' }))).slice(0, 2)).toEqual([422, 'INVALID_INPUT']);
  });

  it('is the bank’s own to tell, and seen by bank, party and offices only', async () => {
    expect(await refusal(() => tell(OWN, loan, t.key('bank', 'ningxia-bank')))).toEqual([404, 'NOT_FOUND']);
    expect((await refusal(() => tell(OWN, loan, guarantor)))[0]).toBe(403);
    expect((await t.get('guarantees', t.key('bank', 'ningxia-bank'))).body.total).toBe(0);
    expect((await t.get('guarantees', guarantor)).body.items.map((g: { party: string }) => g.party)).toEqual([
      'ningxia-db',
    ]);
    expect((await t.get('guarantees', reguarantor)).body.items.map((g: { party: string }) => g.party)).toEqual([
      'ningxia-zdb',
    ]);
    expect((await t.get(`guarantees/${await idOf('ningxia-zdb')}`, guarantor)).status).toBe(404);
    expect((await t.get('guarantees', county)).body.total).toBe(3);
    expect((await t.get('guarantees?q=再担保', finance)).body.total).toBe(1);
    expect((await t.get('loans', guarantor)).status).toBe(403);
    expect((await t.get('pools', guarantor)).body.items.map((p: { code: string }) => p.code)).toEqual(['pingluo']);
    const home = (await t.get('home', guarantor)).body;
    expect(home.figures[0]).toMatchObject({ label: '担保责任余额', value: '200000.00' });
  });
});

describe('Over the life of the loan', () => {
  it('follows every fen of what is outstanding, by largest remainder', async () => {
    await t.post(`loans/${loan}/repayments`, { amount: '333333.33', paidOn: '2026-04-18', repaymentNo: 'G1' }, bank);
    // 666,666.67 × 0.8 = 533,333.34: 133,333.34 (133,333.335 has the larger rest), 106,666.67, and the rest with bank and fund.
    const now = await liabilities();
    expect(now).toEqual(['133333.33', '106666.67']);
    await expectBooked();
    const life = (await t.get(`guarantees/${await idOf('ningxia-db')}`, guarantor)).body;
    expect(life.movements).toMatchObject([
      { occurredOn: '2026-04-20', amount: '200000.00', balance: '200000.00' },
      { occurredOn: '2026-04-20', amount: minus(now[0]!, '200000.00'), balance: now[0] },
    ]);
  });

  it('told of a loan that is in the pool already, begins with the loan’s own admission', async () => {
    const later = await file({ countedPrincipal: '300000.00' });
    await t.post(`loan-filings/${later}/consent`, undefined, county);
    const { status, body } = await tell({ ...OWN, contractNo: 'DB-2' }, later);
    expect([status, body.liability]).toEqual([201, '75000.00']);
    const cancelled = await t.post(`guarantees/${body.id}/cancel`, { reason: '误登' }, bank);
    expect(cancelled.body).toMatchObject({ status: 'cancelled', liability: '0.00' });
    await expectBooked();
    expect((await tell({ ...OWN, contractNo: 'DB-2' }, later)).body.liability).toBe('75000.00');
    await expectBooked();
  });

  it('ends with the revocation of the filing', async () => {
    const gone = await file({ countedPrincipal: '100000.00' });
    await t.post(`loan-filings/${gone}/consent`, undefined, county);
    expect((await tell({ ...OWN, contractNo: 'DB-3' }, gone)).body.liability).toBe('25000.00');
    await t.post(`loans/${gone}/revoke`, { ground: 'misuse', reason: '挪用', occurredOn: '2026-04-20' }, county);
    expect((await t.post(`loans/${gone}/revoke/confirm`, undefined, t.key('regionalReviewer'))).status).toBe(200);
    expect(await liabilities(gone)).toEqual(['0.00']);
    expect(await refusal(() => tell({ ...RE, contractNo: 'ZDB-3' }, gone))).toEqual([409, 'LOAN_CLOSED']);
    await expectBooked();
  });
});

describe('代偿', () => {
  const pay = (body: object, id: string, key = guarantor) => t.post(`guarantees/${id}/payouts`, body, key);
  const PAYOUT = { amount: '100000.00', paidOn: '2026-04-20', voucherNo: 'DC-1' };

  it('turns what was answered for into a payment, once, and never more than that', async () => {
    const id = await idOf('ningxia-db');
    const { status, body } = await pay(PAYOUT, id);
    expect([status, body.liability, body.paid]).toEqual([201, '33333.33', '100000.00']);
    expect(body.payouts).toMatchObject([{ amount: '100000.00', voucherNo: 'DC-1', mine: true, reversedOn: null }]);
    const again = await writingNothing(t, () => pay(PAYOUT, id));
    expect([again.status, again.body.paid]).toEqual([200, '100000.00']);
    expect((await refusal(() => pay({ ...PAYOUT, amount: '1.00' }, id))).slice(0, 2)).toEqual([409, 'PAYOUT_CONFLICT']);
    const more = { ...PAYOUT, voucherNo: 'DC-2' };
    expect((await refusal(() => pay({ ...more, amount: '33333.34' }, id))).slice(0, 2)).toEqual([
      409,
      'PAYOUT_TOO_LARGE',
    ]);
    expect((await refusal(() => pay({ ...more, amount: '0.00' }, id))).slice(0, 2)).toEqual([
      422,
      'AMOUNT_NOT_POSITIVE',
    ]);
    expect((await refusal(() => pay({ ...more, paidOn: '2026-04-21' }, id))).slice(0, 2)).toEqual([
      422,
      'DATE_OUT_OF_RANGE',
    ]);
    expect((await refusal(() => pay(more, id, reguarantor))).slice(0, 2)).toEqual([404, 'NOT_FOUND']);
    expect((await refusal(() => pay(more, id, bank)))[0]).toBe(403);
    // The pool has paid nothing: it is no 风险补偿.
    expect((await t.get('pools/pingluo', finance)).body.deposits).toBe('6000000.00');
    await expectBooked();
  });

  it('is measured for the guarantor where the clause has a line for it', async () => {
    const [{ lines }] = (await t.get('breaker?poolCode=pingluo', finance)).body.items;
    expect(lines.map((l: { measure: string }) => l.measure)).not.toContain('payout');
  });

  it('taken back by another of the same party, it is answered for again', async () => {
    const id = await idOf('ningxia-db');
    const [payout] = (await t.get(`guarantees/${id}`, guarantor)).body.payouts;
    const path = `guarantees/${id}/payouts/${payout.id}/reverse`;
    expect((await refusal(() => t.post(path, { reason: '误登' }, guarantor))).slice(0, 2)).toEqual([
      403,
      'SAME_PERSON',
    ]);
    expect((await refusal(() => t.post(path, { reason: '误登' }, reguarantor))).slice(0, 2)).toEqual([
      404,
      'NOT_FOUND',
    ]);
    const { body } = await t.post(path, { reason: '误登' }, colleague);
    expect([body.liability, body.paid, body.payouts[0].reversedOn]).toEqual(['133333.33', '0.00', '2026-04-20']);
    expect((await refusal(() => t.post(path, { reason: '再次' }, colleague))).slice(0, 2)).toEqual([
      409,
      'ALREADY_REVERSED',
    ]);
    await expectBooked();
  });

  it('eight at once of which two fit: exactly two are booked', async () => {
    const id = await idOf('ningxia-db');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => pay({ ...PAYOUT, amount: '60000.00', voucherNo: `DC-1${i}` }, id)),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([201, 201, ...Array(6).fill(409)]);
    expect(await liabilities()).toEqual(['13333.33', '106666.67']);
    await expectBooked();
  });

  it('A guarantee told by mistake and a payout taken back were never released, as the circuit breaker counts', async () => {
    const released = async () => {
      const { guarantors } = await breakerSums(t.db, 'pingluo');
      return guarantors.find(({ code }) => code === 'ningxia-db')!.released.toFixed(2);
    };
    const before = await released();
    const mistaken = await file({ principal: '200000.00', countedPrincipal: '200000.00' });
    expect((await t.post(`loan-filings/${mistaken}/consent`, undefined, county)).status).toBe(200);
    const { body: told } = await tell({ ...OWN, contractNo: 'DB-MISTAKEN' }, mistaken);
    expect(told.liability).toBe('50000.00');
    const voucherNo = 'DC-MISTAKEN';
    const paidNow = { amount: '1000.00', paidOn: '2026-04-20', voucherNo };
    const { body: payout } = await t.post(`guarantees/${told.id}/payouts`, paidNow, guarantor);
    expect(await released()).toBe(plus(before, '1000.00'));
    const path = `guarantees/${told.id}/payouts/${payout.payouts.at(-1).id}/reverse`;
    const repaid = { amount: '100000.00', paidOn: '2026-04-20', repaymentNo: 'G9' };
    await t.post(`loans/${mistaken}/repayments`, repaid, bank);
    // A quarter of the 100,000.00 that are left, not what stood before the payment.
    expect((await t.post(path, { reason: '误登' }, colleague)).body).toMatchObject({
      liability: '25000.00',
      paid: '0.00',
    });
    expect(await released()).toBe(plus(before, '25000.00'));
    await expectBooked();
    expect((await t.post(`guarantees/${told.id}/cancel`, { reason: '误登' }, bank)).status).toBe(200);
    expect(await released()).toBe(before);
  });

  it('who has paid answers for no more than then, whatever is repaid', async () => {
    await t.post(`loans/${loan}/repayments`, { amount: '600000.00', paidOn: '2026-04-19', repaymentNo: 'G2' }, bank);
    const counted = (await t.get(`loans/${loan}`, bank)).body.countedOutstanding;
    expect(counted).toBe('53333.34');
    expect((await liabilities())[0]).toBe('13333.33');
    await t.post(`loans/${loan}/repayments`, { amount: '66666.67', paidOn: '2026-04-20', repaymentNo: 'G3' }, bank);
    expect(await liabilities()).toEqual(['0.00', '0.00']);
    await expectBooked();
  });
});

describe('The month’s settlement', () => {
  it('tells guarantor and re-guarantor what they answer for, what they are owed, and what was paid', async () => {
    t.on('2026-05-10');
    const { status, body } = await t.post('settlements', { poolCode: 'pingluo', period: '2026-04' }, finance);
    expect([status, body.code]).toEqual([201, undefined]);
    const kinds = body.statements.map((s: { partyKind: string; partyCode: string }) => `${s.partyKind} ${s.partyCode}`);
    expect(kinds).toEqual(expect.arrayContaining(['guarantor ningxia-db', 'reguarantor ningxia-zdb']));
    const own = (await t.get(`settlements/${body.id}`, guarantor)).body;
    expect(own.statements).toHaveLength(1);
    const [liability, fees] = own.sections;
    expect([liability.name, liability.closing]).toEqual(['担保责任余额', '75000.00']);
    // 13,333.33 stood no day; 75,000.00 from the 20th: 11 days at 1 % ÷ 360. What came and went on one day earns nothing.
    expect(fees).toMatchObject({ name: '累计应收费用', opening: '0.00', closing: '22.92' });
    expect(fees.lines[0].name).toMatch(/应付宁夏科技融资担保有限公司$/);
    expect(own.notes).toMatchObject([{ text: '本月向石嘴山银行股份有限公司代偿 120,000.00 元' }]);
    expect(own.sections.slice(2)).toMatchObject([
      { name: '累计代偿', closing: '120000.00', lines: [{ name: '向石嘴山银行股份有限公司支付' }] },
      { name: '应收再担保款', closing: '96000.00', lines: [{ name: '代偿形成（宁夏再担保集团）' }] },
    ]);
    expect((await t.get(`documents/${own.documentId}`, guarantor)).body.view.partyKind).toBe('担保机构');
    expect((await t.get('documents', reguarantor)).body.total).toBe(1);
    expect(
      plus(
        ...body.sections
          .filter((s: { name: string }) => s.name === '担保责任余额')
          .map((s: { closing: string }) => s.closing),
      ),
    ).toBe('75000.00');
  });

  it('is of its own month where a loan is repaid in the next', async () => {
    const repaid = { amount: '100000.00', paidOn: '2026-05-05', repaymentNo: 'G20' };
    expect((await t.post(`loans/${forgotten}/repayments`, repaid, bank)).status).toBe(201);
  });

  it('goes on where the month before ended: fees, 代偿 and what the re-guarantor owes for it', async () => {
    t.on('2026-06-10');
    const { status, body } = await t.post('settlements', { poolCode: 'pingluo', period: '2026-05' }, finance);
    expect([status, body.code]).toEqual([201, undefined]);
    const of = async (key: string) => (await t.get(`settlements/${body.id}`, key)).body.sections as Section[];
    const shown = (all: Section[]) => all.slice(1).map((s) => `${s.name} ${s.opening} ${s.movements} ${s.closing}`);
    // 75,000.00 for 31 days at 1 % ÷ 360.
    expect(shown(await of(guarantor))).toEqual([
      '累计应收费用 22.92 64.58 87.50',
      '累计代偿 120000.00 0.00 120000.00',
      '应收再担保款 96000.00 0.00 96000.00',
    ]);
    expect(shown(await of(reguarantor))).toEqual(['应付再担保款 96000.00 0.00 96000.00']);
  });

  it('has the same fees month by month with each guarantee, and the first page says up to when there are statements', async () => {
    const { items } = (await t.get('guarantees', guarantor)).body;
    const lives = await Promise.all(
      items.map(async ({ id }: { id: string }) => (await t.get(`guarantees/${id}`, guarantor)).body),
    );
    const fees = lives.flatMap((life) => life.fees);
    // The month that is not over counts up to today: 10 days.
    expect(fees.map(({ period, through, amount }) => [period, through, amount])).toEqual([
      ['2026-04', null, '22.92'],
      ['2026-05', null, '64.58'],
      ['2026-06', '2026-06-10', '20.83'],
    ]);
    expect(fees[0].owedTo).toBe('宁夏科技融资担保有限公司');
    expect(fees[2].explanation.inputs).toMatchObject([{ value: '10 天 × 1.00% ÷ 360' }]);
    const { sentence } = (await t.get('home', guarantor)).body;
    expect(sentence).toContain('结算单已出至 5 月');
  });

  it('takes the fees of closed months when a guarantee is told late, each line and note naming its month', async () => {
    const { status, body } = await tell({ ...OWN, contractNo: 'DB-LATE' }, forgotten);
    expect([status, body.liability]).toEqual([201, '75000.00']);
    const feesNow = async (key: string) =>
      (await t.get(`guarantees/${body.id}`, key)).body.fees.map(
        (f: { period: string; takenIn: string | null; amount: string }) => [f.period, f.takenIn, f.amount],
      );
    // 100,000.00 from consent on the 20th of April, 75,000.00 from the 5th of May, at 1 % ÷ 360: 11 days; 4 and 27 days; 10 days.
    const told = [
      ['2026-04', '2026-06', '30.56'],
      ['2026-05', '2026-06', '67.36'],
      ['2026-06', null, '20.83'],
    ];
    expect([await feesNow(guarantor), await feesNow(bank)]).toEqual([told, told]);
    t.on('2026-07-10');
    const june = (await t.post('settlements', { poolCode: 'pingluo', period: '2026-06' }, finance)).body;
    const own = (await t.get(`settlements/${june.id}`, guarantor)).body;
    const fees = (own.sections as Section[]).find(({ name }) => name === '累计应收费用')!;
    // Of June itself 62.50 for each of two guarantees of 75,000.00.
    expect([fees.opening, fees.movements, fees.closing]).toEqual(['87.50', '222.92', '310.42']);
    expect(fees.lines.map(({ name, amount }) => [name.replace(/^.*有限公司/, ''), amount])).toEqual([
      ['', '125.00'],
      ['（补计 2026-04）', '30.56'],
      ['（补计 2026-05）', '67.36'],
    ]);
    expect(own.notes).toEqual(
      expect.arrayContaining([
        { kind: 'adjustment', text: '补登担保的费用 30.56 元，记入本月', belongsTo: '2026-04' },
        { kind: 'adjustment', text: '补登担保的费用 67.36 元，记入本月', belongsTo: '2026-05' },
      ]),
    );
    t.on('2026-08-10');
    const july = (await t.post('settlements', { poolCode: 'pingluo', period: '2026-07' }, finance)).body;
    const next = (await t.get(`settlements/${july.id}`, guarantor)).body.sections as Section[];
    expect(next.find(({ name }) => name === '累计应收费用')).toMatchObject({ opening: '310.42', movements: '129.16' });
  });

  it('owes nothing for a guarantee told late by mistake and cancelled before its month is settled', async () => {
    const paidOff = { amount: '1.00', paidOn: '2026-08-10', repaymentNo: 'G21' };
    expect((await t.post(`loans/${forgotten}/repayments`, paidOff, bank)).status).toBe(201);
    const { body } = await tell({ ...RE, contractNo: 'ZDB-LATE' }, forgotten);
    const before = (await t.get(`guarantees/${body.id}`, bank)).body.fees;
    expect(before.map((f: { takenIn: string | null }) => f.takenIn)).toEqual([...Array(4).fill('2026-08'), null]);
    expect((await t.post(`guarantees/${body.id}/cancel`, { reason: '误登' }, bank)).status).toBe(200);
    expect((await t.get(`guarantees/${body.id}`, bank)).body.fees).toEqual([]);
  });
});

interface Section {
  name: string;
  opening: string;
  movements: string;
  closing: string;
  lines: { name: string; amount: string }[];
}

it('No error was logged, and the book stands every test', async () => {
  expect(t.log.errors).toEqual([]);
  expect((await t.pool.query(`SELECT * FROM ledger.verify('pingluo')`)).rows).toEqual([]);
});
