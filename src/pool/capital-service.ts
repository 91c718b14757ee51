import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit, SYSTEM } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { CapitalOrder } from '../generated/node/client.ts';
import { ACCOUNTS, placeInOpenMonth } from '../ledger/journal-entry.ts';
import { post } from '../ledger/store.ts';
import { formatYuan, money, sum, toWire, ZERO } from '../money/money.ts';
import type { Explanation } from '../policy/explanation.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { type ReturnLimit, returnLimits, topUpOwed } from './capital.ts';
import { depositOf, holdingsOf, netContributed, waitingIn } from './capital-store.ts';
import { seesPool } from './service.ts';
import { endOf, type LockedPool, lockPool, moveCapital, poolUnknown } from './store.ts';

/** 退回出资 as finance proposes it: already paid out by the bank, or to be booked on the day it was. */
export interface NewReturn {
  poolCode: string;
  contributor: string;
  amount: string;
  /** the contributor's own account that receives it */
  payeeAccountNo: string;
  /** needed when the pool has more than one deposit account */
  accountNo?: string;
  paidOn: LocalDate;
  /** the bank's voucher: natural key */
  voucherNo: string;
  reason: string;
}

/** 终止: every contributor gets what no loan ties up, and no more filings are taken. */
export interface NewWindUp extends Omit<NewReturn, 'contributor' | 'amount' | 'payeeAccountNo'> {
  payees: { contributor: string; accountNo: string }[];
}

export interface OrderView {
  id: string;
  poolCode: string;
  kind: 'return' | 'windUp';
  lines: { contributor: string; contributorName: string; amount: string; accountNo: string }[];
  total: string;
  accountNo: string;
  paidOn: LocalDate;
  voucherNo: string;
  reason: string;
  status: 'proposed' | 'confirmed' | 'refused';
  proposedBy: string | null;
  proposedOn: LocalDate;
  mine: boolean;
  decidedBy: string | null;
  decidedOn: LocalDate | null;
  decision: string | null;
  cites: Citation[];
}

/** What may leave a pool, contributor by contributor, what must come in, and what left or is about to. */
export interface CapitalView {
  poolCode: string;
  endsOn: LocalDate | null;
  contributors: {
    contributor: string;
    contributorName: string;
    contributed: string;
    receivable: string;
    reserved: string;
    free: string;
    explanation: Explanation;
  }[];
  topUp: { owed: string; floor: string; cites: Citation[]; explanation: Explanation };
  items: OrderView[];
}

/** 资金池资本: what may be returned, what must be topped up, and the orders so far. @throws DomainError POOL_UNKNOWN (404) */
export async function poolCapital(ctx: Context, poolCode: string): Promise<CapitalView> {
  permit(ctx, 'ledger.read');
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const pool = await tx.pool.findUnique({ where: { code: poolCode }, include: { position: true } });
    if (!pool || !(await seesPool(tx, ctx.actor, poolCode, ctx.today))) throw poolUnknown(poolCode);
    const policy = policyByCode(pool.policyCode);
    const { added } = await rulebook(tx);
    const opened = dateFromDb(pool.openedOn);
    const on = ctx.today < opened ? opened : ctx.today;
    const reserved = fromDb(pool.position!.reserved);
    const { limits } = returnLimits(policy, on, await holdingsOf(tx, poolCode), reserved, added);
    const held = { contributed: await netContributed(tx, poolCode), capital: fromDb(pool.position!.capital) };
    const { owed, ...topUp } = topUpOwed(policy, on, held, added);
    const names = await institutionNames(tx);
    const orders = await tx.capitalOrder.findMany({ where: { poolCode }, orderBy: { id: 'desc' }, take: 100 });
    return {
      ...{ poolCode, endsOn: pool.endsOn && dateFromDb(pool.endsOn), topUp: { owed: toWire(owed), ...topUp } },
      contributors: limits.map(({ contributor, contributed, receivable, reserved, free, explanation }) => ({
        ...{ contributor, contributorName: names.get(contributor) ?? contributor, explanation },
        ...{ contributed: toWire(contributed), receivable: toWire(receivable) },
        ...{ reserved: toWire(reserved), free: toWire(free) },
      })),
      items: await orderViews(tx, ctx, orders),
    };
  });
}

/** Returns and wind-ups that wait for a second person, of the pools the actor sees, the oldest first. */
export async function openOrders(ctx: Context): Promise<OrderView[]> {
  permit(ctx, 'ledger.read');
  return inTransaction(ctx, async (tx) =>
    orderViews(tx, ctx, await tx.capitalOrder.findMany({ where: { status: 'proposed' }, orderBy: { id: 'asc' } })),
  );
}

/**
 * Proposes to return a contribution. The same voucher with the same content is the same order.
 * @throws DomainError RETURN_TOO_LARGE, RETURN_CLAIMS_WAIT, ORDER_CONFLICT (409), CONTRIBUTOR_UNKNOWN, AMOUNT_NOT_POSITIVE, DATE_IN_FUTURE (422)
 */
export async function proposeReturn(ctx: Context, input: NewReturn): Promise<OrderView> {
  permit(ctx, 'capital.propose');
  const { poolCode, contributor, payeeAccountNo } = input;
  const amount = money(input.amount);
  if (!amount.gt(ZERO)) throw new DomainError('AMOUNT_NOT_POSITIVE', `退回金额应大于零，收到 ${input.amount}`);
  return inTransaction(ctx, async (tx) => {
    const pool = await lockPool(tx, poolCode);
    const wanted = [{ contributor, amount: toWire(amount), accountNo: payeeAccountNo }];
    const order = { kind: 'return', lines: wanted, total: toWire(amount) } as const;
    const before = await sameOrder(tx, input, order);
    if (before) return oneView(tx, ctx, before);
    const { limits, cites } = await limitsOf(tx, ctx, pool);
    assertWithin(limits, wanted, cites);
    return insertOrder(tx, ctx, pool, input, order, cites);
  });
}

/**
 * Proposes to wind a pool up: what is free now goes to its contributors; what loans still tie up follows as returns when it is free.
 * @throws DomainError WIND_UP_FILINGS_WAIT, RETURN_CLAIMS_WAIT, POOL_ENDED, ORDER_CONFLICT (409), PAYEE_MISSING (422)
 */
export async function proposeWindUp(ctx: Context, input: NewWindUp): Promise<OrderView> {
  permit(ctx, 'capital.propose');
  return inTransaction(ctx, async (tx) => {
    const pool = await lockPool(tx, input.poolCode);
    const before = await tx.capitalOrder.findFirst({
      where: { poolCode: pool.code, kind: 'windUp', voucherNo: input.voucherNo, status: { not: 'refused' } },
    });
    if (before && before.reason === input.reason) return oneView(tx, ctx, before);
    if (before) throw orderConflict(input.voucherNo);
    await refuseEnded(tx, pool.code);
    const { filings } = await waitingIn(tx, pool.code);
    if (filings > 0)
      throw new DomainError('WIND_UP_FILINGS_WAIT', `还有 ${filings} 笔备案没有审核结论，请先办结`, { status: 409 });
    const { limits, cites } = await limitsOf(tx, ctx, pool);
    const lines = limits
      .filter(({ free }) => free.gt(ZERO))
      .map(({ contributor, free }) => {
        const payee = input.payees.find((p) => p.contributor === contributor);
        if (payee) return { contributor, amount: toWire(free), accountNo: payee.accountNo };
        throw new DomainError('PAYEE_MISSING', `请写明「${contributor}」的收款账号`, {
          errors: [{ code: 'PAYEE_MISSING', field: 'payees', value: contributor, message: '缺少收款账号' }],
        });
      });
    const total = toWire(sum(limits.map(({ free }) => free)));
    return insertOrder(tx, ctx, pool, input, { kind: 'windUp', lines, total }, cites);
  });
}

/**
 * Another person confirms: the money leaves each contributor's share and the deposit, at most what is free at that moment.
 * @throws DomainError SAME_PERSON (403), RETURN_TOO_LARGE, RETURN_CLAIMS_WAIT, DEPOSIT_SHORT, ALREADY_DECIDED, ORDER_STALE (409)
 */
export async function confirmOrder(ctx: Context, poolCode: string, id: bigint): Promise<OrderView> {
  permit(ctx, 'capital.decide');
  return inTransaction(ctx, async (tx) => {
    const pool = await lockPool(tx, poolCode);
    const order = await openOrder(tx, ctx, poolCode, id);
    if (order.status === 'confirmed') return oneView(tx, ctx, order);
    const lines = linesOf(order);
    const { limits, cites } = await limitsOf(tx, ctx, pool);
    assertWithin(limits, lines, cites);
    if (order.kind === 'windUp') await end(tx, ctx, pool.code, limits, lines);
    const total = fromDb(order.total);
    const held = await depositOf(tx, poolCode, order.accountNo);
    if (total.gt(held))
      throw new DomainError(
        'DEPOSIT_SHORT',
        `专户 ${order.accountNo} 账面 ${formatYuan(held)} 元，不足 ${formatYuan(total)} 元`,
        {
          status: 409,
        },
      );
    await moveOut(tx, ctx, pool, order, cites);
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) };
    const done = await tx.capitalOrder.update({ where: { id }, data: { status: 'confirmed', ...decided } });
    await audit(tx, ctx, {
      ...{ action: `capital.${order.kind}`, subject: `capital-order:${id}`, before: { status: 'proposed' } },
      after: { status: 'confirmed', poolCode, total: toWire(total) },
    });
    return oneView(tx, ctx, done);
  });
}

/** Another person, or the one who proposed it, does not go on with it: nothing is booked. @throws DomainError ALREADY_DECIDED (409) */
export async function refuseOrder(ctx: Context, poolCode: string, id: bigint, reason: string): Promise<OrderView> {
  permit(ctx, 'capital.decide');
  return inTransaction(ctx, async (tx) => {
    await lockPool(tx, poolCode);
    const order = await tx.capitalOrder.findFirst({ where: { id, poolCode } });
    if (!order) throw orderUnknown();
    if (order.status === 'refused' && order.decision === reason) return oneView(tx, ctx, order);
    if (order.status !== 'proposed') throw new DomainError('ALREADY_DECIDED', '已有结论，不能再变更', { status: 409 });
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today), decision: reason };
    const done = await tx.capitalOrder.update({ where: { id }, data: { status: 'refused', ...decided } });
    await audit(tx, ctx, { action: 'capital.refuse', subject: `capital-order:${id}`, after: { reason } });
    return oneView(tx, ctx, done);
  });
}

type Order = Pick<OrderView, 'kind' | 'total'> & { lines: readonly OrderLine[] };
interface OrderLine {
  contributor: string;
  amount: string;
  accountNo: string;
}
const linesOf = (order: CapitalOrder): OrderLine[] => order.lines as unknown as OrderLine[];

/** What may leave now. @throws DomainError RETURN_CLAIMS_WAIT (409): what approved claims wait for stays */
async function limitsOf(tx: Tx, { today }: Context, pool: LockedPool) {
  const { claims } = await waitingIn(tx, pool.code);
  if (claims > 0)
    throw new DomainError('RETURN_CLAIMS_WAIT', `还有 ${claims} 份已批准的补偿申请等待拨付，不能退回出资`, {
      status: 409,
    });
  const { added } = await rulebook(tx);
  return returnLimits(policyByCode(pool.policyCode), today, await holdingsOf(tx, pool.code), pool.reserved, added);
}

function assertWithin(limits: ReturnLimit[], lines: readonly OrderLine[], cites: Citation[]): void {
  for (const { contributor, amount } of lines) {
    const limit = limits.find((l) => l.contributor === contributor);
    if (!limit) throw new DomainError('CONTRIBUTOR_UNKNOWN', `「${contributor}」没有向本资金池出资`);
    if (money(amount).lte(limit.free)) continue;
    const message = `退回 ${formatYuan(money(amount))} 元，超过可退回的 ${formatYuan(limit.free)} 元（出资余额减应收追偿款和贷款占用）`;
    const errors = [{ code: 'RETURN_TOO_LARGE', field: 'amount', value: amount, message, cites }];
    throw new DomainError('RETURN_TOO_LARGE', message, { status: 409, cites, errors });
  }
}

async function insertOrder(
  tx: Tx,
  ctx: Context,
  pool: LockedPool,
  input: Pick<NewReturn, 'accountNo' | 'paidOn' | 'voucherNo' | 'reason'>,
  { kind, lines, total }: Order,
  cites: Citation[],
): Promise<OrderView> {
  const { paidOn, voucherNo, reason } = input;
  if (paidOn > ctx.today) throw new DomainError('DATE_IN_FUTURE', `付款日期 ${paidOn} 晚于今天 ${ctx.today}`);
  if (await tx.capitalOrder.findFirst({ where: { poolCode: pool.code, voucherNo, status: { not: 'refused' } } }))
    throw orderConflict(voucherNo);
  const row = await tx.capitalOrder.create({
    data: {
      ...{ poolCode: pool.code, kind, total, voucherNo, reason, status: 'proposed' },
      ...{ lines: JSON.parse(JSON.stringify(lines)), cites: JSON.parse(JSON.stringify(cites)) },
      ...{ accountNo: await accountOf(tx, pool.code, input.accountNo), paidOn: dateToDb(paidOn) },
      ...{ proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) },
    },
  });
  const after = { poolCode: pool.code, kind, total, voucherNo, reason };
  await audit(tx, ctx, { action: 'capital.propose', subject: `capital-order:${row.id}`, after });
  return oneView(tx, ctx, row);
}

async function accountOf(tx: Tx, poolCode: string, accountNo?: string): Promise<string> {
  const accounts = await tx.bankAccount.findMany({ where: { poolCode, ...(accountNo && { accountNo }) } });
  if (accounts.length === 1) return accounts[0]!.accountNo;
  throw accounts.length === 0
    ? new DomainError('ACCOUNT_UNKNOWN', `资金池没有专户「${accountNo ?? ''}」`)
    : new DomainError('ACCOUNT_NEEDED', '资金池有多个专户，请写明付款账号（accountNo）');
}

/** The order of this voucher when it was proposed before with the same content. @throws DomainError ORDER_CONFLICT (409) */
async function sameOrder(tx: Tx, input: NewReturn, { kind, lines }: Order): Promise<CapitalOrder | null> {
  const { poolCode, voucherNo, paidOn, reason } = input;
  const row = await tx.capitalOrder.findFirst({ where: { poolCode, voucherNo, status: { not: 'refused' } } });
  if (!row) return null;
  const text = (of: readonly OrderLine[]) => of.map((l) => `${l.contributor} ${l.amount} ${l.accountNo}`).join();
  const same = row.kind === kind && dateFromDb(row.paidOn) === paidOn && row.reason === reason;
  if (same && text(linesOf(row)) === text(lines)) return row;
  throw orderConflict(voucherNo);
}

const orderConflict = (voucherNo: string) =>
  new DomainError('ORDER_CONFLICT', `凭证号「${voucherNo}」已登记，内容不同`, { status: 409 });
const orderUnknown = () => new DomainError('NOT_FOUND', '没有这笔退回', { status: 404 });

async function openOrder(tx: Tx, ctx: Context, poolCode: string, id: bigint): Promise<CapitalOrder> {
  const order = await tx.capitalOrder.findFirst({ where: { id, poolCode } });
  if (!order) throw orderUnknown();
  if (order.status === 'confirmed' && order.decidedBy === ctx.actor.id) return order;
  if (order.status !== 'proposed') throw new DomainError('ALREADY_DECIDED', '已有结论，不能再变更', { status: 409 });
  if (order.proposedBy === ctx.actor.id)
    throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的退回，请由他人办理', { status: 403 });
  return order;
}

async function refuseEnded(tx: Tx, poolCode: string): Promise<void> {
  const on = await endOf(tx, poolCode);
  if (on) throw new DomainError('POOL_ENDED', `资金池已于 ${on} 终止`, { status: 409 });
}

/** The pool takes no more filings from today. What was proposed has to be what is free now. */
async function end(tx: Tx, ctx: Context, code: string, limits: ReturnLimit[], lines: OrderLine[]): Promise<void> {
  await refuseEnded(tx, code);
  const of = (contributor: string) => lines.find((l) => l.contributor === contributor)?.amount ?? '0.00';
  if (limits.some(({ contributor, free }) => !free.eq(money(of(contributor)))))
    throw new DomainError('ORDER_STALE', '提出后可退回金额已变化，请退回后重新提出', { status: 409 });
  await tx.pool.update({ where: { code }, data: { endsOn: dateToDb(ctx.today) } });
}

async function moveOut(tx: Tx, ctx: Context, pool: LockedPool, order: CapitalOrder, cites: Citation[]): Promise<void> {
  const total = fromDb(order.total);
  if (total.isZero()) return;
  const lines = linesOf(order).map(({ contributor, amount }) => {
    return { code: ACCOUNTS.contribution, key: contributor, side: 'D' as const, amount: money(amount) };
  });
  await post(tx, pool.code, ctx.actor.id, {
    ...{ reference: `capital-order:${order.id}`, kind: 'contributionReturn', cites },
    memo: order.kind === 'windUp' ? '资金池终止，退回出资' : '退回出资',
    ...placeInOpenMonth(dateFromDb(order.paidOn), ctx.today, pool.lockedThrough),
    lines: [...lines, { code: ACCOUNTS.deposit, key: order.accountNo, side: 'C', amount: total }],
  });
  await moveCapital(tx, pool.code, total.negated());
}

async function institutionNames(tx: Tx): Promise<Map<string, string>> {
  const all = await tx.institution.findMany({ select: { code: true, name: true } });
  return new Map(all.map(({ code, name }) => [code, name]));
}

const oneView = async (tx: Tx, ctx: Context, order: CapitalOrder): Promise<OrderView> =>
  (await orderViews(tx, ctx, [order]))[0]!;

async function orderViews(tx: Tx, { actor }: Context, orders: CapitalOrder[]): Promise<OrderView[]> {
  const names = await institutionNames(tx);
  const people = await actorNames(
    tx,
    orders.flatMap((o) => [o.proposedBy, ...(o.decidedBy ? [o.decidedBy] : [])]),
  );
  return orders.map((o) => ({
    ...{ id: `${o.id}`, poolCode: o.poolCode, kind: o.kind as OrderView['kind'], total: o.total.toFixed(2) },
    lines: linesOf(o).map((l) => ({ ...l, contributorName: names.get(l.contributor) ?? l.contributor })),
    ...{ accountNo: o.accountNo, paidOn: dateFromDb(o.paidOn), voucherNo: o.voucherNo, reason: o.reason },
    ...{ status: o.status as OrderView['status'], mine: o.proposedBy === actor.id },
    ...{ proposedBy: people.get(o.proposedBy) ?? null, proposedOn: dateFromDb(o.proposedOn) },
    decidedBy: o.decidedBy && (people.get(o.decidedBy) ?? null),
    ...{ decidedOn: o.decidedOn && dateFromDb(o.decidedOn), decision: o.decision },
    cites: o.cites as unknown as Citation[],
  }));
}
