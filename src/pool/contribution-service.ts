import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit, SYSTEM } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { voidDocument } from '../documents/service.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Contribution } from '../generated/node/client.ts';
import { ACCOUNTS, type JournalEntry, placeInOpenMonth, reversalOf } from '../ledger/journal-entry.ts';
import { post } from '../ledger/store.ts';
import { type Money, money, sum, toWire, ZERO } from '../money/money.ts';
import { matchOwed } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { issueConfirmation } from './confirmation-service.ts';
import { type MatchLine, matchState } from './match.ts';
import { seesPool } from './service.ts';
import { endOf, type LockedPool, lockPool, moveCapital, poolUnknown, receiptOfClaim } from './store.ts';

export interface NewContribution {
  poolCode: string;
  contributor: string;
  amount: string;
  receivedOn: LocalDate;
  /** needed when the pool has more than one deposit account */
  accountNo?: string;
  /** the bank's receipt number: natural key */
  receiptNo: string;
}

export interface ContributionView {
  id: string;
  poolCode: string;
  contributor: string;
  amount: string;
  receivedOn: LocalDate;
  accountNo: string;
  receiptNo: string;
  matchOwed: string | null;
  matchDueOn: LocalDate | null;
  reversedOn: LocalDate | null;
  /** name of who recorded it; null for who may not read the books */
  recordedBy: string | null;
  /** recorded by the actor, who therefore may not reverse it */
  mine: boolean;
  cites: Citation[];
}

/**
 * 出资到账: deposit up, the contributor's share up; a cooperating unit's money makes the match owed by its due date (a memo, booked only when cash comes).
 * A pool that is wound up takes no more. The same receipt again answers the same; the same receipt number with other content, or booked as a recovery or refund, is a conflict.
 */
export async function recordContribution(ctx: Context, input: NewContribution): Promise<ContributionView> {
  permit(ctx, 'contribution.record');
  const amount = money(input.amount);
  if (!amount.greaterThan(ZERO)) throw new DomainError('AMOUNT_NOT_POSITIVE', `出资金额应大于零，收到 ${input.amount}`);
  if (input.receivedOn > ctx.today)
    throw new DomainError('DATE_IN_FUTURE', `到账日期 ${input.receivedOn} 晚于今天 ${ctx.today}`);
  return inTransaction(ctx, async (tx) => {
    const pool = await lockPool(tx, input.poolCode);
    const before = await tx.contribution.findFirst({
      where: { poolCode: pool.code, receiptNo: input.receiptNo, reversedOn: null },
      include: { bankAccount: true },
    });
    if (before) return sameOrConflict(toView(before, ctx, await namesOf(tx, ctx, [before])), input, amount);
    if (await receiptOfClaim(tx, pool.code, input.receiptNo)) throw receiptConflict(input.receiptNo);
    await refuseEnded(tx, pool, input.receivedOn);
    if (!(await tx.institution.findUnique({ where: { code: input.contributor } })))
      throw new DomainError('INSTITUTION_UNKNOWN', `没有机构「${input.contributor}」`);
    const account = await depositAccount(tx, pool.code, input.accountNo);
    const match = await matchFor(tx, pool, input.contributor, amount, input.receivedOn);
    const row = await tx.contribution.create({
      data: {
        poolCode: pool.code,
        contributor: input.contributor,
        amount: toWire(amount),
        receivedOn: dateToDb(input.receivedOn),
        bankAccountId: account.id,
        receiptNo: input.receiptNo,
        matchOwed: match.owed && toWire(match.owed),
        matchDueOn: match.dueOn && dateToDb(match.dueOn),
        cites: JSON.parse(JSON.stringify(match.cites)),
        recordedBy: ctx.actor.id,
      },
      include: { bankAccount: true },
    });
    const at = placeInOpenMonth(input.receivedOn, ctx.today, pool.lockedThrough);
    const entry = entryOf(row.id, input.contributor, account.accountNo, amount, match.cites, at);
    const voucher = await post(tx, pool.code, ctx.actor.id, entry);
    await moveCapital(tx, pool.code, amount);
    await issueConfirmation(tx, ctx, pool, { row, voucher, match });
    await audit(tx, ctx, { action: 'contribution.record', subject: `contribution:${row.id}`, after: { ...input } });
    return toView(row, ctx, await namesOf(tx, ctx, [row]));
  });
}

/** A contribution recorded by mistake is reversed by another person; the entry stays, its reversal cites it. */
export async function reverseContribution(
  ctx: Context,
  poolCode: string,
  id: string,
  reason: string,
): Promise<ContributionView> {
  permit(ctx, 'ledger.reverse');
  return inTransaction(ctx, async (tx) => {
    const pool = await lockPool(tx, poolCode);
    const row = await tx.contribution.findFirst({ where: { id, poolCode }, include: { bankAccount: true } });
    if (!row) throw new DomainError('NOT_FOUND', '没有这笔出资', { status: 404 });
    if (row.reversedOn) throw new DomainError('ALREADY_REVERSED', '这笔出资已经冲销', { status: 409 });
    if (row.recordedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '登记人不得冲销自己登记的出资，请由他人复核', { status: 403 });
    const amount = fromDb(row.amount);
    if (pool.capital.lessThan(amount))
      throw new DomainError('CAPITAL_BELOW_ZERO', '冲销后资金池净额将为负，不能冲销', { status: 409 });
    const at = placeInOpenMonth(dateFromDb(row.receivedOn), ctx.today, pool.lockedThrough);
    const original = entryOf(
      row.id,
      row.contributor,
      row.bankAccount.accountNo,
      amount,
      row.cites as unknown as Citation[],
      at,
    );
    await post(tx, pool.code, ctx.actor.id, reversalOf(original, { ...at, reason }));
    await moveCapital(tx, pool.code, amount.negated());
    await voidDocument(tx, ctx, { kind: 'contributionConfirmation', subject: `contribution:${id}`, reason });
    const after = await tx.contribution.update({
      where: { id },
      data: { reversedOn: dateToDb(ctx.today), reversedBy: ctx.actor.id },
      include: { bankAccount: true },
    });
    await audit(tx, ctx, {
      action: 'contribution.reverse',
      subject: `contribution:${id}`,
      before: { amount: toWire(amount) },
      after: { reason },
    });
    return toView(after, ctx, await namesOf(tx, ctx, [after]));
  });
}

const CONTRIBUTIONS: Listing = {
  from: 'contribution c JOIN institution i ON i.code = c.contributor',
  key: { sql: 'c.id', type: 'uuid' },
  fields: {
    receivedOn: { sql: 'c.received_on', type: 'date' },
    recordedAt: { sql: 'c.recorded_at', type: 'timestamptz' },
    amount: { sql: 'c.amount', type: 'numeric' },
    contributor: { sql: 'c.contributor', type: 'text' },
    receiptNo: { sql: 'c.receipt_no', type: 'text' },
    matchDueOn: { sql: 'c.match_due_on', type: 'date', nullable: true },
  },
  search: ['c.receipt_no', 'c.contributor', 'i.name'],
  order: 'receivedOn,recordedAt',
};
/** What contributions may be put in order by. */
export const CONTRIBUTION_SORTS = Object.keys(CONTRIBUTIONS.fields);

interface Match {
  owed: MatchLine[];
  advance: Money;
}

/** A pool's contributions, the first received first when no other order is asked for; and the state of its match as of today. @throws DomainError POOL_UNKNOWN (404) */
export async function contributions(
  ctx: Context,
  poolCode: string,
  ask: ListAsk,
): Promise<Listed<ContributionView> & { match: Match }> {
  permit(ctx, 'pool.read');
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const pool = await tx.pool.findUnique({ where: { code: poolCode } });
    if (!pool || !(await seesPool(tx, ctx.actor, poolCode, ctx.today))) throw poolUnknown(poolCode);
    const { items: ids, ...page } = await readKeys(tx, CONTRIBUTIONS, [['c.pool_code = ?', poolCode]], ask);
    const rows = await tx.contribution.findMany({ where: { id: { in: ids } }, include: { bankAccount: true } });
    const names = await namesOf(tx, ctx, rows);
    const items = rows.map((row) => toView(row, ctx, names));
    return { ...page, items: inOrder(ids, items, ({ id }) => id), match: await matchToday(tx, ctx, pool) };
  });
}

/** The state of a pool's match as of today. @throws DomainError POOL_UNKNOWN (404) */
export async function poolMatch(ctx: Context, poolCode: string): Promise<Match> {
  permit(ctx, 'pool.read');
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const pool = await tx.pool.findUnique({ where: { code: poolCode } });
    if (!pool || !(await seesPool(tx, ctx.actor, poolCode, ctx.today))) throw poolUnknown(poolCode);
    return matchToday(tx, ctx, pool);
  });
}

async function matchToday(tx: Tx, { today }: Context, { code, matchingUnit }: { code: string; matchingUnit: string }) {
  const rows = await tx.contribution.findMany({
    where: { poolCode: code },
    orderBy: [{ receivedOn: 'asc' }, { recordedAt: 'asc' }],
  });
  const { lines, advance } = matchOf(rows, matchingUnit, today);
  return { owed: lines, advance };
}

/** 配套资金 owed and not received at the end of a day, for the month's statement. `names`: of institutions by code. */
export async function matchOutstanding(tx: Tx, poolCode: string, asOf: LocalDate, names: Map<string, string>) {
  const { matchingUnit } = await tx.pool.findUniqueOrThrow({ where: { code: poolCode } });
  const day = dateToDb(asOf);
  const rows = await tx.contribution.findMany({
    where: { poolCode, receivedOn: { lte: day }, OR: [{ reversedOn: null }, { reversedOn: { gt: day } }] },
  });
  const { lines } = matchOf(
    rows.map((r) => ({ ...r, reversedOn: null })),
    matchingUnit,
    asOf,
  );
  return lines
    .filter((l) => !l.outstanding.isZero())
    .map((l) => ({ by: names.get(matchingUnit) ?? matchingUnit, amount: l.outstanding, dueOn: l.dueOn }));
}

/** What of the match is owed and what has come, of contributions that stand; receipts of the matching unit count against the oldest first. */
export function matchOf(
  rows: Contribution[],
  matchingUnit: string,
  asOf: LocalDate,
): { lines: MatchLine[]; advance: Money } {
  const live = rows.filter((r) => r.reversedOn === null);
  const owed = live.flatMap((r) =>
    r.matchOwed && r.matchDueOn
      ? [{ contributionId: r.id, owed: fromDb(r.matchOwed), dueOn: dateFromDb(r.matchDueOn) }]
      : [],
  );
  return matchState(owed, sum(live.filter((r) => r.contributor === matchingUnit).map((r) => fromDb(r.amount))), asOf);
}

function entryOf(
  id: string,
  contributor: string,
  accountNo: string,
  amount: Money,
  cites: Citation[],
  at: Pick<JournalEntry, 'occurredOn' | 'belongsTo'>,
): JournalEntry {
  return {
    reference: `contribution:${id}`,
    kind: 'contribution',
    memo: '出资到账',
    cites,
    ...at,
    lines: [
      { code: ACCOUNTS.deposit, key: accountNo, side: 'D', amount },
      { code: ACCOUNTS.contribution, key: contributor, side: 'C', amount },
    ],
  };
}

/** What comes once a pool is wound up is no contribution; what had come before and is told late is. */
async function refuseEnded(tx: Tx, { code, name }: LockedPool, receivedOn: LocalDate): Promise<void> {
  const on = await endOf(tx, code);
  if (!on || receivedOn < on) return;
  const message = `${name}已于 ${on} 终止，此后到账的款项不能登记为出资，请退回付款单位`;
  const errors = [{ code: 'POOL_ENDED', field: 'receivedOn', value: receivedOn, message }];
  throw new DomainError('POOL_ENDED', message, { status: 409, errors });
}

async function depositAccount(tx: Tx, poolCode: string, accountNo?: string) {
  const accounts = await tx.bankAccount.findMany({ where: { poolCode, ...(accountNo ? { accountNo } : {}) } });
  if (accounts.length === 1) return accounts[0]!;
  throw accounts.length === 0
    ? new DomainError('ACCOUNT_UNKNOWN', `资金池没有专户「${accountNo ?? ''}」`)
    : new DomainError('ACCOUNT_NEEDED', '资金池有多个专户，请写明到账账号（accountNo）');
}

async function matchFor(
  tx: Tx,
  pool: LockedPool,
  contributor: string,
  amount: Money,
  on: LocalDate,
): Promise<{ owed: Money | null; dueOn: LocalDate | null; cites: Citation[] }> {
  if (contributor !== pool.cooperatingUnit) return { owed: null, dueOn: null, cites: [] };
  const { added } = await rulebook(tx);
  const { amount: owed, dueOn, cites } = matchOwed(policyByCode(pool.policyCode), amount, on, added);
  return { owed, dueOn, cites };
}

type Row = Awaited<ReturnType<Tx['contribution']['findFirstOrThrow']>> & { bankAccount: { accountNo: string } };

/** Who recorded these, by id; none for banks and guarantors, who need not know the staff. */
async function namesOf(tx: Tx, ctx: Context, rows: Contribution[]): Promise<Map<string, string>> {
  if (ctx.actor.role === 'bank' || ctx.actor.role === 'guarantor') return new Map();
  return actorNames(
    tx,
    rows.map((r) => r.recordedBy),
  );
}

function toView(row: Row, { actor }: Context, names: Map<string, string>): ContributionView {
  return {
    id: row.id,
    poolCode: row.poolCode,
    contributor: row.contributor,
    amount: row.amount.toFixed(2),
    receivedOn: dateFromDb(row.receivedOn),
    accountNo: row.bankAccount.accountNo,
    receiptNo: row.receiptNo,
    matchOwed: row.matchOwed?.toFixed(2) ?? null,
    matchDueOn: row.matchDueOn && dateFromDb(row.matchDueOn),
    reversedOn: row.reversedOn && dateFromDb(row.reversedOn),
    recordedBy: names.get(row.recordedBy) ?? null,
    mine: row.recordedBy === actor.id,
    cites: row.cites as unknown as Citation[],
  };
}

function sameOrConflict(before: ContributionView, input: NewContribution, amount: Money): ContributionView {
  const same =
    before.contributor === input.contributor &&
    before.amount === toWire(amount) &&
    (input.accountNo === undefined || before.accountNo === input.accountNo) &&
    before.receivedOn === input.receivedOn;
  if (same) return before;
  throw receiptConflict(input.receiptNo);
}

const receiptConflict = (receiptNo: string) =>
  new DomainError('RECEIPT_CONFLICT', `回单号 ${receiptNo} 已登记，内容不同`, { status: 409 });
