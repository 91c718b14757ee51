import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { SubsidyClawback } from '../generated/node/client.ts';
import { type JournalEntry, reversalOf } from '../ledger/journal-entry.ts';
import { post } from '../ledger/store.ts';
import { formatYuan, type Money, money, toWire } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { budgetCode, lockBudget } from './budget-service.ts';
import {
  CLAWBACK_GROUNDS,
  CLAWBACK_STATUSES,
  type ClawbackGround,
  type ClawbackStatus,
  explainClawback,
} from './clawback.ts';
import { lockClawback, paidOf, paidWithin } from './clawback-store.ts';
import { type ClawbackView, readClawback } from './clawback-view-service.ts';
import { type ClawbackCredit, clawbackOrdered } from './entries.ts';
import type { Ban } from './facts.ts';
import { plain } from './judge-service.ts';
import { happened, lockApplications } from './store.ts';

export interface NewClawback {
  applicationId: string;
  /** of which line */
  place: number;
  amount: string;
  ground: ClawbackGround;
  reason: string;
  /** what shows it: document and number */
  evidence: string;
}

/**
 * Proposes that a paid line is claimed back, in whole or in part: never more than was paid of it and not claimed back yet. The same proposal again answers
 * the one that waits.
 * @throws DomainError NOT_FOUND (404), LINE_NOT_PAID, CLAWBACK_TOO_HIGH (409), CLAWBACK_AMOUNT (422)
 */
export async function proposeClawback(
  ctx: Context,
  input: NewClawback,
): Promise<{ created: boolean; clawback: ClawbackView }> {
  permit(ctx, 'clawback.propose');
  return inTransaction(ctx, async (tx) => {
    const { created, id } = await claim(tx, ctx, input);
    return { created, clawback: await readClawback(tx, ctx, id) };
  });
}

/** For the use cases of this domain, which have asked for permission: a claim that waits for another person. */
export async function claim(tx: Tx, ctx: Context, input: NewClawback): Promise<{ created: boolean; id: bigint }> {
  const amount = positive(input.amount);
  const applicationId = BigInt(input.applicationId);
  const seen = await tx.subsidyApplication.findUnique({ where: { id: applicationId } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有这项补贴申请', { status: 404 });
  const { code } = await lockBudget(tx, budgetCode(seen.schemeCode, seen.year));
  const [row] = await lockApplications(tx, [applicationId]);
  const { place, ground, reason, evidence } = input;
  const line = await tx.subsidyLine.findUnique({ where: { applicationId_place: { applicationId, place } } });
  if (!line) throw new DomainError('NOT_FOUND', `该申请没有第 ${place} 项`, { status: 404 });
  const same = { lineId: line.id, ground, reason, evidence, amount: toWire(amount), status: 'proposed' };
  const before = await tx.subsidyClawback.findFirst({ where: { ...same, proposedBy: ctx.actor.id } });
  if (before) return { created: false, id: before.id };
  const known = (await paidOf(tx, [line.id])).get(line.id)!;
  if (known.paid.isZero()) throw conflict('LINE_NOT_PAID', `第 ${place} 项尚未拨付，没有可以追回的资金`);
  assertRoom(known, amount, input.amount);
  const { added } = await rulebook(tx);
  const { citation } = valueOn(schemeByCode(row!.schemeCode).clawback, ctx.today, added);
  const { schemeCode, year, poolCode, enterpriseUscc, enterpriseName } = row!;
  const kept = await tx.subsidyClawback.create({
    data: {
      ...{ ...same, applicationId, budgetCode: code, schemeCode, year, poolCode, enterpriseUscc, enterpriseName },
      ...{
        cites: plain([citation]) as unknown as object[],
        explanation: plain(explainClawback(citation, { ...known, amount }, ground)) as object,
      },
      ...{ proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) },
    },
  });
  await audit(tx, ctx, {
    ...{ action: 'clawback.propose', subject: `subsidyClawback:${kept.id}` },
    after: { application: input.applicationId, place, amount: toWire(amount), ground },
  });
  return { created: true, id: kept.id };
}

function assertRoom({ paid, before }: { paid: Money; before: Money }, amount: Money, value: string): void {
  if (before.plus(amount).lte(paid)) return;
  const left = formatYuan(paid.minus(before));
  const message = `该项已拨付 ${formatYuan(paid)} 元，已追回或正在追回 ${formatYuan(before)} 元，最多还可追回 ${left} 元`;
  throw new DomainError('CLAWBACK_TOO_HIGH', message, {
    status: 409,
    errors: [{ code: 'CLAWBACK_TOO_HIGH', field: 'amount', value, message }],
  });
}

/**
 * Confirms a clawback, by another person: the enterprise owes it from now on. In the year of payment the year's expense is less, later it belongs to the
 * treasury. False papers bring the ban of the clause of this day.
 * @throws DomainError CLAWBACK_STEP (409), SAME_PERSON (403)
 */
export async function confirmClawback(ctx: Context, id: bigint, opinion: string | null): Promise<ClawbackView> {
  permit(ctx, 'clawback.decide');
  return inTransaction(ctx, async (tx) => {
    const { row, budget } = await lockClawback(tx, id);
    if (row.status === 'ordered' && row.decidedBy === ctx.actor.id) return readClawback(tx, ctx, id);
    assertClawback(row, 'proposed', '复核');
    assertOther(row.proposedBy, ctx, '提出追回');
    const credit = (await paidWithin(tx, row.applicationId, ctx.today.slice(0, 4))) ? 'expense' : 'treasury';
    const ban = row.ground === 'fraud' ? await banOf(tx, row, ctx.today) : null;
    await post(tx, budget.code, ctx.actor.id, await orderEntry(tx, row, credit, ctx.today));
    await tx.subsidyBudget.update({
      where: { code: budget.code },
      data: { clawedBack: { increment: row.amount.toFixed(2) } },
    });
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today), opinion };
    await tx.subsidyClawback.update({
      where: { id },
      data: { status: 'ordered', credit, ...decided, ...(ban ? { ban: plain(ban) as object } : {}) },
    });
    await tell(tx, ctx, row, 'clawbackOrdered', { bannedUntil: ban?.until ?? null });
    await audit(tx, ctx, {
      ...{ action: 'clawback.confirm', subject: `subsidyClawback:${id}`, before: { status: row.status } },
      after: { status: 'ordered', amount: row.amount.toFixed(2), credit, bannedUntil: ban?.until ?? null },
    });
    return readClawback(tx, ctx, id);
  });
}

async function banOf(tx: Tx, row: SubsidyClawback, today: LocalDate): Promise<Ban> {
  const { clawback, document } = schemeByCode(row.schemeCode);
  const { value, citation } = valueOn(clawback, today, (await rulebook(tx)).added);
  const until = clawback.apply(value, today);
  return { from: today, until, allSchemes: value.allSchemes ?? false, title: document.title, citation };
}

async function orderEntry(tx: Tx, row: SubsidyClawback, credit: ClawbackCredit, on: LocalDate): Promise<JournalEntry> {
  const { kind } = await tx.subsidyLine.findUniqueOrThrow({ where: { id: row.lineId } });
  const { enterpriseUscc, enterpriseName, ground } = row;
  return {
    ...{ reference: `clawback:${row.id}:ordered`, occurredOn: on, kind: 'clawbackOrdered' },
    memo: `追回补贴：${enterpriseName}（${CLAWBACK_GROUNDS[ground as ClawbackGround]}）`,
    cites: row.cites as unknown as Citation[],
    lines: clawbackOrdered(enterpriseUscc, kind as SubsidyKind, fromDb(row.amount), credit),
  };
}

/** Turns a proposed clawback down, by another person. @throws DomainError CLAWBACK_STEP (409), SAME_PERSON (403) */
export async function declineClawback(ctx: Context, id: bigint, reason: string): Promise<ClawbackView> {
  permit(ctx, 'clawback.decide');
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockClawback(tx, id);
    if (row.status === 'declined' && row.decidedBy === ctx.actor.id) return readClawback(tx, ctx, id);
    assertClawback(row, 'proposed', '复核');
    assertOther(row.proposedBy, ctx, '提出追回');
    const decided = { decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today), opinion: reason };
    await tx.subsidyClawback.update({ where: { id }, data: { status: 'declined', ...decided } });
    await audit(tx, ctx, {
      ...{ action: 'clawback.decline', subject: `subsidyClawback:${id}`, before: { status: row.status } },
      after: { status: 'declined', reason },
    });
    return readClawback(tx, ctx, id);
  });
}

/** Proposes to cancel a clawback of which nothing has come in. @throws DomainError CLAWBACK_STEP, CLAWBACK_RECEIVED (409) */
export async function proposeCancel(ctx: Context, id: bigint, reason: string): Promise<ClawbackView> {
  permit(ctx, 'clawback.propose');
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockClawback(tx, id);
    assertCancellable(row);
    if (row.cancelProposedBy !== null) {
      if (row.cancelProposedBy === ctx.actor.id && row.cancelReason === reason) return readClawback(tx, ctx, id);
      throw conflict('PROPOSAL_OPEN', '已有人提出撤销，请先办理');
    }
    const proposed = { cancelReason: reason, cancelProposedBy: ctx.actor.id, cancelProposedOn: dateToDb(ctx.today) };
    await tx.subsidyClawback.update({ where: { id }, data: proposed });
    await audit(tx, ctx, { action: 'clawback.proposeCancel', subject: `subsidyClawback:${id}`, after: { reason } });
    return readClawback(tx, ctx, id);
  });
}

/**
 * Decides, by another person, whether a clawback is cancelled: then its entry is reversed, nothing is owed, and a ban that came of it ends.
 * @throws DomainError CLAWBACK_STEP, CLAWBACK_RECEIVED, NO_PROPOSAL (409), SAME_PERSON (403)
 */
export async function decideCancel(ctx: Context, id: bigint, agreed: boolean): Promise<ClawbackView> {
  permit(ctx, 'clawback.decide');
  return inTransaction(ctx, async (tx) => {
    const { row, budget } = await lockClawback(tx, id);
    if (agreed && row.status === 'cancelled' && row.cancelledBy === ctx.actor.id) return readClawback(tx, ctx, id);
    if (agreed) assertCancellable(row);
    if (row.status !== 'ordered' || row.cancelProposedBy === null) throw conflict('NO_PROPOSAL', '没有待复核的撤销');
    assertOther(row.cancelProposedBy, ctx, '提出撤销');
    if (agreed) await cancel(tx, ctx, row, budget.code);
    else {
      const none = { cancelReason: null, cancelProposedBy: null, cancelProposedOn: null };
      await tx.subsidyClawback.update({ where: { id }, data: none });
    }
    await audit(tx, ctx, {
      ...{ action: agreed ? 'clawback.cancel' : 'clawback.keep', subject: `subsidyClawback:${id}` },
      ...{
        before: { status: row.status },
        after: { status: agreed ? 'cancelled' : row.status, reason: row.cancelReason },
      },
    });
    return readClawback(tx, ctx, id);
  });
}

async function cancel(tx: Tx, ctx: Context, row: SubsidyClawback, book: string): Promise<void> {
  const original = await orderEntry(tx, row, row.credit as ClawbackCredit, dateFromDb(row.decidedOn!));
  const reason = row.cancelReason!;
  await post(tx, book, ctx.actor.id, reversalOf(original, { occurredOn: ctx.today, belongsTo: null, reason }));
  await tx.subsidyBudget.update({ where: { code: book }, data: { clawedBack: { decrement: row.amount.toFixed(2) } } });
  const cancelled = { status: 'cancelled', cancelledBy: ctx.actor.id, cancelledOn: dateToDb(ctx.today) };
  await tx.subsidyClawback.update({ where: { id: row.id }, data: cancelled });
  await tell(tx, ctx, row, 'clawbackCancelled', { reason });
}

function assertCancellable(row: SubsidyClawback): void {
  if (!row.received.isZero()) throw conflict('CLAWBACK_RECEIVED', '追回的资金已经到账，不能撤销');
  assertClawback(row, 'ordered', '撤销');
}

/** @throws DomainError CLAWBACK_STEP (409) */
export function assertClawback({ status }: SubsidyClawback, wanted: ClawbackStatus, says: string): void {
  if (status === wanted) return;
  throw conflict('CLAWBACK_STEP', `该项追回为「${CLAWBACK_STATUSES[status as ClawbackStatus]}」，不能${says}`);
}

/** The maker never checks. @throws DomainError SAME_PERSON (403) */
export function assertOther(maker: string, ctx: Context, says: string): void {
  if (maker !== ctx.actor.id) return;
  throw new DomainError('SAME_PERSON', `${says}的人员不得复核，请由他人办理`, { status: 403 });
}

/** What a clawback did stands among the steps of its application. */
export async function tell(tx: Tx, ctx: Context, row: SubsidyClawback, kind: string, more: object): Promise<void> {
  const { applicationId: id, poolCode, enterpriseUscc } = row;
  await happened(tx, ctx, [{ id, poolCode, enterpriseUscc }], kind, () => ({
    ...{ amount: fromDb(row.amount), clawbackId: `${row.id}`, ...more },
  }));
}

/** @throws DomainError CLAWBACK_AMOUNT (422) */
export function positive(text: string): Money {
  const amount = money(text);
  if (amount.gt(0)) return amount;
  const message = '金额应大于零';
  throw new DomainError('CLAWBACK_AMOUNT', message, {
    errors: [{ code: 'CLAWBACK_AMOUNT', field: 'amount', value: text, message }],
  });
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
