import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorkers } from '../../jobs/worker.ts';
import { readTable } from '../../src/files/read-table.ts';
import { type Demonstration, startDemonstration } from '../support/demo.ts';
import { demoFile, startWorkerProcess, upload, writingNothing } from './support.ts';

const ROWS = 5_500;
let t: Demonstration;
let bank: string;
let file: string;

beforeAll(async () => {
  t = await startDemonstration();
  t.on('2026-01-20');
  bank = t.key('bank', 'bank-of-china');
  file = await manyRows();
}, 60_000);
afterAll(() => t.stop());

/** The first good row of the bank's file, over and over under other numbers and with 100.00 lent; one row without an amount; a long remark in each. */
async function manyRows(): Promise<string> {
  const { rows } = await readTable(demoFile('filings-bank-of-china-with-faults.csv'));
  const head = rows.findIndex(({ cells }) => cells[0] === '序号');
  const [headings, row] = [rows[head]!.cells, rows[head + 1]!.cells];
  const drawn = row.with(5, '100.00').with(8, '2026-01-10').with(9, '2027-01-10').with(13, '否');
  const lines = Array.from({ length: ROWS }, (_, i) =>
    [
      ...drawn
        .with(0, `${i + 1}`)
        .with(3, `HT${i}`)
        .with(4, `JJ${i}`)
        .with(6, i === 4_999 ? '' : '100.00'),
      '备注'.repeat(30),
    ].join(','),
  );
  return [[...headings, '备注'].join(','), ...lines].join('\n');
}

const send = (mode: string) => upload(t, bank, file, { poolCode: 'yinchuan', mode });
const filings = async () => (await t.get('loan-filings?limit=1', bank)).body.total;
const jobOf = async (location: string) => (await t.get(location, bank)).body;

it('a large file is received at once and goes on in a job that its sender can follow', async () => {
  const { status, body, headers } = await send('good');
  expect([status, body.status, body.rowsRead]).toEqual([202, 'staged', 0]);
  const location = headers.get('location')!;
  expect(await jobOf(location)).toMatchObject({ queue: 'import', state: 'created', done: 0 });
  expect((await t.get(location, t.key('bank', 'ningxia-bank'))).status).toBe(404);
  expect(await filings()).toBe(0);
});

it('a worker killed in the middle leaves nothing of the file in, and the next one takes it whole', async () => {
  // Somebody else files row 5,200 at the same moment and holds it open: the second batch of rows waits there.
  const other = await t.pool.connect();
  await other.query('BEGIN');
  await other.query(`
    INSERT INTO loan_filing (pool_code, bank_code, enterprise_uscc, contract_no, due_bill_no, principal, counted_principal, annual_rate, disbursed_on, matures_on,
      day_count_basis, repayment_method, guarantee_mode, first_loan, purpose, filed_on, status, facts, content, filed_by)
    SELECT 'yinchuan', 'bank-of-china', uscc, 'HT', 'JJ5200', 1, 1, 3, '2026-01-10', '2026-06-01', 'actual360', 'lumpSum', 'credit', false, 'rnd', '2026-01-20', 'submitted', '{}', '', 'x'
      FROM enterprise LIMIT 1`);
  const first = await startWorkerProcess(t.url, '2026-01-20');
  await expect.poll(waiting, { timeout: 20_000, interval: 20 }).toBe(1);
  expect((await t.pool.query('SELECT label, done, total FROM job_progress')).rows).toEqual([
    { label: '导入 file.csv：核查并登记', done: 5_000, total: ROWS },
  ]);
  await first.kill();
  await other.query('ROLLBACK');
  other.release();
  await expect.poll(waiting, { timeout: 20_000, interval: 20 }).toBe(0);
  expect(await filings()).toBe(0);
  const list = (await t.get('imports', bank)).body.items;
  expect(list).toMatchObject([{ status: 'staged', rowsAccepted: 0 }]);

  const next = await startWorkerProcess(t.url, '2026-01-20');
  const state = async () => (await t.get(`imports/${list[0].id}`, bank)).body;
  await expect.poll(async () => (await state()).status, { timeout: 30_000, interval: 50 }).toBe('done');
  await next.kill();
  expect(await state()).toMatchObject({ rowsRead: ROWS, rowsAccepted: ROWS - 1, rowsNew: ROWS - 1, rowsRefused: 1 });
  expect((await state()).errors).toMatchObject([
    { row: 5_001, seq: '5000', field: 'countedPrincipal', code: 'REQUIRED' },
  ]);
  expect(await filings()).toBe(ROWS - 1);
}, 60_000);

/** How many of the workers' statements wait for somebody's row. */
async function waiting(): Promise<number> {
  const { rows } = await t.pool.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE '%INTO loan_filing%'`,
  );
  return rows[0].n;
}

it('sent again, in either mode, it puts nothing new in and says what it said', async () => {
  const { today: _, ...context } = t.contextOf();
  await startWorkers({ ...context, boss: t.boss, today: () => '2026-01-20' });
  for (const [mode, status, accepted] of [
    ['good', 'done', ROWS - 1],
    ['all', 'refused', 0],
  ] as const) {
    const sent = await send(mode);
    expect(sent.status).toBe(202);
    const state = async () => (await t.get(`imports/${sent.body.id}`, bank)).body;
    await expect.poll(async () => (await state()).status, { timeout: 20_000, interval: 50 }).toBe(status);
    expect(await state()).toMatchObject({ rowsRead: ROWS, rowsAccepted: accepted, rowsRefused: 1, rowsNew: 0 });
    await expect
      .poll(() => jobOf(sent.headers.get('location')!))
      .toMatchObject({ state: 'completed', done: ROWS, total: ROWS, label: '导入 file.csv：完成' });
  }
  expect(await filings()).toBe(ROWS - 1);
}, 60_000);

it('too large, or unreadable, or for a pool that is not the bank’s, it is refused before anything is kept', async () => {
  const huge = `${file}\n${'x'.repeat(2_000_000)}`;
  for (const [content, fields, code] of [
    [huge, { poolCode: 'yinchuan' }, 'CELL_TOO_LONG'],
    [file, { poolCode: 'pingluo' }, 'NOT_A_PARTNER'],
    [file, { poolCode: 'nowhere' }, 'POOL_UNKNOWN'],
  ] as const) {
    const answer = await writingNothing(t, () => upload(t, bank, content, fields));
    expect(answer.body.code).toBe(code);
  }
});
