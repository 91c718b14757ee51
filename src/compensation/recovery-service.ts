import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim, ClaimEvent as EventRow } from '../generated/node/client.ts';
import { money, toWire } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { judgeRemittance } from '../policy/kinds/recovery.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { LockedPool } from '../pool/store.ts';
import { happen } from './claim-life.ts';
import { readLife } from './claim-store.ts';
import { issueDistribution } from './distribution-service.ts';
import { assertDay, depositAccount, lockClaim, paidOnOf, record, step } from './life-service.ts';
import { assertPayer, freshReference, receiptConflict, receiptOf } from './receipt-store.ts';
import { type RecoveryView, readRecovery } from './recovery-view-service.ts';

/** What a bank remits of what it got from a debtor. Money as text. */
export interface NewRecovery {
  amount: string;
  /** spent on getting it */
  cost?: string;
  /** `gross`: the cost is still in the amount; `net`: it was kept back already */
  basis?: 'gross' | 'net';
  /** who had paid the cost, by code; the bank when left out */
  costPaidBy?: string;
  /** when the bank got it, and when it came in */
  obtainedOn: LocalDate;
  receivedOn: LocalDate;
  /** the bank's receipt number: natural key within the pool */
  receiptNo: string;
  accountNo?: string;
}

/**
 * 追偿回款: cost first, then to the bearers by what each bore, cumulatively; beyond that the bank's proven interest, then the borrower. The same receipt again
 * answers the same. A late remittance is taken all the same, and says so.
 * @throws DomainError RECEIPT_CONFLICT, NOT_COMPENSATED_YET, ALREADY_REFUNDED (409), COST_ABOVE_PROCEEDS, AMOUNT_NOT_POSITIVE, PAYER_UNKNOWN (422)
 */
export async function recordRecovery(
  ctx: Context,
  id: bigint,
  input: NewRecovery,
): Promise<{ created: boolean; recovery: RecoveryView }> {
  permit(ctx, 'recovery.record');
  const [amount, cost] = [money(input.amount), money(input.cost ?? '0.00')];
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const { pool, claim } = locked;
    const before = await receiptOf(tx, claim, input.receiptNo);
    if (before) return { created: false, recovery: await sameOrConflict(tx, claim, before, input) };
    const paidBy = input.costPaidBy ?? claim.bankCode;
    if (!cost.isZero()) await assertPayer(tx, claim, paidBy, false);
    const accountNo = await depositAccount(tx, pool.code, input.accountNo);
    const basis = input.basis ?? 'gross';
    const reference = await freshReference(tx, claim, `recovery:${pool.code}:${input.receiptNo}`);
    const life = await readLife(tx, id);
    const made = happen(life, { kind: 'recovery', id: reference, amount, cost, basis, paidBy });
    assertDay(ctx.today, input.receivedOn, paidOnOf(claim), '到账日期');
    const { check, cites } = await remitted(tx, pool, input);
    const details = { obtainedOn: input.obtainedOn, receivedOn: input.receivedOn, accountNo, remittance: check };
    const row = await record(tx, ctx, locked, made, {
      event: { kind: 'recovery', reference, amount, cost, basis, paidBy, receiptNo: input.receiptNo, details },
      ...{ on: input.receivedOn, kind: 'recovery', memo: '追偿回款', cites, accountNo },
    });
    await issueDistribution(tx, ctx, row, { before: life, made, cites });
    await audit(tx, ctx, { action: 'recovery.record', subject: `claim:${id}`, after: { ...input } });
    return { created: true, recovery: await readRecovery(tx, row.id) };
  });
}

/** Interest the bank has proven, in all up to now: what comes back beyond every bearer's part goes to it first. */
export async function proveInterest(
  ctx: Context,
  id: bigint,
  input: { amount: string; provenOn: LocalDate; note: string },
): Promise<{ id: string }> {
  permit(ctx, 'recovery.record');
  const amount = money(input.amount);
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const { claim } = locked;
    const reference = await freshReference(tx, claim, `interest:${id}:${input.provenOn}:${toWire(amount)}`);
    const made = await step(tx, claim, { kind: 'interestProven', id: reference, amount });
    assertDay(ctx.today, input.provenOn, paidOnOf(claim), '认定日期');
    const row = await record(tx, ctx, locked, made, {
      event: { kind: 'interestProven', reference, amount, details: { note: input.note } },
      ...{ on: input.provenOn, kind: 'interestProven', memo: '认定银行利息', cites: [] },
    });
    await audit(tx, ctx, { action: 'recovery.interest', subject: `claim:${id}`, after: { ...input } });
    return { id: `${row.id}` };
  });
}

async function sameOrConflict(tx: Tx, claim: Claim, before: EventRow, input: NewRecovery): Promise<RecoveryView> {
  const details = before.details as { obtainedOn?: string; receivedOn?: string; accountNo?: string } | null;
  const same =
    before.kind === 'recovery' &&
    before.claimId === claim.id &&
    before.paidBy === (input.costPaidBy ?? claim.bankCode) &&
    before.amount?.toFixed(2) === toWire(money(input.amount)) &&
    before.cost?.toFixed(2) === toWire(money(input.cost ?? '0.00')) &&
    before.basis === (input.basis ?? 'gross') &&
    details?.obtainedOn === input.obtainedOn &&
    details.receivedOn === input.receivedOn &&
    (input.accountNo === undefined || details.accountNo === input.accountNo);
  if (!same) throw receiptConflict(input.receiptNo);
  return readRecovery(tx, before.id);
}

async function remitted(tx: Tx, pool: LockedPool, { obtainedOn, receivedOn }: NewRecovery) {
  if (obtainedOn > receivedOn)
    throw new DomainError('DATE_ORDER', `银行收到日期 ${obtainedOn} 晚于到账日期 ${receivedOn}`);
  const { added, notices } = await rulebook(tx);
  const { recovery } = policyByCode(pool.policyCode);
  const version = valueOn(recovery, receivedOn, added);
  const check = judgeRemittance(recovery, version, { obtainedOn, remittedOn: receivedOn, notices });
  return { check, cites: [version.citation] };
}
