import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import type { PolicyVersion, Prisma } from '../generated/node/client.ts';
import type { ClauseVersion } from './clause.ts';

/** One at a time for a clause until the transaction ends: a proposal sent twice at once is still one. */
export async function lockClause(tx: Tx, clauseId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`policy:${clauseId}`}, 0))`;
}

function columnsOf(clauseId: string, { effectiveFrom, expiresOn, value, citation }: ClauseVersion<unknown>) {
  return {
    clauseId,
    effectiveFrom: dateToDb(effectiveFrom),
    expiresOn: expiresOn ? dateToDb(expiresOn) : null,
    value: value as Prisma.InputJsonValue,
    citation: { ...citation } as Prisma.InputJsonValue,
  };
}

/** The version with this very content that is pending or approved, if there is one. */
export async function sameVersion(
  tx: Tx,
  clauseId: string,
  version: ClauseVersion<unknown>,
): Promise<PolicyVersion | null> {
  const { value, citation, ...dates } = columnsOf(clauseId, version);
  return tx.policyVersion.findFirst({
    where: {
      ...dates,
      value: { equals: value },
      citation: { equals: citation },
      status: { in: ['proposed', 'approved'] },
    },
  });
}

/** Writes a proposal. */
export async function insertVersion(
  tx: Tx,
  clauseId: string,
  version: ClauseVersion<unknown>,
  by: string,
): Promise<PolicyVersion> {
  return tx.policyVersion.create({ data: { ...columnsOf(clauseId, version), status: 'proposed', proposedBy: by } });
}

/** Writes what became of a proposal. */
export async function decideVersion(
  tx: Tx,
  id: string,
  { status, reason, by, on }: { status: string; reason: string | null; by: string; on: LocalDate },
): Promise<PolicyVersion> {
  return tx.policyVersion.update({ where: { id }, data: { status, reason, decidedBy: by, decidedOn: dateToDb(on) } });
}

/** The last month that any pool of a policy has settled, or null. */
export async function settledThrough(tx: Tx, policyCode: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ month: string | null }[]>`
    SELECT max(b.locked_through)::text AS month FROM pool p JOIN ledger.book b ON b.id = p.code WHERE p.policy_code = ${policyCode}`;
  return row?.month ?? null;
}
