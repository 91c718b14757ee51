import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { balances, claimFor, DAYS, expectStatus, funded, lender, paid, people, successors } from './claims-support.ts';
import { minus, plus, writingNothing } from './support.ts';

let t: Demonstration;
let who: ReturnType<typeof people>;
/** Paid claims of 100,000.00 each: 40,000.00, 40,000.00 and 20,000.00. */
let stock: string[];
/** One of 3,000,000.00, of which a panel decides the write-off. */
let large: string;

beforeAll(async () => {
  t = await startDemonstration();
  who = people(t);
  await funded(t, '3000000.00', '3000000.00');
  const lend = lender(t);
  const loans = [];
  for (let i = 0; i < 14; i++) loans.push(await lend({ principal: '100000.00', countedPrincipal: '100000.00' }));
  const big = await lend({ principal: '3000000.00', countedPrincipal: '3000000.00' });
  t.on(DAYS.claimed);
  stock = [];
  for (const { dueBillNo } of loans) stock.push(await paid(t, claimFor(dueBillNo, '100000.00')));
  large = await paid(t, claimFor(big.dueBillNo, '3000000.00'));
}, 120_000);
afterAll(() => t.stop());

const post = (path: string, body: unknown, key = who.finance) => t.post(path, body, key);
let receipts = 0;
const receipt = (amount: string, more: object = {}) => ({
  ...{
    amount,
    basis: 'gross',
    obtainedOn: DAYS.claimed,
    receivedOn: DAYS.claimed,
    receiptNo: `R${++receipts}`,
    ...more,
  },
});
const recover = async (id: string, amount: string, more: object = {}) =>
  expectStatus(await post(`claims/${id}/recoveries`, receipt(amount, more)), 201);
const amounts = (rows: { kind: string; party: string; amount: string }[]) =>
  rows.map((r) => `${r.kind} ${r.party} ${r.amount}`);
const claim = async (id: string) => (await t.get(`claims/${id}`, who.finance)).body;
const left = async (id: string) => (await claim(id)).waterfall.rows.map((r: { outstanding: string }) => r.outstanding);
const refused = async (path: string, body: unknown, key = who.finance) => {
  const { status, body: problem } = await writingNothing(t, () => post(path, body, key));
  return [status, problem.code];
};
/** What a book holds of one claim, and of what it owes others. */
const held = async (id: string) => {
  const all = await balances(t);
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.split(' ')[1]!.startsWith(`${id}:`)));
};
const owed = async (party: string) => (await balances(t))[`2307 ${party}`] ?? '0.00';

describe('Money that comes back', () => {
  it('is shared by what each bore, cost first to who paid it, cumulatively to the fen', async () => {
    const id = stock.pop()!;
    const before = await owed('shizuishan-bank');
    const first = await recover(id, '1000.03', { cost: '100.00' });
    expect(amounts(first.distribution)).toEqual([
      'costRepaid shizuishan-bank 100.00',
      'recovery ningxia-st 360.01',
      'recovery pingluo-st 360.01',
      'recovery shizuishan-bank 180.01',
    ]);
    expect(await owed('shizuishan-bank')).toBe(plus(before, '280.01'));
    const second = await recover(id, '0.02');
    expect(amounts(second.distribution)).toEqual(['recovery ningxia-st 0.01', 'recovery pingluo-st 0.01']);
    expect(await held(id)).toEqual({
      [`1218 ${id}:ningxia-st`]: '39639.98',
      [`1218 ${id}:pingluo-st`]: '39639.98',
      [`9201 ${id}:shizuishan-bank`]: '19819.99',
      [`9202 ${id}:shizuishan-bank`]: '19819.99',
    });
  });

  it('says when it was remitted late, and is taken all the same', async () => {
    t.on('2026-09-20');
    const late = await recover(stock[0]!, '10.00', { obtainedOn: '2026-09-01', receivedOn: '2026-09-20' });
    expect(late.remittance).toMatchObject({ code: 'RECOVERY_REMITTED_LATE', verdict: 'warn' });
    const inTime = await recover(stock[0]!, '10.00', { obtainedOn: '2026-09-15', receivedOn: '2026-09-20' });
    expect(inTime.remittance.verdict).toBe('pass');
    t.on(DAYS.claimed);
  });

  it('in any order and any number of receipts ends at the same place, all of it at 0.00 for everyone', async () => {
    const [one, other] = [stock.pop()!, stock.pop()!];
    for (const amount of ['33333.33', '0.02', '66666.65']) await recover(one, amount);
    for (const amount of ['66666.65', '33333.33', '0.01', '0.01']) await recover(other, amount);
    expect([await left(one), await left(other)]).toEqual([
      ['0.00', '0.00', '0.00'],
      ['0.00', '0.00', '0.00'],
    ]);
    expect([await held(one), await held(other)]).toEqual([{}, {}]);
  });

  it('beyond every bearer goes to the bank’s proven interest, then to the borrower, and is paid out by two people', async () => {
    const id = stock.pop()!;
    const { enterpriseUscc } = await claim(id);
    expectStatus(
      await post(`claims/${id}/interest`, { amount: '500.00', provenOn: DAYS.claimed, note: '利息清单' }),
      201,
    );
    const all = await recover(id, '101000.00');
    expect(amounts(all.distribution)).toEqual([
      'recovery ningxia-st 40000.00',
      'recovery pingluo-st 40000.00',
      'recovery shizuishan-bank 20000.00',
      'bankInterest shizuishan-bank 500.00',
      'borrower borrower 500.00',
    ]);
    expect(await owed(enterpriseUscc)).toBe('500.00');
    const payout = {
      poolCode: 'pingluo',
      party: enterpriseUscc,
      amount: '500.00',
      paidOn: DAYS.claimed,
      voucherNo: 'P1',
    };
    expect(await refused('payouts', { ...payout, amount: '500.01' })).toEqual([409, 'PAYABLE_SHORT']);
    const proposed = expectStatus(await post('payouts', payout), 201);
    expect((await writingNothing(t, () => post('payouts', payout))).body.id).toBe(proposed.id);
    expect(await refused('payouts', { ...payout, amount: '400.00' })).toEqual([409, 'VOUCHER_CONFLICT']);
    expect(await refused(`payouts/${proposed.id}/confirm`, undefined)).toEqual([403, 'SAME_PERSON']);
    expect(expectStatus(await post(`payouts/${proposed.id}/confirm`, undefined, who.other), 200).status).toBe(
      'confirmed',
    );
    expect(await owed(enterpriseUscc)).toBe('0.00');
    expect(await refused(`payouts/${proposed.id}/confirm`, undefined, who.other)).toEqual([409, 'ALREADY_DECIDED']);
  });

  it('meets first what the pool had advanced for the pursuit, which two people decided', async () => {
    const id = stock.pop()!;
    const cost = { amount: '300.00', paidBy: 'pool', paidOn: DAYS.claimed, voucherNo: 'C1' };
    const proposed = expectStatus(await post(`claims/${id}/costs`, cost), 201);
    expect(proposed.status).toBe('proposed');
    expect((await writingNothing(t, () => post(`claims/${id}/costs`, cost))).body).toEqual(proposed);
    expect(await refused(`claims/${id}/costs`, { ...cost, amount: '301.00' })).toEqual([409, 'RECEIPT_CONFLICT']);
    expect(await refused(`claims/${id}/costs`, { ...cost, voucherNo: 'C2' })).toEqual([409, 'PROPOSAL_OPEN']);
    expect(await refused(`claims/${id}/costs/confirm`, undefined)).toEqual([403, 'SAME_PERSON']);
    expect((await held(id))[`1218 ${id}:cost`]).toBeUndefined();
    const alone = `INSERT INTO claim_event (claim_id, pool_code, bank_code, kind, reference, occurred_on, amount, paid_by, receipt_no, recorded_by, recorded_on)
      VALUES ($1, 'pingluo', 'shizuishan-bank', 'cost', 'alone', '2026-09-01', 300, 'pool', 'C1', 'x', '2026-09-01')`;
    await expect(t.pool.query(alone, [id])).rejects.toThrow('SAME_PERSON');
    expectStatus(await post(`claims/${id}/costs/confirm`, undefined, who.other), 200);
    await expect(t.pool.query(alone, [id])).rejects.toThrow('SAME_PERSON');
    expect(expectStatus(await post(`claims/${id}/costs`, cost), 201).status).toBe('recorded');
    expect((await held(id))[`1218 ${id}:cost`]).toBe('300.00');
    const first = await recover(id, '200.00');
    expect(amounts(first.distribution)).toEqual(['costRepaid pool 200.00']);
    const second = await recover(id, '200.00');
    expect(amounts(second.distribution)).toEqual([
      'costRepaid pool 100.00',
      'recovery ningxia-st 40.00',
      'recovery pingluo-st 40.00',
      'recovery shizuishan-bank 20.00',
    ]);
    expect((await held(id))[`1218 ${id}:cost`]).toBeUndefined();
  });

  it('is booked once, whoever repeats it; the same receipt with other content is a conflict', async () => {
    const id = stock.at(-1)!;
    const body = receipt('77.00', { receiptNo: 'ONCE' });
    const answers = await Promise.all(Array.from({ length: 16 }, () => post(`claims/${id}/recoveries`, body)));
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    expect(answers.filter((a) => a.status === 201)).toHaveLength(1);
    expect((await writingNothing(t, () => post(`claims/${id}/recoveries`, body))).status).toBe(200);
    for (const change of [{ amount: '78.00' }, { basis: 'net' }, { obtainedOn: '2026-08-31' }])
      expect(await refused(`claims/${id}/recoveries`, { ...body, ...change })).toEqual([409, 'RECEIPT_CONFLICT']);
    expect(await refused(`claims/${large}/recoveries`, { ...body, receiptNo: 'IN-ningxia-st' })).toEqual([
      409,
      'RECEIPT_CONFLICT',
    ]);
  });

  it.each<[string, object, number, string]>([
    ['nothing', { amount: '0.00' }, 422, 'AMOUNT_NOT_POSITIVE'],
    ['more cost than proceeds', { amount: '1.00', cost: '1.01' }, 422, 'COST_ABOVE_PROCEEDS'],
    ['a day to come', { amount: '1.00', receivedOn: '2026-09-02' }, 422, 'DATE_OUT_OF_RANGE'],
    ['got by the bank after it came in', { amount: '1.00', obtainedOn: '2026-09-02' }, 422, 'DATE_ORDER'],
    ['a cost paid by a stranger', { amount: '2.00', cost: '1.00', costPaidBy: 'ningxia-bank' }, 422, 'PAYER_UNKNOWN'],
    [
      'a cost of the pool that it never advanced',
      { amount: '2.00', cost: '1.00', costPaidBy: 'pool' },
      422,
      'PAYER_UNKNOWN',
    ],
    ['on another account', { amount: '1.00', accountNo: '6400100155550002' }, 422, 'ACCOUNT_UNKNOWN'],
  ])('is refused as %s', async (_, body, status, code) => {
    expect(await refused(`claims/${large}/recoveries`, { ...receipt('1.00'), ...body })).toEqual([status, code]);
  });

  it('is not recorded by a bank, nor before anything was paid', async () => {
    expect(await refused(`claims/${large}/recoveries`, receipt('1.00'), who.bank)).toEqual([403, 'FORBIDDEN']);
    expect(await refused('claims/999/recoveries', receipt('1.00'))).toEqual([404, 'NOT_FOUND']);
  });
});

describe('A mistaken receipt', () => {
  it('is taken back by another person with a cited reversal, as if it had never come, and its number is free again', async () => {
    const id = stock.pop()!;
    const before = [await held(id), await owed('shizuishan-bank'), await left(id)];
    const wrong = await recover(id, '999.99', { receiptNo: 'WRONG' });
    const path = `claims/${id}/events/${wrong.id}/reverse`;
    expect(await refused(path, { reason: '误登' })).toEqual([403, 'SAME_PERSON']);
    expectStatus(await post(path, { reason: '误登' }, who.other), 200);
    expect([await held(id), await owed('shizuishan-bank'), await left(id)]).toEqual(before);
    expect(await refused(path, { reason: '误登' }, who.other)).toEqual([409, 'ALREADY_REVERSED']);
    const { rows } = await t.pool.query(
      `SELECT reverses FROM ledger.entry WHERE book_id = 'pingluo' ORDER BY seq DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ reverses: 'recovery:pingluo:WRONG' }]);
    await recover(id, '999.99', { receiptNo: 'WRONG' });
  });

  it('under later ones gives back what it would not have got, and the whole stands as without it', async () => {
    const [id, plain] = [stock.pop()!, stock.pop()!];
    const wrong = await recover(id, '0.01');
    for (const claimId of [id, plain]) for (const amount of ['0.03', '0.01', '7.77']) await recover(claimId, amount);
    expectStatus(await post(`claims/${id}/events/${wrong.id}/reverse`, { reason: '误登' }, who.other), 200);
    expect(await left(id)).toEqual(await left(plain));
  });

  it('is not taken back when its money has been passed on', async () => {
    const id = stock.at(-1)!;
    const got = await recover(id, '100.00');
    const amount = await owed('shizuishan-bank');
    const payout = { poolCode: 'pingluo', party: 'shizuishan-bank', amount, paidOn: DAYS.claimed, voucherNo: 'P2' };
    const { id: payoutId } = expectStatus(await post('payouts', payout), 201);
    expectStatus(await post(`payouts/${payoutId}/confirm`, undefined, who.other), 200);
    expect(await refused(`claims/${id}/events/${got.id}/reverse`, { reason: '误登' }, who.other)).toEqual([
      409,
      'ALREADY_PAID_OUT',
    ]);
  });
});

describe('A write-off', () => {
  it('needs two years or a court, a panel above 1,000,000.00, and a second person', async () => {
    const reason = '已无可供执行的财产';
    expect(await refused(`claims/${large}/write-off`, { reason })).toEqual([422, 'WRITE_OFF_REFUSED']);
    t.on('2028-09-01');
    who = await successors(t);
    const { body } = await post(`claims/${large}/write-off`, { reason });
    expect([body.code, body.errors[0].code]).toEqual(['WRITE_OFF_REFUSED', 'WRITE_OFF_PANEL_NEEDED']);
    const panel = { decidedOn: '2028-08-31', members: ['甲', '乙', '丙'], recused: [], substitutes: [] };
    const proposed = expectStatus(await post(`claims/${large}/write-off`, { reason, panel }), 200);
    expect(proposed.proposals).toMatchObject([{ kind: 'writeOff', status: 'proposed', amount: '2400000.00' }]);
    expect(await refused(`claims/${large}/write-off`, { reason, panel })).toEqual([409, 'PROPOSAL_OPEN']);
    expect(await refused(`claims/${large}/write-off/confirm`, undefined)).toEqual([403, 'SAME_PERSON']);
  });

  it('takes each contributor’s share down by exactly its part, and stays in the books off the balance sheet', async () => {
    const before = await balances(t);
    const pool = (await t.get('pools/pingluo', who.finance)).body;
    expectStatus(await post(`claims/${large}/write-off/confirm`, undefined, who.first), 200);
    const after = await balances(t);
    for (const party of ['ningxia-st', 'pingluo-st']) {
      expect(after[`2901 ${party}`]).toBe(minus(before[`2901 ${party}`]!, '1200000.00'));
      expect([after[`1218 ${large}:${party}`], after[`9301 ${large}:${party}`]]).toEqual([undefined, '1200000.00']);
    }
    expect((await t.get('pools/pingluo', who.finance)).body).toMatchObject({
      capital: pool.capital,
      deposits: pool.deposits,
    });
    expect(await claim(large)).toMatchObject({ writtenOff: '2400000.00', outstanding: '2400000.00' });
  });

  it('is followed by pursuit: what comes back raises the contributors’ shares again', async () => {
    const before = await balances(t);
    const { distribution } = await recover(large, '1000.00');
    expect(amounts(distribution)).toEqual([
      'recoveryAfterWriteOff ningxia-st 400.00',
      'recoveryAfterWriteOff pingluo-st 400.00',
      'recovery shizuishan-bank 200.00',
    ]);
    const after = await balances(t);
    expect(after['2901 ningxia-st']).toBe(plus(before['2901 ningxia-st']!, '400.00'));
    expect(after[`9301 ${large}:ningxia-st`]).toBe('1199600.00');
  });

  it('of what the pool paid for the pursuit takes it from the shares, too, and what comes back later meets it first', async () => {
    const cost = { amount: '300.01', paidBy: 'pool', paidOn: '2028-09-01', voucherNo: 'LATE' };
    expectStatus(await post(`claims/${large}/costs`, cost), 201);
    expectStatus(await post(`claims/${large}/costs/confirm`, undefined, who.other), 200);
    const { writeOffCost } = await claim(large);
    const parts = new Map<string, string>(
      writeOffCost.map(({ party, amount }: { party: string; amount: string }) => [party, amount]),
    );
    expect(plus(...parts.values())).toBe('300.01');
    expect((await t.get(`claims/${large}`, who.bank)).body.writeOffCost).toEqual([]);
    const [before, pool] = [await balances(t), (await t.get('pools/pingluo', who.finance)).body];
    const { proposals } = expectStatus(await post(`claims/${large}/write-off`, { reason: '无财产' }), 200);
    expect(proposals.at(-1)).toMatchObject({ kind: 'writeOff', amount: '300.01' });
    expectStatus(await post(`claims/${large}/write-off/confirm`, undefined, who.first), 200);
    const after = await balances(t);
    for (const [party, part] of parts) {
      expect(after[`2901 ${party}`]).toBe(minus(before[`2901 ${party}`]!, part));
      expect(after[`9301 ${large}:${party}`]).toBe(plus(before[`9301 ${large}:${party}`]!, part));
    }
    expect([before[`1218 ${large}:cost`], after[`1218 ${large}:cost`]]).toEqual(['300.01', undefined]);
    expect((await t.get('pools/pingluo', who.finance)).body.capital).toBe(pool.capital);
    const { waterfall, writeOffCost: nothing } = await claim(large);
    expect([waterfall.costs, nothing]).toEqual([{ paid: '300.01', repaid: '0.00', writtenOff: '300.01' }, []]);
    const papers = (await t.get('documents?kind=writeOffSheet', who.finance)).body.items;
    const views = await Promise.all(
      papers.map(async ({ id }: { id: string }) => (await t.get(`documents/${id}`, who.finance)).body.view),
    );
    const sheet = views.find(({ rows }) => rows[0].cost !== undefined);
    const cells = sheet.rows.map((row: { amount: string; cost: string }) => `${row.amount} ${row.cost}`);
    expect(cells.sort()).toEqual([...parts.values()].map((part) => `0.00 ${part}`).sort());
    const { distribution } = await recover(large, '300.02');
    expect(amounts(distribution)).toEqual([
      ...[...parts].map(([party, part]) => `costAfterWriteOff ${party} ${part}`),
      expect.stringMatching(/^recovery.* 0\.01$/),
    ]);
    const settled = await balances(t);
    for (const party of parts.keys())
      expect(minus(settled[`9301 ${large}:${party}`]!, before[`9301 ${large}:${party}`]!)).toMatch(/^(0\.00|-0\.01)$/);
  });

  it('that was proposed may be taken back by its maker or refused by another, with a reason', async () => {
    const id = stock.at(-1)!;
    expectStatus(await post(`claims/${id}/write-off`, { reason: '无财产' }), 200);
    const { proposals } = expectStatus(
      await post(`claims/${id}/write-off/refuse`, { reason: '尚有线索' }, who.other),
      200,
    );
    expect(proposals.at(-1)).toMatchObject({ status: 'refused', reason: '尚有线索' });
    expectStatus(await post(`claims/${id}/write-off`, { reason: '无财产' }), 200);
    const own = expectStatus(await post(`claims/${id}/write-off/refuse`, { reason: '重新核实' }), 200);
    expect(own.proposals.at(-1).status).toBe('withdrawn');
    t.on(DAYS.claimed);
  });
});

describe('A compensation on false grounds', () => {
  it('is paid back whole, decided by two, and the bank is not received for three years', async () => {
    const id = stock.shift()!;
    await recover(id, '980.00');
    expect(await refused(`claims/${id}/refund`, { ground: 'other', reason: 'x' })).toEqual([422, 'GROUND_UNKNOWN']);
    expectStatus(await post(`claims/${id}/refund`, { ground: 'false', reason: '合同系伪造' }), 200);
    const cost = { amount: '300.00', paidBy: 'pool', paidOn: DAYS.claimed, voucherNo: 'C9' };
    expectStatus(await post(`claims/${id}/costs`, cost), 201);
    expectStatus(await post(`claims/${id}/costs/confirm`, undefined, who.other), 200);
    expect((await claim(id)).refundable).toBe('79500.00');
    const back = { amount: '79500.00', receivedOn: DAYS.claimed, receiptNo: 'BACK' };
    expect(await refused(`claims/${id}/refund/receive`, back)).toEqual([409, 'REFUND_NOT_DECIDED']);
    expect(await refused(`claims/${id}/refund/confirm`, undefined)).toEqual([403, 'SAME_PERSON']);
    expectStatus(await post(`claims/${id}/refund/confirm`, undefined, who.second), 200);
    expect(await refused(`claims/${id}/refund/receive`, { ...back, amount: '79200.00' })).toEqual([
      422,
      'REFUND_AMOUNT',
    ]);
    const capital = (await t.get('pools/pingluo', who.finance)).body.capital;
    const refunded = expectStatus(await post(`claims/${id}/refund/receive`, back), 200);
    expect(refunded).toMatchObject({ status: 'refunded', outstanding: '0.00' });
    expect((await writingNothing(t, () => post(`claims/${id}/refund/receive`, back))).status).toBe(200);
    expect((await t.get('pools/pingluo', who.finance)).body.capital).toBe(plus(capital, '79500.00'));
    expect(await held(id)).toEqual({});
    expect((await t.get(`loans/${refunded.loanId}`, who.bank)).body.status).toBe('revoked');
    expect(await refused(`claims/${id}/recoveries`, receipt('1.00'))).toEqual([409, 'ALREADY_REFUNDED']);
    const { rows } = await t.pool.query('SELECT policy_code AS policy, until::text FROM claim_ban');
    expect(rows).toEqual([{ policy: 'ningkedai-2025', until: '2029-09-01' }]);
    // Whoever checks a claim in another pool does not see whose it was, but the day, under the same document only.
    const elsewhere = await t.pool.connect();
    await elsewhere.query('BEGIN');
    await elsewhere.query('SET LOCAL ROLE ningkedai_app');
    const { rows: told } = await elsewhere.query(
      `SELECT (SELECT count(*)::int FROM claim_ban) AS seen, p AS policy, banned_until(p, 'shizuishan-bank', '2026-09-02')::text AS until
         FROM unnest(ARRAY['ningkedai-2025', 'henan-2025']) p`,
    );
    await elsewhere.query('ROLLBACK');
    elsewhere.release();
    expect(told).toEqual([
      { seen: 0, policy: 'ningkedai-2025', until: '2029-09-01' },
      { seen: 0, policy: 'henan-2025', until: null },
    ]);
    const { items } = (await t.get(`documents?subject=claim:${id}&sort=number`, who.finance)).body;
    expect(items.filter((d: { voidedOn: string | null }) => d.voidedOn).map((d: { kind: string }) => d.kind)).toEqual([
      'claimApproval',
      'paymentNotice',
    ]);
  });
});

it('No error was logged, the books stand every test, and deposits are what is owed less what is out', async () => {
  expect(t.log.errors).toEqual([]);
  expect((await t.pool.query("SELECT * FROM ledger.verify('pingluo')")).rows).toEqual([]);
  const of = async (code: string) =>
    plus('0.00', ...Object.entries(await balances(t)).flatMap(([name, b]) => (name.startsWith(`${code} `) ? [b] : [])));
  expect(plus(await of('1002'), await of('1218'))).toBe(plus(await of('2901'), await of('2307')));
});
