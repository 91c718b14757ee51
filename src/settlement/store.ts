import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { MonthlyLedgerRow, WatchedLoan } from '../documents/view-models.ts';
import type { AccountMonth, CompensationTotal, EventMonth, PortfolioCell } from './sums.ts';

/** One id per pool and month, whoever asks first. */
export async function settlementId(tx: Tx, pool: string, period: SettlementPeriod): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT fixed_id('settlement:' || ${pool} || ':' || ${period})::text AS id`;
  return row!.id;
}

export interface RunningSettlement {
  id: string;
  poolCode: string;
  period: SettlementPeriod;
  status: string;
  cursor: bigint;
  sums: PortfolioCell[];
  settledOn: LocalDate;
  ledgerHead: string;
  ledgerEntries: bigint;
}

/** The settlement, locked: two runners of the same month take turns and never sum a batch twice. */
export async function lockSettlement(tx: Tx, id: string): Promise<RunningSettlement> {
  const [row] = await tx.$queryRaw<RunningSettlement[]>`
    SELECT id::text, pool_code AS "poolCode", period, status, cursor, sums, settled_on::text AS "settledOn", ledger_head AS "ledgerHead", ledger_entries AS "ledgerEntries"
      FROM settlement WHERE id = ${id}::uuid FOR UPDATE`;
  return row!;
}

/** The last loan id of the next batch, or null when none is left. */
export async function batchEnd(tx: Tx, pool: string, after: bigint, size: number): Promise<bigint | null> {
  const [row] = await tx.$queryRaw<{ last: bigint | null }[]>`
    SELECT max(id) AS last FROM (SELECT id FROM loan WHERE pool_code = ${pool} AND id > ${after} ORDER BY id LIMIT ${size}) b`;
  return row!.last;
}

/**
 * The portfolio of loans (after, last] as it stood at the end of the month: today's amounts less what happened later, the class of the month's report,
 * or of the last one before it where the bank has not reported.
 */
export async function portfolioBatch(
  tx: Tx,
  pool: string,
  period: SettlementPeriod,
  end: LocalDate,
  after: bigint,
  last: bigint,
): Promise<PortfolioCell[]> {
  // Pool, month and id range go together, which the planner cannot know: it expects a handful of rows and would look each up in the others. A batch is joined.
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'off', true)`;
  return tx.$queryRaw<PortfolioCell[]>`
    WITH later AS (
      SELECT loan_id, sum(principal_delta) AS principal, sum(counted_delta) AS counted FROM loan_event
       WHERE pool_code = ${pool} AND occurred_on > ${end}::date AND loan_id > ${after} AND loan_id <= ${last} GROUP BY loan_id
    ), loans AS (
      SELECT l.bank_code AS bank, l.id, l.disbursed_on, l.outstanding_principal - coalesce(t.principal, 0) AS outstanding, e.counted_outstanding - coalesce(t.counted, 0) AS counted, r.classification
        FROM loan l
        JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id
        LEFT JOIN later t ON t.loan_id = l.id
        LEFT JOIN balance_report_line r ON r.pool_code = ${pool} AND r.period = ${period} AND r.loan_id = l.id AND r.loan_id > ${after} AND r.loan_id <= ${last}
       WHERE l.pool_code = ${pool} AND l.id > ${after} AND l.id <= ${last} AND l.admitted_on <= ${end}::date AND e.key > ${after} AND e.key <= ${last}
    )
    SELECT bank, coalesce(classification, (SELECT b.classification FROM balance_report_line b WHERE b.loan_id = loans.id AND b.period < ${period} ORDER BY b.period DESC LIMIT 1), 'normal') AS classification,
           (count(*) FILTER (WHERE outstanding > 0))::int AS loans, sum(outstanding)::text AS outstanding, sum(counted)::text AS counted,
           (count(*) FILTER (WHERE classification IS NULL AND outstanding > 0 AND disbursed_on <= ${end}::date))::int AS missing
      FROM loans GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Each account's opening and its movements by kind of entry, for entries after `from` (null: from the beginning) up to `end`. Movements of the reserve go by side. */
export async function accountMonths(
  tx: Tx,
  book: string,
  from: LocalDate | null,
  end: LocalDate,
): Promise<Omit<AccountMonth, 'opening'>[]> {
  return tx.$queryRaw`
    WITH moved AS (
      SELECT a.id, CASE WHEN a.code IN ('9101', '9102') THEN CASE WHEN l.side = c.normal_side THEN 'occupied' ELSE 'released' END ELSE (SELECT e.kind FROM ledger.entry e WHERE e.book_id = l.book_id AND e.seq = l.seq) END AS kind,
             sum(CASE WHEN l.side = c.normal_side THEN l.amount ELSE -l.amount END) AS amount
        FROM ledger.account a JOIN ledger.chart c USING (code) JOIN ledger.line l ON l.account_id = a.id
       WHERE a.book_id = ${book} AND (${from}::date IS NULL OR l.occurred_on > ${from}::date) AND l.occurred_on <= ${end}::date GROUP BY 1, 2
    )
    SELECT a.code, a.sub_key AS key, coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'amount', m.amount::text) ORDER BY m.kind) FILTER (WHERE m.kind IS NOT NULL), '[]'::jsonb) AS movements
      FROM ledger.account a LEFT JOIN moved m USING (id) WHERE a.book_id = ${book} GROUP BY a.code, a.sub_key ORDER BY a.code, a.sub_key`;
}

/** Money booked after `from` up to `end` that belongs to a month closed before it came, by month and kind of entry. */
export async function lateEntries(
  tx: Tx,
  book: string,
  from: LocalDate | null,
  end: LocalDate,
): Promise<{ belongsTo: SettlementPeriod; kind: string; count: number; amount: string }[]> {
  return tx.$queryRaw`
    SELECT e.belongs_to AS "belongsTo", e.kind, count(DISTINCT e.seq)::int AS count, sum(l.amount)::text AS amount
      FROM ledger.entry e JOIN ledger.line l ON l.book_id = e.book_id AND l.seq = e.seq AND l.side = 'D' JOIN ledger.account a ON a.id = l.account_id AND NOT a.off_balance
     WHERE e.book_id = ${book} AND (${from}::date IS NULL OR e.occurred_on > ${from}::date) AND e.occurred_on <= ${end}::date AND e.belongs_to IS NOT NULL AND e.kind NOT IN ('reserve', 'guarantee')
     GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** What was compensated and what was filed in all up to the end of a day, bank by bank; what had been refunded by then was never compensated. */
export async function compensationTotals(tx: Tx, pool: string, end: LocalDate): Promise<CompensationTotal[]> {
  return tx.$queryRaw`
    SELECT f.bank, f.filed::text, coalesce(c.paid, 0.00)::text AS paid
      FROM (SELECT bank_code AS bank, sum(counted_delta) AS filed FROM loan_event WHERE pool_code = ${pool} AND kind IN ('admission', 'disbursement') AND occurred_on <= ${end}::date GROUP BY 1) f
      LEFT JOIN (SELECT p.bank_code AS bank, sum(p.amount) AS paid FROM claim_event p WHERE p.pool_code = ${pool} AND p.kind = 'paid' AND p.occurred_on <= ${end}::date
                    AND NOT EXISTS (SELECT FROM claim_event r WHERE r.claim_id = p.claim_id AND r.kind = 'refund' AND r.occurred_on <= ${end}::date) GROUP BY 1) c USING (bank) ORDER BY 1`;
}

/** What changed the banks' loans after `from` up to `end`. */
export async function eventMonths(tx: Tx, pool: string, from: LocalDate | null, end: LocalDate): Promise<EventMonth[]> {
  return tx.$queryRaw`
    SELECT bank_code AS bank, kind, belongs_to AS "belongsTo", count(*)::int AS count, sum(principal_delta)::text AS principal, sum(counted_delta)::text AS counted
      FROM loan_event WHERE pool_code = ${pool} AND (${from}::date IS NULL OR occurred_on > ${from}::date) AND occurred_on <= ${end}::date
     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST`;
}

/** The loans to look at: overdue or worse than 正常 in the month's report, worst first. */
export async function watchedLoans(
  tx: Tx,
  pool: string,
  period: SettlementPeriod,
  most: number,
): Promise<(WatchedLoan & { bank: string })[]> {
  return tx.$queryRaw`
    SELECT l.bank_code AS bank, l.due_bill_no AS "dueBillNo", f.facts ->> 'name' AS enterprise, r.outstanding_principal::text AS outstanding, r.overdue_days AS "overdueDays", r.classification
      FROM (SELECT * FROM balance_report_line WHERE pool_code = ${pool} AND period = ${period} AND (overdue_days > 0 OR classification <> 'normal')
             ORDER BY overdue_days DESC, loan_id LIMIT ${most}) r
      JOIN loan l ON l.id = r.loan_id JOIN loan_filing f ON f.id = l.id ORDER BY r.overdue_days DESC, l.id`;
}

/** The rows of the monthly ledger (台账), the first of them: loans of a pool, or of one bank in it, that were in it during the month. */
export async function ledgerRows(
  tx: Tx,
  pool: string,
  bank: string | null,
  period: SettlementPeriod,
  most: number,
): Promise<(MonthlyLedgerRow & { bankCode: string })[]> {
  const [start, end] = [firstDay(period), lastDay(period)];
  return tx.$queryRaw`
    WITH picked AS MATERIALIZED (
      SELECT l.* FROM loan l
       WHERE l.pool_code = ${pool} AND (${bank}::text IS NULL OR l.bank_code = ${bank}) AND l.admitted_on <= ${end}::date
         AND (l.paid_off_on IS NULL OR l.paid_off_on >= ${start}::date)
       ORDER BY l.id LIMIT ${most}
    )
    SELECT l.due_bill_no AS "dueBillNo", f.facts ->> 'name' AS enterprise, i.name AS bank, l.bank_code AS "bankCode", l.principal::text, l.counted_principal::text AS "countedPrincipal",
           trim_scale(f.annual_rate)::text AS "annualRate", coalesce(l.disbursed_on, f.disbursed_on)::text AS "disbursedOn", l.matures_on::text AS "maturesOn",
           (l.outstanding_principal - t.principal)::text AS "outstandingPrincipal", (e.counted_outstanding - t.counted)::text AS "countedOutstanding",
           (e.reserve - t.reserve)::text AS reserve, coalesce(r.classification, 'normal') AS classification, coalesce(r.overdue_days, 0) AS "overdueDays"
      FROM picked l JOIN loan_filing f ON f.id = l.id JOIN institution i ON i.code = l.bank_code JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id
     CROSS JOIN LATERAL (SELECT coalesce(sum(principal_delta), 0.00) AS principal, coalesce(sum(counted_delta), 0.00) AS counted, coalesce(sum(reserve_delta), 0.00) AS reserve
        FROM loan_event v WHERE v.loan_id = l.id AND v.occurred_on > ${end}::date) t
      LEFT JOIN LATERAL (SELECT b.classification, b.overdue_days FROM balance_report_line b WHERE b.loan_id = l.id AND b.period <= ${period} ORDER BY b.period DESC LIMIT 1) r ON true
     WHERE l.outstanding_principal - t.principal > 0 OR l.paid_off_on BETWEEN ${start}::date AND ${end}::date
     ORDER BY l.id`;
}
