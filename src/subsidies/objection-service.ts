import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication, SubsidyBatch, SubsidyLine } from '../generated/node/client.ts';
import { post } from '../ledger/store.ts';
import { toWire } from '../money/money.ts';
import { lockWithBatch } from './batch-service.ts';
import { committed } from './entries.ts';
import { happened, releaseUses } from './store.ts';
import { type ApplicationView, readApplication } from './view-service.ts';

export interface NewObjection {
  ground: string;
  /** 实名: who objects in writing, and how to reach them */
  objector: { kind: 'person' | 'organisation'; name: string; contact: string };
  /** the day on which the letter came; left out: today */
  receivedOn?: LocalDate;
}

/**
 * Keeps an objection (异议) that came in writing and under its author's name within the time of publication, also when it is registered later, as long as
 * the budget has not been shared. It holds the line it is about and no other.
 * @throws DomainError NOT_FOUND (404), OBJECTION_LATE, LINE_STEP (409)
 */
export async function raiseObjection(
  ctx: Context,
  id: bigint,
  place: number,
  { ground, objector, receivedOn = ctx.today }: NewObjection,
): Promise<ApplicationView> {
  permit(ctx, 'subsidy.publish');
  return inTransaction(ctx, async (tx) => {
    const { row, batch } = await lockWithBatch(tx, id);
    if (row.status !== 'published' || batch?.status !== 'published')
      throw conflict('OBJECTION_LATE', '该申请不在公示之中，不能登记异议');
    assertInTime(batch, receivedOn, ctx.today);
    const line = await tx.subsidyLine.findUnique({ where: { applicationId_place: { applicationId: id, place } } });
    if (!line) throw new DomainError('NOT_FOUND', `该申请没有第 ${place} 项`, { status: 404 });
    if (line.status !== 'allowed') throw conflict('LINE_STEP', `第 ${place} 项不在公示之列，或已有异议`);
    const { poolCode, enterpriseUscc } = row;
    await tx.subsidyLine.update({ where: { id: line.id }, data: { status: 'held' } });
    const raised = { raisedOn: dateToDb(receivedOn), recordedBy: ctx.actor.id, status: 'open' };
    await tx.subsidyObjection.create({
      data: { lineId: line.id, poolCode, enterpriseUscc, ground, ...raised, objector: { create: objector } },
    });
    await happened(tx, ctx, [row], 'objection', () => ({ place }));
    await audit(tx, ctx, {
      action: 'subsidy.object',
      subject: `subsidyApplication:${id}`,
      after: { place, receivedOn },
    });
    return readApplication(tx, ctx, id);
  });
}

function assertInTime(batch: SubsidyBatch, on: LocalDate, today: LocalDate): void {
  const [from, to] = [dateFromDb(batch.publishedOn!), dateFromDb(batch.objectionsTo!)];
  if (on >= from && on <= to && on <= today) return;
  const message = `公示期为 ${from} 至 ${to}，收到异议的日期应在其内，且不晚于今天`;
  const errors = [{ code: 'OBJECTION_LATE', field: 'receivedOn', value: on, message }];
  throw new DomainError('OBJECTION_LATE', message, { status: 409, errors });
}

/**
 * Decides the objection that holds a line, by another person than who kept it: upheld, the line brings nothing and what was kept for it is free; dismissed,
 * it goes on as it was, or after the allocation waits for the supplement that grants its share.
 * @throws DomainError NOT_FOUND (404), SAME_PERSON (403)
 */
export async function decideObjection(
  ctx: Context,
  id: bigint,
  place: number,
  { upheld, opinion }: { upheld: boolean; opinion: string },
): Promise<ApplicationView> {
  permit(ctx, 'subsidy.publish');
  return inTransaction(ctx, async (tx) => {
    const { row, batch } = await lockWithBatch(tx, id);
    const line = await tx.subsidyLine.findUnique({ where: { applicationId_place: { applicationId: id, place } } });
    const open = line && (await tx.subsidyObjection.findFirst({ where: { lineId: line.id, status: 'open' } }));
    if (!line || !open) throw new DomainError('NOT_FOUND', `第 ${place} 项没有待处理的异议`, { status: 404 });
    if (open.recordedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '登记异议的人员不得处理该异议，请由他人办理', { status: 403 });
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) };
    await tx.subsidyObjection.update({
      where: { id: open.id },
      data: { status: upheld ? 'upheld' : 'dismissed', opinion, ...decided },
    });
    if (upheld) await refuseLine(tx, ctx, { row, batch: batch!, line }, opinion);
    else await tx.subsidyLine.update({ where: { id: line.id }, data: { status: 'allowed' } });
    await happened(tx, ctx, [row], 'objectionDecided', () => ({ place, upheld }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.decideObjection', subject: `subsidyApplication:${id}` },
      after: { place, upheld, opinion },
    });
    return readApplication(tx, ctx, id);
  });
}

interface Contested {
  row: SubsidyApplication;
  batch: SubsidyBatch;
  line: SubsidyLine;
}

/** A contested line brings nothing. An application of which nothing is left is refused. */
async function refuseLine(tx: Tx, ctx: Context, { row, batch, line }: Contested, opinion: string): Promise<void> {
  const reason = `异议成立：${opinion}`;
  await releaseReserve(tx, ctx, batch, line);
  await tx.subsidyLine.update({
    where: { id: line.id },
    data: { status: 'refused', decided: '0.00', reserved: null, reason },
  });
  const decided = toWire(fromDb(row.decided!).minus(fromDb(line.decided!)));
  await tx.subsidyApplication.update({ where: { id: row.id }, data: { decided } });
  const left = await tx.subsidyLine.count({ where: { applicationId: row.id, status: { in: ['allowed', 'held'] } } });
  if (left > 0) return;
  const ended = { status: 'refused', reason, endedBy: ctx.actor.id, endedOn: dateToDb(ctx.today) };
  await tx.subsidyApplication.update({ where: { id: row.id }, data: ended });
  await releaseUses(tx, [row.id]);
  await happened(tx, ctx, [row], 'refused');
}

/** What was kept for a line at the allocation is free for others. The budget is locked. */
export async function releaseReserve(tx: Tx, ctx: Context, batch: SubsidyBatch, line: SubsidyLine): Promise<void> {
  if (!line.reserved || line.reserved.isZero()) return;
  const amount = fromDb(line.reserved);
  await post(tx, batch.budgetCode, ctx.actor.id, {
    ...{ reference: `subsidy-line:${line.id}:released`, occurredOn: ctx.today, kind: 'subsidyReleased', cites: [] },
    memo: `解除预留的补贴预算：${batch.year} 年第 ${batch.no} 批`,
    lines: committed(`${batch.no}`, amount, true),
  });
  const less = { committed: { decrement: toWire(amount) } };
  await tx.subsidyBudget.update({ where: { code: batch.budgetCode }, data: less });
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
