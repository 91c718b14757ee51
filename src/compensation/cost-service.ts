import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim, ClaimEvent as EventRow } from '../generated/node/client.ts';
import { money, toWire } from '../money/money.ts';
import type { LockedPool } from '../pool/store.ts';
import type { Step } from './claim-life.ts';
import { assertDay, assertDeposit, depositAccount, lockClaim, paidOnOf, record, step } from './life-service.ts';
import { POOL } from './payer.ts';
import { openProposal, propose } from './proposal-service.ts';
import { assertPayer, freshReference, receiptConflict, receiptOf } from './receipt-store.ts';
import { type ClaimView, readClaim } from './view-service.ts';

/** Something spent on a pursuit before anything came back. Money as text. */
export interface NewCost {
  amount: string;
  /** `pool`, or the code of a party that bears a part of its own */
  paidBy: string;
  paidOn: LocalDate;
  /** the payment's number: natural key within the pool */
  voucherNo: string;
  accountNo?: string;
}

/**
 * 追偿费用, met by the first receipts. What a party spent of its own is recorded; the pool's money leaves it only when another person confirms.
 * The same again answers the same. @throws DomainError RECEIPT_CONFLICT, PROPOSAL_OPEN, CAPITAL_BELOW_ZERO, DEPOSIT_SHORT (409), PAYER_UNKNOWN (422)
 */
export async function recordCost(
  ctx: Context,
  id: bigint,
  input: NewCost,
): Promise<{ id: string; status: 'recorded' | 'proposed' }> {
  permit(ctx, 'recovery.record');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const { claim } = locked;
    const before = await receiptOf(tx, claim, input.voucherNo);
    if (before) return { id: `${sameOrConflict(before, id, input).id}`, status: 'recorded' };
    const waiting = await waitingCost(tx, id, input);
    if (waiting) return waiting;
    const prepared = await prepare(tx, ctx, locked, input);
    const ofPool = input.paidBy === POOL;
    if (ofPool)
      await propose(tx, ctx, claim, { kind: 'cost', amount: money(input.amount), details: input, checks: [] });
    const made = ofPool ? await waitingCost(tx, id, input) : await enter(tx, ctx, locked, input, prepared);
    await audit(tx, ctx, {
      ...{ action: ofPool ? 'cost.propose' : 'recovery.cost', subject: `claim:${id}`, after: { ...input } },
    });
    return made!;
  });
}

/** Confirms that the pool paid a cost (复核): posted now. @throws DomainError SAME_PERSON (403), NO_PROPOSAL and as `recordCost` (409) */
export async function confirmCost(ctx: Context, id: bigint): Promise<ClaimView> {
  permit(ctx, 'writeOff.decide');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const proposal = await openProposal(tx, ctx, locked.claim, 'cost');
    const input = proposal.details as unknown as NewCost;
    if (await receiptOf(tx, locked.claim, input.voucherNo)) throw receiptConflict(input.voucherNo);
    await tx.claimProposal.update({
      where: { id: proposal.id },
      data: { status: 'confirmed', decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    await enter(tx, ctx, locked, input, await prepare(tx, ctx, locked, input), `${proposal.id}`);
    await audit(tx, ctx, { action: 'cost.confirm', subject: `claim:${id}`, after: { ...input } });
    return readClaim(tx, ctx, id);
  });
}

type Locked = { pool: LockedPool; claim: Claim };
interface Prepared {
  made: Step;
  reference: string;
  accountNo?: string;
}

/** What a cost would do, held to every rule; nothing is written. */
async function prepare(tx: Tx, ctx: Context, { pool, claim }: Locked, input: NewCost): Promise<Prepared> {
  const amount = money(input.amount);
  await assertPayer(tx, claim, input.paidBy, true);
  const reference = await freshReference(tx, claim, `cost:${pool.code}:${input.voucherNo}`);
  const made = await step(tx, claim, { kind: 'cost', id: reference, amount, paidBy: input.paidBy });
  assertDay(ctx.today, input.paidOn, paidOnOf(claim), '支付日期');
  if (input.paidBy !== POOL) return { made, reference };
  const accountNo = await depositAccount(tx, pool.code, input.accountNo);
  if (amount.gt(pool.capital))
    throw new DomainError('CAPITAL_BELOW_ZERO', '资金池净额不足以垫付追偿费用', { status: 409 });
  await assertDeposit(tx, pool.code, accountNo, amount);
  return { made, reference, accountNo };
}

async function enter(
  tx: Tx,
  ctx: Context,
  locked: Locked,
  { amount, paidBy, paidOn, voucherNo }: NewCost,
  { made, reference, accountNo }: Prepared,
  proposal?: string,
): Promise<{ id: string; status: 'recorded' }> {
  const details = { accountNo, proposal };
  const row = await record(tx, ctx, locked, made, {
    event: { kind: 'cost', reference, amount: money(amount), paidBy, receiptNo: voucherNo, details },
    ...{ on: paidOn, kind: 'recoveryCost', memo: '支付追偿费用', cites: [], accountNo },
  });
  return { id: `${row.id}`, status: 'recorded' };
}

function sameOrConflict(before: EventRow, claimId: bigint, { amount, paidBy, voucherNo }: NewCost): EventRow {
  const same = before.claimId === claimId && before.kind === 'cost' && before.paidBy === paidBy;
  if (!same || before.amount?.toFixed(2) !== toWire(money(amount))) throw receiptConflict(voucherNo);
  return before;
}

/** The same cost of the pool, where it was proposed and waits for another. @throws DomainError RECEIPT_CONFLICT (409) where the voucher was proposed for something else */
async function waitingCost(
  tx: Tx,
  claimId: bigint,
  input: NewCost,
): Promise<{ id: string; status: 'proposed' } | undefined> {
  const open = await tx.claimProposal.findFirst({
    where: { claimId, kind: 'cost', status: 'proposed', details: { path: ['voucherNo'], equals: input.voucherNo } },
  });
  if (!open) return undefined;
  const { paidBy, paidOn } = open.details as unknown as NewCost;
  const same =
    paidBy === input.paidBy && paidOn === input.paidOn && open.amount.toFixed(2) === toWire(money(input.amount));
  if (!same) throw receiptConflict(input.voucherNo);
  return { id: `${open.id}`, status: 'proposed' };
}
