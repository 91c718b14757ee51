import { afterAll, beforeAll, expect, it } from 'vitest';
import { settleDue } from '../../src/settlement/service.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { type Clone, cloneDatabase, contents, settled, startWorkerProcess } from './support.ts';

const LOANS = 120_000; // three batches of 50,000
const TODAY = '2026-02-10';
let t: Demonstration;
let unkilled: Clone;
let together: Clone;

beforeAll(async () => {
  t = await startDemonstration('2026-01-12');
  t.on(TODAY);
  await t.post('settlements', { poolCode: 'yinchuan', period: '2026-01' }, t.key('finance'));
  await seed();
  unkilled = await cloneDatabase(t.url);
  together = await cloneDatabase(t.url);
}, 120_000);
afterAll(async () => {
  await Promise.all([unkilled?.drop(), together?.drop()]);
  await t?.stop();
});

/** 120,000 small loans of two banks in 平罗, consented on 15 January; of each some repaid 100.00, some of each class, some not reported. */
async function seed(): Promise<void> {
  await t.pool.query(`
    INSERT INTO loan_filing (id, pool_code, bank_code, enterprise_uscc, contract_no, due_bill_no, principal, counted_principal, annual_rate, disbursed_on, matures_on,
      day_count_basis, repayment_method, guarantee_mode, first_loan, purpose, filed_on, status, facts, content, filed_by, decided_by, decided_on)
    SELECT g, 'pingluo', CASE g % 3 WHEN 0 THEN 'ningxia-bank' ELSE 'shizuishan-bank' END, '91640221MA9006026Y', 'HT' || g, 'JJ' || g, 500, 400, 3, '2026-01-10', '2026-12-10',
      'actual360', 'monthlyInterest', 'credit', false, 'rnd', '2026-01-12', 'consented', '{"name": "宁夏沐能精密机械有限公司"}', '', 'a', 'b', '2026-01-15' FROM generate_series(1, ${LOANS}) g;
    INSERT INTO loan (id, pool_code, bank_code, enterprise_uscc, due_bill_no, principal, counted_principal, outstanding_principal, admitted_on, disbursed_on, matures_on, status)
    SELECT id, pool_code, bank_code, enterprise_uscc, due_bill_no, 500, 400, CASE WHEN id % 5 = 0 THEN 400 ELSE 500 END, '2026-01-15', disbursed_on, matures_on, 'active' FROM loan_filing;
    INSERT INTO pool_exposure (pool_code, key, bank_code, subject, counted_outstanding, reserve)
    SELECT pool_code, id, bank_code, due_bill_no, outstanding_principal * 4 / 5, outstanding_principal * 4 / 50 FROM loan;
    INSERT INTO loan_event (loan_id, pool_code, bank_code, kind, reference, occurred_on, principal_delta, counted_delta, reserve_delta, recorded_by)
    SELECT id, pool_code, bank_code, 'admission', 'admission:' || id, '2026-01-15', 500, 400, 40, 'b' FROM loan;
    INSERT INTO loan_event (loan_id, pool_code, bank_code, kind, reference, occurred_on, principal_delta, counted_delta, reserve_delta, recorded_by)
    SELECT id, pool_code, bank_code, 'repayment', 'repayment:' || id, CASE WHEN id % 2 = 0 THEN '2026-01-20' ELSE '2026-02-05' END::date, -100, -80, -8, 'b' FROM loan WHERE id % 5 = 0;
    INSERT INTO balance_report (bank_code, period, received_on) VALUES ('ningxia-bank', '2026-01', '2026-02-05'), ('shizuishan-bank', '2026-01', '2026-02-05');
    INSERT INTO balance_report_line (loan_id, period, report_id, pool_code, bank_code, outstanding_principal, principal_repaid, interest_paid, classification, overdue_days, paid_off, received_on,
      expected_principal, expected_interest, expected_outstanding)
    SELECT l.id, '2026-01', r.id, pool_code, l.bank_code, outstanding_principal, 0, 0, CASE l.id % 11 WHEN 0 THEN 'substandard' WHEN 1 THEN 'specialMention' ELSE 'normal' END,
      CASE WHEN l.id % 11 < 2 THEN l.id % 300 ELSE 0 END, false, '2026-02-05', 0, 0, 500 FROM loan l JOIN balance_report r USING (bank_code) WHERE l.id % 1000 <> 0;
    UPDATE pool_position p SET (counted_outstanding, reserved, admitted) = (SELECT sum(counted_outstanding), sum(reserve), sum(counted_outstanding) FROM pool_exposure) WHERE pool_code = 'pingluo';
    SELECT ledger.post('pingluo', 'seed', '2026-01-15', 'reserve', '入池占用准备金', '[]', ARRAY['9101', '9102'], ARRAY['shizuishan-bank', 'shizuishan-bank'], ARRAY['D', 'C'],
      ARRAY[(SELECT sum(reserve) FROM pool_exposure), (SELECT sum(reserve) FROM pool_exposure)], ARRAY[NULL, NULL]::text[], 'b');
    INSERT INTO document_serial (word, year, last) VALUES ('宁科贷账', 2026, 0);
    ANALYZE;`);
}

/** Takes a row's lock, which the worker will need, in turn with it until the row is as wanted, and then keeps it until `release`. */
async function holding(row: string, wanted: (row: { cursor?: number }) => boolean) {
  const client = await t.pool.connect();
  let held: { cursor?: number } | undefined;
  const taken = async () => {
    await client.query('BEGIN');
    held = (await client.query(`${row} FOR UPDATE`)).rows[0];
    if (held && wanted(held)) return true;
    await client.query('ROLLBACK');
    return false;
  };
  await expect.poll(taken, { timeout: 30_000, interval: 5 }).toBe(true);
  return { held: held!, release: () => client.query('ROLLBACK').then(() => client.release()) };
}

const SETTLEMENT = `SELECT status, cursor::int AS cursor FROM settlement WHERE pool_code = 'pingluo' AND period = '2026-01'`;
const state = async () => (await t.pool.query(SETTLEMENT)).rows[0];
const waiters = async () =>
  (
    await t.pool.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
  ).rows[0].n;

it('asked for by finance, so many loans are settled by a job that can be followed', async () => {
  const { status, body, headers } = await t.post(
    'settlements',
    { poolCode: 'pingluo', period: '2026-01' },
    t.key('finance'),
  );
  expect([status, body.status, body.sections]).toEqual([202, 'running', []]);
  const job = (await t.get(headers.get('location')!, t.key('finance'))).body;
  expect(job).toMatchObject({
    queue: 'settle',
    state: 'created',
    label: expect.stringContaining('2026-01 结算'),
    done: 0,
  });
});

it('a worker killed after its first batch has kept that batch and nothing half', async () => {
  const worker = await startWorkerProcess(t.url, TODAY);
  const { held, release } = await holding(SETTLEMENT, ({ cursor }) => cursor! > 0);
  await worker.kill();
  await release();
  expect(held.cursor).toBeLessThan(LOANS);
  expect(await state()).toEqual(held);
  const { body } = await t.get('settlements?poolCode=pingluo&period=2026-01', t.key('finance'));
  expect(body.items).toMatchObject([{ status: 'running', sections: [], statements: [] }]);
}, 60_000);

it('its job says how many of the 120,000 loans it had done', async () => {
  const { body } = await t.get('settlements?poolCode=pingluo&period=2026-01', t.key('finance'));
  const { done, total } = (await t.get(`jobs/${body.items[0].jobId}`, t.key('finance'))).body;
  expect({ done, total }).toEqual({ done: (await state()).cursor, total: LOANS });
});

it('while it is under way, a bank’s report of that month is asked to come again', async () => {
  const line = { dueBillNo: 'JJ3000', outstandingPrincipal: '500.00', principalRepaid: '0.00', interestPaid: '0.00' };
  const rest = { loanClassification: 'normal', overdueDays: 0, paidOff: false };
  const body = { period: '2026-01', lines: [{ ...line, ...rest }] };
  const answer = await t.post('balance-reports', body, t.key('bank', 'ningxia-bank'));
  expect([answer.status, answer.body.code]).toEqual([503, 'SETTLING']);
});

it('the next one goes on from there; killed while it writes the statements, it leaves none', async () => {
  const { release } = await holding(`SELECT FROM document_serial WHERE word = '宁科贷账'`, () => true);
  const worker = await startWorkerProcess(t.url, TODAY);
  // The waiter alone says little: it may still wait for what the killed worker's last statement holds.
  const progress = async () => ({ waiters: await waiters(), ...(await state()) });
  await expect
    .poll(progress, { timeout: 60_000, interval: 20 })
    .toEqual({ waiters: 1, status: 'running', cursor: LOANS });
  await worker.kill();
  await release();
  await expect.poll(waiters, { timeout: 30_000, interval: 20 }).toBe(0);
  expect(await state()).toEqual({ status: 'running', cursor: LOANS });
  const { rows } = await t.pool.query(
    `SELECT count(*)::int AS n FROM settlement_statement WHERE pool_code = 'pingluo'`,
  );
  expect(rows).toEqual([{ n: 0 }]);
}, 60_000);

it('the third ends it, with the same bytes as a run that nobody killed, and as two runs at once', async () => {
  const worker = await startWorkerProcess(t.url, TODAY);
  await expect.poll(async () => (await state()).status, { timeout: 30_000, interval: 20 }).toBe('provisional');
  await worker.kill();

  const alone = await unkilled.open(TODAY);
  expect(await settleDue(alone.ctx, 'pingluo')).toEqual(['2026-01']);
  const both = await together.open(TODAY);
  await Promise.all([settleDue(both.ctx, 'pingluo'), settleDue(both.ctx, 'pingluo')]);

  const said = await settled(alone.pool, 'pingluo');
  expect(said).toHaveLength(16); // statements of the pool, 2 contributors and 2 banks, a paper of each; 3 ledgers; the settlement; 2 confirmations of contributions
  expect(await settled(t.pool, 'pingluo')).toEqual(said);
  expect(await settled(both.pool, 'pingluo')).toEqual(said);
  await Promise.all([alone.close(), both.close()]);
}, 60_000);

it('what it says adds up: 120,000 loans, half of the repayments still to come, one in a thousand not reported', async () => {
  const { body } = await t.get('settlements?poolCode=pingluo&period=2026-01', t.key('finance'));
  const [{ sections, notes }] = body.items;
  const closing = (name: string) => sections.find((s: { name: string }) => s.name === name).closing;
  // 24,000 repaid 100.00, of them 12,000 by the end of January.
  expect([closing('贷款余额'), closing('备案余额')]).toEqual(['58800000.00', '47040000.00']);
  const missing = notes
    .filter((n: { kind: string }) => n.kind === 'missingReport')
    .map((n: { text: string }) => n.text);
  expect(missing).toEqual([
    expect.stringContaining('宁夏银行股份有限公司有 40 笔'),
    expect.stringContaining('石嘴山银行股份有限公司有 80 笔'),
  ]);
});

it('run again, it writes no row', async () => {
  const before = await contents(t.pool);
  const { status } = await t.post('settlements', { poolCode: 'pingluo', period: '2026-01' }, t.key('finance'));
  expect(status).toBe(201);
  expect(await settleDue({ ...t.contextOf(), today: TODAY }, 'pingluo')).toEqual([]);
  expect(await contents(t.pool)).toEqual(before);
}, 60_000);
