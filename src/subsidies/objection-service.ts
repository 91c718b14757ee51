import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { toWire } from '../money/money.ts';
import { happened, lockApplications } from './store.ts';
import { type ApplicationView, readApplication } from './view-service.ts';

/**
 * Keeps an objection (异议) that came within the time of publication. It holds the line it is about and no other.
 * @throws DomainError NOT_FOUND (404), OBJECTION_LATE, LINE_STEP (409)
 */
export async function raiseObjection(
  ctx: Context,
  id: bigint,
  place: number,
  ground: string,
): Promise<ApplicationView> {
  permit(ctx, 'subsidy.publish');
  return inTransaction(ctx, async (tx) => {
    const [row] = await lockApplications(tx, [id]);
    const { schemeCode, year, batchNo: no, poolCode, enterpriseUscc } = row!;
    const batch = await tx.subsidyBatch.findUnique({ where: { schemeCode_year_no: { schemeCode, year, no } } });
    if (row!.status !== 'published' || !batch || ctx.today > dateFromDb(batch.objectionsTo!)) {
      throw conflict('OBJECTION_LATE', '该申请不在公示期内，不能登记异议');
    }
    const line = await tx.subsidyLine.findUnique({ where: { applicationId_place: { applicationId: id, place } } });
    if (!line) throw new DomainError('NOT_FOUND', `该申请没有第 ${place} 项`, { status: 404 });
    if (line.status !== 'allowed') throw conflict('LINE_STEP', `第 ${place} 项不在公示之列，或已有异议`);
    await tx.subsidyLine.update({ where: { id: line.id }, data: { status: 'held' } });
    const raised = { raisedOn: dateToDb(ctx.today), recordedBy: ctx.actor.id, status: 'open' };
    await tx.subsidyObjection.create({ data: { lineId: line.id, poolCode, enterpriseUscc, ground, ...raised } });
    await happened(tx, ctx, [row!], 'objection', () => ({ place }));
    await audit(tx, ctx, { action: 'subsidy.object', subject: `subsidyApplication:${id}`, after: { place } });
    return readApplication(tx, ctx, id);
  });
}

/**
 * Decides the objection that holds a line, by another person than who kept it: upheld, the line brings nothing; dismissed, it goes on as it was.
 * @throws DomainError NOT_FOUND (404), LINE_STEP (409), SAME_PERSON (403)
 */
export async function decideObjection(
  ctx: Context,
  id: bigint,
  place: number,
  { upheld, opinion }: { upheld: boolean; opinion: string },
): Promise<ApplicationView> {
  permit(ctx, 'subsidy.publish');
  return inTransaction(ctx, async (tx) => {
    const [row] = await lockApplications(tx, [id]);
    const line = await tx.subsidyLine.findUnique({ where: { applicationId_place: { applicationId: id, place } } });
    const open = line && (await tx.subsidyObjection.findFirst({ where: { lineId: line.id, status: 'open' } }));
    if (!line || !open) throw new DomainError('NOT_FOUND', `第 ${place} 项没有待处理的异议`, { status: 404 });
    if (row!.status !== 'published')
      throw conflict('LINE_STEP', '该申请的其他项目已经分配预算，异议项目请在下一批办理');
    if (open.recordedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '登记异议的人员不得处理该异议，请由他人办理', { status: 403 });
    const status = upheld ? 'upheld' : 'dismissed';
    await tx.subsidyObjection.update({
      where: { id: open.id },
      data: { status, opinion, decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    const kept = upheld
      ? { status: 'refused', decided: '0.00', reason: `异议成立：${opinion}` }
      : { status: 'allowed' };
    await tx.subsidyLine.update({ where: { id: line.id }, data: kept });
    if (upheld) {
      const decided = toWire(fromDb(row!.decided!).minus(fromDb(line.decided!)));
      await tx.subsidyApplication.update({ where: { id }, data: { decided } });
    }
    await happened(tx, ctx, [row!], 'objectionDecided', () => ({ place, upheld }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.decideObjection', subject: `subsidyApplication:${id}` },
      after: { place, upheld, opinion },
    });
    return readApplication(tx, ctx, id);
  });
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
