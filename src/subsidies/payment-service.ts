import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication, SubsidyPayment } from '../generated/node/client.ts';
import { post, postMany } from '../ledger/store.ts';
import { sum, toWire } from '../money/money.ts';
import { foldName } from '../parties/uscc.ts';
import { assertBatch, lockBatch } from './batch-service.ts';
import { type BatchView, batchView } from './batch-view-service.ts';
import { paid } from './entries.ts';
import { APPLICATION_STATUSES, type ApplicationStatus } from './steps.ts';
import { happened, lockApplications, requestOf, writePaid } from './store.ts';

/** A payment to one enterprise. The account number is masked but for its end: lists go from hand to hand. */
export interface PaymentView {
  id: string;
  applicationId: string;
  enterpriseUscc: string;
  /** of a supplement of the batch; null: of the batch itself */
  supplementId: string | null;
  attempt: number;
  amount: string;
  payeeName: string;
  payeeBank: string;
  payeeAccount: string;
  status: string;
  voucherNo: string | null;
  orderedOn: string;
  paidOn: string | null;
  returnedOn: string | null;
  returnReason: string | null;
}

/** 下达资金: an order to pay each approved application to the account it named. The same order number again answers the same. @throws DomainError BATCH_STEP, ORDER_DIFFERS, CORRECTION_OPEN, PAYEE_MISSING (409) */
export async function orderBatch(ctx: Context, id: bigint, orderNo: string): Promise<BatchView> {
  permit(ctx, 'subsidy.pay');
  return inTransaction(ctx, async (tx) => {
    const { batch } = await lockBatch(tx, id);
    if (batch.status === 'ordered') {
      if (batch.orderNo === orderNo) return batchView(tx, batch);
      throw conflict('ORDER_DIFFERS', `该批次已由 ${batch.orderNo} 下达`);
    }
    assertBatch(batch, 'approved', '下达资金');
    const { schemeCode, year, no } = batch;
    const where = { schemeCode, year, batchNo: no, status: 'approved' };
    const found = await tx.subsidyApplication.findMany({ where, select: { id: true } });
    const rows = await lockApplications(
      tx,
      found.map((row) => row.id),
    );
    await assertNothingLess(tx, id);
    for (const row of rows) assertPayee(row);
    await tx.subsidyPayment.createMany({ data: rows.map((row) => paymentOf(id, row, 1, ctx)) });
    const data = { status: 'ordered', orderNo, orderedBy: ctx.actor.id, orderedOn: dateToDb(ctx.today) };
    // Corrections that were approved by now are in these payments.
    await tx.subsidySupplement.updateMany({ where: { batchId: id, status: 'approved' }, data });
    const after = await tx.subsidyBatch.update({ where: { id }, data });
    await happened(tx, ctx, rows, 'ordered', () => ({ orderNo }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.order', subject: `subsidyBatch:${id}`, before: { status: batch.status } },
      after: { status: 'ordered', orderNo, payments: rows.length },
    });
    return batchView(tx, after);
  });
}

/** What would lower a payment is decided before the bank is told its amount. @throws DomainError CORRECTION_OPEN (409) */
async function assertNothingLess(tx: Tx, batchId: bigint): Promise<void> {
  const open = await tx.subsidySupplement.count({ where: { batchId, status: 'proposed', amount: { lt: 0 } } });
  if (open > 0) throw conflict('CORRECTION_OPEN', `本批还有 ${open} 项更正核减待复核，办理后方可下达资金`);
}

/** Money goes to an account of the enterprise's own name. @throws DomainError PAYEE_MISSING (409) */
export function assertPayee(row: SubsidyApplication): void {
  const { accountName, bankName, accountNo } = requestOf(row).payee;
  if (accountNo !== '' && bankName !== '' && foldName(accountName) === foldName(row.enterpriseName)) return;
  throw conflict('PAYEE_MISSING', `${row.enterpriseName}的收款账户未填报齐全，或户名与企业名称不一致`);
}

/** An order to pay an application what it is granted, to the account it named. */
export function paymentOf(batchId: bigint, row: SubsidyApplication, attempt: number, ctx: Context) {
  const { payee } = requestOf(row);
  return {
    ...{ batchId, applicationId: row.id, poolCode: row.poolCode, enterpriseUscc: row.enterpriseUscc, attempt },
    ...{
      amount: row.granted!.plus(row.adjusted),
      status: 'ordered',
      orderedBy: ctx.actor.id,
      orderedOn: dateToDb(ctx.today),
    },
    ...{ payeeName: payee.accountName, payeeBank: payee.bankName, payeeAccount: payee.accountNo },
  };
}

/**
 * Payments that the bank has made, by another person than who ordered them: what was owed is paid from the budget's account, never more than it holds.
 * Vouchers are the bank's numbers, each used once. Said again with the same number it answers the same.
 * @throws DomainError BATCH_STEP, PAYMENT_STEP, LEDGER… (409), SAME_PERSON (403), NOT_FOUND (404)
 */
export async function payBatch(
  ctx: Context,
  id: bigint,
  { paidOn, payments }: { paidOn: LocalDate; payments: { paymentId: string; voucherNo: string }[] },
): Promise<BatchView> {
  permit(ctx, 'subsidy.pay');
  return inTransaction(ctx, async (tx) => {
    const { batch, budget } = await lockBatch(tx, id);
    assertBatch(batch, 'ordered', '登记拨付');
    if (paidOn > ctx.today) throw new DomainError('PAID_LATER', `拨付日期 ${paidOn} 晚于今天`);
    const vouchers = new Map(payments.map((p) => [BigInt(p.paymentId), p.voucherNo]));
    const rows = await tx.subsidyPayment.findMany({
      where: { batchId: id, id: { in: [...vouchers.keys()] } },
      ...{ include: { application: true }, orderBy: { id: 'asc' } },
    });
    if (rows.length !== vouchers.size) throw new DomainError('NOT_FOUND', '没有其中的拨付', { status: 404 });
    const todo = rows.filter((row) => !(row.status === 'paid' && row.voucherNo === vouchers.get(row.id)));
    for (const row of todo) assertPayable(ctx, row, paidOn);
    const entries = todo.map((row) => ({
      reference: `subsidy:${row.applicationId}:paid:${row.attempt}`,
      ...{ occurredOn: paidOn, memo: `拨付补贴：${row.payeeName}` },
      lines: paid(row.enterpriseUscc, budget.accountNo, fromDb(row.amount)),
    }));
    await postMany(tx, budget.code, ctx.actor.id, 'subsidyPaid', [], entries);
    const made = todo.map((row) => ({ id: row.id, voucherNo: vouchers.get(row.id)! }));
    await writePaid(tx, { by: ctx.actor.id, on: paidOn }, made);
    const total = toWire(sum(todo.map((row) => fromDb(row.amount))));
    await tx.subsidyBudget.update({ where: { code: budget.code }, data: { paid: { increment: total } } });
    const ids = todo.map((row) => row.applicationId);
    await endPaid(tx, ids);
    const steps = todo.map(({ application, amount }) => ({ ...application, payment: fromDb(amount) }));
    await happened(tx, ctx, steps, 'paid', ({ payment }) => ({ amount: payment, paidOn }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.pay', subject: `subsidyBatch:${id}` },
      after: { payments: todo.length, amount: total, paidOn },
    });
    return batchView(tx, batch);
  });
}

/** Applications of which all is paid that was granted. */
async function endPaid(tx: Tx, ids: bigint[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE subsidy_application a SET status = 'paid' WHERE a.id = ANY (${ids}::bigint[])
       AND a.granted + a.adjusted <= (SELECT sum(p.amount) FROM subsidy_payment p WHERE p.application_id = a.id AND p.status = 'paid')`;
}

function assertPayable(ctx: Context, row: SubsidyPayment, paidOn: LocalDate): void {
  if (row.status !== 'ordered')
    throw conflict('PAYMENT_STEP', `向${row.payeeName}的拨付${STATUSES[row.status]}，不能再登记`);
  if (row.orderedBy === ctx.actor.id)
    throw new DomainError('SAME_PERSON', '下达资金的人员不得登记拨付，请由他人办理', { status: 403 });
  if (paidOn < dateFromDb(row.orderedOn)) throw new DomainError('PAID_EARLIER', `拨付日期 ${paidOn} 早于下达日期`);
}

const STATUSES: Record<string, string> = { ordered: '已下达', paid: '已拨付', returned: '已退票' };

/** The bank sent a payment back (退票): it is owed again, until it is paid anew. @throws DomainError NOT_FOUND (404), PAYMENT_STEP (409) */
export async function returnPayment(
  ctx: Context,
  id: bigint,
  { returnedOn, reason }: { returnedOn: LocalDate; reason: string },
): Promise<PaymentView> {
  permit(ctx, 'subsidy.pay');
  return inTransaction(ctx, async (tx) => {
    const { row, budget } = await lockPayment(tx, id);
    if (row.status === 'returned') return paymentView(row);
    if (row.status !== 'paid') throw conflict('PAYMENT_STEP', '这笔补贴尚未拨付，没有退票');
    if (returnedOn > ctx.today || returnedOn < dateFromDb(row.paidOn!))
      throw new DomainError('RETURNED_DAY', `退票日期应在拨付日期 ${dateFromDb(row.paidOn!)} 与今天之间`);
    await post(tx, budget.code, ctx.actor.id, {
      reference: `subsidy:${row.applicationId}:returned:${row.attempt}`,
      ...{
        occurredOn: returnedOn,
        kind: 'subsidyReturned',
        memo: `补贴退票：${row.payeeName}（${reason}）`,
        cites: [],
      },
      lines: paid(row.enterpriseUscc, budget.accountNo, fromDb(row.amount), true),
    });
    await tx.subsidyBudget.update({
      where: { code: budget.code },
      data: { paid: { decrement: row.amount.toFixed(2) } },
    });
    const data = { status: 'returned', returnedOn: dateToDb(returnedOn), returnReason: reason };
    const after = await tx.subsidyPayment.update({ where: { id }, data });
    await tx.subsidyApplication.update({ where: { id: row.applicationId }, data: { status: 'approved' } });
    await happened(tx, ctx, [row.application], 'returnedByBank', () => ({ amount: fromDb(row.amount), reason }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.returnPayment', subject: `subsidyPayment:${id}`, before: { status: row.status } },
      after: { status: 'returned', reason },
    });
    return paymentView(after);
  });
}

/** Pays a returned payment again, against the same application while it stands, to an account of the enterprise's own name. @throws DomainError PAYMENT_STEP (409), PAYEE_DIFFERS (422) */
export async function reissuePayment(
  ctx: Context,
  id: bigint,
  payee: { accountName: string; bankName: string; accountNo: string },
): Promise<PaymentView> {
  permit(ctx, 'subsidy.pay');
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockPayment(tx, id);
    if (row.status !== 'returned') throw conflict('PAYMENT_STEP', '只有退票的拨付可以重新下达');
    const { application } = row;
    if (application.status !== 'approved') {
      const now = APPLICATION_STATUSES[application.status as ApplicationStatus];
      throw conflict('PAYMENT_STEP', `该申请为「${now}」，退回的资金不再重新下达`);
    }
    if (foldName(payee.accountName) !== foldName(application.enterpriseName))
      throw new DomainError('PAYEE_DIFFERS', `收款户名应与企业名称「${application.enterpriseName}」一致`);
    const attempts = await tx.subsidyPayment.count({ where: { applicationId: application.id } });
    const { amount, supplementId } = row;
    const next = {
      ...paymentOf(row.batchId, application, attempts + 1, ctx),
      payeeName: payee.accountName,
      amount,
      supplementId,
    };
    const after = await tx.subsidyPayment.create({
      data: { ...next, payeeBank: payee.bankName, payeeAccount: payee.accountNo },
    });
    await happened(tx, ctx, [application], 'reissued', () => ({ amount: fromDb(row.amount) }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.reissue', subject: `subsidyPayment:${after.id}`, before: { payment: `${id}` } },
      after: { attempt: after.attempt, amount: after.amount.toFixed(2) },
    });
    return paymentView(after);
  });
}

/** The payments of a batch, in the order of its applications. */
export async function listPayments(ctx: Context, batchId: bigint): Promise<PaymentView[]> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.subsidyPayment.findMany({
      where: { batchId },
      orderBy: [{ applicationId: 'asc' }, { attempt: 'asc' }],
    });
    return rows.map(paymentView);
  });
}

async function lockPayment(tx: Tx, id: bigint) {
  const seen = await tx.subsidyPayment.findUnique({ where: { id } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这笔拨付', { status: 404 });
  const { budget } = await lockBatch(tx, seen.batchId);
  const row = await tx.subsidyPayment.findUniqueOrThrow({ where: { id }, include: { application: true } });
  return { row, budget };
}

function paymentView(row: SubsidyPayment): PaymentView {
  const { enterpriseUscc, attempt, payeeName, payeeBank, status, voucherNo, returnReason } = row;
  const day = (date: Date | null) => date && dateFromDb(date);
  return {
    ...{
      id: `${row.id}`,
      applicationId: `${row.applicationId}`,
      enterpriseUscc,
      supplementId: row.supplementId === null ? null : `${row.supplementId}`,
      attempt,
      amount: row.amount.toFixed(2),
    },
    ...{ payeeName, payeeBank, payeeAccount: `****${row.payeeAccount.slice(-4)}`, status, voucherNo, returnReason },
    ...{ orderedOn: dateFromDb(row.orderedOn), paidOn: day(row.paidOn), returnedOn: day(row.returnedOn) },
  };
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
