import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Claim } from '../generated/node/client.ts';
import { placeInOpenMonth } from '../ledger/journal-entry.ts';
import { leaveCompensated, lockLoan } from '../loans/leave-service.ts';
import { formatYuan, money, sum, toWire } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { checkBreaker } from '../pool/breaker-service.ts';
import type { LockedPool } from '../pool/store.ts';
import { type KeptPart, movedParts } from './approval.ts';
import { happen, lifeOf } from './claim-life.ts';
import { requestOf } from './claim-service.ts';
import { assertOther, assertStep } from './claim-steps.ts';
import { insertShares, plain, waitingClaims } from './claim-store.ts';
import { type Holding, type Leaf, leavesOf, type Payment, payable, payableInOrder } from './contributors.ts';
import { holdingsOf } from './facts-store.ts';
import { assertDay, assertDeposit, depositAccount, lockClaim, record } from './life-service.ts';
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
    const before = [claim.createdBy, claim.verifiedBy, claim.approvedBy, claim.confirmedBy];
    assertOther(ctx.actor.id, before, '经办或审批过该申请的人员不得拨付');
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
    await audit(tx, ctx, {
      ...{ action: 'claim.pay', subject: `claim:${id}`, before: { status: claim.status } },
      after: { status: 'paid', amount: toWire(payment.pays), paidOn: on, accountNo },
    });
    await checkBreaker(tx, ctx, pool.code, { event: 'compensation', reference: `claim:${id}`, on });
    return readClaim(tx, ctx, id);
  });
}

/** What a claim is paid when it is its turn. @throws DomainError CLAIM_WAITS (409) naming its place and what is lacking */
async function inTurn(
  tx: Tx,
  pool: LockedPool,
  claim: Claim,
  on: LocalDate,
): Promise<{ payment: Payment; cites: Citation[] }> {
  const { added } = await rulebook(tx);
  const { shortfall } = policyByCode(pool.policyCode).claim;
  const version = valueOn(shortfall, on, added);
  const holdings = await holdingsOf(tx, pool.code);
  const queue = await waitingClaims(tx, pool.code);
  const leaves = queue.map((waiting) => leavesFor(waiting, holdings));
  const place = queue.findIndex(({ id }) => id === claim.id);
  const inFull = payableInOrder(leaves, holdings);
  const left = after(holdings, leaves.slice(0, place));
  const payment = payable(shortfall, version, leaves[place]!, left);
  // Costs that the pool advanced are nobody's part, but the money is out all the same.
  const committed = sum(
    leaves
      .slice(0, place + 1)
      .flat()
      .filter(({ kind }) => kind === 'pool')
      .map((l) => l.amount),
  );
  const short = committed.gt(pool.capital);
  const paysPart = payment.outcome === 'payPart' && place === inFull;
  const cites = [...partsOf(claim).flatMap((part) => part.cites), version.citation];
  if ((place < inFull || paysPart) && !short) return { payment, cites: unique(cites) };
  const ahead = place > 0 ? `之前尚有 ${place} 份已批准的申请等候，` : '';
  const lacking = payment.lacking.isZero() ? '' : `，本申请尚缺 ${formatYuan(payment.lacking)} 元`;
  throw new DomainError('CLAIM_WAITS', `${ahead}资金池可用资金不足支付全额${lacking}，按批准先后等候`, {
    ...{ status: 409, cites: [version.citation] },
  });
}

const partsOf = (claim: Claim): KeptPart[] => claim.shares as unknown as KeptPart[];

function leavesFor(claim: Claim, holdings: readonly Holding[]): Leaf[] {
  const parts = partsOf(claim).map((part) => ({ ...part, amount: money(part.amount) }));
  return leavesOf(parts, holdings, { ...requestOf(claim).parties, bank: claim.bankCode });
}

/** What everyone has left once those before have been paid. */
function after(holdings: readonly Holding[], before: readonly (readonly Leaf[])[]): Holding[] {
  const taken = (party: string) =>
    sum(
      before
        .flat()
        .filter((l) => l.kind === 'pool' && l.party === party)
        .map(({ amount }) => amount),
    );
  return holdings.map((h) => ({ ...h, available: h.available.minus(taken(h.party)) }));
}

function unique(cites: Citation[]): Citation[] {
  return [...new Map(cites.map((cite) => [JSON.stringify(cite), cite])).values()];
}
