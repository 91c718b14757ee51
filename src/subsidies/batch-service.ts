import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication, SubsidyBatch, SubsidyLine } from '../generated/node/client.ts';
import { post, postMany } from '../ledger/store.ts';
import { type Money, sum, toWire, ZERO } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { type Allocated, allocate, type Claimant } from './allocation.ts';
import { type BatchView, batchView } from './batch-view-service.ts';
import { availableOf, budgetCode, lockBudget } from './budget-service.ts';
import { approved, committed } from './entries.ts';
import { historyOf } from './facts-store.ts';
import { plain } from './judge-service.ts';
import { happened, lockApplications } from './store.ts';

const UNDECIDED = ['submitted', 'returned', 'recommended', 'reviewed', 'audited'];

/**
 * Publishes what was decided of a batch (公示): from the next working day on objections may come for as long as the clause says. All of the batch must be
 * decided, refused or withdrawn.
 * @throws DomainError BUDGET_UNKNOWN (404), BATCH_ACCEPTING, BATCH_UNDECIDED, BATCH_EMPTY, BATCH_STEP (409)
 */
export async function publishBatch(
  ctx: Context,
  { scheme: code, year, batchNo: no }: { scheme: string; year: number; batchNo: number },
): Promise<BatchView> {
  permit(ctx, 'subsidy.publish');
  const scheme = schemeByCode(code);
  return inTransaction(ctx, async (tx) => {
    const budget = await lockBudget(tx, budgetCode(code, year));
    const before = await tx.subsidyBatch.findUnique({ where: { schemeCode_year_no: { schemeCode: code, year, no } } });
    if (before) return batchView(tx, before);
    const all = await tx.subsidyApplication.findMany({ where: { schemeCode: code, year, batchNo: no } });
    const undecided = all.filter(({ status }) => UNDECIDED.includes(status)).length;
    if (undecided > 0) throw conflict('BATCH_UNDECIDED', `本批还有 ${undecided} 项申请没有结论，不能公示`);
    const rows = all.filter(({ status }) => status === 'decided');
    if (rows.length === 0) throw conflict('BATCH_EMPTY', '本批没有核定补贴的申请');
    const { added, notices } = await rulebook(tx);
    const closeOn = valueOn(scheme.batches, ctx.today, added).value.closeOn[no - 1];
    // Whoever comes on the last day is of this batch, too: published before, it would leave them in a batch that is over.
    if (closeOn && ctx.today <= `${year}-${closeOn}`)
      throw conflict('BATCH_ACCEPTING', `本批受理到 ${year}-${closeOn} 截止，截止以后才能公示`);
    const { value } = valueOn(scheme.publicity, ctx.today, added);
    const { endsOn, provisional } = scheme.publicity.apply(value, { publishedOn: ctx.today, notices });
    const batch = await tx.subsidyBatch.create({
      data: {
        ...{ budgetCode: budget.code, schemeCode: code, year, no, status: 'published', publishedBy: ctx.actor.id },
        ...{ publishedOn: dateToDb(ctx.today), objectionsTo: dateToDb(endsOn), provisional },
      },
    });
    await move(tx, rows, 'published');
    await happened(tx, ctx, rows, 'published', () => ({ objectionsTo: endsOn }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.publish', subject: `subsidyBatch:${batch.id}` },
      after: { applications: rows.length, objectionsTo: endsOn },
    });
    return batchView(tx, batch);
  });
}

/**
 * Shares what the budget has among what was published, once the time for objections is over. What is shared out is tied up until somebody else approves
 * it. A line that an open objection holds has its share worked out with all others and kept for it: whatever becomes of it, nobody else gets more or less.
 * @throws DomainError BATCH_STEP, PUBLICITY_RUNS, BUDGET_EXCEEDED (409)
 */
export async function allocateBatch(ctx: Context, id: bigint): Promise<BatchView> {
  permit(ctx, 'subsidy.allocate');
  return inTransaction(ctx, async (tx) => {
    const { batch, budget } = await lockBatch(tx, id);
    if (batch.status === 'allocated' && batch.allocatedBy === ctx.actor.id) return batchView(tx, batch);
    assertBatch(batch, 'published', '分配预算');
    const end = dateFromDb(batch.objectionsTo!);
    if (ctx.today <= end) throw conflict('PUBLICITY_RUNS', `公示至 ${end}，期满后方可分配预算`);
    const scheme = schemeByCode(batch.schemeCode);
    const { added } = await rulebook(tx);
    const rows = await published(tx, batch);
    const version = valueOn(scheme.budget, ctx.today, added);
    const available = availableOf(budget);
    const result = allocate(version, available, await claimants(tx, batch, rows));
    const reserved = await keepGrants(tx, ctx, rows, result.items);
    const total = toWire(result.granted.minus(reserved));
    const data = {
      ...{ status: 'allocated', allocatedBy: ctx.actor.id, allocatedOn: dateToDb(ctx.today), granted: total },
      ...{ demand: toWire(result.demand), available: toWire(available), reserved: toWire(reserved) },
      explanation: plain(result.items[0]?.explanation ?? null) as object,
    };
    const after = await tx.subsidyBatch.update({ where: { id }, data });
    if (result.granted.gt(ZERO)) {
      await tx.subsidyBudget.update({
        where: { code: budget.code },
        data: { committed: { increment: toWire(result.granted) } },
      });
      await post(tx, budget.code, ctx.actor.id, {
        ...{ reference: await nextReference(tx, batch, 'allocated'), occurredOn: ctx.today, kind: 'subsidyAllocated' },
        ...{ memo: `占用补贴预算：${batch.year} 年第 ${batch.no} 批`, cites: [version.citation] },
        lines: committed(`${batch.no}`, result.granted),
      });
    }
    await audit(tx, ctx, {
      ...{ action: 'subsidy.allocate', subject: `subsidyBatch:${id}`, before: { status: batch.status } },
      after: { status: 'allocated', demand: toWire(result.demand), granted: total, reserved: toWire(reserved) },
    });
    return batchView(tx, after);
  });
}

export type Published = SubsidyApplication & { lines: SubsidyLine[] };

/** What of a batch asks of the budget: its published applications with what was decided of them, contested or not. */
export async function published(tx: Tx, { schemeCode, year, no }: SubsidyBatch): Promise<Published[]> {
  const where = { schemeCode, year, batchNo: no, status: 'published' };
  return tx.subsidyApplication.findMany({
    ...{ where, orderBy: { id: 'asc' } },
    include: { lines: { where: { status: { in: ['allowed', 'held'] } }, orderBy: { place: 'asc' } } },
  });
}

/** The same as the allocation takes them: in which order they came, and whether they were ever granted anything before. */
export async function claimants(tx: Tx, batch: SubsidyBatch, rows: Published[]): Promise<Claimant[]> {
  const ids = rows.map(({ id }) => id);
  const usccs = rows.map(({ enterpriseUscc }) => enterpriseUscc);
  const before = await historyOf(tx, batch.schemeCode, batch.year, usccs, ids);
  return rows.map(({ id, enterpriseUscc, receivedNo, lines }) => ({
    ...{ key: `${id}`, tie: enterpriseUscc, received: Number(receivedNo) },
    firstTime: before.get(enterpriseUscc)!.earlier.length === 0,
    lines: lines.map((line) => ({ key: `${line.id}`, amount: fromDb(line.decided!) })),
  }));
}

/** Writes what each line and application gets; an application that gets nothing stays where it was. @returns what is kept for lines that objections hold */
async function keepGrants(tx: Tx, ctx: Context, rows: Published[], items: Allocated[]): Promise<Money> {
  const held = heldOf(rows);
  const lines = items.flatMap((item) => item.lines);
  await tx.$executeRaw`
    UPDATE subsidy_line l SET granted = CASE l.status WHEN 'held' THEN NULL ELSE w.share END, reserved = CASE l.status WHEN 'held' THEN w.share END
      FROM unnest(${lines.map((l) => l.key)}::bigint[], ${lines.map((l) => toWire(l.granted))}::numeric[]) w(id, share) WHERE l.id = w.id`;
  const byId = new Map(items.map((item) => [item.key, { ...item, reserved: sharesOf(item, held) }]));
  const grants = items.map((item) => toWire(item.granted.minus(byId.get(item.key)!.reserved)));
  await tx.$executeRaw`
    UPDATE subsidy_application a SET granted = w.granted, status = CASE WHEN w.granted > 0 THEN 'granted' ELSE a.status END
      FROM unnest(${items.map((i) => i.key)}::bigint[], ${grants}::numeric[]) w(id, granted) WHERE a.id = w.id`;
  await happened(tx, ctx, rows, 'granted', ({ id }) => {
    const { granted, reserved, deferred, explanation } = byId.get(`${id}`)!;
    return { amount: granted.minus(reserved), deferred: toWire(deferred), reserved: toWire(reserved), explanation };
  });
  return sum([...byId.values()].map(({ reserved }) => reserved));
}

const heldOf = (rows: Published[]): Set<string> =>
  new Set(rows.flatMap(({ lines }) => lines.filter((l) => l.status === 'held').map((l) => `${l.id}`)));

/** What of an allocation is kept for lines that objections hold. */
export function reservedOf(rows: Published[], items: Allocated[]): Money {
  const held = heldOf(rows);
  return sum(items.map((item) => sharesOf(item, held)));
}

const sharesOf = ({ lines }: Allocated, of: Set<string>): Money =>
  sum(lines.filter(({ key }) => of.has(key)).map(({ granted }) => granted));

/**
 * Approves an allocation, by another person: each subsidy becomes an expense of its economic class, owed to its enterprise, and the budget's commitment
 * ends.
 * @throws DomainError BATCH_STEP (409), SAME_PERSON (403)
 */
export async function approveBatch(ctx: Context, id: bigint): Promise<BatchView> {
  permit(ctx, 'subsidy.approve');
  return inTransaction(ctx, async (tx) => {
    const { batch, budget } = await lockBatch(tx, id);
    if (batch.status === 'approved' && batch.approvedBy === ctx.actor.id) return batchView(tx, batch);
    assertBatch(batch, 'allocated', '批准');
    if (batch.allocatedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '分配预算的人员不得批准，请由他人办理', { status: 403 });
    const rows = await granted(tx, batch);
    const total = sum(rows.map((row) => fromDb(row.granted!)));
    await bookApproval(tx, ctx, batch, rows);
    if (total.gt(ZERO)) {
      await post(tx, budget.code, ctx.actor.id, {
        ...{ reference: `subsidy-batch:${id}:released`, occurredOn: ctx.today, kind: 'subsidyReleased', cites: [] },
        memo: `批准补贴，解除预算占用：${batch.year} 年第 ${batch.no} 批`,
        lines: committed(`${batch.no}`, total, true),
      });
      const moved = { committed: { decrement: toWire(total) }, approved: { increment: toWire(total) } };
      await tx.subsidyBudget.update({ where: { code: budget.code }, data: moved });
    }
    const data = { status: 'approved', approvedBy: ctx.actor.id, approvedOn: dateToDb(ctx.today) };
    const after = await tx.subsidyBatch.update({ where: { id }, data });
    await move(tx, rows, 'approved');
    await happened(tx, ctx, rows, 'approved');
    await audit(tx, ctx, {
      ...{ action: 'subsidy.approve', subject: `subsidyBatch:${id}`, before: { status: batch.status } },
      after: { status: 'approved', granted: toWire(total) },
    });
    return batchView(tx, after);
  });
}

/**
 * Sends an allocation back to be made anew: what was tied up is free again, and every application stands where it stood.
 * @throws DomainError BATCH_STEP (409)
 */
export async function returnBatch(ctx: Context, id: bigint, reason: string): Promise<BatchView> {
  permit(ctx, 'subsidy.approve');
  return inTransaction(ctx, async (tx) => {
    const { batch, budget } = await lockBatch(tx, id);
    assertBatch(batch, 'allocated', '退回重新分配');
    const rows = await granted(tx, batch);
    const { schemeCode, year, no } = batch;
    const own = { schemeCode, year, batchNo: no, status: { in: ['granted', 'published'] } };
    const kept = await tx.subsidyLine.findMany({ where: { application: own, reserved: { gt: 0 } } });
    const total = fromDb(batch.granted!).plus(sum(kept.map(({ reserved }) => fromDb(reserved!))));
    if (total.gt(ZERO)) {
      await post(tx, budget.code, ctx.actor.id, {
        ...{ reference: await nextReference(tx, batch, 'returned'), occurredOn: ctx.today, kind: 'subsidyReleased' },
        ...{ memo: `退回预算分配：${batch.year} 年第 ${batch.no} 批（${reason}）`, cites: [] },
        lines: committed(`${batch.no}`, total, true),
      });
      await tx.subsidyBudget.update({
        where: { code: budget.code },
        data: { committed: { decrement: toWire(total) } },
      });
    }
    await tx.subsidyLine.updateMany({ where: { application: own }, data: { granted: null, reserved: null } });
    await tx.subsidyApplication.updateMany({ where: own, data: { granted: null, status: 'published' } });
    const data = {
      status: 'published',
      allocatedBy: null,
      allocatedOn: null,
      demand: null,
      available: null,
      granted: null,
      reserved: null,
    };
    const after = await tx.subsidyBatch.update({ where: { id }, data });
    await happened(tx, ctx, rows, 'allocationReturned', () => ({ reason }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.returnBatch', subject: `subsidyBatch:${id}`, before: { granted: toWire(total) } },
      after: { status: 'published', reason },
    });
    return batchView(tx, after);
  });
}

/** An allocation may be made, sent back and made anew: each is a posting of its own. The book is locked. */
async function nextReference(tx: Tx, { id, budgetCode: book }: SubsidyBatch, what: string): Promise<string> {
  const start = `subsidy-batch:${id}:${what}`;
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM ledger.entry WHERE book_id = ${book} AND starts_with(reference, ${start})`;
  return `${start}:${row!.n + 1}`;
}

async function granted(tx: Tx, { schemeCode, year, no }: SubsidyBatch): Promise<Published[]> {
  const where = { schemeCode, year, batchNo: no, status: 'granted' };
  return tx.subsidyApplication.findMany({
    ...{ where, orderBy: { id: 'asc' } },
    include: { lines: { where: { granted: { gt: 0 } }, orderBy: { place: 'asc' } } },
  });
}

async function bookApproval(tx: Tx, ctx: Context, batch: SubsidyBatch, rows: Published[]): Promise<void> {
  const scheme = schemeByCode(batch.schemeCode);
  const { added } = await rulebook(tx);
  const { citation } = valueOn(scheme.budget, dateFromDb(batch.allocatedOn!), added);
  const entries = rows.map((row) => ({
    ...{ reference: `subsidy:${row.id}:approved`, occurredOn: ctx.today, memo: `批准补贴：${row.enterpriseName}` },
    lines: approved(
      row.enterpriseUscc,
      row.lines.map((line) => ({ kind: line.kind as SubsidyKind, amount: fromDb(line.granted!) })),
      fromDb(row.granted!),
    ),
  }));
  await postMany(tx, batch.budgetCode, ctx.actor.id, 'subsidyApproved', [citation], entries);
}

/** A batch with its budget, both locked until the transaction ends. @throws DomainError NOT_FOUND (404) */
export async function lockBatch(tx: Tx, id: bigint) {
  const seen = await tx.subsidyBatch.findUnique({ where: { id } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这个批次', { status: 404 });
  const budget = await lockBudget(tx, seen.budgetCode);
  return { batch: await tx.subsidyBatch.findUniqueOrThrow({ where: { id } }), budget };
}

/** An application with its batch where it was published, both locked until the transaction ends; the budget first, as everywhere. @throws DomainError NOT_FOUND (404) */
export async function lockWithBatch(
  tx: Tx,
  id: bigint,
): Promise<{ row: SubsidyApplication; batch: SubsidyBatch | null }> {
  const seen = await tx.subsidyApplication.findUnique({ where: { id } });
  const own = seen && { schemeCode: seen.schemeCode, year: seen.year, no: seen.batchNo };
  const found = own && (await tx.subsidyBatch.findUnique({ where: { schemeCode_year_no: own } }));
  const batch = found && (await lockBatch(tx, found.id)).batch;
  const [row] = await lockApplications(tx, [id]);
  return { row: row!, batch };
}

const BATCH_STATUSES: Record<string, string> = {
  published: '公示中',
  allocated: '待批准',
  approved: '待下达',
  ordered: '已下达',
};

/** @throws DomainError BATCH_STEP (409) */
export function assertBatch({ status }: SubsidyBatch, wanted: string, says: string): void {
  if (status !== wanted) throw conflict('BATCH_STEP', `该批次为「${BATCH_STATUSES[status]}」，不能${says}`);
}

async function move(tx: Tx, rows: readonly { id: bigint }[], status: string): Promise<void> {
  await tx.subsidyApplication.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { status } });
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
