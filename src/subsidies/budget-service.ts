import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyBudget } from '../generated/node/client.ts';
import { lockBook, openBook, post } from '../ledger/store.ts';
import { Exact, formatYuan, type Money, money, sum, toWire, ZERO } from '../money/money.ts';
import { schemeByCode } from '../policy/register.ts';
import { received } from './entries.ts';

/** A year's budget of a scheme. `available` is what nothing has been promised of; the ledger's book carries the same code. */
export interface BudgetView {
  code: string;
  scheme: string;
  schemeTitle: string;
  year: number;
  name: string;
  document: string;
  amount: string;
  /** as it was granted first, before changes */
  initial: string;
  received: string;
  committed: string;
  approved: string;
  paid: string;
  /** ordered back, received of that, handed over to the treasury of that */
  clawedBack: string;
  recovered: string;
  remitted: string;
  available: string;
  deposits: string;
  accountNo: string;
}

export interface NewBudget {
  scheme: string;
  year: number;
  name: string;
  /** the document that grants it (预算批复文件) */
  document: string;
  amount: string;
  accountNo: string;
  accountName: string;
  bankName: string;
}

/** What a year's budget of a scheme and its book are called. */
export const budgetCode = (scheme: string, year: number): string => `subsidy-${year}-${scheme}`;

/** Keeps a year's budget of a scheme and opens its book. The same again answers the same. @throws DomainError SCHEME_UNKNOWN (404), BUDGET_CONFLICT (409), BUDGET_AMOUNT (422) */
export async function createBudget(ctx: Context, input: NewBudget): Promise<{ created: boolean; budget: BudgetView }> {
  permit(ctx, 'budget.write');
  const { scheme, amount, ...more } = input;
  schemeByCode(scheme);
  if (!money(amount).gt(ZERO)) throw new DomainError('BUDGET_AMOUNT', '预算金额应大于零');
  const code = budgetCode(scheme, input.year);
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`budget:${code}`}, 0))`;
    const before = await tx.subsidyBudget.findUnique({ where: { code } });
    if (before) return { created: false, budget: await sameBudget(tx, before, input) };
    const who = { createdBy: ctx.actor.id, createdOn: dateToDb(ctx.today) };
    const row = await tx.subsidyBudget.create({
      data: { code, schemeCode: scheme, amount, initial: amount, ...more, ...who },
    });
    await openBook(tx, code, input.name);
    await audit(tx, ctx, { action: 'budget.create', subject: `subsidyBudget:${code}`, after: { ...input } });
    return { created: true, budget: await budgetView(tx, row) };
  });
}

async function sameBudget(tx: Tx, row: SubsidyBudget, input: NewBudget): Promise<BudgetView> {
  const same =
    row.initial.toFixed(2) === toWire(money(input.amount)) &&
    (['name', 'document', 'accountNo', 'accountName', 'bankName'] as const).every(
      (field) => row[field] === input[field],
    );
  if (same) return budgetView(tx, row);
  throw new DomainError('BUDGET_CONFLICT', `${row.name}已经登记，内容不同`, { status: 409 });
}

/**
 * Budget money has come into the account (用款额度到账). One receipt counts once.
 * @throws DomainError BUDGET_UNKNOWN (404), RECEIVED_LATER, RECEIVED_TOO_MUCH (422), LEDGER_REFERENCE_TAKEN (409)
 */
export async function receiveBudgetMoney(
  ctx: Context,
  code: string,
  input: { amount: string; receivedOn: LocalDate; receiptNo: string },
): Promise<BudgetView> {
  permit(ctx, 'budget.write');
  const amount = money(input.amount);
  if (!amount.gt(ZERO)) throw new DomainError('BUDGET_AMOUNT', '到账金额应大于零');
  if (input.receivedOn > ctx.today) throw new DomainError('RECEIVED_LATER', `到账日期 ${input.receivedOn} 晚于今天`);
  return inTransaction(ctx, async (tx) => {
    const row = await lockBudget(tx, code);
    const reference = `budget:${code}:${input.receiptNo}`;
    const figures = await budgetView(tx, row);
    const again = await tx.$queryRaw<
      object[]
    >`SELECT 1 FROM ledger.entry WHERE book_id = ${code} AND reference = ${reference}`;
    if (again.length === 0 && money(figures.received).plus(amount).gt(fromDb(row.amount))) {
      const left = formatYuan(fromDb(row.amount).minus(figures.received));
      throw new DomainError('RECEIVED_TOO_MUCH', `到账合计超过预算，最多还可到账 ${left} 元`);
    }
    await post(tx, code, ctx.actor.id, {
      ...{ reference, occurredOn: input.receivedOn, kind: 'budgetReceived', memo: '收到补贴预算资金', cites: [] },
      lines: received(row.accountNo, amount, row.document),
    });
    if (again.length === 0) {
      await audit(tx, ctx, { action: 'budget.receive', subject: `subsidyBudget:${code}`, after: { ...input } });
    }
    return budgetView(tx, row);
  });
}

/** The budgets, the latest year first. */
export async function listBudgets(ctx: Context, filter: { scheme?: string; year?: number }): Promise<BudgetView[]> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.subsidyBudget.findMany({
      where: { schemeCode: filter.scheme, year: filter.year },
      orderBy: [{ year: 'desc' }, { code: 'asc' }],
    });
    const views: BudgetView[] = [];
    for (const row of rows) views.push(await budgetView(tx, row));
    return views;
  });
}

/** One budget. @throws DomainError BUDGET_UNKNOWN (404) */
export async function findBudget(ctx: Context, code: string): Promise<BudgetView> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.subsidyBudget.findUnique({ where: { code } });
    if (!row) throw unknownBudget(code);
    return budgetView(tx, row);
  });
}

/** A budget, locked until the transaction ends; then its book, in one order for all. @throws DomainError BUDGET_UNKNOWN (404) */
export async function lockBudget(tx: Tx, code: string): Promise<SubsidyBudget> {
  await tx.$queryRaw`SELECT code FROM subsidy_budget WHERE code = ${code} FOR UPDATE`;
  const row = await tx.subsidyBudget.findUnique({ where: { code } });
  if (!row) throw unknownBudget(code);
  await lockBook(tx, code);
  return row;
}

/** What nothing has been promised of, with what came back within the year of its payment; never below zero. */
export function availableOf(row: SubsidyBudget): Money {
  const left = fromDb(row.amount).minus(fromDb(row.committed)).minus(fromDb(row.approved)).plus(fromDb(row.restored));
  return Exact.max(left, ZERO);
}

/** What of the budget's money has come in and not gone back, by its book. */
export async function receivedOf(tx: Tx, code: string): Promise<Money> {
  const [row] = await tx.$queryRaw<{ balance: string }[]>`
    SELECT coalesce(sum(balance), 0.00)::text AS balance FROM ledger.account WHERE book_id = ${code} AND code = '4001'`;
  return money(row!.balance);
}

async function budgetView(tx: Tx, row: SubsidyBudget): Promise<BudgetView> {
  const balances = await tx.$queryRaw<{ code: string; balance: string }[]>`
    SELECT code, balance::text FROM ledger.account WHERE book_id = ${row.code} AND code IN ('1002', '4001')`;
  const of = (code: string) => toWire(sum(balances.filter((b) => b.code === code).map((b) => new Exact(b.balance))));
  const { code, schemeCode: scheme, year, name, document, accountNo } = row;
  return {
    ...{ code, scheme, schemeTitle: schemeByCode(scheme).document.title, year, name, document, accountNo },
    initial: row.initial.toFixed(2),
    ...{ amount: row.amount.toFixed(2), received: of('4001'), committed: row.committed.toFixed(2) },
    ...{ approved: row.approved.toFixed(2), paid: row.paid.toFixed(2), available: toWire(availableOf(row)) },
    ...{ clawedBack: row.clawedBack.toFixed(2), recovered: row.recovered.toFixed(2) },
    ...{ remitted: row.remitted.toFixed(2), deposits: of('1002') },
  };
}

function unknownBudget(code: string): DomainError {
  return new DomainError('BUDGET_UNKNOWN', `没有补贴预算「${code}」，请先登记预算`, { status: 404 });
}
