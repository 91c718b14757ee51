import type { Tx } from '../db/client.ts';
import { fromDb } from '../db/decimal.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyBudget, SubsidyClawback } from '../generated/node/client.ts';
import { type Money, money } from '../money/money.ts';
import { lockBudget } from './budget-service.ts';
import type { Ban } from './facts.ts';

/** A clawback with its budget, both locked until the transaction ends. @throws DomainError NOT_FOUND (404) */
export async function lockClawback(tx: Tx, id: bigint): Promise<{ row: SubsidyClawback; budget: SubsidyBudget }> {
  const seen = await tx.subsidyClawback.findUnique({ where: { id } });
  if (!seen) throw unknownClawback();
  const budget = await lockBudget(tx, seen.budgetCode);
  await tx.$queryRaw`SELECT id FROM subsidy_clawback WHERE id = ${id} FOR UPDATE`;
  return { row: await tx.subsidyClawback.findUniqueOrThrow({ where: { id } }), budget };
}

/** What is said of a clawback that is not there, or another's. */
export const unknownClawback = (): DomainError => new DomainError('NOT_FOUND', '没有这项追回', { status: 404 });

/** What the bank has paid of lines, and what of it is claimed back already, by line. */
export async function paidOf(tx: Tx, lines: readonly bigint[]): Promise<Map<bigint, { paid: Money; before: Money }>> {
  const rows = await tx.$queryRaw<{ id: bigint; paid: string; before: string }[]>`
    SELECT l.id, subsidy_line_paid(l.id)::text AS paid, coalesce(sum(c.amount), 0.00)::text AS before
      FROM unnest(${[...lines]}::bigint[]) w(id) JOIN subsidy_line l ON l.id = w.id
      LEFT JOIN subsidy_clawback c ON c.line_id = l.id AND c.status NOT IN ('declined', 'cancelled') GROUP BY l.id`;
  return new Map(rows.map(({ id, paid, before }) => [id, { paid: money(paid), before: money(before) }]));
}

/** Whether all that was paid of an application was paid in one year: then its expense is of that year still. */
export async function paidWithin(tx: Tx, applicationId: bigint, year: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ within: boolean }[]>`
    SELECT bool_and(to_char(paid_on, 'YYYY') = ${year}) AS within FROM subsidy_payment WHERE application_id = ${applicationId} AND status = 'paid'`;
  return row!.within;
}

/** The bans that keep enterprises from a scheme, by code: of several the one that lasts longest. */
export async function bansOf(tx: Tx, scheme: string, usccs: string[]): Promise<Map<string, Ban>> {
  const rows = await tx.$queryRaw<{ uscc: string; ban: Ban }[]>`
    SELECT DISTINCT ON (enterprise_uscc) enterprise_uscc AS uscc, ban FROM subsidy_clawback
     WHERE enterprise_uscc = ANY (${usccs}::text[]) AND ban IS NOT NULL AND status IN ('ordered', 'received', 'remitted')
       AND (scheme_code = ${scheme} OR (ban->>'allSchemes')::boolean)
     ORDER BY enterprise_uscc, ban->>'until' DESC`;
  return new Map(rows.map(({ uscc, ban }) => [uscc, ban]));
}

/** What of a clawback has not come in yet. */
export const openOf = (row: SubsidyClawback): Money => fromDb(row.amount).minus(fromDb(row.received));
