import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { PoolPayout } from '../generated/node/client.ts';
import { ACCOUNTS, placeInOpenMonth } from '../ledger/journal-entry.ts';
import { post } from '../ledger/store.ts';
import { formatYuan, type Money, money, toWire } from '../money/money.ts';
import { lockPool } from '../pool/service.ts';
import { balanceOf } from './facts-store.ts';
import { assertDay, assertDeposit, depositAccount } from './life-service.ts';

export interface NewPayout {
  poolCode: string;
  /** whom the pool owes: a bank, a guarantor, a borrower by its 统一社会信用代码 */
  party: string;
  amount: string;
  paidOn: LocalDate;
  voucherNo: string;
  accountNo?: string;
}

export interface PayoutView {
  id: string;
  poolCode: string;
  party: string;
  /** of an institution, or of a borrower */
  partyName: string;
  amount: string;
  paidOn: LocalDate;
  voucherNo: string;
  accountNo: string;
  status: string;
  proposedOn: LocalDate;
  proposedBy: string | null;
  decidedOn: LocalDate | null;
  mine: boolean;
}

/** Proposes to pay a party what the pool owes it (2307), e.g. the bank's part of a recovery. The same voucher again answers the same. @throws DomainError PAYABLE_SHORT, VOUCHER_CONFLICT (409) */
export async function proposePayout(ctx: Context, input: NewPayout): Promise<PayoutView> {
  permit(ctx, 'payout.make');
  const amount = money(input.amount);
  if (!amount.gt(0)) throw new DomainError('AMOUNT_NOT_POSITIVE', `拨付金额应大于零，收到 ${input.amount}`);
  return inTransaction(ctx, async (tx) => {
    const { code: poolCode } = await lockPool(tx, input.poolCode);
    const { party, voucherNo } = input;
    const before = await tx.poolPayout.findFirst({ where: { poolCode, voucherNo, status: { not: 'withdrawn' } } });
    if (before) {
      const same = before.party === party && fromDb(before.amount).eq(amount);
      if (same && dateFromDb(before.paidOn) === input.paidOn) return readPayout(tx, ctx, before.id);
      throw new DomainError('VOUCHER_CONFLICT', `凭证号 ${voucherNo} 已登记，内容不同`, { status: 409 });
    }
    assertDay(ctx.today, input.paidOn, null, '拨付日期');
    const accountNo = await depositAccount(tx, poolCode, input.accountNo);
    await assertOwed(tx, poolCode, party, amount);
    const row = await tx.poolPayout.create({
      data: {
        ...{ poolCode, party, amount: toWire(amount), paidOn: dateToDb(input.paidOn), voucherNo, accountNo },
        ...{ status: 'proposed', proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) },
      },
    });
    await audit(tx, ctx, { action: 'payout.propose', subject: `payout:${row.id}`, after: { ...input } });
    return readPayout(tx, ctx, row.id);
  });
}

/** Another person confirms a payout, and it is booked. @throws DomainError SAME_PERSON (403), ALREADY_DECIDED, PAYABLE_SHORT, DEPOSIT_SHORT (409) */
export async function confirmPayout(ctx: Context, id: bigint): Promise<PayoutView> {
  permit(ctx, 'payout.make');
  return inTransaction(ctx, async (tx) => {
    const { row, lockedThrough } = await lockPayout(tx, id);
    if (row.proposedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的拨付，请由另一人办理', { status: 403 });
    const [amount, { poolCode, party, accountNo }] = [fromDb(row.amount), row];
    await assertOwed(tx, poolCode, party, amount);
    await assertDeposit(tx, poolCode, accountNo, amount);
    await post(tx, poolCode, ctx.actor.id, {
      ...{ reference: `payout:${id}`, kind: 'payout', memo: `拨付应付款 ${row.voucherNo}`, cites: [] },
      ...placeInOpenMonth(dateFromDb(row.paidOn), ctx.today, lockedThrough),
      lines: [
        { code: ACCOUNTS.otherPayable, key: party, side: 'D', amount },
        { code: ACCOUNTS.deposit, key: accountNo, side: 'C', amount },
      ],
    });
    await tx.poolPayout.update({ where: { id }, data: { status: 'confirmed', ...decided(ctx) } });
    await audit(tx, ctx, {
      action: 'payout.confirm',
      subject: `payout:${id}`,
      after: { party, amount: toWire(amount) },
    });
    return readPayout(tx, ctx, id);
  });
}

/** A payout that was proposed by mistake is taken back, by anyone who makes payouts. */
export async function withdrawPayout(ctx: Context, id: bigint): Promise<PayoutView> {
  permit(ctx, 'payout.make');
  return inTransaction(ctx, async (tx) => {
    await lockPayout(tx, id);
    await tx.poolPayout.update({ where: { id }, data: { status: 'withdrawn', ...decided(ctx) } });
    await audit(tx, ctx, { action: 'payout.withdraw', subject: `payout:${id}` });
    return readPayout(tx, ctx, id);
  });
}

const decided = (ctx: Context) => ({ decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) });

const PAYOUTS: Listing = {
  from: 'pool_payout p',
  key: { sql: 'p.id', type: 'bigint' },
  fields: {
    id: { sql: 'p.id', type: 'bigint' },
    poolCode: { sql: 'p.pool_code', type: 'text' },
    party: { sql: 'p.party', type: 'text' },
    amount: { sql: 'p.amount', type: 'numeric' },
    paidOn: { sql: 'p.paid_on', type: 'date' },
    status: { sql: 'p.status', type: 'text' },
  },
  search: ['p.party', 'p.voucher_no'],
  order: '-id',
};
/** What payouts may be put in order by. */
export const PAYOUT_SORTS = Object.keys(PAYOUTS.fields);

/** Payouts that the actor sees: a bank those to itself, a county those of its pools. */
export async function listPayouts(
  ctx: Context,
  filter: { poolCode?: string; party?: string; status?: string },
  ask: ListAsk,
): Promise<Listed<PayoutView>> {
  permit(ctx, 'claim.read');
  const conditions: Condition[] = [
    ['p.pool_code = ?', filter.poolCode],
    ['p.party = ?', filter.party],
    ['p.status = ?', filter.status],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, PAYOUTS, conditions, ask);
    const rows = await tx.poolPayout.findMany({ where: { id: { in: ids.map(BigInt) } } });
    return {
      ...page,
      items: await views(
        tx,
        ctx,
        inOrder(ids, rows, ({ id }) => `${id}`),
      ),
    };
  });
}

async function lockPayout(tx: Tx, id: bigint) {
  const seen = await tx.poolPayout.findUnique({ where: { id } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这笔拨付', { status: 404 });
  const { lockedThrough } = await lockPool(tx, seen.poolCode);
  const row = await tx.poolPayout.findUniqueOrThrow({ where: { id } });
  if (row.status !== 'proposed') throw new DomainError('ALREADY_DECIDED', '这笔拨付已有结论', { status: 409 });
  return { row, lockedThrough };
}

async function assertOwed(tx: Tx, poolCode: string, party: string, amount: Money): Promise<void> {
  const balance = await balanceOf(tx, poolCode, ACCOUNTS.otherPayable, party);
  if (balance.gte(amount)) return;
  const message = `应付「${party}」余额 ${formatYuan(balance)} 元，不足拨付 ${formatYuan(amount)} 元`;
  throw new DomainError('PAYABLE_SHORT', message, { status: 409 });
}

async function readPayout(tx: Tx, ctx: Context, id: bigint): Promise<PayoutView> {
  const [view] = await views(tx, ctx, [await tx.poolPayout.findUniqueOrThrow({ where: { id } })]);
  return view!;
}

async function views(tx: Tx, ctx: Context, rows: PoolPayout[]): Promise<PayoutView[]> {
  const ids = ctx.actor.role === 'bank' ? [] : rows.map((r) => r.proposedBy);
  const [names, parties] = [
    await actorNames(tx, ids),
    await partyNames(
      tx,
      rows.map(({ party }) => party),
    ),
  ];
  return rows.map((r) => ({
    ...{ id: `${r.id}`, poolCode: r.poolCode, party: r.party, partyName: parties.get(r.party) ?? r.party },
    ...{ amount: r.amount.toFixed(2), paidOn: dateFromDb(r.paidOn) },
    ...{ voucherNo: r.voucherNo, accountNo: r.accountNo, status: r.status, proposedOn: dateFromDb(r.proposedOn) },
    ...{ proposedBy: names.get(r.proposedBy) ?? null, decidedOn: r.decidedOn && dateFromDb(r.decidedOn) },
    mine: r.proposedBy === ctx.actor.id,
  }));
}

/** Whom payments go to: institutions by code, borrowers by 统一社会信用代码. */
async function partyNames(tx: Tx, parties: string[]): Promise<Map<string, string>> {
  const institutions = await tx.institution.findMany({ where: { code: { in: parties } } });
  const enterprises = await tx.enterprise.findMany({
    where: { uscc: { in: parties } },
    select: { uscc: true, name: true },
  });
  return new Map([
    ...institutions.map(({ code, name }) => [code, name] as const),
    ...enterprises.map(({ uscc, name }) => [uscc, name] as const),
  ]);
}
