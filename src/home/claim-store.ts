import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import type { LoanClassification } from '../policy/five-categories.ts';
import type { ClaimsWaiting } from './claims.ts';

/** Claims that wait for a step, by pool, step and the days that its clock rests on. Wire amount. */
export interface WaitingRow extends Omit<ClaimsWaiting, 'dueOn' | 'cites'> {
  policyCode: string;
  claimedOn: LocalDate;
  since: LocalDate;
}

/** Claims in these states, of some pools (null: all), that `actor` had no hand in (null: whoever had). */
export async function waitingClaims(
  tx: Tx,
  { statuses, pools, actor }: { statuses: string[]; pools: string[] | null; actor: string | null },
): Promise<WaitingRow[]> {
  return tx.$queryRaw`
    SELECT p.code AS "poolCode", p.name AS "poolName", p.policy_code AS "policyCode", c.status, c.claimed_on::text AS "claimedOn", w.since::text, count(*)::int AS count, sum(c.compensation)::text AS amount
      FROM pool p JOIN claim c ON c.pool_code = p.code AND c.status = ANY (${statuses}::text[])
      CROSS JOIN LATERAL (SELECT CASE c.status WHEN 'submitted' THEN c.submitted_on WHEN 'confirmed' THEN c.confirmed_on ELSE c.verified_on END AS since) w
     WHERE (${pools}::text[] IS NULL OR p.code = ANY (${pools}::text[]))
       AND (${actor}::text IS NULL OR ${actor} NOT IN (c.created_by, coalesce(c.verified_by, ''), coalesce(c.approved_by, ''), coalesce(c.confirmed_by, '')))
     GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 6, 2`;
}

/** Loans of a bank that are overdue and not claimed for, by what their reports say of a loss event. */
export interface OverdueRow {
  poolCode: string;
  poolName: string;
  policyCode: string;
  overdueSince: LocalDate;
  classification: LoanClassification;
  classifiedOn: LocalDate;
  count: number;
  loanId: string;
}

/** As `eventReported` tells it of one loan: overdue since so many days before the last report, classified since its latest run of months at least as bad. */
export async function overdueUnclaimed(tx: Tx, bank: string): Promise<OverdueRow[]> {
  return tx.$queryRaw`
    SELECT p.code AS "poolCode", p.name AS "poolName", p.policy_code AS "policyCode", r.since::date::text AS "overdueSince", l.classification, r.classified::date::text AS "classifiedOn",
           count(*)::int AS count, min(l.id)::text AS "loanId"
      FROM loan l JOIN pool p ON p.code = l.pool_code
      CROSS JOIN LATERAL (
        SELECT (l.last_report_period || '-01')::date + interval '1 month' - make_interval(days => 1 + l.overdue_days) AS since,
               (SELECT (min(b.period) || '-01')::date + interval '1 month' - interval '1 day' FROM balance_report_line b WHERE b.loan_id = l.id AND b.period > coalesce((
                  SELECT max(m.period) FROM balance_report_line m WHERE m.loan_id = l.id AND position(m.classification IN ${GRADES}) < position(l.classification IN ${GRADES})), '')) AS classified
      ) r
     WHERE l.bank_code = ${bank} AND l.status = 'active' AND l.overdue_days > 0 AND r.classified IS NOT NULL
       AND NOT EXISTS (SELECT FROM claim c WHERE c.loan_id = l.id AND c.status NOT IN ('refused', 'withdrawn'))
     GROUP BY 1, 2, 3, 4, 5, 6`;
}

/** From the best to the worst; none is part of another. */
const GRADES = 'normal specialMention substandard doubtful loss';

/** A compensated loan of which the bank has reported more repaid since the payment than the pool has received. Wire amount. */
export interface UnremittedRow {
  claimId: string;
  dueBillNo: string;
  policyCode: string;
  amount: string;
  /** the last day something was repaid, as reported */
  obtainedOn: LocalDate;
}

/** What a receipt brought includes the cost that was kept back from it. */
export async function unremittedOf(tx: Tx, bank: string): Promise<UnremittedRow[]> {
  return tx.$queryRaw`
    SELECT c.id::text AS "claimId", c.due_bill_no AS "dueBillNo", p.policy_code AS "policyCode", (c.unpaid_principal - l.outstanding_principal - r.received)::text AS amount,
           coalesce((SELECT max(e.occurred_on) FROM loan_event e WHERE e.loan_id = l.id AND e.occurred_on >= c.paid_on AND e.principal_delta < 0), c.paid_on)::text AS "obtainedOn"
      FROM claim c JOIN loan l ON l.id = c.loan_id JOIN pool p ON p.code = c.pool_code
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(v.amount + CASE v.basis WHEN 'net' THEN v.cost ELSE 0 END), 0) AS received FROM claim_event v
         WHERE v.claim_id = c.id AND v.kind = 'recovery' AND NOT EXISTS (SELECT FROM claim_event x WHERE x.reverses = v.id)
      ) r
     WHERE c.bank_code = ${bank} AND c.status = 'paid' AND l.outstanding_principal < c.unpaid_principal - r.received ORDER BY c.id`;
}

/** What others than somebody proposed and nobody has checked, by kind. */
export async function openProposals(tx: Tx, actor: string): Promise<{ kind: string; count: number }[]> {
  return tx.$queryRaw`
    SELECT w.kind, count(*)::int AS count FROM (
      SELECT kind, proposed_by FROM claim_proposal WHERE status = 'proposed'
      UNION ALL SELECT 'payout', proposed_by FROM pool_payout WHERE status = 'proposed'
      UNION ALL SELECT 'capital', proposed_by FROM capital_order WHERE status = 'proposed'
      UNION ALL SELECT 'revocation', proposed_by FROM revocation WHERE status = 'proposed'
      UNION ALL SELECT 'lift', proposed_by FROM suspension_lift WHERE status = 'proposed'
    ) w WHERE w.proposed_by <> ${actor} GROUP BY 1`;
}
