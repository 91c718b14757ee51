import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { post } from '../ledger/store.ts';
import { formatYuan, toWire } from '../money/money.ts';
import { assertClawback, assertOther, positive, tell } from './clawback-service.ts';
import { lockClawback, openOf } from './clawback-store.ts';
import { type ClawbackView, readClawback } from './clawback-view-service.ts';
import { clawbackReceived, remitted } from './entries.ts';

/**
 * Money of a clawback has come in, all of it or a part; what an enterprise gave back of itself may have come before anybody decided. A bank receipt counts once: the same again answers the same, another content is refused. What comes
 * back of an expense that it lowered is promised to nobody any more: granted again, or after the turn of the year carried over or returned with the budget.
 * @throws DomainError CLAWBACK_STEP, RECEIPT_CONFLICT (409), RECEIVED_TOO_MUCH, DAY_OUTSIDE (422)
 */
export async function receiveClawback(
  ctx: Context,
  id: bigint,
  input: { amount: string; receivedOn: LocalDate; receiptNo: string },
): Promise<ClawbackView> {
  permit(ctx, 'clawback.record');
  const amount = positive(input.amount);
  return inTransaction(ctx, async (tx) => {
    const { row, budget } = await lockClawback(tx, id);
    const { receiptNo, receivedOn } = input;
    const before = await tx.subsidyClawbackReceipt.findUnique({ where: { receiptNo } });
    if (before) {
      const same =
        before.clawbackId === id && fromDb(before.amount).eq(amount) && dateFromDb(before.receivedOn) === receivedOn;
      if (same) return readClawback(tx, ctx, id);
      throw conflict('RECEIPT_CONFLICT', `回单号 ${receiptNo} 已登记，内容不同`);
    }
    assertClawback(row, 'ordered', '登记到账');
    const decidedOn = dateFromDb(row.decidedOn!);
    const voluntary = row.ground === 'voluntary';
    assertDay(ctx.today, receivedOn, voluntary ? await firstPaid(tx, row.applicationId) : decidedOn, '到账');
    const open = openOf(row);
    if (amount.gt(open))
      throw fault('RECEIVED_TOO_MUCH', input.amount, `待收回 ${formatYuan(open)} 元，到账金额不得超过`);
    await post(tx, budget.code, ctx.actor.id, {
      ...{ reference: `clawback:${id}:received:${receiptNo}`, kind: 'clawbackReceived' },
      // Before it was decided nobody owed it: until then the bank has what the books do not.
      occurredOn: receivedOn < decidedOn ? decidedOn : receivedOn,
      ...{ memo: `收回补贴：${row.enterpriseName}（${receivedOn} 到账）`, cites: [] },
      lines: clawbackReceived(row.enterpriseUscc, budget.accountNo, amount),
    });
    const { poolCode, enterpriseUscc } = row;
    const recorded = { recordedBy: ctx.actor.id, recordedOn: dateToDb(ctx.today) };
    await tx.subsidyClawbackReceipt.create({
      data: {
        ...{ clawbackId: id, poolCode, enterpriseUscc, amount: toWire(amount), receiptNo, ...recorded },
        receivedOn: dateToDb(receivedOn),
      },
    });
    if (amount.eq(open)) await tx.subsidyClawback.update({ where: { id }, data: { status: 'received' } });
    const back = { increment: toWire(amount) };
    await tx.subsidyBudget.update({
      where: { code: budget.code },
      data: { recovered: back, ...(row.credit === 'expense' ? { restored: back } : {}) },
    });
    await tell(tx, ctx, row, 'clawbackReceived', { amount, receivedOn });
    await audit(tx, ctx, {
      ...{
        action: 'clawback.receive',
        subject: `subsidyClawback:${id}`,
        before: { received: row.received.toFixed(2) },
      },
      after: { ...input },
    });
    return readClawback(tx, ctx, id);
  });
}

/**
 * Orders that what came back of an earlier year's expense is handed over to the treasury: all that has come in and is not ordered yet.
 * @throws DomainError NOTHING_TO_REMIT (409)
 */
export async function orderRemittance(ctx: Context, id: bigint): Promise<ClawbackView> {
  permit(ctx, 'clawback.record');
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockClawback(tx, id);
    const due = fromDb(row.received).minus(fromDb(row.remitted));
    if (row.credit !== 'treasury') throw conflict('NOTHING_TO_REMIT', '当年拨付的补贴收回后冲减当年支出，不缴回财政');
    if (!due.gt(0)) throw conflict('NOTHING_TO_REMIT', '没有已到账、尚未缴回财政的资金');
    const { poolCode, enterpriseUscc } = row;
    const ordered = { orderedBy: ctx.actor.id, orderedOn: dateToDb(ctx.today) };
    await tx.subsidyRemittance.create({
      data: { clawbackId: id, poolCode, enterpriseUscc, amount: toWire(due), status: 'ordered', ...ordered },
    });
    await audit(tx, ctx, {
      ...{ action: 'clawback.orderRemittance', subject: `subsidyClawback:${id}` },
      after: { amount: toWire(due) },
    });
    return readClawback(tx, ctx, id);
  });
}

/**
 * The bank has handed the money over, registered by another person than who ordered it. The same voucher again answers the same.
 * @throws DomainError NOT_FOUND (404), SAME_PERSON (403), VOUCHER_CONFLICT (409), DAY_OUTSIDE (422)
 */
export async function payRemittance(
  ctx: Context,
  id: bigint,
  remittanceId: bigint,
  { paidOn, voucherNo }: { paidOn: LocalDate; voucherNo: string },
): Promise<ClawbackView> {
  permit(ctx, 'clawback.record');
  return inTransaction(ctx, async (tx) => {
    const { row, budget } = await lockClawback(tx, id);
    const order = await tx.subsidyRemittance.findUnique({ where: { id: remittanceId } });
    if (order?.clawbackId !== id) throw new DomainError('NOT_FOUND', '没有这笔缴款', { status: 404 });
    if (order.status === 'paid' && order.voucherNo === voucherNo) return readClawback(tx, ctx, id);
    const taken = await tx.subsidyRemittance.findUnique({ where: { voucherNo } });
    if (order.status === 'paid' || taken) throw conflict('VOUCHER_CONFLICT', `这笔缴款或凭证号 ${voucherNo} 已登记`);
    assertOther(order.orderedBy, ctx, '下达缴款');
    assertDay(ctx.today, paidOn, dateFromDb(order.orderedOn), '缴款');
    const amount = fromDb(order.amount);
    await post(tx, budget.code, ctx.actor.id, {
      ...{ reference: `clawback:${id}:remitted:${remittanceId}`, occurredOn: paidOn, kind: 'clawbackRemitted' },
      ...{ memo: `收回的补贴缴回财政：${row.enterpriseName}`, cites: [] },
      lines: remitted(row.enterpriseUscc, budget.accountNo, amount),
    });
    const paid = { status: 'paid', voucherNo, paidBy: ctx.actor.id, paidOn: dateToDb(paidOn) };
    await tx.subsidyRemittance.update({ where: { id: remittanceId }, data: paid });
    const open = await tx.subsidyRemittance.count({ where: { clawbackId: id, status: 'ordered' } });
    if (row.status === 'received' && open === 0 && row.remitted.equals(row.amount)) {
      await tx.subsidyClawback.update({ where: { id }, data: { status: 'remitted' } });
    }
    await tx.subsidyBudget.update({ where: { code: budget.code }, data: { remitted: { increment: toWire(amount) } } });
    await audit(tx, ctx, {
      ...{ action: 'clawback.remit', subject: `subsidyClawback:${id}` },
      after: { amount: toWire(amount), paidOn, voucherNo },
    });
    return readClawback(tx, ctx, id);
  });
}

/** The day of the first payment of an application: nothing of it can come back before. */
async function firstPaid(tx: Tx, applicationId: bigint): Promise<LocalDate> {
  const where = { applicationId, status: 'paid' };
  const first = await tx.subsidyPayment.findFirstOrThrow({ where, orderBy: { paidOn: 'asc' } });
  return dateFromDb(first.paidOn!);
}

/** Money moves on a day that is over, not before it was ordered. */
function assertDay(today: LocalDate, day: LocalDate, from: LocalDate, what: string): void {
  if (day >= from && day <= today) return;
  throw fault('DAY_OUTSIDE', day, `${what}日期应在 ${from} 与今天之间`, what === '到账' ? 'receivedOn' : 'paidOn');
}

function fault(code: string, value: string, message: string, field = 'amount'): DomainError {
  return new DomainError(code, message, { errors: [{ code, field, value, message }] });
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
