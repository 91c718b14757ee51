import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyBudget, SubsidyBudgetChange } from '../generated/node/client.ts';
import { post } from '../ledger/store.ts';
import { formatYuan, type Money, money, toWire, ZERO } from '../money/money.ts';
import type { Explanation } from '../policy/explanation.ts';
import {
  type BudgetChangeKind,
  CHANGE_STATUSES,
  type ChangeStatus,
  explainChange,
  surplusOf,
} from './budget-change.ts';
import { availableOf, budgetCode, lockBudget, receivedOf } from './budget-service.ts';
import { received, released } from './entries.ts';

export interface NewBudgetChange {
  kind: BudgetChangeKind;
  amount: string;
  /** the document that orders it */
  document: string;
  reason: string;
}

/** 预算调整, proposed or decided. `toMove` is what of the money that has come in leaves the account with it; `moved` what left. */
export interface BudgetChangeView {
  id: string;
  budgetCode: string;
  budgetName: string;
  kind: string;
  amount: string;
  document: string;
  reason: string;
  status: string;
  toMove: string | null;
  moved: string | null;
  voucherNo: string | null;
  proposedOn: string;
  proposedByName: string | null;
  /** proposed by the actor, who therefore may not decide */
  mine: boolean;
  decidedOn: string | null;
  decidedByName: string | null;
  opinion: string | null;
  /** while it waits: what it would make of the budget */
  explanation: Explanation | null;
}

/** The changes of a budget, in order. @throws DomainError BUDGET_UNKNOWN (404) */
export async function listChanges(ctx: Context, code: string): Promise<BudgetChangeView[]> {
  permit(ctx, 'budget.read');
  return changesWhere(ctx, { budgetCode: code });
}

/** The changes of all budgets that wait for a second person, in order. */
export async function openChanges(ctx: Context): Promise<BudgetChangeView[]> {
  permit(ctx, 'budget.read');
  return changesWhere(ctx, { status: 'proposed' });
}

async function changesWhere(
  ctx: Context,
  where: { budgetCode: string } | { status: ChangeStatus },
): Promise<BudgetChangeView[]> {
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.subsidyBudgetChange.findMany({ where, orderBy: { id: 'asc' } });
    const views: BudgetChangeView[] = [];
    for (const row of rows) views.push(await changeView(tx, ctx, row));
    return views;
  });
}

/**
 * Proposes that a budget is raised (追加), cut (核减收回) or that a part of it is carried over to the next year (结转): never more than nothing has been
 * promised of. The same proposal again answers the one that waits.
 * @throws DomainError BUDGET_UNKNOWN (404), CHANGE_OPEN, BUDGET_PROMISED, CARRY_OVER_EARLY, NEXT_BUDGET_MISSING (409), BUDGET_AMOUNT (422)
 */
export async function proposeChange(ctx: Context, code: string, input: NewBudgetChange): Promise<BudgetChangeView> {
  permit(ctx, 'budget.write');
  const amount = money(input.amount);
  if (!amount.gt(ZERO)) throw new DomainError('BUDGET_AMOUNT', '调整金额应大于零');
  return inTransaction(ctx, async (tx) => {
    const budget = await lockBudget(tx, code);
    const open = await tx.subsidyBudgetChange.findFirst({ where: { budgetCode: code, status: 'proposed' } });
    if (open) {
      const same = open.kind === input.kind && fromDb(open.amount).eq(amount) && open.document === input.document;
      if (same && open.proposedBy === ctx.actor.id) return changeView(tx, ctx, open);
      throw conflict('CHANGE_OPEN', '该预算还有待复核的调整，请先办理');
    }
    await assertPossible(tx, ctx, budget, input.kind, amount);
    const proposed = { status: 'proposed', proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) };
    const row = await tx.subsidyBudgetChange.create({ data: { budgetCode: code, ...input, ...proposed } });
    await audit(tx, ctx, { action: 'budget.proposeChange', subject: `subsidyBudget:${code}`, after: { ...input } });
    return changeView(tx, ctx, row);
  });
}

async function assertPossible(tx: Tx, ctx: Context, row: SubsidyBudget, kind: BudgetChangeKind, amount: Money) {
  if (kind === 'increase') return;
  const left = availableOf(row);
  if (amount.gt(left)) {
    const message = `该预算已占用和批准的部分不能减少，最多可以${kind === 'carryOver' ? '结转' : '核减'} ${formatYuan(left)} 元`;
    throw conflict('BUDGET_PROMISED', message);
  }
  if (kind !== 'carryOver') return;
  if (ctx.today < `${row.year}-12-01`)
    throw conflict('CARRY_OVER_EARLY', `${row.year} 年 12 月起方可办理结转，此前请办理核减`);
  const next = budgetCode(row.schemeCode, row.year + 1);
  if ((await tx.subsidyBudget.count({ where: { code: next } })) === 0)
    throw conflict('NEXT_BUDGET_MISSING', `尚未登记 ${row.year + 1} 年的预算，请先登记`);
}

/**
 * Decides a change, by another person. Money that has come in and is no longer appropriated leaves the account at once: back to the treasury, or into the
 * next year's book; the bank's voucher is named.
 * @throws DomainError NOT_FOUND (404), CHANGE_STEP, BUDGET_PROMISED (409), SAME_PERSON (403), VOUCHER_NEEDED (422)
 */
export async function decideChange(
  ctx: Context,
  id: bigint,
  decision: { agreed: boolean; opinion: string | null; voucherNo?: string },
): Promise<BudgetChangeView> {
  permit(ctx, 'budget.decide');
  return inTransaction(ctx, async (tx) => {
    const seen = await tx.subsidyBudgetChange.findUnique({ where: { id } });
    if (!seen) throw new DomainError('NOT_FOUND', '没有这项预算调整', { status: 404 });
    const budget = await lockBudget(tx, seen.budgetCode);
    const row = await tx.subsidyBudgetChange.findUniqueOrThrow({ where: { id } });
    const status: ChangeStatus = decision.agreed ? 'approved' : 'declined';
    if (row.status === status && row.decidedBy === ctx.actor.id) return changeView(tx, ctx, row);
    if (row.status !== 'proposed')
      throw conflict('CHANGE_STEP', `该项调整为「${CHANGE_STATUSES[row.status as ChangeStatus]}」，不能再复核`);
    if (row.proposedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出预算调整的人员不得复核，请由他人办理', { status: 403 });
    const moved = decision.agreed ? await change(tx, ctx, budget, row, decision.voucherNo) : null;
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today), opinion: decision.opinion };
    const kept = moved?.gt(ZERO) ? { voucherNo: decision.voucherNo! } : {};
    const after = await tx.subsidyBudgetChange.update({
      where: { id },
      data: { status, moved: moved && toWire(moved), ...kept, ...decided },
    });
    await audit(tx, ctx, {
      ...{
        action: decision.agreed ? 'budget.change' : 'budget.declineChange',
        subject: `subsidyBudget:${budget.code}`,
      },
      before: { amount: budget.amount.toFixed(2) },
      after: { kind: row.kind, change: row.amount.toFixed(2), moved: moved && toWire(moved) },
    });
    return changeView(tx, ctx, after);
  });
}

/** @returns the money that left the account */
async function change(
  tx: Tx,
  ctx: Context,
  budget: SubsidyBudget,
  row: SubsidyBudgetChange,
  voucherNo: string | undefined,
): Promise<Money> {
  const [kind, amount] = [row.kind as BudgetChangeKind, fromDb(row.amount)];
  const by = toWire(amount);
  if (kind === 'increase') {
    await tx.subsidyBudget.update({ where: { code: budget.code }, data: { amount: { increment: by } } });
    return ZERO;
  }
  await assertPossible(tx, ctx, budget, kind, amount);
  const surplus = surplusOf(await receivedOf(tx, budget.code), fromDb(budget.amount).minus(amount));
  if (surplus.gt(ZERO) && !voucherNo) {
    const message = `调整后有 ${formatYuan(surplus)} 元到账资金须转出，请填写银行凭证号`;
    throw new DomainError('VOUCHER_NEEDED', message, {
      errors: [{ code: 'VOUCHER_NEEDED', field: 'voucherNo', message }],
    });
  }
  await tx.subsidyBudget.update({ where: { code: budget.code }, data: { amount: { decrement: by } } });
  const out = { occurredOn: ctx.today, cites: [], kind: kind === 'carryOver' ? 'budgetCarried' : 'budgetReturned' };
  if (surplus.gt(ZERO)) {
    await post(tx, budget.code, ctx.actor.id, {
      ...{ ...out, reference: `budget-change:${row.id}:out` },
      memo: kind === 'carryOver' ? '补贴预算资金结转下年' : '补贴预算资金收回财政',
      lines: released(received(budget.accountNo, surplus, budget.document)),
    });
  }
  if (kind !== 'carryOver') return surplus;
  const next = await lockBudget(tx, budgetCode(budget.schemeCode, budget.year + 1));
  await tx.subsidyBudget.update({ where: { code: next.code }, data: { amount: { increment: by } } });
  if (surplus.gt(ZERO)) {
    await post(tx, next.code, ctx.actor.id, {
      ...{ ...out, reference: `budget-change:${row.id}:in`, memo: `由 ${budget.year} 年结转的补贴预算资金` },
      lines: received(next.accountNo, surplus, next.document),
    });
  }
  return surplus;
}

async function changeView(tx: Tx, ctx: Context, row: SubsidyBudgetChange): Promise<BudgetChangeView> {
  const { kind, document, reason, status, voucherNo, opinion } = row;
  const names = await actorNames(tx, [row.proposedBy, ...(row.decidedBy ? [row.decidedBy] : [])]);
  const budget = await tx.subsidyBudget.findUniqueOrThrow({ where: { code: row.budgetCode } });
  const waits = status === 'proposed' ? await outlook(tx, budget, row) : null;
  return {
    ...{ id: `${row.id}`, budgetCode: budget.code, budgetName: budget.name },
    ...{ kind, amount: row.amount.toFixed(2), document, reason, status },
    ...{ toMove: waits?.toMove ?? null, moved: row.moved?.toFixed(2) ?? null, voucherNo, opinion },
    ...{ proposedOn: dateFromDb(row.proposedOn), proposedByName: names.get(row.proposedBy) ?? null },
    mine: row.proposedBy === ctx.actor.id,
    ...{ decidedOn: row.decidedOn && dateFromDb(row.decidedOn), decidedByName: names.get(row.decidedBy ?? '') ?? null },
    explanation: waits?.explanation ?? null,
  };
}

async function outlook(tx: Tx, budget: SubsidyBudget, row: SubsidyBudgetChange) {
  const [kind, amount, before] = [row.kind as BudgetChangeKind, fromDb(row.amount), fromDb(budget.amount)];
  const held = await receivedOf(tx, budget.code);
  const toMove = kind === 'increase' ? ZERO : surplusOf(held, before.minus(amount));
  return { toMove: toWire(toMove), explanation: explainChange(kind, { before, amount, received: held }) };
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
