import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { writeFormXlsx } from '../files/write-form-xlsx.ts';
import { schemeByCode } from '../policy/register.ts';
import { ECONOMIC_CLASS } from './entries.ts';
import { classesOfPayment, type OrderedPayment, orderedPayments } from './papers-order-service.ts';
import { type ListedPayment, paymentListSheet } from './payment-list.ts';

const STATUSES: Record<string, string> = { ordered: '待支付', paid: '已支付', returned: '已退票' };

/**
 * 支付清单 of a batch as XLSX for the treasury's staff, with whole account numbers: of each application its payment that stands. Who took it is kept.
 * @throws DomainError NOT_FOUND (404), BATCH_STEP (409) before it is ordered
 */
export async function paymentList(ctx: Context, id: bigint): Promise<{ name: string; file: Uint8Array }> {
  permit(ctx, 'subsidy.payees');
  return inTransaction(ctx, async (tx) => {
    const batch = await tx.subsidyBatch.findUnique({ where: { id }, include: { budget: true } });
    if (!batch) throw new DomainError('NOT_FOUND', '没有这个批次', { status: 404 });
    if (batch.status !== 'ordered')
      throw new DomainError('BATCH_STEP', '该批次尚未下达资金，没有支付清单', { status: 409 });
    const payments = await listed(tx, id);
    const { year, no: batchNo, budget } = batch;
    const sheet = paymentListSheet(
      {
        ...{ scheme: schemeByCode(batch.schemeCode).document.title, year, batchNo, orderNo: batch.orderNo! },
        ...{ budgetName: budget.name, asOf: ctx.today },
        payer: { name: budget.accountName, bank: budget.bankName, number: budget.accountNo },
      },
      payments,
    );
    await audit(tx, ctx, {
      ...{ action: 'subsidy.paymentList', subject: `subsidyBatch:${id}` },
      after: { payments: payments.length },
    });
    return { name: `${sheet.title} ${ctx.today}.xlsx`, file: await writeFormXlsx([sheet]) };
  });
}

/** Payments that stand: of each application, and of each supplement to it, the last. */
async function listed(tx: Tx, batchId: bigint): Promise<ListedPayment[]> {
  const all = await orderedPayments(tx, batchId);
  const standing = [...Map.groupBy(all, (row) => `${row.applicationId} ${row.supplementId}`).values()];
  return standing.map((own) => paymentOf(own.at(-1)!, own.length > 1));
}

function paymentOf(row: OrderedPayment, again: boolean): ListedPayment {
  const { application, payeeName, payeeBank, payeeAccount, voucherNo, paidOn, supplementId } = row;
  const parts = classesOfPayment(row);
  return {
    ...{ uscc: row.enterpriseUscc, payeeName, payeeBank, payeeAccount, amount: row.amount.toFixed(2), voucherNo },
    costs: parts.get(ECONOMIC_CLASS.premium) ?? '0.00',
    interest: parts.get(ECONOMIC_CLASS.interest) ?? '0.00',
    ...{ applicationNo: `${application.id}`, status: STATUSES[row.status] ?? row.status },
    note: [supplementId !== null && '补充拨付', again && '退票重拨'].filter(Boolean).join('，'),
    paidOn: paidOn && dateFromDb(paidOn),
  };
}
