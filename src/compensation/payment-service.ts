import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { placeInOpenMonth } from '../ledger/journal-entry.ts';
import { leaveCompensated, lockLoan } from '../loans/leave-service.ts';
import { toWire } from '../money/money.ts';
import { checkBreaker } from '../pool/breaker-service.ts';
import { movedParts } from './approval.ts';
import { happen, lifeOf } from './claim-life.ts';
import { assertOther, assertStep } from './claim-steps.ts';
import { insertShares, plain } from './claim-store.ts';
import { issuePaymentNotice } from './letter-service.ts';
import { assertDay, assertDeposit, depositAccount, lockClaim, record } from './life-service.ts';
import { inTurn, partsOf } from './turn-service.ts';
import { type ClaimView, readClaim } from './view-service.ts';

export interface PaymentRequest {
  /** the day the money left; today when left out */
  paidOn?: LocalDate;
  /** needed when the pool has more than one deposit account */
  accountNo?: string;
  /** the bank's number of the payment */
  voucherNo?: string;
}

/**
 * Pays a confirmed claim (拨付): each contributor's part becomes a receivable, what is borne outside the pool is kept as a memo, the reserve is released.
 * Never more than each contributor and the account hold: in order of approval, each in full, and nothing overtakes; what cannot be paid waits.
 * @throws DomainError ALREADY_COMPENSATED, CLAIM_STEP, CLAIM_WAITS, DEPOSIT_SHORT, CLAIM_STALE (409), SAME_PERSON (403)
 */
export async function payClaim(ctx: Context, id: bigint, request: PaymentRequest): Promise<ClaimView> {
  permit(ctx, 'claim.pay');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const { pool, claim } = locked;
    assertStep('pay', claim.status);
    assertOther(ctx.actor.id, claim);
    const on = request.paidOn ?? ctx.today;
    assertDay(ctx.today, on, claim.confirmedOn && dateFromDb(claim.confirmedOn), '拨付日期');
    const loan = await lockLoan(tx, claim.loanId);
    if (loan.status !== 'active' || !loan.outstandingPrincipal.eq(fromDb(claim.unpaidPrincipal)))
      throw new DomainError('CLAIM_STALE', '批准后贷款余额或状态已变化，请退回银行补正', { status: 409 });
    const { payment, cites } = await inTurn(tx, pool, claim, on);
    const parts = partsOf(claim);
    const accountNo = await depositAccount(tx, pool.code, request.accountNo);
    await assertDeposit(tx, pool.code, accountNo, payment.pays);
    await insertShares(tx, claim, payment.leaves, parts);
    const reference = `claim:${id}:paid`;
    const step = happen(lifeOf(payment.leaves), { kind: 'paid', id: reference });
    await record(tx, ctx, locked, step, {
      event: {
        ...{ kind: 'paid', reference, amount: payment.pays, receiptNo: request.voucherNo },
        details: { accountNo, lacking: toWire(payment.lacking) },
      },
      ...{ on, kind: 'compensation', memo: '风险补偿支付', cites, accountNo },
    });
    await leaveCompensated(tx, ctx, pool, loan, placeInOpenMonth(on, ctx.today, pool.lockedThrough));
    await tx.claim.update({
      where: { id },
      data: {
        ...{ status: 'paid', paidBy: ctx.actor.id, paidOn: dateToDb(on), compensation: toWire(payment.pays) },
        shares: plain(movedParts(parts, payment.leaves)) as unknown as object[],
      },
    });
    const told = { leaves: payment.leaves, amount: toWire(payment.pays), paidOn: on, accountNo, reference, cites };
    await issuePaymentNotice(tx, ctx, id, told);
    await audit(tx, ctx, {
      ...{ action: 'claim.pay', subject: `claim:${id}`, before: { status: claim.status } },
      after: { status: 'paid', amount: toWire(payment.pays), paidOn: on, accountNo },
    });
    await checkBreaker(tx, ctx, pool.code, { event: 'compensation', reference: `claim:${id}`, on });
    return readClaim(tx, ctx, id);
  });
}
