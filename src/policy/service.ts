import { audit } from '../access/audit.ts';
import { type Context, permit, scopeOf } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, nextPeriod, periodOf } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { PolicyVersion } from '../generated/node/client.ts';
import {
  type AddedVersion,
  type Clause,
  type ClauseCitation,
  type ClauseVersion,
  parseValue,
  parseVersion,
  valueOn,
} from './clause.ts';
import { type ClauseView, clauseOn, policyOn } from './decide.ts';
import { PROVISIONAL } from './explanation.ts';
import type { PolicyDocument } from './policy.ts';
import { findClause, RULEBOOKS, type Rulebook, rulebookByCode, SCHEMES } from './register.ts';
import type { Scheme } from './scheme.ts';
import { rulebook } from './store.ts';
import { decideVersion, insertVersion, lockClause, sameVersion, settledThrough } from './version-store.ts';

/** A policy document with its four dates; a date that is not known, or has not come, is null. */
export type DocumentView = Required<Omit<PolicyDocument, 'number' | 'expiresOn' | 'repealedOn' | 'predecessor'>> & {
  code: string;
  number: string | null;
  expiresOn: LocalDate | null;
  repealedOn: LocalDate | null;
  predecessor: string | null;
};

/** A clause on a date, with the words that an unconfirmed value is shown with. */
export type ClauseOnDate = ClauseView & { policyCode: string; confirmed: boolean; notice: string | null };

/** One value a clause has, had or will have: shipped with a release, or added by an operator. */
export interface VersionView {
  /** null for a shipped version */
  id: string | null;
  origin: 'shipped' | 'added';
  effectiveFrom: LocalDate;
  expiresOn: LocalDate | null;
  value: unknown;
  text: string;
  citation: ClauseCitation;
  notice: string | null;
  decidedOn: LocalDate | null;
}

/** Every clause with its value on a day (today when none is named), and the documents they stand in. @throws POLICY_UNKNOWN (404) */
export async function listPolicies(ctx: Context, filter: { asOf?: LocalDate; policyCode?: string }) {
  permit(ctx, 'policy.read');
  const asOf = filter.asOf ?? ctx.today;
  const policies = filter.policyCode ? [rulebookByCode(filter.policyCode)] : RULEBOOKS;
  return inTransaction(ctx, async (tx) => {
    const { added } = await rulebook(tx);
    const items = policies.flatMap((policy) => policyOn(policy, asOf, added).map((view) => shown(policy, view)));
    return { asOf, documents: policies.map(documentOf), items };
  });
}

/** A subsidy scheme as one chooses it: who issued it, the kinds of cost it knows, and whether one may apply under it today. */
export interface SchemeView {
  code: string;
  title: string;
  issuers: string[];
  kinds: string[];
  inForce: boolean;
}

/** Every subsidy scheme there is, also those that nobody has applied under yet. */
export async function listSchemes(ctx: Context): Promise<SchemeView[]> {
  permit(ctx, 'policy.read');
  return inTransaction(ctx, async (tx) => {
    const { added } = await rulebook(tx);
    return SCHEMES.map((scheme) => {
      const { title, issuers } = scheme.document;
      const kinds = Object.keys(scheme.lines);
      return { code: scheme.code, title, issuers, kinds, inForce: holdsOn(scheme, ctx.today, added) };
    });
  });
}

/** Whether what every application is judged by has a value on the day. */
function holdsOn(scheme: Scheme, on: LocalDate, added: readonly AddedVersion[]): boolean {
  const { registration, holder, standing, caps, batches, clawback } = scheme;
  const judged: readonly Clause[] = [registration, holder, standing, caps, batches, clawback];
  try {
    for (const clause of judged) valueOn(clause, on, added);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'POLICY_OUTSIDE_DATES') return false;
    throw error;
  }
}

/** One policy document. @throws POLICY_UNKNOWN (404) */
export function findPolicyDocument(ctx: Context, code: string): DocumentView {
  permit(ctx, 'policy.read');
  return documentOf(rulebookByCode(code));
}

/** A clause on a day with all its versions, its worked cases, and the shape (JSON Schema) that a new value must have. */
export async function findClauseHistory(ctx: Context, code: string, name: string, asOf: LocalDate = ctx.today) {
  permit(ctx, 'policy.read');
  const policy = rulebookByCode(code);
  const clause = findClause(name.includes('.') ? name : `${code}.${name}`);
  if (!policy.clauses.includes(clause))
    throw new DomainError('CLAUSE_UNKNOWN', `「${code}」没有条款「${name}」`, { status: 404 });
  return inTransaction(ctx, async (tx) => {
    const { added } = await rulebook(tx);
    const rows = await tx.policyVersion.findMany({ where: { clauseId: clause.id, status: 'approved' } });
    const versions = [
      ...clause.versions.map((v) => shippedView(clause, v)),
      ...rows.map((row) => addedView(clause, row)),
    ];
    versions.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : a.effectiveFrom > b.effectiveFrom ? 1 : 0));
    return {
      ...shown(policy, clauseOn(clause, asOf, added)),
      asOf,
      versions,
      cases: clause.cases,
      valueSchema: clause.schema.toJSONSchema(),
    };
  });
}

export interface ProposalView extends VersionView {
  id: string;
  clauseId: string;
  title: string;
  status: string;
  proposedBy: string;
  decidedBy: string | null;
  reason: string | null;
}

/**
 * Proposes a value of a clause from a date on. The same proposal again, pending or approved, answers the same.
 * @throws CLAUSE_UNKNOWN (404), POLICY_VALUE_INVALID (422), POLICY_VERSION_CONFLICT (409) when another value is in force from that day
 */
export async function proposeVersion(
  ctx: Context,
  input: { clauseId: string; [field: string]: unknown },
): Promise<{ created: boolean; version: ProposalView }> {
  permit(ctx, 'policy.propose');
  const { clauseId, ...raw } = input;
  const clause = findClause(clauseId);
  const version = parseVersion(clause, raw);
  return inTransaction(ctx, async (tx) => {
    await lockClause(tx, clauseId);
    const before = await sameVersion(tx, clauseId, version);
    if (before) return { created: false, version: proposalView(before) };
    await refuseOther(tx, clause, version.effectiveFrom);
    await refuseBackdated(tx, clauseId, version.effectiveFrom);
    const row = await insertVersion(tx, clauseId, version, ctx.actor.id);
    const { effectiveFrom, value } = version;
    await audit(tx, ctx, {
      action: 'policy.propose',
      subject: `policyVersion:${row.id}`,
      after: { clauseId, effectiveFrom, value: JSON.stringify(value) },
    });
    return { created: true, version: proposalView(row) };
  });
}

/** Puts a proposed version into force from its own date on; by another person than who proposed it. Approving again answers the same. */
export async function approveVersion(ctx: Context, id: string): Promise<ProposalView> {
  return decide(ctx, id, 'approved', null);
}

/** Refuses a proposed version with the reason; by another person than who proposed it. */
export async function refuseVersion(ctx: Context, id: string, reason: string): Promise<ProposalView> {
  return decide(ctx, id, 'refused', reason);
}

/** Takes back an own proposal that nobody has decided yet. Again, it answers the same. @throws NOT_FOUND (404), NOT_THE_PROPOSER (403), ALREADY_DECIDED (409) */
export async function withdrawVersion(ctx: Context, id: string): Promise<ProposalView> {
  permit(ctx, 'policy.propose');
  return inTransaction(ctx, async (tx) => {
    const row = await lockedVersion(tx, id);
    if (row.proposedBy !== ctx.actor.id)
      throw new DomainError('NOT_THE_PROPOSER', '只有提出人可以撤回', { status: 403 });
    if (row.status === 'withdrawn') return proposalView(row);
    refuseDecided(row);
    // Nobody decided it: the table keeps who decides apart from who proposed.
    const data = { status: 'withdrawn', decidedOn: dateToDb(ctx.today) };
    const withdrawn = await tx.policyVersion.update({ where: { id }, data });
    await audit(tx, ctx, {
      action: 'policy.withdraw',
      subject: `policyVersion:${id}`,
      before: { status: 'proposed' },
      after: { status: 'withdrawn', clauseId: row.clauseId },
    });
    return proposalView(withdrawn);
  });
}

async function lockedVersion(tx: Tx, id: string): Promise<PolicyVersion> {
  const seen = await tx.policyVersion.findUnique({ where: { id } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这个条款版本', { status: 404 });
  await lockClause(tx, seen.clauseId);
  return tx.policyVersion.findUniqueOrThrow({ where: { id } });
}

const OUTCOMES: Record<string, string> = { approved: '复核通过', refused: '退回', withdrawn: '撤回' };

function refuseDecided({ status }: PolicyVersion): void {
  if (status === 'proposed') return;
  throw new DomainError('ALREADY_DECIDED', `该条款版本已${OUTCOMES[status]}，不能再改`, { status: 409 });
}

async function decide(
  ctx: Context,
  id: string,
  status: 'approved' | 'refused',
  reason: string | null,
): Promise<ProposalView> {
  permit(ctx, 'policy.approve');
  return inTransaction(ctx, async (tx) => {
    const row = await lockedVersion(tx, id);
    if (row.status === status && row.reason === reason) return proposalView(row);
    refuseDecided(row);
    if (row.proposedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的条款版本，请由他人复核', { status: 403 });
    const clause = findClause(row.clauseId);
    if (status === 'approved') {
      parseValue(clause, row.value); // a release in between may have changed what the clause takes
      await refuseOther(tx, clause, dateFromDb(row.effectiveFrom));
      await refuseBackdated(tx, clause.id, dateFromDb(row.effectiveFrom));
    }
    const decided = await decideVersion(tx, id, { status, reason, by: ctx.actor.id, on: ctx.today });
    const action = status === 'approved' ? 'policy.approve' : 'policy.refuse';
    await audit(tx, ctx, {
      action,
      subject: `policyVersion:${id}`,
      before: { status: 'proposed' },
      after: { status, reason, clauseId: clause.id },
    });
    return proposalView(decided);
  });
}

async function refuseOther(tx: Tx, clause: Clause, effectiveFrom: LocalDate): Promise<void> {
  const rows = await tx.policyVersion.findMany({ where: { clauseId: clause.id, status: 'approved' } });
  if (!rows.some((row) => dateFromDb(row.effectiveFrom) === effectiveFrom)) return;
  throw new DomainError(
    'POLICY_VERSION_CONFLICT',
    `条款「${clause.title}」自 ${effectiveFrom} 起已有复核通过的取值，如需更改请另定施行日`,
    { status: 409 },
  );
}

const VERSIONS: Listing = {
  from: 'policy_version v',
  key: { sql: 'v.id', type: 'uuid' },
  fields: {
    effectiveFrom: { sql: 'v.effective_from', type: 'date' },
    expiresOn: { sql: 'v.expires_on', type: 'date', nullable: true },
    clauseId: { sql: 'v.clause_id', type: 'text' },
    status: { sql: 'v.status', type: 'text' },
    decidedOn: { sql: 'v.decided_on', type: 'date', nullable: true },
  },
  search: ['v.clause_id', "(v.citation ->> 'document')", "(v.citation ->> 'article')", "coalesce(v.reason, '')"],
  order: '-effectiveFrom',
};
/** What versions may be put in order by. */
export const VERSION_SORTS = Object.keys(VERSIONS.fields);

/** Versions that were proposed here, the latest in force first when no other order is asked for; banks, enterprises and counties see what was approved. `q` also looks into the clauses' titles. */
export async function listVersions(
  ctx: Context,
  { clauseId, status }: { clauseId?: string; status?: string },
  ask: ListAsk,
): Promise<Listed<ProposalView>> {
  permit(ctx, 'policy.read');
  const { q = '' } = ask;
  const titled = RULEBOOKS.flatMap((book) => book.clauses).filter(({ title }) => title.includes(q));
  const byTitle = () => `v.clause_id IN ('', ${titled.map(({ id }) => `'${id}'`)})`;
  const listing = titled.length > 0 ? { ...VERSIONS, search: [...VERSIONS.search, byTitle] } : VERSIONS;
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['v.clause_id = ?', clauseId],
      ['v.status = ?', status],
      ['v.status = ?', scopeOf(ctx.actor).scope === 'own' ? 'approved' : undefined],
    ];
    const { items: ids, ...page } = await readKeys(tx, listing, conditions, ask);
    const rows = await tx.policyVersion.findMany({ where: { id: { in: ids } } });
    return { ...page, items: inOrder(ids, rows.map(proposalView), ({ id }) => id) };
  });
}

function documentOf({ code, document }: Rulebook): DocumentView {
  const { number = null, expiresOn = null, repealedOn = null, predecessor = null } = document;
  return { code, ...document, number, expiresOn, repealedOn, predecessor };
}

function shown(policy: Rulebook, view: ClauseView): ClauseOnDate {
  const confirmed = view.citation?.confirmed ?? false;
  return { policyCode: policy.code, ...view, confirmed, notice: view.provisional ? PROVISIONAL : null };
}

/** A version of a release as it is shown. */
export function shippedView(clause: Clause, version: ClauseVersion<unknown>): VersionView {
  const { effectiveFrom, expiresOn = null, value, citation } = version;
  const read = clause.schema.safeParse(value);
  const text = read.success ? clause.describe(read.data) : '取值不符合该条款现行的格式';
  const notice = citation.confirmed ? null : PROVISIONAL;
  return { id: null, origin: 'shipped', effectiveFrom, expiresOn, value, text, citation, notice, decidedOn: null };
}

/** A version that was added, whatever became of it, as it is shown. */
export function addedView(clause: Clause, row: PolicyVersion): VersionView & { id: string } {
  const dates = { effectiveFrom: dateFromDb(row.effectiveFrom), expiresOn: row.expiresOn && dateFromDb(row.expiresOn) };
  const stored = { ...dates, value: row.value, citation: row.citation as unknown as ClauseCitation };
  return {
    ...shippedView(clause, stored),
    id: row.id,
    origin: 'added',
    decidedOn: row.decidedOn && dateFromDb(row.decidedOn),
  };
}

function proposalView(row: PolicyVersion): ProposalView {
  const { clauseId, status, proposedBy, decidedBy, reason } = row;
  const clause = findClause(clauseId);
  return { ...addedView(clause, row), clauseId, title: clause.title, status, proposedBy, decidedBy, reason };
}

/** A settled month was decided by the values of its days: a new value begins after the last month that a pool of this policy has settled. */
async function refuseBackdated(tx: Tx, clauseId: string, effectiveFrom: LocalDate): Promise<void> {
  const settled = await settledThrough(tx, clauseId.split('.')[0]!);
  if (settled !== null && periodOf(effectiveFrom) <= settled) {
    throw new DomainError(
      'POLICY_BACKDATED',
      `${settled} 及以前的月份已结算，新版本的施行日不得早于 ${firstDay(nextPeriod(settled))}`,
      { status: 409 },
    );
  }
}
