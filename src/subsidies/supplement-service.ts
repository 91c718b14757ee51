import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Prisma, SubsidyBatch, SubsidyBudget, SubsidyLine, SubsidySupplement } from '../generated/node/client.ts';
import { post } from '../ledger/store.ts';
import { formatYuan, type Money, sum, toWire, ZERO } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { assertBatch, lockBatch } from './batch-service.ts';
import { availableOf } from './budget-service.ts';
import { approved, committed, released } from './entries.ts';
import { plain } from './judge-service.ts';
import { assertPayee, paymentOf } from './payment-service.ts';
import { happened, lockApplications, passUses } from './store.ts';
import { explainSupplement, SUPPLEMENT_STATUSES, type SupplementStatus } from './supplement.ts';

/** 补充分配: what one line gets after its batch was shared out. */
export interface SupplementView {
  id: string;
  batchId: string;
  applicationId: string;
  enterpriseUscc: string;
  enterpriseName: string;
  place: number;
  lineName: string;
  cause: string;
  amount: string;
  status: string;
  reason: string | null;
  cites: Citation[];
  explanation: Explanation;
  allocatedOn: string;
  decidedOn: string | null;
  orderNo: string | null;
  orderedOn: string | null;
  paidOn: string | null;
}

const WITH = {
  line: true,
  application: true,
  payments: { where: { status: 'paid' } },
} as const satisfies Prisma.SubsidySupplementInclude;
type Row = Prisma.SubsidySupplementGetPayload<{ include: typeof WITH }>;

/** The supplements of a batch, in order. */
export async function listSupplements(ctx: Context, batchId: bigint): Promise<SupplementView[]> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, (tx) => readSupplements(tx, { batchId }));
}

/**
 * Gives every line of a batch whose objection was dismissed the share that was kept for it, once the batch itself was ordered. It stays tied up until
 * somebody else approves it.
 * @throws DomainError NOT_FOUND (404), BATCH_STEP, NOTHING_TO_SUPPLEMENT (409)
 */
export async function proposeSupplements(ctx: Context, batchId: bigint): Promise<SupplementView[]> {
  permit(ctx, 'subsidy.allocate');
  return inTransaction(ctx, async (tx) => {
    const { batch } = await lockBatch(tx, batchId);
    assertBatch(batch, 'ordered', '补充分配');
    const { schemeCode, year, no } = batch;
    const lines = await tx.subsidyLine.findMany({
      where: {
        ...{ application: { schemeCode, year, batchNo: no }, status: 'allowed', reserved: { gt: 0 } },
        supplements: { none: { cause: 'objection', status: { not: 'declined' } } },
      },
      orderBy: { id: 'asc' },
    });
    if (lines.length === 0) throw conflict('NOTHING_TO_SUPPLEMENT', '没有异议已处理、等待补充分配的项目');
    const { added } = await rulebook(tx);
    const { citation } = valueOn(schemeByCode(schemeCode).budget, dateFromDb(batch.allocatedOn!), added);
    const [available, demand] = [fromDb(batch.available!), fromDb(batch.demand!)];
    await tx.subsidySupplement.createMany({
      data: lines.map(({ id, applicationId, poolCode, enterpriseUscc, decided, reserved }) => {
        const shares = { decided: fromDb(decided!), reserved: fromDb(reserved!), available, demand };
        return {
          ...{ batchId, applicationId, lineId: id, poolCode, enterpriseUscc, cause: 'objection', status: 'proposed' },
          ...{ amount: reserved!, cites: plain([citation]) as unknown as object[] },
          explanation: plain(explainSupplement(citation, shares)) as object,
          ...{ allocatedBy: ctx.actor.id, allocatedOn: dateToDb(ctx.today) },
        };
      }),
    });
    await audit(tx, ctx, {
      ...{ action: 'subsidy.supplement', subject: `subsidyBatch:${batchId}` },
      after: { lines: lines.length, amount: toWire(sum(lines.map(({ reserved }) => fromDb(reserved!)))) },
    });
    return readSupplements(tx, { batchId });
  });
}

interface NewSupplement {
  cause: 'correction';
  amount: Money;
  explanation: Explanation;
}

/**
 * A supplement that waits for another person, tied up in the budget; less than nothing lowers what will be ordered. The batch is locked. For use cases that
 * have asked for permission.
 * @throws DomainError BUDGET_EXCEEDED (409)
 */
export async function supplement(
  tx: Tx,
  batch: SubsidyBatch,
  line: SubsidyLine,
  { cause, amount, explanation }: NewSupplement,
  ctx: Context,
): Promise<bigint> {
  const { applicationId, id: lineId, poolCode, enterpriseUscc } = line;
  const row = await tx.subsidySupplement.create({
    data: {
      ...{ batchId: batch.id, applicationId, lineId, poolCode, enterpriseUscc, cause, status: 'proposed' },
      ...{ amount: toWire(amount), cites: plain(explanation.cites) as unknown as object[] },
      ...{ explanation: plain(explanation) as object, allocatedBy: ctx.actor.id, allocatedOn: dateToDb(ctx.today) },
    },
  });
  if (!amount.gt(ZERO)) return row.id;
  const budget = await tx.subsidyBudget.findUniqueOrThrow({ where: { code: batch.budgetCode } });
  const available = availableOf(budget);
  if (amount.gt(available)) {
    const [needed, left] = [formatYuan(amount), formatYuan(available)];
    throw conflict('BUDGET_EXCEEDED', `更正应补 ${needed} 元，可用预算只有 ${left} 元，请先追加预算`);
  }
  await post(tx, batch.budgetCode, ctx.actor.id, {
    ...{ reference: `subsidy-supplement:${row.id}:allocated`, occurredOn: ctx.today, kind: 'subsidyAllocated' },
    ...{ memo: `占用补贴预算：更正补充分配 ${row.id}`, cites: explanation.cites },
    lines: committed(`${batch.no}`, amount),
  });
  const more = { committed: { increment: toWire(amount) } };
  await tx.subsidyBudget.update({ where: { code: batch.budgetCode }, data: more });
  return row.id;
}

/** Approves a supplement, by another person: an expense, owed to the enterprise; the commitment ends. @throws DomainError SUPPLEMENT_STEP (409), SAME_PERSON (403) */
export async function approveSupplement(ctx: Context, id: bigint): Promise<SupplementView> {
  permit(ctx, 'subsidy.approve');
  return inTransaction(ctx, async (tx) => {
    const { row, batch, budget } = await lockSupplement(tx, id);
    if (row.status === 'approved' && row.decidedBy === ctx.actor.id) return one(tx, id);
    assertSupplement(row, 'proposed', '批准');
    assertOther(row, ctx);
    const amount = fromDb(row.amount);
    if (amount.gt(ZERO)) await book(tx, ctx, row, batch);
    else await bookLess(tx, ctx, row, batch);
    const less = amount.gt(ZERO) ? { committed: { decrement: toWire(amount) } } : {};
    const moved = { ...less, approved: { increment: toWire(amount) } };
    await tx.subsidyBudget.update({ where: { code: budget.code }, data: moved });
    if (row.cause === 'objection') await grant(tx, row);
    else await adjust(tx, ctx, row);
    await decide(tx, ctx, row, 'approved', null);
    return one(tx, id);
  });
}

async function book(tx: Tx, ctx: Context, row: Row, batch: SubsidyBatch): Promise<void> {
  const amount = fromDb(row.amount);
  const parts = [{ kind: row.line.kind as SubsidyKind, amount }];
  await post(tx, batch.budgetCode, ctx.actor.id, {
    ...{ reference: `subsidy-supplement:${row.id}:approved`, occurredOn: ctx.today, kind: 'subsidyApproved' },
    ...{ memo: `批准补充分配：${row.application.enterpriseName}`, cites: row.cites as unknown as Citation[] },
    lines: approved(row.enterpriseUscc, parts, amount),
  });
  await post(tx, batch.budgetCode, ctx.actor.id, {
    ...{
      reference: `subsidy-supplement:${row.id}:released`,
      occurredOn: ctx.today,
      kind: 'subsidyReleased',
      cites: [],
    },
    memo: `批准补充分配，解除预算占用：${batch.year} 年第 ${batch.no} 批`,
    lines: committed(`${batch.no}`, amount, true),
  });
}

async function bookLess(tx: Tx, ctx: Context, row: Row, batch: SubsidyBatch): Promise<void> {
  const amount = fromDb(row.amount).negated();
  await post(tx, batch.budgetCode, ctx.actor.id, {
    ...{ reference: `subsidy-supplement:${row.id}:approved`, occurredOn: ctx.today, kind: 'subsidyCorrected' },
    ...{ memo: `更正核减补贴：${row.application.enterpriseName}`, cites: row.cites as unknown as Citation[] },
    lines: released(approved(row.enterpriseUscc, [{ kind: row.line.kind as SubsidyKind, amount }], amount)),
  });
}

/** A correction stands beside what was granted first. An application of which nothing is left is refused. */
async function adjust(tx: Tx, ctx: Context, { applicationId: id, lineId, amount }: Row): Promise<void> {
  const adjusted = { increment: amount.toFixed(2) };
  await tx.subsidyLine.update({ where: { id: lineId }, data: { adjusted } });
  const after = await tx.subsidyApplication.update({ where: { id }, data: { adjusted, status: 'approved' } });
  if (fromDb(after.granted!).plus(fromDb(after.adjusted)).gt(ZERO)) return;
  const ended = { reason: '更正后不予补贴', endedBy: ctx.actor.id, endedOn: dateToDb(ctx.today) };
  await tx.subsidyApplication.update({ where: { id }, data: { status: 'refused', ...ended } });
  await passUses(tx, id);
  await happened(tx, ctx, [after], 'refused');
}

/** A line gets the share that was kept for it. The application takes every step on its way, so that the database follows. */
async function grant(tx: Tx, { applicationId: id, lineId, application: { status }, amount }: Row): Promise<void> {
  const granted = { increment: amount.toFixed(2) };
  await tx.subsidyLine.update({ where: { id: lineId }, data: { granted: amount, reserved: null } });
  if (status === 'published') await tx.subsidyApplication.update({ where: { id }, data: { status: 'granted' } });
  await tx.subsidyApplication.update({ where: { id }, data: { granted, status: 'approved' } });
}

/** Sends a supplement back, by another person; the share stays kept. @throws DomainError SUPPLEMENT_STEP (409), SAME_PERSON (403) */
export async function returnSupplement(ctx: Context, id: bigint, reason: string): Promise<SupplementView> {
  permit(ctx, 'subsidy.approve');
  return inTransaction(ctx, async (tx) => {
    const { row, batch } = await lockSupplement(tx, id);
    if (row.status === 'declined' && row.decidedBy === ctx.actor.id) return one(tx, id);
    assertSupplement(row, 'proposed', '退回');
    assertOther(row, ctx);
    await freeSupplement(tx, batch, row, ctx);
    await decide(tx, ctx, row, 'declined', reason);
    return one(tx, id);
  });
}

/** What was tied up for a correction is free; the share of a line that was contested stays kept. The budget is locked. */
export async function freeSupplement(tx: Tx, batch: SubsidyBatch, row: SubsidySupplement, ctx: Context): Promise<void> {
  const amount = fromDb(row.amount);
  if (row.cause !== 'correction' || !amount.gt(ZERO)) return;
  await post(tx, batch.budgetCode, ctx.actor.id, {
    ...{
      reference: `subsidy-supplement:${row.id}:released`,
      occurredOn: ctx.today,
      kind: 'subsidyReleased',
      cites: [],
    },
    ...{ memo: `解除预算占用：更正补充分配 ${row.id}`, lines: committed(`${batch.no}`, amount, true) },
  });
  const less = { committed: { decrement: toWire(amount) } };
  await tx.subsidyBudget.update({ where: { code: batch.budgetCode }, data: less });
}

async function decide(tx: Tx, ctx: Context, row: Row, status: SupplementStatus, reason: string | null): Promise<void> {
  const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) };
  await tx.subsidySupplement.update({ where: { id: row.id }, data: { status, reason, ...decided } });
  if (status === 'approved') {
    await happened(tx, ctx, [row.application], 'supplemented', () => ({
      amount: fromDb(row.amount),
      ...{ place: row.line.place, cause: row.cause },
    }));
  }
  await audit(tx, ctx, {
    ...{ action: `subsidy.${status === 'approved' ? 'approveSupplement' : 'returnSupplement'}` },
    ...{ subject: `subsidySupplement:${row.id}`, before: { status: row.status } },
    after: { status, amount: row.amount.toFixed(2), reason },
  });
}

/** 下达资金 of a supplement; it is paid with the payments of its batch, by another person. @throws DomainError SUPPLEMENT_STEP, ORDER_DIFFERS, PAYEE_MISSING (409) */
export async function orderSupplement(ctx: Context, id: bigint, orderNo: string): Promise<SupplementView> {
  permit(ctx, 'subsidy.pay');
  return inTransaction(ctx, async (tx) => {
    const { row, batch } = await lockSupplement(tx, id);
    if (row.status === 'ordered' && row.orderNo === orderNo) return one(tx, id);
    if (row.status === 'ordered') throw conflict('ORDER_DIFFERS', `该项补充分配已由 ${row.orderNo} 下达`);
    assertSupplement(row, 'approved', '下达资金');
    assertBatch(batch, 'ordered', '下达补充分配的资金');
    // Its account as it stands, should the enterprise be putting it right just now.
    const [application] = await lockApplications(tx, [row.applicationId]);
    assertPayee(application!);
    const attempts = await tx.subsidyPayment.count({ where: { applicationId: row.applicationId } });
    const payment = paymentOf(row.batchId, application!, attempts + 1, ctx);
    await tx.subsidyPayment.create({ data: { ...payment, amount: row.amount, supplementId: id } });
    const ordered = { status: 'ordered', orderNo, orderedBy: ctx.actor.id, orderedOn: dateToDb(ctx.today) };
    await tx.subsidySupplement.update({ where: { id }, data: ordered });
    await happened(tx, ctx, [row.application], 'ordered', () => ({ orderNo, amount: fromDb(row.amount) }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.orderSupplement', subject: `subsidySupplement:${id}`, before: { status: row.status } },
      after: { status: 'ordered', orderNo },
    });
    return one(tx, id);
  });
}

async function lockSupplement(tx: Tx, id: bigint): Promise<{ row: Row; batch: SubsidyBatch; budget: SubsidyBudget }> {
  const seen = await tx.subsidySupplement.findUnique({ where: { id } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这项补充分配', { status: 404 });
  const locked = await lockBatch(tx, seen.batchId);
  return { ...locked, row: await tx.subsidySupplement.findUniqueOrThrow({ where: { id }, include: WITH }) };
}

function assertSupplement({ status }: SubsidySupplement, wanted: SupplementStatus, says: string): void {
  if (status === wanted) return;
  throw conflict(
    'SUPPLEMENT_STEP',
    `该项补充分配为「${SUPPLEMENT_STATUSES[status as SupplementStatus]}」，不能${says}`,
  );
}

function assertOther({ allocatedBy }: SubsidySupplement, ctx: Context): void {
  if (allocatedBy !== ctx.actor.id) return;
  throw new DomainError('SAME_PERSON', '提出补充分配的人员不得复核，请由他人办理', { status: 403 });
}

async function readSupplements(tx: Tx, where: Prisma.SubsidySupplementWhereInput): Promise<SupplementView[]> {
  const rows = await tx.subsidySupplement.findMany({ where, include: WITH, orderBy: { id: 'asc' } });
  return rows.map(supplementView);
}

async function one(tx: Tx, id: bigint): Promise<SupplementView> {
  return supplementView(await tx.subsidySupplement.findUniqueOrThrow({ where: { id }, include: WITH }));
}

function supplementView(row: Row): SupplementView {
  const { enterpriseUscc, cause, status, reason, orderNo, application, line } = row;
  const day = (date: Date | null | undefined) => (date ? dateFromDb(date) : null);
  return {
    ...{ id: `${row.id}`, batchId: `${row.batchId}`, applicationId: `${row.applicationId}`, enterpriseUscc },
    ...{ enterpriseName: application.enterpriseName, place: line.place, lineName: line.name, cause },
    ...{ amount: row.amount.toFixed(2), status, reason, cites: row.cites as unknown as Citation[], orderNo },
    ...{ explanation: row.explanation as unknown as Explanation, allocatedOn: dateFromDb(row.allocatedOn) },
    ...{ decidedOn: day(row.decidedOn), orderedOn: day(row.orderedOn), paidOn: day(row.payments[0]?.paidOn) },
  };
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
