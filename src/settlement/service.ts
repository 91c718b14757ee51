import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { setProgress } from '../access/progress.ts';
import { lastDay, nextPeriod, periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { lockBook, lockPeriod } from '../ledger/store.ts';
import { settlementDueOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { checkBreaker } from '../pool/breaker-service.ts';
import { lockPool } from '../pool/service.ts';
import { finish } from './finish-service.ts';
import { dueMonths } from './statement.ts';
import { batchEnd, lockSettlement, portfolioBatch, settlementId } from './store.ts';
import { addCells } from './sums.ts';

const BATCH = 50_000;
/** Up to so many loans a request settles by itself; more go on in a job. */
const INLINE = 5_000;

export interface Started {
  id: string;
  jobId: string | null;
  done: boolean;
}

/**
 * Settles one month of a pool (结算). Months go in order and only when they are over; a month settled already answers the same. The month is locked in the
 * ledger first, so that what is summed stands still; then it is summed in batches, each its own transaction, so that a killed run goes on where it was.
 * @throws DomainError PERIOD_NOT_OVER (422), PERIOD_OUT_OF_ORDER (409)
 */
export async function settle(ctx: Context, poolCode: string, period: SettlementPeriod): Promise<Started> {
  permit(ctx, 'settlement.run');
  const { small, ...started } = await inTransaction(ctx, (tx) => start(tx, ctx, poolCode, period));
  if (started.done || !small) return started;
  await settleOn(ctx, started.id);
  return { ...started, done: true };
}

async function start(
  tx: Tx,
  ctx: Context,
  poolCode: string,
  period: SettlementPeriod,
): Promise<Started & { small: boolean }> {
  const pool = await lockPool(tx, poolCode);
  const id = await settlementId(tx, poolCode, period);
  const loans = await tx.loan.count({ where: { poolCode } });
  const before = await tx.settlement.findUnique({ where: { id } });
  if (before) return { id, jobId: before.jobId, done: before.status !== 'running', small: loans <= INLINE };
  if (lastDay(period) >= ctx.today) throw new DomainError('PERIOD_NOT_OVER', `${period} 尚未结束，不能结算`);
  const next = await nextToSettle(tx, poolCode);
  if (period !== next)
    throw new DomainError('PERIOD_OUT_OF_ORDER', `结算应按月依次办理，「${pool.name}」下一个应结算的月份是 ${next}`, {
      status: 409,
    });
  await lockPeriod(tx, poolCode, period);
  const book = await lockBook(tx, poolCode);
  const jobId = await ctx.send(tx, 'settle', { poolCode }, { singletonKey: poolCode });
  await tx.settlement.create({
    data: {
      id,
      poolCode,
      period,
      jobId,
      status: 'running',
      sums: [],
      settledOn: dateToDb(ctx.today),
      ledgerHead: book.head,
      ledgerEntries: book.entries,
    },
  });
  if (jobId) await setProgress(tx, jobId, `${pool.name} ${period} 结算`, 0, loans, pool.cooperatingUnit);
  await audit(tx, ctx, { action: 'settlement.start', subject: `settlement:${id}`, after: { poolCode, period } });
  return { id, jobId, done: false, small: loans <= INLINE };
}

/** Goes on with a settlement from wherever it is to its end; nothing to do when it has ended. */
export async function settleOn(ctx: Context, id: string): Promise<void> {
  permit(ctx, 'settlement.run');
  for (let more = true; more; ) more = await inTransaction(ctx, (tx) => nextBatch(tx, ctx, id));
}

async function nextBatch(tx: Tx, ctx: Context, id: string): Promise<boolean> {
  const run = await lockSettlement(tx, id);
  if (run.status !== 'running') return false;
  const last = await batchEnd(tx, run.poolCode, run.cursor, BATCH);
  if (last === null) {
    await finish(tx, ctx, run);
    const on = lastDay(run.period);
    await checkBreaker(tx, ctx, run.poolCode, { event: 'settlement', reference: `settlement:${id}`, on });
    await audit(tx, ctx, {
      action: 'settlement.finish',
      subject: `settlement:${id}`,
      after: { poolCode: run.poolCode, period: run.period },
    });
    return false;
  }
  const cells = await portfolioBatch(tx, run.poolCode, run.period, lastDay(run.period), run.cursor, last);
  const { jobId } = await tx.settlement.update({
    where: { id },
    data: { cursor: last, sums: addCells(run.sums, cells) as object[] },
  });
  if (jobId)
    await tx.$executeRaw`UPDATE job_progress SET done = least(total, done + ${BATCH}), updated_at = now() WHERE job_id = ${jobId}::uuid`;
  await audit(tx, ctx, { action: 'settlement.batch', subject: `settlement:${id}`, after: { upTo: `${last}` } });
  return true;
}

async function nextToSettle(tx: Tx, poolCode: string): Promise<SettlementPeriod> {
  const last = await tx.settlement.findFirst({ where: { poolCode }, orderBy: { period: 'desc' } });
  if (last) return last.status === 'running' ? last.period : nextPeriod(last.period);
  const { openedOn } = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
  return periodOf(dateFromDb(openedOn));
}

/** Settles every month of a pool that is due by its policy's settlement day, in order; a run that was cut off is ended first. @returns the months settled */
export async function settleDue(ctx: Context, poolCode: string): Promise<SettlementPeriod[]> {
  permit(ctx, 'settlement.run');
  const due = await inTransaction(ctx, async (tx) => {
    const pool = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
    const { added } = await rulebook(tx);
    const running = await tx.settlement.findFirst({ where: { poolCode, status: 'running' } });
    const months = dueMonths(await nextToSettle(tx, poolCode), ctx.today, (period) =>
      settlementDueOn(policyByCode(pool.policyCode), period, added),
    );
    return running && !months.includes(running.period) ? [running.period, ...months] : months;
  });
  for (const period of due) {
    const { id, done } = await inTransaction(ctx, (tx) => start(tx, ctx, poolCode, period));
    if (!done) await settleOn(ctx, id);
  }
  return due;
}

/** Puts a settling job for every pool; each finds out by itself what is due. */
export async function sendDue(ctx: Context): Promise<void> {
  permit(ctx, 'system.run');
  await inTransaction(ctx, async (tx) => {
    for (const { code } of await tx.pool.findMany({ select: { code: true } }))
      await ctx.send(tx, 'settle', { poolCode: code }, { singletonKey: code });
    await audit(tx, ctx, { action: 'settlement.due', subject: 'settlement' });
  });
}
