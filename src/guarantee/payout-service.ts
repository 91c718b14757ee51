import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Guarantee } from '../generated/node/client.ts';
import { placeInOpenMonth, reversalOf } from '../ledger/journal-entry.ts';
import { post, postMany } from '../ledger/store.ts';
import { Exact, formatYuan, money, sum, toWire, ZERO } from '../money/money.ts';
import { checkBreaker } from '../pool/breaker-service.ts';
import { lockPool } from '../pool/service.ts';
import type { LockedPool } from '../pool/store.ts';
import { liabilities } from './liability.ts';
import { liabilityEntry } from './liability-service.ts';
import { guaranteeBasis, writeLiabilities } from './store.ts';
import { type GuaranteeLife, readLife } from './view-service.ts';

/** 代偿 as the party that paid tells it. */
export interface NewPayout {
  amount: string;
  paidOn: LocalDate;
  /** the bank's voucher: natural key of the party */
  voucherNo: string;
}

/**
 * 代偿: the party pays the bank for the borrower, out of its own money and not the pool's; what it answered for becomes a payment. At most what it answers
 * for. The same voucher with the same content is the same payout. @throws DomainError PAYOUT_TOO_LARGE, PAYOUT_CONFLICT (409), AMOUNT_NOT_POSITIVE, DATE_OUT_OF_RANGE (422)
 */
export async function recordPayout(
  ctx: Context,
  id: bigint,
  input: NewPayout,
): Promise<{ created: boolean; guarantee: GuaranteeLife }> {
  permit(ctx, 'guarantee.payout');
  const amount = money(input.amount);
  if (!amount.gt(ZERO)) throw new DomainError('AMOUNT_NOT_POSITIVE', `代偿金额应大于零，收到 ${input.amount}`);
  return inTransaction(ctx, async (tx) => {
    const { pool, row } = await lockOwn(tx, ctx, id);
    const { voucherNo, paidOn } = input;
    const before = await tx.guaranteePayout.findFirst({ where: { party: row.party, voucherNo, reversedOn: null } });
    const same = before?.guaranteeId === id && fromDb(before.amount).eq(amount) && dateFromDb(before.paidOn) === paidOn;
    if (before && same) return { created: false, guarantee: await readLife(tx, ctx, id) };
    if (before) throw new DomainError('PAYOUT_CONFLICT', `凭证号「${voucherNo}」已登记，内容不同`, { status: 409 });
    if (paidOn > ctx.today || paidOn < dateFromDb(row.signedOn))
      throw new DomainError(
        'DATE_OUT_OF_RANGE',
        `代偿日期 ${paidOn} 应在合同签订日 ${dateFromDb(row.signedOn)} 与今天 ${ctx.today} 之间`,
      );
    const liability = fromDb(row.liability);
    if (amount.gt(liability)) {
      const message = `代偿 ${formatYuan(amount)} 元，超过担保责任余额 ${formatYuan(liability)} 元`;
      const errors = [{ code: 'PAYOUT_TOO_LARGE', field: 'amount', value: input.amount, message }];
      throw new DomainError('PAYOUT_TOO_LARGE', message, { status: 409, errors });
    }
    const payout = await tx.guaranteePayout.create({
      data: {
        ...{ guaranteeId: id, poolCode: pool.code, bankCode: row.bankCode, party: row.party, amount: toWire(amount) },
        ...{ paidOn: dateToDb(paidOn), voucherNo, recordedBy: ctx.actor.id, recordedOn: dateToDb(ctx.today) },
      },
    });
    await postMany(tx, pool.code, ctx.actor.id, 'guarantee', [], [entryOf(ctx, pool, row, payout.id, input)]);
    await moveBy(tx, row, amount.negated());
    await audit(tx, ctx, { action: 'guarantee.payout', subject: `guarantee:${id}`, after: { ...input } });
    await checkBreaker(tx, ctx, pool.code, { event: 'payout', reference: `payout:${payout.id}`, on: ctx.today });
    return { created: true, guarantee: await readLife(tx, ctx, id) };
  });
}

/** A payout recorded by mistake is taken back by another person of the same party. @throws DomainError NOT_FOUND (404), SAME_PERSON (403), ALREADY_REVERSED (409) */
export async function reversePayout(
  ctx: Context,
  id: bigint,
  payoutId: bigint,
  reason: string,
): Promise<GuaranteeLife> {
  permit(ctx, 'guarantee.payout');
  return inTransaction(ctx, async (tx) => {
    const { pool, row } = await lockOwn(tx, ctx, id);
    const payout = await tx.guaranteePayout.findFirst({ where: { id: payoutId, guaranteeId: id } });
    if (!payout) throw new DomainError('NOT_FOUND', '没有这笔代偿', { status: 404 });
    if (payout.reversedOn && payout.reversedBy === ctx.actor.id && payout.reason === reason)
      return readLife(tx, ctx, id);
    if (payout.reversedOn) throw new DomainError('ALREADY_REVERSED', '这笔代偿已经冲销', { status: 409 });
    if (payout.recordedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '登记人不得冲销自己登记的代偿，请由他人复核', { status: 403 });
    const told = { amount: payout.amount.toFixed(2), paidOn: dateFromDb(payout.paidOn), voucherNo: payout.voucherNo };
    const booked = { ...entryOf(ctx, pool, row, payoutId, told), kind: 'guarantee', cites: [] };
    const at = { occurredOn: ctx.today, belongsTo: null, reason };
    await post(tx, pool.code, ctx.actor.id, reversalOf(booked, at));
    const reversed = { reversedBy: ctx.actor.id, reversedOn: dateToDb(ctx.today), reason };
    await tx.guaranteePayout.update({ where: { id: payoutId }, data: reversed });
    await moveBy(tx, row, fromDb(payout.amount));
    await follow(tx, ctx, id, payoutId);
    await audit(tx, ctx, { action: 'guarantee.reversePayout', subject: `guarantee:${id}`, after: { reason } });
    await checkBreaker(tx, ctx, pool.code, { event: 'payout', reference: `payout:${payoutId}`, on: ctx.today });
    return readLife(tx, ctx, id);
  });
}

/** The party's own guarantee with its pool locked. @throws DomainError NOT_FOUND (404) */
async function lockOwn(tx: Tx, { actor }: Context, id: bigint): Promise<{ pool: LockedPool; row: Guarantee }> {
  const seen = await tx.guarantee.findFirst({ where: { id, party: actor.institution ?? '', status: 'active' } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这笔担保', { status: 404 });
  const pool = await lockPool(tx, seen.poolCode);
  return { pool, row: await tx.guarantee.findUniqueOrThrow({ where: { id } }) };
}

function entryOf(
  { today }: Context,
  pool: LockedPool,
  row: Guarantee,
  payoutId: bigint,
  { amount, paidOn }: NewPayout,
) {
  const at = placeInOpenMonth(paidOn, today, pool.lockedThrough);
  const move = { reference: `payout:${payoutId}`, memo: `代偿 ${row.dueBillNo}`, ...at };
  return liabilityEntry(row, money(amount).negated(), move);
}

/** What was repaid since a payout that is taken back lowers what the party answers for again, now that nothing holds it where it was. */
async function follow(tx: Tx, ctx: Context, id: bigint, payoutId: bigint): Promise<void> {
  const row = await tx.guarantee.findUniqueOrThrow({ where: { id } });
  const basis = await guaranteeBasis(tx, id);
  if (!basis) return;
  const percents = basis.others.map((percent) => new Exact(percent));
  const rest = new Exact(100).minus(sum(percents));
  const whole = [...percents, ...(rest.isZero() ? [] : [rest])].map((percent) => ({ party: '', percent }));
  const part = liabilities(money(basis.counted), whole)[basis.place]!;
  const delta = Exact.min(part, fromDb(row.liability)).minus(fromDb(row.liability));
  if (delta.isZero()) return;
  const memo = `代偿冲销后按贷款余额调整担保责任 ${row.dueBillNo}`;
  const at = { reference: `reversed:${payoutId}`, memo, occurredOn: ctx.today, belongsTo: null };
  await postMany(tx, row.poolCode, ctx.actor.id, 'guarantee', [], [liabilityEntry(row, delta, at)]);
  await writeLiabilities(tx, [{ id, liability: fromDb(row.liability).plus(delta) }]);
}

/** What was answered for becomes a payment, or a payment becomes that again. */
async function moveBy(tx: Tx, row: Guarantee, by: ReturnType<typeof money>): Promise<void> {
  const [liability, paid] = [fromDb(row.liability).plus(by), fromDb(row.paid).minus(by)];
  await tx.guarantee.update({ where: { id: row.id }, data: { liability: toWire(liability), paid: toWire(paid) } });
}
