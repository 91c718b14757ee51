import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb, fromDb } from '../db/decimal.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication, SubsidyBatch } from '../generated/node/client.ts';
import { post } from '../ledger/store.ts';
import { toWire, ZERO } from '../money/money.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { approved, committed, released } from './entries.ts';
import { releaseReserve } from './objection-service.ts';
import { freeSupplement } from './supplement-service.ts';

/**
 * What an enterprise gives up of a published batch is free for others: what was kept or tied up for it, what was approved and not ordered yet. Objections
 * and supplements of it end. The budget is locked. For use cases that have asked for permission.
 * @throws DomainError MONEY_ORDERED (409) once the bank has been told to pay
 */
export async function giveUp(tx: Tx, batch: SubsidyBatch, row: SubsidyApplication, ctx: Context): Promise<void> {
  const live = { applicationId: row.id, status: { not: 'returned' } };
  if ((await tx.subsidyPayment.count({ where: live })) > 0) {
    const message = '资金已经下达，不能撤回；收到补贴后可以向主管部门申请退回';
    throw new DomainError('MONEY_ORDERED', message, { status: 409 });
  }
  const ended = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) };
  const open = { applicationId: row.id, status: { in: ['proposed', 'approved'] } };
  for (const one of await tx.subsidySupplement.findMany({ where: open })) {
    if (one.status === 'proposed') await freeSupplement(tx, batch, one, ctx);
  }
  const kept = await tx.subsidyLine.findMany({ where: { applicationId: row.id, reserved: { gt: 0 } } });
  for (const line of kept) await releaseReserve(tx, ctx, batch, line);
  await tx.subsidyLine.updateMany({ where: { applicationId: row.id }, data: { reserved: null } });
  await tx.subsidyObjection.updateMany({
    where: { line: { applicationId: row.id }, status: 'open' },
    data: { status: 'ended', opinion: '企业已撤回申请', ...ended },
  });
  await tx.subsidySupplement.updateMany({
    where: open,
    data: { status: 'declined', reason: '企业已撤回申请', ...ended },
  });
  await freeGrant(tx, batch, row, ctx);
}

async function freeGrant(tx: Tx, batch: SubsidyBatch, row: SubsidyApplication, ctx: Context): Promise<void> {
  const amount = fromDb(row.granted ?? '0').plus(fromDb(row.adjusted));
  if (!amount.gt(ZERO)) return;
  const entry = { reference: `subsidy:${row.id}:withdrawn`, occurredOn: ctx.today, kind: 'subsidyReleased', cites: [] };
  const less = { decrement: toWire(amount) };
  if (row.status === 'granted') {
    const memo = `企业撤回，解除预算占用：${row.enterpriseName}`;
    await post(tx, batch.budgetCode, ctx.actor.id, { ...entry, memo, lines: committed(`${batch.no}`, amount, true) });
    await tx.subsidyBudget.update({ where: { code: batch.budgetCode }, data: { committed: less } });
    await tx.subsidyBatch.update({ where: { id: batch.id }, data: { granted: less } });
    return;
  }
  const lines = await tx.subsidyLine.findMany({ where: { applicationId: row.id, granted: { gt: 0 } } });
  const parts = lines
    .map(({ kind, granted, adjusted }) => ({
      kind: kind as SubsidyKind,
      amount: fromDb(granted!).plus(fromDb(adjusted)),
    }))
    .filter((part) => part.amount.gt(ZERO));
  const memo = `企业撤回，不再拨付：${row.enterpriseName}`;
  await post(tx, batch.budgetCode, ctx.actor.id, {
    ...{ ...entry, kind: 'subsidyWithdrawn', memo },
    lines: released(approved(row.enterpriseUscc, parts, amount)),
  });
  await tx.subsidyBudget.update({ where: { code: batch.budgetCode }, data: { approved: less } });
}
