import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { GuarantorFacts } from './guarantor.ts';
import type { SuspendedPool } from './reviewer.ts';

/** Whose rows: of one bank, of some pools, or all (nulls). Row-level security stands behind it. */
export interface Whose {
  bank: string | null;
  pools: string[] | null;
}

/** What one bank's loans in one pool add up to now. Wire amounts. */
export interface Cell {
  bankCode: string;
  bankName: string;
  poolCode: string;
  poolName: string;
  policyCode: string;
  /** not paid off */
  loans: number;
  outstanding: string;
  counted: string;
  badLoans: number;
  bad: string;
  overdueLoans: number;
  overdue: string;
  /** mature within the next 30 days */
  maturing: number;
  /** consented, and their drawdown not told yet */
  undrawn: number;
  lastReportPeriod: SettlementPeriod | null;
  /** months in a row up to the last one that is over, for which loans of this cell have not been reported */
  missing: { period: SettlementPeriod; loans: number }[];
}

/**
 * The portfolio by bank and pool. What is missing is told from each loan's latest report: `last` is the last month that is over; a month left out before a
 * later report is what makes its settlement provisional and is not looked for here.
 */
export async function cells(tx: Tx, { bank, pools }: Whose, today: LocalDate, last: SettlementPeriod): Promise<Cell[]> {
  // Only the loans that are behind are looked at month by month; the others are one pass over the table.
  return tx.$queryRaw`
    WITH sums AS (
      SELECT l.bank_code, l.pool_code, count(*) FILTER (WHERE b.open) AS loans, sum(l.outstanding_principal) AS outstanding,
             count(*) FILTER (WHERE b.bad AND b.open) AS bad_loans, sum(l.outstanding_principal) FILTER (WHERE b.bad) AS bad,
             count(*) FILTER (WHERE l.overdue_days > 0 AND b.open) AS overdue_loans, sum(l.outstanding_principal) FILTER (WHERE l.overdue_days > 0) AS overdue,
             count(*) FILTER (WHERE l.status = 'active' AND l.matures_on BETWEEN ${today}::date AND ${today}::date + 30) AS maturing,
             count(*) FILTER (WHERE l.status = 'active' AND l.disbursed_on IS NULL) AS undrawn, max(l.last_report_period COLLATE "C") AS reported
        FROM loan l CROSS JOIN LATERAL (SELECT l.classification IN ('substandard', 'doubtful', 'loss') AS bad, l.status IN ('active', 'compensated') AS open) b
       WHERE (${bank}::text IS NULL OR l.bank_code = ${bank}) AND (${pools}::text[] IS NULL OR l.pool_code = ANY (${pools}::text[])) GROUP BY 1, 2
    ), filed AS (
      SELECT e.bank_code, e.pool_code, sum(e.counted_outstanding) AS counted FROM pool_exposure e
       WHERE (${bank}::text IS NULL OR e.bank_code = ${bank}) AND (${pools}::text[] IS NULL OR e.pool_code = ANY (${pools}::text[])) GROUP BY 1, 2
    ), behind AS MATERIALIZED (
      SELECT l.bank_code, l.pool_code, greatest((l.last_report_period || '-01')::timestamp + interval '1 month', date_trunc('month', greatest(l.admitted_on, l.disbursed_on)::timestamp)) AS due_from,
             least((${last} || '-01')::timestamp, date_trunc('month', l.paid_off_on::timestamp)) AS due_to
        FROM loan l WHERE l.disbursed_on IS NOT NULL AND l.status <> 'revoked' AND l.last_report_period IS DISTINCT FROM ${last}
         AND (${bank}::text IS NULL OR l.bank_code = ${bank}) AND (${pools}::text[] IS NULL OR l.pool_code = ANY (${pools}::text[]))
    ), missing AS (
      SELECT b.bank_code, b.pool_code, to_char(month, 'YYYY-MM') AS period, sum(b.loans)::int AS loans
        FROM (SELECT bank_code, pool_code, due_from, due_to, count(*) AS loans FROM behind WHERE due_from <= due_to GROUP BY 1, 2, 3, 4) b, generate_series(b.due_from, b.due_to, interval '1 month') month
       GROUP BY 1, 2, 3
    )
    SELECT s.bank_code AS "bankCode", i.name AS "bankName", s.pool_code AS "poolCode", p.name AS "poolName", p.policy_code AS "policyCode",
           s.loans::int, s.outstanding::text, coalesce(f.counted, 0.00)::text AS counted, s.bad_loans::int AS "badLoans", coalesce(s.bad, 0.00)::text AS bad,
           s.overdue_loans::int AS "overdueLoans", coalesce(s.overdue, 0.00)::text AS overdue, s.maturing::int, s.undrawn::int, s.reported AS "lastReportPeriod",
           coalesce((SELECT jsonb_agg(jsonb_build_object('period', m.period, 'loans', m.loans) ORDER BY m.period) FROM missing m
             WHERE m.bank_code = s.bank_code AND m.pool_code = s.pool_code), '[]') AS missing
      FROM sums s JOIN pool p ON p.code = s.pool_code JOIN institution i ON i.code = s.bank_code LEFT JOIN filed f ON f.bank_code = s.bank_code AND f.pool_code = s.pool_code
     ORDER BY p.name, i.name`;
}

/** A pool as the first pages need it: running totals, which its postings keep, and how far it is settled. */
export interface PoolState {
  code: string;
  name: string;
  policyCode: string;
  matchingUnit: string;
  openedOn: LocalDate;
  deposits: string;
  capital: string;
  counted: string;
  reserved: string;
  /** all that was paid in and stands, less what was returned */
  contributed: string;
  lastPeriod: SettlementPeriod | null;
  lastStatus: string | null;
  lastId: string | null;
  /** months settled with reports missing */
  provisional: SettlementPeriod[];
}

/** Pools by name, of those named (null: all). */
export async function poolStates(tx: Tx, codes: string[] | null): Promise<PoolState[]> {
  return tx.$queryRaw`
    SELECT p.code, p.name, p.policy_code AS "policyCode", p.matching_unit AS "matchingUnit", p.opened_on::text AS "openedOn",
           (SELECT coalesce(sum(a.balance), 0.00) FROM ledger.account a WHERE a.book_id = p.code AND a.code = '1002')::text AS deposits,
           s.capital::text, s.counted_outstanding::text AS counted, s.reserved::text,
           ((SELECT coalesce(sum(c.amount), 0.00) FROM contribution c WHERE c.pool_code = p.code AND c.reversed_on IS NULL)
             - (SELECT coalesce(sum(o.total), 0.00) FROM capital_order o WHERE o.pool_code = p.code AND o.status = 'confirmed'))::text AS contributed,
           last.period AS "lastPeriod", last.status AS "lastStatus", last.id::text AS "lastId",
           ARRAY(SELECT t.period FROM settlement t WHERE t.pool_code = p.code AND t.status = 'provisional' ORDER BY t.period) AS provisional
      FROM pool p JOIN pool_position s ON s.pool_code = p.code
      LEFT JOIN LATERAL (SELECT * FROM settlement t WHERE t.pool_code = p.code ORDER BY t.period DESC LIMIT 1) last ON true
     WHERE ${codes}::text[] IS NULL OR p.code = ANY (${codes}::text[]) ORDER BY p.name`;
}

/** Filings not decided yet, by pool and the day they were received. */
export async function waitingFilings(
  tx: Tx,
  { bank, pools }: Whose,
): Promise<{ poolCode: string; poolName: string; policyCode: string; filedOn: LocalDate; count: number }[]> {
  return tx.$queryRaw`
    SELECT p.code AS "poolCode", p.name AS "poolName", p.policy_code AS "policyCode", f.filed_on::text AS "filedOn", count(*)::int AS count
      FROM pool p JOIN loan_filing f ON f.pool_code = p.code AND f.status = 'submitted'
     WHERE (${bank}::text IS NULL OR f.bank_code = ${bank}) AND (${pools}::text[] IS NULL OR p.code = ANY (${pools}::text[]))
     GROUP BY 1, 2, 3, 4 ORDER BY 4, 2`;
}

/** Loans that a month of a pool needs a report of and has none, by bank: with them it settles as provisional. */
export async function missingReports(
  tx: Tx,
  months: { pool: string; period: SettlementPeriod; end: LocalDate }[],
): Promise<{ poolCode: string; period: SettlementPeriod; bankCode: string; bankName: string; loans: number }[]> {
  if (months.length === 0) return [];
  return tx.$queryRaw`
    SELECT l.pool_code AS "poolCode", w.period, l.bank_code AS "bankCode", i.name AS "bankName", count(*)::int AS loans
      FROM unnest(${months.map((m) => m.pool)}::text[], ${months.map((m) => m.period)}::text[], ${months.map((m) => m.end)}::date[]) w(pool, period, last)
      JOIN loan l ON l.pool_code = w.pool AND l.admitted_on <= w.last AND l.disbursed_on <= w.last AND (l.paid_off_on IS NULL OR l.paid_off_on > w.last)
      JOIN institution i ON i.code = l.bank_code
     WHERE l.status <> 'revoked' AND l.last_report_period IS DISTINCT FROM w.period AND NOT EXISTS (SELECT FROM balance_report_line b WHERE b.loan_id = l.id AND b.period = w.period)
     GROUP BY 1, 2, 3, 4 ORDER BY 2, 1, 4`;
}

/** Enterprises' claims of identity that wait for a reviewer: all, or of enterprises registered where these pools lend. */
export async function waitingRegistrations(
  tx: Tx,
  pools: string[] | null,
): Promise<{ count: number; oldest: LocalDate | null }> {
  const [row] = await tx.$queryRaw<{ count: number; oldest: LocalDate | null }[]>`
    SELECT count(*)::int AS count, min(r.submitted_on)::text AS oldest FROM registration r
     WHERE r.status = 'submitted' AND (${pools}::text[] IS NULL OR EXISTS (SELECT FROM enterprise e JOIN pool p ON p.code = ANY (${pools}::text[]), unnest(p.regions) region
       WHERE e.uscc = r.uscc AND position(region IN e.registered_at) > 0))`;
  return row!;
}

/** Import files of the last days that were refused, whole or in part, and not sent again corrected. */
export async function refusedImports(tx: Tx, bank: string, since: LocalDate): Promise<{ files: number; rows: number }> {
  const [row] = await tx.$queryRaw<{ files: number; rows: number }[]>`
    SELECT count(*)::int AS files, coalesce(sum(i.rows_refused), 0)::int AS rows FROM import i
     WHERE i.bank_code = ${bank} AND i.received_on >= ${since}::date AND (i.status = 'refused' OR i.rows_refused > 0)
       AND NOT EXISTS (SELECT FROM import c WHERE c.bank_code = ${bank} AND c.corrects = i.id AND c.status = 'done')`;
  return row!;
}

/** What a guarantor answers for now, and what of it is of 不良 loans. */
export async function guarantorState(tx: Tx, party: string): Promise<Omit<GuarantorFacts, 'today'>> {
  const [row] = await tx.$queryRaw<Omit<GuarantorFacts, 'today'>[]>`
    SELECT count(*)::int AS guarantees, count(*) FILTER (WHERE g.liability > 0 AND l.classification IN ('substandard', 'doubtful', 'loss'))::int AS bad,
           (SELECT max(s.period) FROM settlement s WHERE s.status <> 'running' AND s.pool_code IN (SELECT o.pool_code FROM guarantee o WHERE o.party = ${party})) AS settled,
           coalesce(sum(g.liability), 0.00)::text AS liability, coalesce(sum(g.liability) FILTER (WHERE l.classification IN ('substandard', 'doubtful', 'loss')), 0.00)::text AS "badLiability",
           coalesce(sum(g.paid), 0.00)::text AS paid FROM guarantee g LEFT JOIN loan l ON l.id = g.loan_id WHERE g.party = ${party} AND g.status = 'active'`;
  return row!;
}

/** Pools in which business is suspended now, and how many suspensions they have; all of them where `pools` is null. */
export async function suspendedPools(tx: Tx, pools: readonly string[] | null): Promise<SuspendedPool[]> {
  return tx.$queryRaw<SuspendedPool[]>`
    SELECT p.code AS "poolCode", p.name AS "poolName", count(*)::int AS count FROM suspension s JOIN pool p ON p.code = s.pool_code
     WHERE s.status = 'active' AND s.level = 'suspend' AND (${pools}::text[] IS NULL OR s.pool_code = ANY (${pools}::text[])) GROUP BY p.code, p.name ORDER BY p.code`;
}

/** The pools, by name, in which a suspension of the bank, of its cooperating unit or of the pool stops its filings. */
export async function stoppedPools(tx: Tx, bank: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT p.name FROM suspension s JOIN pool p ON p.code = s.pool_code
     WHERE s.status = 'active' AND s.stops = 'filings' AND (s.bank_code IS NULL OR s.bank_code = ${bank}) ORDER BY p.name`;
  return rows.map(({ name }) => name);
}
