import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction, seeingAll } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Suspension, SuspensionLift } from '../generated/node/client.ts';
import type { BreakerMeasure, BreakerScope } from '../policy/kinds/breaker-words.ts';
import { checkBreaker, look } from './breaker-service.ts';
import { ratioText } from './breaker-steps.ts';
import { issueBreakerNotice } from './notice-service.ts';
import { lockPool } from './store.ts';

/** 警示 or 暂停: whose ratio, where it stood, since when, and what people decided of it. */
export interface SuspensionView {
  id: string;
  poolCode: string;
  poolName: string;
  scope: BreakerScope;
  party: string;
  partyName: string;
  cause: 'ratio' | 'report';
  measure: BreakerMeasure | null;
  level: 'warn' | 'suspend';
  stops: 'filings' | 'claims' | null;
  /** percent when it began; null where a report is missing, or something stands over nothing */
  ratio: string | null;
  numerator: string | null;
  denominator: string | null;
  warnLine: string | null;
  suspendLine: string | null;
  message: string;
  cites: Citation[];
  explanation: unknown;
  trigger: string;
  reference: string;
  since: LocalDate;
  status: 'active' | 'lifted' | 'ended';
  belowSince: LocalDate | null;
  liftedOn: LocalDate | null;
  endedOn: LocalDate | null;
  lifts: LiftView[];
  documentId: string | null;
}

/** 解除: why, by whom, and what a second person said. */
export interface LiftView {
  id: string;
  reason: string;
  status: 'proposed' | 'confirmed' | 'refused';
  proposedBy: string | null;
  proposedOn: LocalDate;
  mine: boolean;
  decidedBy: string | null;
  decidedOn: LocalDate | null;
  decision: string | null;
}

const SUSPENSIONS: Listing = {
  from: 'suspension s',
  key: { sql: 's.id', type: 'bigint' },
  fields: {
    id: { sql: 's.id', type: 'bigint' },
    since: { sql: 's.since', type: 'date' },
    poolCode: { sql: 's.pool_code', type: 'text' },
    scope: { sql: 's.scope', type: 'text' },
    party: { sql: 's.party', type: 'text' },
    level: { sql: 's.level', type: 'text' },
    status: { sql: 's.status', type: 'text' },
    endedOn: { sql: 's.ended_on', type: 'date', nullable: true },
  },
  search: [
    's.party',
    's.message',
    's.reference',
    '(SELECT i.name FROM institution i WHERE i.code = s.party)',
    '(SELECT p.name FROM pool p WHERE p.code = s.pool_code)',
  ],
  order: '-since',
};
/** What suspensions may be put in order by. */
export const SUSPENSION_SORTS = Object.keys(SUSPENSIONS.fields);

export interface SuspensionFilter {
  poolCode?: string;
  scope?: string;
  party?: string;
  cause?: string;
  level?: string;
  status?: string;
  /** first and last day on which it began */
  from?: LocalDate;
  to?: LocalDate;
}

/** Warnings and suspensions that the actor sees, the latest first when no other order is asked for. */
export async function listSuspensions(
  ctx: Context,
  filter: SuspensionFilter,
  ask: ListAsk,
): Promise<Listed<SuspensionView>> {
  permit(ctx, 'suspension.read');
  const conditions: Condition[] = [
    ['s.pool_code = ?', filter.poolCode],
    ['s.scope = ?', filter.scope],
    ['s.party = ?', filter.party],
    ['s.cause = ?', filter.cause],
    ['s.level = ?', filter.level],
    ['s.status = ?', filter.status],
    ['s.since >= ?::date', filter.from],
    ['s.since <= ?::date', filter.to],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, SUSPENSIONS, conditions, ask);
    const rows = await tx.suspension.findMany({ where: { id: { in: ids.map(BigInt) } }, include: { lifts: true } });
    return {
      ...page,
      items: await toViews(
        tx,
        ctx,
        inOrder(ids, rows, (row) => `${row.id}`),
      ),
    };
  });
}

/** One of them. @throws DomainError NOT_FOUND (404), also for one that is not the actor's */
export async function findSuspension(ctx: Context, id: bigint): Promise<SuspensionView> {
  permit(ctx, 'suspension.read');
  return inTransaction(ctx, (tx) => read(tx, ctx, id));
}

/** Proposes to lift a suspension, with reasons. The same again by the same person is the same proposal. @throws DomainError LIFTS_ITSELF, NOT_SUSPENDED, LIFT_PROPOSED (409) */
export async function proposeLift(ctx: Context, id: bigint, reason: string): Promise<SuspensionView> {
  permit(ctx, 'suspension.propose');
  return inTransaction(ctx, async (tx) => {
    const row = await locked(tx, id);
    const open = row.lifts.find((l) => l.status === 'proposed');
    if (open?.proposedBy === ctx.actor.id && open.reason === reason) return read(tx, ctx, id);
    if (open) throw new DomainError('LIFT_PROPOSED', '已有人提出解除，请先办结', { status: 409 });
    if (row.cause === 'report')
      throw new DomainError('LIFTS_ITSELF', '因缺报月报的暂停在补报后自行恢复，不另行解除', { status: 409 });
    if (row.level !== 'suspend' || row.status !== 'active')
      throw new DomainError('NOT_SUSPENDED', '没有生效的暂停，不需要解除', { status: 409 });
    const { poolCode, bankCode } = row;
    await tx.suspensionLift.create({
      data: {
        ...{ suspensionId: id, poolCode, bankCode, reason, status: 'proposed' },
        ...{ proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) },
      },
    });
    await audit(tx, ctx, { action: 'suspension.propose', subject: `suspension:${id}`, after: { reason } });
    return read(tx, ctx, id);
  });
}

/**
 * Another person agrees: business goes on, and the notice says why. It stays lifted until the ratio has fallen below the line and reaches it anew.
 * @throws DomainError NO_LIFT_PROPOSED (409), SAME_PERSON (403)
 */
export async function confirmLift(ctx: Context, id: bigint): Promise<SuspensionView> {
  permit(ctx, 'suspension.decide');
  return inTransaction(ctx, async (tx) => {
    const row = await locked(tx, id);
    const open = row.lifts.find((l) => l.status === 'proposed');
    if (!open && row.liftedOn !== null && row.lifts.at(-1)?.decidedBy === ctx.actor.id) return read(tx, ctx, id);
    await decide(tx, ctx, open, 'confirmed', null);
    await tx.suspension.update({ where: { id }, data: { status: 'lifted', liftedOn: dateToDb(ctx.today) } });
    const { poolCode } = row;
    await seeingAll(tx, async () => {
      const pool = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
      const { verdicts } = await look(tx, pool, ctx.today);
      const verdict = verdicts.find((v) => v.scope === row.scope && v.key === row.party && v.measure === row.measure);
      if (verdict)
        await issueBreakerNotice(tx, ctx, { poolCode, id, action: 'lift', verdict, reasons: [open!.reason] });
    });
    await audit(tx, ctx, {
      action: 'suspension.lift',
      subject: `suspension:${id}`,
      before: { status: 'active' },
      after: { status: 'lifted', reason: open!.reason },
    });
    await checkBreaker(tx, ctx, poolCode, { event: 'lift', reference: `suspension:${id}`, on: ctx.today });
    return read(tx, ctx, id);
  });
}

/** Another person does not agree: the suspension stands. @throws DomainError NO_LIFT_PROPOSED (409), SAME_PERSON (403) */
export async function refuseLift(ctx: Context, id: bigint, reason: string): Promise<SuspensionView> {
  permit(ctx, 'suspension.decide');
  return inTransaction(ctx, async (tx) => {
    const row = await locked(tx, id);
    const last = row.lifts.at(-1);
    if (last?.status === 'refused' && last.decidedBy === ctx.actor.id && last.decision === reason)
      return read(tx, ctx, id);
    await decide(
      tx,
      ctx,
      row.lifts.find((l) => l.status === 'proposed'),
      'refused',
      reason,
    );
    await audit(tx, ctx, { action: 'suspension.refuse', subject: `suspension:${id}`, after: { reason } });
    return read(tx, ctx, id);
  });
}

async function decide(
  tx: Tx,
  ctx: Context,
  lift: SuspensionLift | undefined,
  status: 'confirmed' | 'refused',
  decision: string | null,
): Promise<void> {
  if (!lift) throw new DomainError('NO_LIFT_PROPOSED', '没有待复核的解除', { status: 409 });
  if (lift.proposedBy === ctx.actor.id)
    throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的解除，请由他人办理', { status: 403 });
  const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) };
  await tx.suspensionLift.update({ where: { id: lift.id }, data: { status, decision, ...decided } });
}

type Row = Suspension & { lifts: SuspensionLift[] };
const BY_ID = { lifts: { orderBy: { id: 'asc' } } } as const;

/** The episode with its pool locked. @throws DomainError NOT_FOUND (404) */
async function locked(tx: Tx, id: bigint): Promise<Row> {
  const seen = await tx.suspension.findUnique({ where: { id }, select: { poolCode: true } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这次警示或暂停', { status: 404 });
  await lockPool(tx, seen.poolCode);
  return tx.suspension.findUniqueOrThrow({ where: { id }, include: BY_ID });
}

async function read(tx: Tx, ctx: Context, id: bigint): Promise<SuspensionView> {
  const row = await tx.suspension.findUnique({ where: { id }, include: BY_ID });
  if (!row) throw new DomainError('NOT_FOUND', '没有这次警示或暂停', { status: 404 });
  return (await toViews(tx, ctx, [row]))[0]!;
}

/** Banks and guarantors need not know who of the staff decided. */
async function toViews(tx: Tx, { actor }: Context, rows: Row[]): Promise<SuspensionView[]> {
  const insiders = actor.role !== 'bank' && actor.role !== 'guarantor';
  const people = rows.flatMap((r) => r.lifts.flatMap((l) => [l.proposedBy, ...(l.decidedBy ? [l.decidedBy] : [])]));
  const names = insiders ? await actorNames(tx, people) : new Map<string, string>();
  const codes = { where: { code: { in: rows.map((r) => r.party) } }, select: { code: true, name: true } };
  const parties = new Map((await tx.institution.findMany(codes)).map((i) => [i.code, i.name]));
  const pools = new Map((await tx.pool.findMany({ select: { code: true, name: true } })).map((p) => [p.code, p.name]));
  const papers = await tx.document.findMany({
    where: { kind: 'breakerNotice', subject: { in: rows.map((r) => `suspension:${r.id}`) } },
    select: { id: true, subject: true },
  });
  return rows.map((row) => ({
    ...{ id: `${row.id}`, poolCode: row.poolCode, poolName: pools.get(row.poolCode) ?? row.poolCode },
    party: row.party,
    partyName: (row.scope === 'pool' ? pools : parties).get(row.party) ?? row.party,
    ...codesOf(row),
    ratio: row.over && row.under ? ratioText(fromDb(row.over), fromDb(row.under)) : null,
    ...{ numerator: row.over?.toFixed(2) ?? null, denominator: row.under?.toFixed(2) ?? null },
    ...{ warnLine: row.warnLine?.toFixed() ?? null, suspendLine: row.suspendLine?.toFixed() ?? null },
    ...{ message: row.message, cites: row.cites as unknown as Citation[], explanation: row.explanation },
    ...{ trigger: row.trigger, reference: row.reference, since: dateFromDb(row.since) },
    belowSince: row.belowSince && dateFromDb(row.belowSince),
    liftedOn: row.liftedOn && dateFromDb(row.liftedOn),
    endedOn: row.endedOn && dateFromDb(row.endedOn),
    lifts: row.lifts.map((l) => liftView(l, actor.id, names)),
    documentId: papers.find((d) => d.subject === `suspension:${row.id}`)?.id ?? null,
  }));
}

type Codes = Pick<SuspensionView, 'scope' | 'cause' | 'measure' | 'level' | 'stops' | 'status'>;

/** The table's constraints hold these to their codes. */
function codesOf({ scope, cause, measure, level, stops, status }: Row): Codes {
  return { scope, cause, measure, level, stops, status } as Codes;
}

function liftView(l: SuspensionLift, actor: string, names: Map<string, string>): LiftView {
  return {
    ...{ id: `${l.id}`, reason: l.reason, status: l.status as LiftView['status'], mine: l.proposedBy === actor },
    ...{ proposedBy: names.get(l.proposedBy) ?? null, proposedOn: dateFromDb(l.proposedOn) },
    decidedBy: l.decidedBy && (names.get(l.decidedBy) ?? null),
    ...{ decidedOn: l.decidedOn && dateFromDb(l.decidedOn), decision: l.decision },
  };
}
