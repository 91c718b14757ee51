import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
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
 * one; nothing that was paid changes.
 * @throws DomainError NOT_FOUND (404), PAYEE_DIFFERS (422), PAYEE_STEP (409) while a payment to the old account is under way
 */
export async function mendPayee(
  ctx: Context,
  id: bigint,
  payee: { accountName: string; bankName: string; accountNo: string },
): Promise<ApplicationView> {
  permit(ctx, 'subsidy.apply');
  return inTransaction(ctx, async (tx) => {
    const [row] = await lockApplications(tx, [id]);
    const underWay = await tx.subsidyPayment.count({ where: { applicationId: id, status: 'ordered' } });
    if (!OPEN.includes(row!.status as ApplicationStatus) || underWay > 0) {
      const why = underWay > 0 ? '资金已下达到原账户' : '目前';
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

/** An account as the audit log keeps it: enough of its number to tell two apart. */
export const accountOf = ({ bankName, accountNo }: { bankName: string; accountNo: string }) => ({
  bankName,
  accountNo: accountNo && `****${accountNo.slice(-4)}`,
});
