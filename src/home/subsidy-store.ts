import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';

/** A step of applications, whose clause tells how long it may take. */
export type SubsidyStep = 'recommend' | 'review' | 'audit' | 'decide';

/** Applications that wait for a step since a day, by scheme. */
export interface SubsidyRow {
  scheme: string;
  step: SubsidyStep;
  since: LocalDate;
  count: number;
}

/** Applications that wait for these steps, of some pools (null: all), that somebody had no hand in. What a county recommends is not the region's. */
export async function waitingSubsidies(
  tx: Tx,
  { steps, pools, actor }: { steps: SubsidyStep[]; pools: string[] | null; actor: string },
): Promise<SubsidyRow[]> {
  return tx.$queryRaw`
    SELECT a.scheme_code AS scheme, w.step, w.since::text, count(*)::int AS count FROM subsidy_application a
      CROSS JOIN LATERAL (SELECT * FROM (VALUES
        ('submitted', 'recommend', a.submitted_on, ARRAY[a.created_by]), ('recommended', 'review', a.recommended_on, ARRAY[a.created_by, a.recommended_by]),
        ('reviewed', 'audit', a.reviewed_on, ARRAY[a.created_by, a.recommended_by, a.reviewed_by]), ('audited', 'decide', a.audited_on, ARRAY[a.created_by, a.reviewed_by, a.audited_by])
      ) v(status, step, since, hands) WHERE v.status = a.status) w
     WHERE w.step = ANY (${steps}::text[]) AND (${pools}::text[] IS NULL OR a.pool_code = ANY (${pools}::text[]))
       AND (${pools}::text[] IS NOT NULL OR w.step <> 'recommend' OR a.pool_code IS NULL) AND NOT coalesce(${actor} = ANY (w.hands), false)
     GROUP BY 1, 2, 3 ORDER BY 3`;
}

/** A batch of subsidies that waits for somebody. Wire amount of what it grants, as far as that is known. */
export interface BatchRow {
  id: string;
  scheme: string;
  year: number;
  no: number;
  status: string;
  objectionsTo: LocalDate | null;
  granted: string | null;
  /** objections to its lines that nobody has decided */
  objections: number;
  /** ordered payments that another than the actor ordered, what they come to, and what banks sent back and was not paid anew */
  toPay: number;
  toPayAmount: string;
  returned: number;
}

/** Batches that are on their way, without those that `actor` made and another checks. What is paid of a supplement is not its application's first payment made again; what was given up is paid no more. */
export async function openBatches(tx: Tx, actor: string): Promise<BatchRow[]> {
  return tx.$queryRaw`
    SELECT b.id::text, b.scheme_code AS scheme, b.year, b.no, b.status, b.objections_to::text AS "objectionsTo", b.granted::text,
           (SELECT count(*)::int FROM subsidy_objection o JOIN subsidy_line l ON l.id = o.line_id JOIN subsidy_application a ON a.id = l.application_id
             WHERE o.status = 'open' AND a.scheme_code = b.scheme_code AND a.year = b.year AND a.batch_no = b.no) AS objections,
           count(p.*) FILTER (WHERE p.status = 'ordered' AND p.ordered_by <> ${actor})::int AS "toPay",
           coalesce(sum(p.amount) FILTER (WHERE p.status = 'ordered' AND p.ordered_by <> ${actor}), 0.00)::text AS "toPayAmount",
           count(p.*) FILTER (WHERE p.status = 'returned' AND EXISTS (SELECT FROM subsidy_application a WHERE a.id = p.application_id AND a.status = 'approved')
             AND NOT EXISTS (SELECT FROM subsidy_payment n
               WHERE n.application_id = p.application_id AND n.supplement_id IS NOT DISTINCT FROM p.supplement_id AND n.attempt > p.attempt))::int AS returned
      FROM subsidy_batch b LEFT JOIN subsidy_payment p ON p.batch_id = b.id
     WHERE NOT (b.status = 'allocated' AND b.allocated_by = ${actor}) GROUP BY b.id ORDER BY b.id`;
}

/** Decided applications that no batch has published yet. */
export async function unpublished(tx: Tx): Promise<{ scheme: string; year: number; batchNo: number; count: number }[]> {
  return tx.$queryRaw`
    SELECT scheme_code AS scheme, year, batch_no AS "batchNo", count(*)::int AS count FROM subsidy_application WHERE status = 'decided' GROUP BY 1, 2, 3 ORDER BY 2, 3, 1`;
}

/** Clawbacks that another proposed, that another proposed to cancel, and all that are owed. */
export interface OpenClawbacks {
  proposed: number;
  cancelling: number;
  owed: number;
}

/** How many clawbacks wait for `actor` as the second person, and for money. */
export async function openClawbacks(tx: Tx, actor: string): Promise<OpenClawbacks> {
  const [row] = await tx.$queryRaw<OpenClawbacks[]>`
    SELECT count(*) FILTER (WHERE status = 'proposed' AND proposed_by <> ${actor})::int AS proposed,
           count(*) FILTER (WHERE status = 'ordered' AND cancel_proposed_by <> ${actor})::int AS cancelling,
           count(*) FILTER (WHERE status = 'ordered')::int AS owed FROM subsidy_clawback`;
  return row!;
}

/** Changes of budgets that another proposed. */
export async function openBudgetChanges(tx: Tx, actor: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM subsidy_budget_change WHERE status = 'proposed' AND proposed_by <> ${actor}`;
  return row!.count;
}

/** An enterprise's own applications by state, and its payments that a bank sent back and whose account it has not put right since. Wire amounts. */
export interface OwnSubsidies {
  states: { status: string; count: number; amount: string }[];
  returned: number;
  /** what banks have paid and not sent back, and to how many applications */
  paid: string;
  paidCount: number;
  /** of claims for money back that stand */
  owed: string;
}

export async function ownSubsidies(tx: Tx, uscc: string): Promise<OwnSubsidies> {
  const states = await tx.$queryRaw<OwnSubsidies['states']>`
    SELECT status, count(*)::int AS count, coalesce(sum(coalesce(granted, decided, demand)), 0.00)::text AS amount FROM subsidy_application
     WHERE enterprise_uscc = ${uscc} GROUP BY status ORDER BY status`;
  const [more] = await tx.$queryRaw<Omit<OwnSubsidies, 'states'>[]>`
    SELECT (SELECT count(*)::int FROM subsidy_payment p JOIN subsidy_application a ON a.id = p.application_id AND a.status = 'approved'
             WHERE p.enterprise_uscc = ${uscc} AND p.status = 'returned'
              AND NOT EXISTS (SELECT FROM subsidy_payment n
               WHERE n.application_id = p.application_id AND n.supplement_id IS NOT DISTINCT FROM p.supplement_id AND n.attempt > p.attempt)
              AND NOT EXISTS (SELECT FROM subsidy_event e WHERE e.application_id = a.id AND e.kind = 'payeeMended' AND e.id > (
                SELECT max(b.id) FROM subsidy_event b WHERE b.application_id = a.id AND b.kind = 'returnedByBank'))) AS returned,
           (SELECT coalesce(sum(amount), 0.00)::text FROM subsidy_payment WHERE enterprise_uscc = ${uscc} AND status = 'paid') AS paid,
           (SELECT count(DISTINCT application_id)::int FROM subsidy_payment WHERE enterprise_uscc = ${uscc} AND status = 'paid') AS "paidCount",
           (SELECT coalesce(sum(amount - received), 0.00)::text FROM subsidy_clawback WHERE enterprise_uscc = ${uscc} AND status = 'ordered') AS owed`;
  return { states, ...more! };
}
