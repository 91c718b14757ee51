import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim } from '../generated/node/client.ts';
import { placeInOpenMonth } from '../ledger/journal-entry.ts';
import { leaveRevoked, lockLoan } from '../loans/leave-service.ts';
import { formatYuan, money, toWire } from '../money/money.ts';
import { checksOf } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { checkBreaker } from '../pool/breaker-service.ts';
import type { LockedPool } from '../pool/store.ts';
import { happen } from './claim-life.ts';
import { happened } from './claim-service.ts';
import { readLife } from './claim-store.ts';
import { assertDay, depositAccount, lockClaim, paidOnOf, record } from './life-service.ts';
import { voidPapers } from './printed-service.ts';
import { openProposal, propose } from './proposal-service.ts';
import { refundOf } from './view.ts';
import { type ClaimView, readClaim } from './view-service.ts';

export interface RefundRequest {
  /** one of the clause's grounds */
  ground: string;
  reason: string;
}

/** Proposes that a compensation obtained falsely or without a right to it is paid back (退回补偿). Another person confirms. @throws DomainError GROUND_UNKNOWN (422), PROPOSAL_OPEN (409) */
export async function proposeRefund(ctx: Context, id: bigint, request: RefundRequest): Promise<ClaimView> {
  permit(ctx, 'writeOff.propose');
  return inTransaction(ctx, async (tx) => {
    const { pool, claim } = await lockClaim(tx, id);
    assertPaid(claim);
    const { clause, version } = await refundClause(tx, pool, ctx.today);
    const ground = version.value.grounds.find(({ code }) => code === request.ground);
    if (!ground) {
      const known = version.value.grounds.map(({ code, label }) => `${code} ${label}`).join('、');
      const message = `退回补偿的情形应为${known}`;
      throw new DomainError('GROUND_UNKNOWN', message, {
        errors: [{ code: 'GROUND_UNKNOWN', field: 'ground', value: request.ground, message }],
      });
    }
    const amount = refundOf(await readLife(tx, id));
    const until = clause.apply(version.value, ctx.today);
    const check = checksOf(clause, version).warn(
      'REFUND',
      `${ground.label}，应退回 ${formatYuan(amount)} 元，禁入至 ${until}`,
    );
    await propose(tx, ctx, claim, { kind: 'refund', amount, details: request, checks: [check] });
    await audit(tx, ctx, {
      action: 'refund.propose',
      subject: `claim:${id}`,
      after: { ...request, amount: toWire(amount) },
    });
    return readClaim(tx, ctx, id);
  });
}

/** Confirms the refund: the bank owes it, and under this document its claims are not received until the clause's day, in whatever pool. @throws DomainError SAME_PERSON (403), NO_PROPOSAL (409) */
export async function confirmRefund(ctx: Context, id: bigint): Promise<ClaimView> {
  permit(ctx, 'writeOff.decide');
  return inTransaction(ctx, async (tx) => {
    const { pool, claim } = await lockClaim(tx, id);
    assertPaid(claim);
    const proposal = await openProposal(tx, ctx, claim, 'refund');
    const { clause, version } = await refundClause(tx, pool, ctx.today);
    const until = clause.apply(version.value, ctx.today);
    const { ground } = proposal.details as unknown as RefundRequest;
    const { poolCode, bankCode } = claim;
    await tx.claimBan.create({
      data: {
        ...{ claimId: id, poolCode, policyCode: pool.policyCode, bankCode, ground },
        ...{ decidedOn: dateToDb(ctx.today), until: dateToDb(until) },
      },
    });
    await tx.claimProposal.update({
      where: { id: proposal.id },
      data: { status: 'confirmed', decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    await happened(tx, ctx, claim, 'refundDecided', { ground, until });
    await audit(tx, ctx, { action: 'refund.confirm', subject: `claim:${id}`, after: { ground, until } });
    return readClaim(tx, ctx, id);
  });
}

/**
 * The refund has come in: every contributor's receivable and what the pool paid for the pursuit is met, what had been written off comes back to its share. The loan's filing counts as revoked.
 * @throws DomainError REFUND_NOT_DECIDED, ALREADY_REFUNDED, RECEIPT_CONFLICT (409), REFUND_AMOUNT (422)
 */
export async function receiveRefund(
  ctx: Context,
  id: bigint,
  input: { amount: string; receivedOn: LocalDate; receiptNo: string; accountNo?: string },
): Promise<ClaimView> {
  permit(ctx, 'recovery.record');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const { pool, claim } = locked;
    const decided = await tx.claimProposal.findFirst({ where: { claimId: id, kind: 'refund', status: 'confirmed' } });
    if (!decided) throw new DomainError('REFUND_NOT_DECIDED', '尚未决定退回该笔补偿', { status: 409 });
    const before = await tx.claimEvent.findFirst({
      where: { poolCode: pool.code, receiptNo: input.receiptNo, reversal: null },
    });
    if (before?.kind === 'refund' && before.claimId === id && before.amount?.toFixed(2) === toWire(money(input.amount)))
      return readClaim(tx, ctx, id);
    if (before)
      throw new DomainError('RECEIPT_CONFLICT', `回单号 ${input.receiptNo} 已登记，内容不同`, { status: 409 });
    const life = await readLife(tx, id);
    const reference = `claim:${id}:refund`;
    const step = happen(life, { kind: 'refund', id: reference });
    const amount = refundOf(life);
    if (!amount.eq(money(input.amount))) {
      const message = `应退回 ${formatYuan(amount)} 元，收到 ${formatYuan(money(input.amount))} 元`;
      throw new DomainError('REFUND_AMOUNT', message, {
        errors: [{ code: 'REFUND_AMOUNT', field: 'amount', value: input.amount, message }],
      });
    }
    assertDay(ctx.today, input.receivedOn, paidOnOf(claim), '到账日期');
    const accountNo = await depositAccount(tx, pool.code, input.accountNo);
    const { version } = await refundClause(tx, pool, dateFromDb(decided.decidedOn!));
    await record(tx, ctx, locked, step, {
      event: {
        kind: 'refund',
        reference,
        amount,
        receiptNo: input.receiptNo,
        details: { accountNo, receivedOn: input.receivedOn },
      },
      ...{ on: input.receivedOn, kind: 'refund', memo: '退回补偿资金', cites: [version.citation], accountNo },
    });
    await tx.claim.update({ where: { id }, data: { status: 'refunded' } });
    const place = placeInOpenMonth(input.receivedOn, ctx.today, pool.lockedThrough);
    const { ground } = decided.details as unknown as RefundRequest;
    await leaveRevoked(tx, ctx, pool, await lockLoan(tx, claim.loanId), { ...place, details: { ground } });
    await voidPapers(tx, ctx, id, ['claimApproval', 'paymentNotice', 'writeOffSheet'], '补偿资金已退回');
    await audit(tx, ctx, { action: 'refund.receive', subject: `claim:${id}`, after: { ...input } });
    // What was refunded was never compensated: unlike a recovery it moves the ratios.
    await checkBreaker(tx, ctx, pool.code, { event: 'refund', reference: `claim:${id}`, on: input.receivedOn });
    return readClaim(tx, ctx, id);
  });
}

function assertPaid({ status }: Claim): void {
  if (status === 'refunded') throw new DomainError('ALREADY_REFUNDED', '补偿资金已经退回', { status: 409 });
  if (status !== 'paid')
    throw new DomainError('NOT_COMPENSATED_YET', '该笔损失尚未补偿，没有可退回的资金', { status: 409 });
}

async function refundClause(tx: Tx, pool: LockedPool, on: LocalDate) {
  const { added } = await rulebook(tx);
  const clause = policyByCode(pool.policyCode).claim.refund;
  return { clause, version: valueOn(clause, on, added) };
}
