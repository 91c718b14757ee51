import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { Cell, Whose } from './store.ts';

/**
 * The portfolio by bank and pool as it stood at the end of a month that is over: today's amounts less what happened later, class and days overdue of the
 * month's report or of the last one before it. What is missing is what the month itself lacks.
 */
export async function cellsOn(
  tx: Tx,
  { bank, pools }: Whose,
  period: SettlementPeriod,
  end: LocalDate,
): Promise<Cell[]> {
  return tx.$queryRaw`
    WITH own AS MATERIALIZED (
      SELECT l.* FROM loan l WHERE l.admitted_on <= ${end}::date AND (${bank}::text IS NULL OR l.bank_code = ${bank}) AND (${pools}::text[] IS NULL OR l.pool_code = ANY (${pools}::text[]))
    ), later AS (
      SELECT v.loan_id, sum(v.principal_delta) AS principal, sum(v.counted_delta) AS counted FROM loan_event v
       WHERE v.occurred_on > ${end}::date AND v.pool_code IN (SELECT pool_code FROM own) GROUP BY 1
    ), last AS (
      SELECT DISTINCT ON (b.loan_id) b.loan_id, b.period, b.classification, b.overdue_days FROM balance_report_line b
       WHERE b.period <= ${period} AND b.pool_code IN (SELECT pool_code FROM own) ORDER BY b.loan_id, b.period DESC
    ), stood AS (
      SELECT o.bank_code, o.pool_code, o.disbursed_on, o.matures_on, o.outstanding_principal - coalesce(t.principal, 0) AS outstanding, e.counted_outstanding - coalesce(t.counted, 0) AS counted,
             coalesce(r.classification IN ('substandard', 'doubtful', 'loss'), false) AS bad, coalesce(r.overdue_days, 0) AS overdue_days, r.period AS reported
        FROM own o JOIN pool_exposure e ON e.pool_code = o.pool_code AND e.key = o.id LEFT JOIN later t ON t.loan_id = o.id LEFT JOIN last r ON r.loan_id = o.id
    )
    SELECT s.bank_code AS "bankCode", i.name AS "bankName", s.pool_code AS "poolCode", p.name AS "poolName", p.policy_code AS "policyCode",
           (count(*) FILTER (WHERE outstanding > 0))::int AS loans, sum(outstanding)::text AS outstanding, sum(counted)::text AS counted,
           (count(*) FILTER (WHERE bad AND outstanding > 0))::int AS "badLoans", coalesce(sum(outstanding) FILTER (WHERE bad), 0.00)::text AS bad,
           (count(*) FILTER (WHERE overdue_days > 0 AND outstanding > 0))::int AS "overdueLoans", coalesce(sum(outstanding) FILTER (WHERE overdue_days > 0), 0.00)::text AS overdue,
           (count(*) FILTER (WHERE outstanding > 0 AND matures_on BETWEEN ${end}::date AND ${end}::date + 30))::int AS maturing,
           (count(*) FILTER (WHERE outstanding > 0 AND (disbursed_on IS NULL OR disbursed_on > ${end}::date)))::int AS undrawn, max(reported) AS "lastReportPeriod",
           CASE WHEN count(*) FILTER (WHERE outstanding > 0 AND disbursed_on <= ${end}::date AND reported IS DISTINCT FROM ${period}) = 0 THEN '[]'::jsonb
             ELSE jsonb_build_array(jsonb_build_object('period', ${period}::text, 'loans', count(*) FILTER (WHERE outstanding > 0 AND disbursed_on <= ${end}::date AND reported IS DISTINCT FROM ${period}))) END AS missing
      FROM stood s JOIN pool p ON p.code = s.pool_code JOIN institution i ON i.code = s.bank_code
     GROUP BY s.bank_code, i.name, s.pool_code, p.name, p.policy_code ORDER BY p.name, i.name`;
}
