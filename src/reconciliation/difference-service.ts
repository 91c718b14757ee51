import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { daysBetween, type LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Direction } from '../files/statement.ts';
import type { Difference } from '../generated/node/client.ts';
import { type JournalEntry, placeInOpenMonth, reversalOf } from '../ledger/journal-entry.ts';
import { lockBook, post } from '../ledger/store.ts';
import { capitalMoved } from '../pool/capital.ts';
import { lockPool } from '../pool/service.ts';
import { type LockedPool, moveCapital } from '../pool/store.ts';
import { type DifferenceKind, RESOLUTIONS, type Resolution } from './difference.ts';
import { assertCovered, holdingsBefore, postedEntry, returnedPayment } from './difference-store.ts';
import { incomeRule, SHARED } from './income-service.ts';
import { matchOpening, type OpeningGap, openingGap } from './opening-service.ts';
import { assertFits, linesOf, type Resolvable } from './resolution.ts';
import { insertMatches } from './run-store.ts';
import { lockAccount } from './statement-store.ts';

export interface DifferenceView {
  id: string;
  poolCode: string;
  accountNo: string;
  kind: string;
  direction: string;
  amount: string;
  occurredOn: LocalDate;
  /** days since, or that it took */
  age: number;
  side: 'bank' | 'ledger';
  lineId: string | null;
  seq: number | null;
  text: string;
  status: string;
  ownerName: string | null;
  resolution: string | null;
  note: string | null;
  proposedBy: string | null;
  /** proposed by the actor, who therefore may not decide */
  mine: boolean;
  /** whose a receipt in suspense turned out to be */
  identified: {
    party: string;
    note: string | null;
    by: string | null;
    mine: boolean;
    confirmedOn: LocalDate | null;
  } | null;
  comments: { text: string; writtenBy: string | null; writtenOn: LocalDate }[];
}

/** Says whose it is to clear up: one's own, or somebody's who can. @throws DomainError NOT_FOUND (404), DIFFERENCE_CLOSED (409), OWNER_UNKNOWN (422) */
export async function assignDifference(
  ctx: Context,
  id: bigint,
  owner: string = ctx.actor.id,
): Promise<DifferenceView> {
  permit(ctx, 'difference.resolve');
  return change(ctx, id, async (tx, row) => {
    if (!(await actorNames(tx, [owner])).has(owner)) throw new DomainError('OWNER_UNKNOWN', '没有这个经办人');
    await tx.difference.update({ where: { id }, data: { owner } });
    await audit(tx, ctx, {
      action: 'difference.assign',
      subject: `difference:${id}`,
      before: { owner: row.owner },
      after: { owner },
    });
  });
}

/** @throws DomainError NOT_FOUND (404) */
export async function commentDifference(ctx: Context, id: bigint, text: string): Promise<DifferenceView> {
  permit(ctx, 'difference.resolve');
  return inTransaction(ctx, async (tx) => {
    const { poolCode } = await rowOf(tx, id);
    await tx.differenceComment.create({
      data: { differenceId: id, poolCode, text, writtenBy: ctx.actor.id, writtenOn: dateToDb(ctx.today) },
    });
    await audit(tx, ctx, { action: 'difference.comment', subject: `difference:${id}`, after: { text } });
    return readDifference(tx, ctx, id);
  });
}

/**
 * Says how a difference is to be settled: to be booked, when another confirms it; or, on its way to the bank, only explained.
 * @throws DomainError NOT_FOUND (404), DIFFERENCE_CLOSED (409), RESOLUTION_UNFIT (422)
 */
export async function resolveDifference(
  ctx: Context,
  id: bigint,
  input: { as: Resolution; note?: string },
): Promise<DifferenceView> {
  permit(ctx, 'difference.resolve');
  return change(ctx, id, async (tx, row) => {
    assertFits(resolvable(row), input.as);
    if (input.as !== 'timing') await entryOf(tx, ctx, { ...row, resolution: input.as });
    const status = input.as === 'timing' ? 'explained' : 'proposed';
    const data = {
      status,
      resolution: input.as,
      note: input.note ?? null,
      proposedBy: ctx.actor.id,
      proposedOn: dateToDb(ctx.today),
    };
    await tx.difference.update({ where: { id }, data });
    await audit(tx, ctx, { action: 'difference.resolve', subject: `difference:${id}`, after: { ...input } });
  });
}

/**
 * Another person confirms, and it is booked and matched with the bank's line in one.
 * @throws DomainError SAME_PERSON (403), DIFFERENCE_CLOSED, NOT_PROPOSED, BALANCE_SHORT (409)
 */
export async function confirmDifference(ctx: Context, id: bigint): Promise<DifferenceView> {
  permit(ctx, 'difference.decide');
  return change(ctx, id, async (tx, row, pool) => {
    if (row.status !== 'proposed') throw new DomainError('NOT_PROPOSED', '这项差异尚未提出处理办法', { status: 409 });
    if (row.proposedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的处理，请由另一人办理', { status: 403 });
    const { opening, ...entry } = await entryOf(tx, ctx, row);
    const seq = entry.lines.length > 0 ? await book(tx, ctx, row, pool, entry) : null;
    const match = { rule: 'resolution', lines: [`${row.lineId}`], legs: [`${seq}:1`] };
    if (opening) await matchOpening(tx, ctx, row, opening, seq);
    else await insertMatches(tx, row, { actor: ctx.actor.id, on: ctx.today, runId: null }, [match]);
    const data = {
      status: 'resolved',
      decidedBy: ctx.actor.id,
      decidedOn: dateToDb(ctx.today),
      closedOn: dateToDb(ctx.today),
    };
    const postings = { increment: seq === null ? 0 : 1 };
    await tx.difference.update({ where: { id }, data: { ...data, postings } });
    const after = { resolution: row.resolution, amount: row.amount.toFixed(2), seq: seq === null ? null : Number(seq) };
    await audit(tx, ctx, { action: 'difference.confirm', subject: `difference:${id}`, after });
  });
}

/** Posts the entry of a difference on its own day, or in the open month. @returns its number */
async function book(
  tx: Tx,
  ctx: Context,
  row: Difference,
  pool: LockedBook,
  entry: Omit<JournalEntry, 'occurredOn' | 'belongsTo'>,
): Promise<bigint> {
  const at = placeInOpenMonth(dateFromDb(row.on), ctx.today, pool.lockedThrough);
  await assertCovered(tx, pool.code, entry.lines);
  const seq = await post(tx, pool.code, ctx.actor.id, { ...entry, ...at });
  await moveCapital(tx, pool.code, capitalMoved(entry.lines));
  return seq;
}

/** What was proposed or explained is taken back, by either of the two. @throws DomainError NOT_PROPOSED (409) */
export async function withdrawDifference(ctx: Context, id: bigint, reason: string): Promise<DifferenceView> {
  permit(ctx, 'difference.resolve');
  return change(ctx, id, async (tx, row) => {
    if (row.status === 'open') throw new DomainError('NOT_PROPOSED', '这项差异尚未提出处理办法', { status: 409 });
    await tx.difference.update({ where: { id }, data: REOPENED });
    await audit(tx, ctx, {
      action: 'difference.withdraw',
      subject: `difference:${id}`,
      before: { resolution: row.resolution },
      after: { reason },
    });
  });
}

/**
 * What was booked for a difference is taken back, because it was booked wrongly or is known by now: a cited reversal, and the bank's line is open again for
 * what it really was. By another than who had proposed it.
 * @throws DomainError SAME_PERSON (403), NOT_RESOLVED, ALREADY_IDENTIFIED, BALANCE_SHORT (409)
 */
export async function reverseDifference(ctx: Context, id: bigint, reason: string): Promise<DifferenceView> {
  permit(ctx, 'difference.decide');
  return inTransaction(ctx, async (tx) => {
    const { row, pool } = await lockBoth(tx, id);
    if (row.party) throw new DomainError('ALREADY_IDENTIFIED', '这笔款项已提出或确认归属，不能冲销', { status: 409 });
    if (row.status !== 'resolved')
      throw new DomainError('NOT_RESOLVED', '这项差异没有入账，不需要冲销', { status: 409 });
    if (row.proposedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出人不得冲销自己提出的处理，请由另一人办理', { status: 403 });
    const match = await matchOf(tx, row);
    const entry = await bookedEntry(tx, row);
    if (entry) {
      const at = placeInOpenMonth(dateFromDb(row.on), ctx.today, pool.lockedThrough);
      const reversed = reversalOf(entry, { ...at, reason });
      await assertCovered(tx, pool.code, reversed.lines);
      await post(tx, pool.code, ctx.actor.id, reversed);
      await moveCapital(tx, pool.code, capitalMoved(entry.lines).neg());
    }
    const undone = { undoneBy: ctx.actor.id, undoneOn: dateToDb(ctx.today), undoneReason: reason };
    await tx.bankMatch.updateMany({ where: { id: match }, data: undone });
    await tx.difference.update({ where: { id }, data: REOPENED });
    await audit(tx, ctx, {
      action: 'difference.reverse',
      subject: `difference:${id}`,
      before: { resolution: row.resolution },
      after: { reason },
    });
    return readDifference(tx, ctx, id);
  });
}

/** The live match that a difference was booked with. */
async function matchOf(tx: Tx, { lineId, accountNo }: Difference): Promise<bigint> {
  if (lineId !== null) return (await tx.bankMatchLine.findFirstOrThrow({ where: { lineId, live: true } })).matchId;
  return (await tx.bankMatch.findFirstOrThrow({ where: { accountNo, rule: 'opening', undoneOn: null } })).id;
}

/** The entry that was posted for a difference and stands; an opening that nothing was left of has none. */
async function bookedEntry(tx: Tx, row: Difference): Promise<JournalEntry | null> {
  if (row.postings === 0) return null;
  const entry = await postedEntry(tx, row.poolCode, referenceOf(row, row.postings - 1));
  return entry.reversed ? null : entry;
}

const REOPENED = {
  status: 'open',
  resolution: null,
  note: null,
  proposedBy: null,
  proposedOn: null,
  decidedBy: null,
  decidedOn: null,
  closedOn: null,
};

/** Each booking after a reversal has a reference of its own. */
const referenceOf = ({ id }: Difference, before: number): string =>
  before === 0 ? `difference:${id}` : `difference:${id}:${before + 1}`;

type Entry = Omit<JournalEntry, 'occurredOn' | 'belongsTo'>;

/** What a difference is booked with; of an opening with what it stands against, and perhaps without lines. */
async function entryOf(tx: Tx, ctx: Context, row: Difference): Promise<Entry & { opening?: OpeningGap }> {
  const as = row.resolution as Exclude<Resolution, 'timing'>;
  const head = { reference: referenceOf(row, row.postings), kind: as, memo: RESOLUTIONS[as].label };
  if (as === 'opening') {
    const opening = await openingGap(tx, ctx, row);
    return { ...head, cites: [], lines: opening.lines, opening };
  }
  const difference = resolvable(row);
  const rule = SHARED.includes(as) ? await incomeRule(tx, row.poolCode, difference.on) : null;
  if (rule && !rule.byHoldings)
    throw new DomainError('RESOLUTION_UNFIT', '现行条款没有规定利息、手续费按出资余额分摊，不能这样入账', {
      cites: rule.cites,
    });
  const returned = as === 'paymentReturned' ? await returnedPayment(tx, difference) : null;
  if (as === 'paymentReturned' && returned === null)
    throw new DomainError('RESOLUTION_UNFIT', '没有金额相同、尚未退回的待查支出');
  const lines = linesOf(difference, as, await holdingsBefore(tx, row.poolCode, dateFromDb(row.on)), returned);
  return { ...head, cites: rule?.cites ?? [], lines };
}

/** Does something about a difference that is still there, with its account and its pool to itself. */
async function change(
  ctx: Context,
  id: bigint,
  act: (tx: Tx, row: Difference, pool: LockedBook) => Promise<void>,
): Promise<DifferenceView> {
  return inTransaction(ctx, async (tx) => {
    const { row, pool } = await lockBoth(tx, id);
    if (row.closedOn !== null) throw new DomainError('DIFFERENCE_CLOSED', '这项差异已经处理完毕', { status: 409 });
    await act(tx, row, pool);
    return readDifference(tx, ctx, id);
  });
}

/** A pool or a subsidy budget with its book, locked. */
export type LockedBook = Pick<LockedPool, 'code' | 'lockedThrough'>;

/** The account first, then the pool or the budget's book: one order for all who need both. */
export async function lockBoth(tx: Tx, id: bigint): Promise<{ row: Difference; pool: LockedBook }> {
  const { accountNo, poolCode } = await rowOf(tx, id);
  await lockAccount(tx, accountNo);
  const ofPool = (await tx.pool.count({ where: { code: poolCode } })) > 0;
  const pool = ofPool ? await lockPool(tx, poolCode) : { ...(await lockBook(tx, poolCode)), code: poolCode };
  return { row: await rowOf(tx, id), pool };
}

async function rowOf(tx: Tx, id: bigint): Promise<Difference> {
  const row = await tx.difference.findUnique({ where: { id } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这项差异', { status: 404 });
  return row;
}

/** What of a row says what may be done about it. */
export function resolvable({ id, kind, lineId, direction, amount, on, accountNo }: Difference): Resolvable {
  return {
    ...{
      id: `${id}`,
      kind: kind as DifferenceKind,
      side: sideOf({ kind, lineId }),
      direction: direction as Direction,
    },
    ...{ amount: amount.toFixed(2), on: dateFromDb(on), accountNo },
  };
}

const sideOf = ({ kind, lineId }: Pick<Difference, 'kind' | 'lineId'>): 'bank' | 'ledger' =>
  lineId === null && kind !== 'opening' ? 'ledger' : 'bank';

export async function readDifference(tx: Tx, ctx: Context, id: bigint): Promise<DifferenceView> {
  return (await differenceViews(tx, ctx, [await rowOf(tx, id)]))[0]!;
}

/** Differences as they are shown, with what their line says and what was said of them. */
export async function differenceViews(tx: Tx, ctx: Context, rows: Difference[]): Promise<DifferenceView[]> {
  const ids = rows.map(({ id }) => id);
  const comments = await tx.differenceComment.findMany({
    where: { differenceId: { in: ids } },
    orderBy: { id: 'asc' },
  });
  const texts = await textsOf(tx, rows);
  const people = [
    ...rows.flatMap(({ owner, proposedBy, partyBy }) => [owner, proposedBy, partyBy]),
    ...comments.map(({ writtenBy }) => writtenBy),
  ];
  const names = await actorNames(
    tx,
    people.flatMap((person) => person ?? []),
  );
  const name = (person: string | null) => (person === null ? null : (names.get(person) ?? null));
  return rows.map((row) => ({
    ...{ id: `${row.id}`, poolCode: row.poolCode, accountNo: row.accountNo, kind: row.kind, direction: row.direction },
    ...{
      amount: row.amount.toFixed(2),
      occurredOn: dateFromDb(row.on),
      age: daysBetween(dateFromDb(row.on), row.closedOn ? dateFromDb(row.closedOn) : ctx.today),
    },
    ...{
      side: sideOf(row),
      lineId: row.lineId === null ? null : `${row.lineId}`,
    },
    ...{
      seq: row.seq === null ? null : Number(row.seq),
      text: texts.get(row.id) ?? '',
      status: row.status,
      ownerName: name(row.owner),
    },
    ...{
      resolution: row.resolution,
      note: row.note,
      proposedBy: name(row.proposedBy),
      mine: row.proposedBy === ctx.actor.id,
    },
    identified: row.party === null ? null : identifiedView(row, name(row.partyBy), ctx.actor.id),
    comments: comments
      .filter(({ differenceId }) => differenceId === row.id)
      .map(({ text, writtenBy, writtenOn }) => ({
        text,
        writtenBy: name(writtenBy),
        writtenOn: dateFromDb(writtenOn),
      })),
  }));
}

function identifiedView({ party, partyNote, partyBy, partyDecidedOn }: Difference, by: string | null, actor: string) {
  const confirmedOn = partyDecidedOn && dateFromDb(partyDecidedOn);
  return { party: party!, note: partyNote, by, mine: partyBy === actor, confirmedOn };
}

async function textsOf(tx: Tx, rows: Difference[]): Promise<Map<bigint, string>> {
  const found = await tx.$queryRaw<{ id: bigint; text: string }[]>`
    SELECT d.id, coalesce(nullif(concat_ws(' ', b.counterparty_name, nullif(b.memo, '')), ''), b.serial, e.memo, CASE d.kind WHEN 'opening' THEN '期初余额（首份对账单）' ELSE '' END) AS text FROM difference d LEFT JOIN bank_line b ON b.id = d.line_id
      LEFT JOIN ledger.entry e ON e.book_id = d.pool_code AND e.seq = d.seq WHERE d.id = ANY (${rows.map(({ id }) => id)}::bigint[])`;
  return new Map(found.map(({ id, text }) => [id, text]));
}
