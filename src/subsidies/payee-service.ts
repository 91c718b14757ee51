import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyPayment } from '../generated/node/client.ts';
import { foldName } from '../parties/uscc.ts';
import type { ApplicationStatus } from './steps.ts';
import { happened, lockApplications, requestOf, writePayees } from './store.ts';
import { type ApplicationView, readApplication } from './view-service.ts';

/** States in which an enterprise still says where its money goes: on the way to a payment, or after the bank sent one back. */
const OPEN: readonly ApplicationStatus[] = [
  ...(['submitted', 'recommended', 'reviewed', 'audited', 'decided', 'published', 'granted', 'approved'] as const),
];

/**
 * An enterprise puts its own account right, after a payment came back or before one is ordered. The account is in its own name. Whoever pays sees the new
 * one; nothing that was paid or ordered changes.
 * @throws DomainError NOT_FOUND (404), PAYEE_DIFFERS (422), PAYEE_STEP (409) while a payment to the old account is under way and none waits to be made anew
 */
export async function mendPayee(
  ctx: Context,
  id: bigint,
  payee: { accountName: string; bankName: string; accountNo: string },
): Promise<ApplicationView> {
  permit(ctx, 'subsidy.apply');
  return inTransaction(ctx, async (tx) => {
    const [row] = await lockApplications(tx, [id]);
    const payments = await tx.subsidyPayment.findMany({ where: { applicationId: id } });
    const underWay = payments.some(({ status }) => status === 'ordered') && !payments.some((p) => waits(p, payments));
    if (!OPEN.includes(row!.status as ApplicationStatus) || underWay) {
      const why = underWay ? '资金已下达到原账户' : '目前';
      throw new DomainError('PAYEE_STEP', `${why}，不能更改收款账户；须更改的，请联系主管部门`, { status: 409 });
    }
    if (foldName(payee.accountName) !== foldName(row!.enterpriseName)) {
      const message = `收款户名应与企业名称「${row!.enterpriseName}」一致`;
      const fault = { code: 'PAYEE_DIFFERS', field: 'accountName', value: payee.accountName, message };
      throw new DomainError('PAYEE_DIFFERS', message, { errors: [fault] });
    }
    const before = requestOf(row!).payee;
    await writePayees(tx, [{ id, ...payee }]);
    await happened(tx, ctx, [row!], 'payeeMended');
    await audit(tx, ctx, {
      ...{ action: 'subsidy.mendPayee', subject: `subsidyApplication:${id}` },
      before: accountOf(before),
      after: accountOf(payee),
    });
    return readApplication(tx, ctx, id);
  });
}

/** Whether the bank sent a payment back and it was not made again: what is made again is of the same batch or supplement. */
const waits = ({ status, supplementId, attempt }: SubsidyPayment, all: readonly SubsidyPayment[]): boolean =>
  status === 'returned' && !all.some((p) => p.supplementId === supplementId && p.attempt > attempt);

/** An account as the audit log keeps it: enough of its number to tell two apart. */
export const accountOf = ({ bankName, accountNo }: { bankName: string; accountNo: string }) => ({
  bankName,
  accountNo: accountNo && `****${accountNo.slice(-4)}`,
});
