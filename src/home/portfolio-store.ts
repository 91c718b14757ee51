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
    WITH later AS (
      SELECT v.loan_id, sum(v.principal_delta) AS principal, sum(v.counted_delta) AS counted FROM loan_event v
       WHERE v.occurred_on > ${end}::date AND (${bank}::text IS NULL OR v.bank_code = ${bank}) AND (${pools}::text[] IS NULL OR v.pool_code = ANY (${pools}::text[])) GROUP BY 1
    ), stood AS (
      SELECT l.bank_code, l.pool_code, l.disbursed_on, l.matures_on, l.outstanding_principal - coalesce(t.principal, 0) AS outstanding, e.counted_outstanding - coalesce(t.counted, 0) AS counted,
             coalesce(coalesce(r.classification, before.classification) IN ('substandard', 'doubtful', 'loss'), false) AS bad, coalesce(r.overdue_days, before.overdue_days, 0) AS overdue_days,
             coalesce(r.period, before.period) AS reported
        FROM loan l JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id LEFT JOIN later t ON t.loan_id = l.id
        LEFT JOIN balance_report_line r ON r.pool_code = l.pool_code AND r.period = ${period} AND r.loan_id = l.id
        LEFT JOIN LATERAL (SELECT b.period, b.classification, b.overdue_days FROM balance_report_line b
          WHERE r.loan_id IS NULL AND b.loan_id = l.id AND b.period < ${period} ORDER BY b.period DESC LIMIT 1) before ON true
       WHERE l.admitted_on <= ${end}::date AND (${bank}::text IS NULL OR l.bank_code = ${bank}) AND (${pools}::text[] IS NULL OR l.pool_code = ANY (${pools}::text[]))
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
