import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, periodOf, previousPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { Reconciling } from './reconciling.ts';

/** What waits of statements, differences, runs and closings, for somebody of finance. */
export async function reconciling(tx: Tx, today: LocalDate, actor: string): Promise<Reconciling> {
  const over = previousPeriod(periodOf(today));
  const [row] = await tx.$queryRaw<Omit<Reconciling, 'over'>[]>`
    SELECT (SELECT count(*)::int FROM bank_account a JOIN pool p ON p.code = a.pool_code WHERE p.opened_on <= ${lastDay(over)}::date AND coalesce(p.ends_on, 'infinity') > ${lastDay(over)}::date
              AND NOT EXISTS (SELECT FROM bank_statement s WHERE s.account_no = a.account_no AND s.to_day >= ${lastDay(over)}::date)) AS behind,
           d.open, d.oldest, d.mine, d.proposed,
           (SELECT count(*)::int FROM reconciliation r CROSS JOIN LATERAL (SELECT (to_date(r.period, 'YYYY-MM') + interval '1 month - 1 day')::date AS day) e
             WHERE r.status = 'open' AND r.unexplained = 0 AND r.run_by <> ${actor}
               AND NOT EXISTS (SELECT FROM reconciliation n WHERE n.account_no = r.account_no AND n.period = r.period AND n.number > r.number)
               AND EXISTS (SELECT FROM bank_statement s WHERE s.account_no = r.account_no AND s.to_day >= e.day)
               AND NOT EXISTS (SELECT FROM difference o WHERE o.account_no = r.account_no AND o.status IN ('open', 'proposed') AND o.occurred_on <= e.day)) AS runs,
           c.ready, c.closings
      FROM (SELECT count(*) FILTER (WHERE status = 'open')::int AS open, min(occurred_on) FILTER (WHERE status = 'open')::text AS oldest,
                   count(*) FILTER (WHERE status = 'open' AND owner = ${actor})::int AS mine, count(*) FILTER (WHERE status = 'proposed' AND proposed_by <> ${actor})::int AS proposed
              FROM difference WHERE closed_on IS NULL) d
     CROSS JOIN (SELECT count(*) FILTER (WHERE status = 'ready')::int AS ready, count(*) FILTER (WHERE status = 'proposed' AND proposed_by <> ${actor})::int AS closings
              FROM closing_months(${today}::date)) c`;
  return { over, ...row! };
}
