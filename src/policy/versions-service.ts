import { actorNames } from '../access/actor-names.ts';
import { type Context, permit, scopeOf } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Clause } from './clause.ts';
import { findClause, rulebookByCode } from './register.ts';
import { addedView, shippedView, type VersionView } from './service.ts';

/** Where a version stands today; `replaced`: another took its place before its own time was over. */
export type VersionState = 'inForce' | 'coming' | 'expired' | 'replaced' | 'proposed' | 'refused';

/** A version beside the others of its clause. */
export interface ComparedVersion extends VersionView {
  state: VersionState;
  proposedBy: string | null;
  proposedByName: string | null;
  decidedBy: string | null;
  decidedByName: string | null;
  reason: string | null;
  /** whether the reader proposed it, and so may not approve it */
  own: boolean;
}

/**
 * All versions of a clause side by side, the latest first: shipped, approved, proposed and refused. Banks, enterprises and counties see what was approved,
 * and not by whom. @throws CLAUSE_UNKNOWN (404), POLICY_UNKNOWN (404)
 */
export async function compareVersions(
  ctx: Context,
  code: string,
  name: string,
): Promise<{ clause: Clause; asOf: LocalDate; items: ComparedVersion[] }> {
  permit(ctx, 'policy.read');
  const clause = findClause(name.includes('.') ? name : `${code}.${name}`);
  if (!rulebookByCode(code).clauses.includes(clause))
    throw new DomainError('CLAUSE_UNKNOWN', `「${code}」没有条款「${name}」`, { status: 404 });
  const all = scopeOf(ctx.actor).scope === 'all';
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.policyVersion.findMany({
      where: { clauseId: clause.id, status: all ? { not: 'withdrawn' } : 'approved' },
      orderBy: [{ decidedOn: 'asc' }],
    });
    const people = all ? rows.flatMap(({ proposedBy, decidedBy }) => [proposedBy, decidedBy ?? proposedBy]) : [];
    const names = await actorNames(tx, people);
    const nobody = { proposedBy: null, proposedByName: null, decidedBy: null, decidedByName: null, reason: null };
    const shipped = clause.versions.map((v) => ({
      ...shippedView(clause, v),
      ...nobody,
      own: false,
      status: 'approved',
    }));
    const added = rows.map(({ proposedBy, decidedBy, reason, status, ...row }) => ({
      ...addedView(clause, { proposedBy, decidedBy, reason, status, ...row }),
      ...(all ? { proposedBy, decidedBy, reason } : nobody),
      ...{ proposedByName: names.get(proposedBy) ?? null, decidedByName: names.get(decidedBy ?? '') ?? null },
      ...{ own: proposedBy === ctx.actor.id, status },
    }));
    return { clause, asOf: ctx.today, items: inTime([...shipped, ...added], ctx.today) };
  });
}

/** The state of each on a day; as in `valueOn` the latest approved one that has begun counts, the later in the list of two of one day. */
function inTime(
  versions: (Omit<ComparedVersion, 'state'> & { status: string })[],
  today: LocalDate,
): ComparedVersion[] {
  const begun = versions.filter((v) => v.status === 'approved' && v.effectiveFrom <= today);
  const current = begun.reduce<(typeof begun)[number] | undefined>(
    (a, b) => (a && a.effectiveFrom > b.effectiveFrom ? a : b),
    undefined,
  );
  const stateOf = (v: (typeof versions)[number]): VersionState => {
    if (v.status !== 'approved') return v.status as 'proposed' | 'refused';
    if (v.effectiveFrom > today) return 'coming';
    if (v.expiresOn !== null && v.expiresOn < today) return 'expired';
    return v === current ? 'inForce' : 'replaced';
  };
  return versions
    .map((v) => ({ version: v, state: stateOf(v) }))
    .map(({ version: { status: _, ...v }, state }) => ({ ...v, state }))
    .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : a.effectiveFrom > b.effectiveFrom ? -1 : 0));
}
