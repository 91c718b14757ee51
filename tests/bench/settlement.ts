import { deepStrictEqual } from 'node:assert';
import { settle, settleOn } from '../../src/settlement/service.ts';
import { MONTH, seedLoans } from './service/loans.ts';
import { openService, type Service } from './service/open.ts';
import { type BenchDatabase, median, type Row, row } from './support.ts';

const ROUNDS = 3;
const POOLS = { small: 100_000, large: 1_000_000 };
type Size = keyof typeof POOLS;

interface Round {
  ours: number;
  sql: number;
  /** megabytes that Node held at most meanwhile */
  most: number;
}

/** A month of 100,000 and of 1,000,000 loans against one statement that computes the same sums, by turns, and what Node holds meanwhile. */
export async function measure({ url }: BenchDatabase): Promise<Row[]> {
  let first = 1;
  for (const [pool, loans] of Object.entries(POOLS)) {
    const spent = await seedLoans(url, pool, first, loans);
    console.error(`  已备 ${loans} 笔贷款，${spent.toFixed(0)} 秒`);
    first += loans;
  }
  const service = await openService(url, MONTH.today);
  await round(service, 'small'); // code, plans and caches are warm
  const rounds: Record<Size, Round>[] = [];
  for (let i = 0; i < ROUNDS; i++)
    rounds.push({ small: await round(service, 'small'), large: await round(service, 'large') });
  await service.stop();
  const of = (pick: (r: Record<Size, Round>) => number) => median(rounds.map(pick));
  const against = (size: Size) => ({
    ours: of((r) => r[size].ours),
    limit: of((r) => r[size].sql),
    ratio: of((r) => r[size].ours / r[size].sql),
  });
  const growth = {
    ours: of((r) => r.large.ours),
    limit: of((r) => r.small.ours),
    ratio: of((r) => r.large.ours / r.small.ours),
  };
  const memory = {
    ours: of((r) => r.large.most),
    limit: of((r) => r.small.most),
    ratio: of((r) => r.large.most / r.small.most),
  };
  return [
    row('10 万笔贷款月度结算：对一条 SQL', '秒', against('small'), { atMost: 3 }),
    row('100 万笔贷款月度结算：对一条 SQL', '秒', against('large'), { atMost: 3 }),
    row('月度结算：100 万笔对 10 万笔', '秒', growth, { atMost: 11 }),
    row('月度结算时 Node 内存峰值：100 万笔对 10 万笔', 'MB', memory, { atMost: 1.25 }),
  ];
}

async function round(service: Service, pool: Size): Promise<Round> {
  await forget(service, pool);
  let start = performance.now();
  const { rows } = await service.pool.query(SAME_SUMS, [pool, MONTH.period, MONTH.end]);
  const sql = (performance.now() - start) / 1000;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss() / 1e6);
  }, 20);
  start = performance.now();
  const { id, done } = await settle(service.as(), pool, MONTH.period);
  if (!done) await settleOn(service.as(), id);
  const ours = (performance.now() - start) / 1000;
  clearInterval(watch);
  const { sums } = await service.db.settlement.findUniqueOrThrow({ where: { id } });
  deepStrictEqual((sums as { cells: unknown }).cells, rows[0].portfolio);
  return { ours, sql, most };
}

/** Takes the settlement back as only a superuser can, so that the month can be settled again. */
async function forget({ pool }: Service, code: Size): Promise<void> {
  await pool.query(`BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM settlement_statement WHERE pool_code = '${code}'; DELETE FROM settlement WHERE pool_code = '${code}';
    DELETE FROM document WHERE pool_code = '${code}'; DELETE FROM pgboss.job; DELETE FROM job_progress; COMMIT`);
}

/** The portfolio by bank and class, the events by kind, the accounts by kind of entry, as someone would write them by hand. */
const SAME_SUMS = `
  WITH later AS (
    SELECT loan_id, sum(principal_delta) AS principal, sum(counted_delta) AS counted FROM loan_event WHERE pool_code = $1 AND occurred_on > $3::date GROUP BY loan_id
  ), loans AS (
    SELECT l.bank_code AS bank, l.outstanding_principal - coalesce(t.principal, 0) AS outstanding, e.counted_outstanding - coalesce(t.counted, 0) AS counted, l.disbursed_on <= $3::date AND r.loan_id IS NULL AS missing,
           coalesce(r.classification, (SELECT b.classification FROM balance_report_line b WHERE b.loan_id = l.id AND b.period < $2 ORDER BY b.period DESC LIMIT 1), 'normal') AS classification
      FROM loan l JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id LEFT JOIN later t ON t.loan_id = l.id
      LEFT JOIN balance_report_line r ON r.loan_id = l.id AND r.period = $2 WHERE l.pool_code = $1 AND l.admitted_on <= $3::date
  ), portfolio AS (
    SELECT bank, classification, count(*) FILTER (WHERE outstanding > 0) AS loans, sum(outstanding)::text AS outstanding, sum(counted)::text AS counted, count(*) FILTER (WHERE missing AND outstanding > 0) AS missing
      FROM loans GROUP BY 1, 2 ORDER BY 1, 2
  ), events AS (
    SELECT bank_code, kind, belongs_to, count(*), sum(principal_delta), sum(counted_delta) FROM loan_event WHERE pool_code = $1 AND occurred_on <= $3::date GROUP BY 1, 2, 3
  ), accounts AS (
    SELECT a.code, a.sub_key, e.kind, sum(CASE WHEN l.side = a.normal_side THEN l.amount ELSE -l.amount END)
      FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq WHERE a.book_id = $1 AND l.occurred_on <= $3::date GROUP BY 1, 2, 3
  )
  SELECT (SELECT json_agg(p) FROM portfolio p) AS portfolio, (SELECT json_agg(e) FROM events e) AS events, (SELECT json_agg(a) FROM accounts a) AS accounts`;
