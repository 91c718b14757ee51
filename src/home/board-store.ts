import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';

/** What a contributor has in a pool: paid in less what was returned, its share (2901) and what is to be recovered for it (1218). Wire amounts. */
export interface ContributorRow {
  code: string;
  name: string;
  contributed: string;
  share: string;
  receivable: string;
}

/** The contributors of a pool as of now, from the ledger's running balances. A 1218 account is named `claim:contributor`. */
export async function contributorRows(tx: Tx, pool: string): Promise<ContributorRow[]> {
  return tx.$queryRaw`
    WITH booked AS (
      SELECT CASE a.code WHEN '2901' THEN a.sub_key ELSE split_part(a.sub_key, ':', 2) END AS code,
             coalesce(sum(a.balance) FILTER (WHERE a.code = '2901'), 0.00) AS share, coalesce(sum(a.balance) FILTER (WHERE a.code = '1218'), 0.00) AS receivable
        FROM ledger.account a WHERE a.book_id = ${pool} AND a.code IN ('2901', '1218') AND a.sub_key NOT LIKE '%:cost' GROUP BY 1
    )
    SELECT b.code, coalesce(i.name, b.code) AS name, b.share::text, b.receivable::text,
           (SELECT coalesce(sum(CASE l.side WHEN 'C' THEN l.amount ELSE -l.amount END), 0.00) FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id
              JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq AND e.kind IN ('contribution', 'contributionReturn')
             WHERE a.book_id = ${pool} AND a.code = '2901' AND a.sub_key = b.code)::text AS contributed
      FROM booked b LEFT JOIN institution i ON i.code = b.code ORDER BY b.share DESC, b.code`;
}

/** A pool's loans by the place their enterprise is registered in. Wire amounts. */
export async function regionRows(
  tx: Tx,
  pool: string,
): Promise<{ region: string; loans: number; outstanding: string; badLoans: number; bad: string }[]> {
  return tx.$queryRaw`
    SELECT e.registered_at AS region, count(*)::int AS loans, sum(l.outstanding_principal)::text AS outstanding,
           (count(*) FILTER (WHERE l.classification IN ('substandard', 'doubtful', 'loss')))::int AS "badLoans",
           coalesce(sum(l.outstanding_principal) FILTER (WHERE l.classification IN ('substandard', 'doubtful', 'loss')), 0.00)::text AS bad
      FROM loan l JOIN enterprise e ON e.uscc = l.enterprise_uscc WHERE l.pool_code = ${pool} AND l.status IN ('active', 'compensated')
     GROUP BY 1 ORDER BY sum(l.outstanding_principal) DESC, 1 LIMIT 100`;
}

/** What a settled month carries on: closing balances and the portfolio by bank and class. */
export interface SettledMonth {
  period: SettlementPeriod;
  status: string;
  sums: {
    accounts: { code: string; key: string; closing: string }[];
    cells: { bank: string; classification: string; loans: number; outstanding: string; counted: string }[];
  };
}

/** The settled months of a pool, in order. */
export async function settledMonths(
  tx: Tx,
  pool: string,
  from: SettlementPeriod,
  to: SettlementPeriod,
): Promise<SettledMonth[]> {
  return tx.$queryRaw`
    SELECT period, status, sums FROM settlement WHERE pool_code = ${pool} AND period BETWEEN ${from} AND ${to} AND status <> 'running' ORDER BY period`;
}

/** Outstanding of 不良 loans of a pool at the end of a day, by the class of the month's report or, where there is none, the loan's present one. */
export async function badOn(tx: Tx, pool: string, day: LocalDate, period: SettlementPeriod): Promise<string> {
  const [row] = await tx.$queryRaw<{ bad: string }[]>`
    WITH later AS (SELECT loan_id, sum(principal_delta) AS moved FROM loan_event WHERE pool_code = ${pool} AND occurred_on > ${day}::date GROUP BY 1)
    SELECT coalesce(sum(l.outstanding_principal - coalesce(t.moved, 0)), 0.00)::text AS bad
      FROM loan l LEFT JOIN later t ON t.loan_id = l.id LEFT JOIN balance_report_line r ON r.pool_code = ${pool} AND r.period = ${period} AND r.loan_id = l.id
     WHERE l.pool_code = ${pool} AND l.admitted_on <= ${day}::date AND coalesce(r.classification, l.classification) IN ('substandard', 'doubtful', 'loss')`;
  return row!.bad;
}
