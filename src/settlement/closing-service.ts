import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Closing } from '../generated/node/client.ts';
import { lockBook, lockPeriod } from '../ledger/store.ts';
import { lockPool } from '../pool/service.ts';
import { assertClosable, checklist, reasonKept } from './closing.ts';
import { type ClosingDetails, readClosing } from './closing-list-service.ts';
import { closingFacts, closingId } from './closing-store.ts';

/**
 * Somebody proposes to close a month of a pool: it is over, the month before it is closed, it is settled, and each deposit account is reconciled; or, with a
 * reason, without reconciling. Asked again by the same person it is the same proposal.
 * @throws DomainError PERIOD_NOT_OVER, EXCEPTION_NEEDLESS (422), CLOSING_INCOMPLETE, CLOSED, ALREADY_PROPOSED (409)
 */
export async function proposeClosing(
  ctx: Context,
  { poolCode, period, exception = null }: { poolCode: string; period: SettlementPeriod; exception?: string | null },
): Promise<ClosingDetails> {
  permit(ctx, 'closing.propose');
  if (lastDay(period) >= ctx.today) throw new DomainError('PERIOD_NOT_OVER', `${period} 尚未结束，不能结账`);
  return inTransaction(ctx, async (tx) => {
    await lockPool(tx, poolCode);
    const id = await closingId(tx, poolCode, period);
    const before = await tx.closing.findUnique({ where: { id } });
    if (before?.status === 'closed') throw closed(period);
    if (before?.status === 'proposed' && before.proposedBy === ctx.actor.id && before.exception === exception)
      return readClosing(tx, ctx, id);
    if (before?.status === 'proposed')
      throw new DomainError('ALREADY_PROPOSED', `${period} 的结账已经提出，等待复核`, { status: 409 });
    const items = checklist(await closingFacts(tx, poolCode, period));
    assertClosable(period, items, exception);
    if (exception !== null && reasonKept(items, exception) === null)
      throw new DomainError('EXCEPTION_NEEDLESS', '各项均已完成，不需要填写例外理由');
    const data = {
      ...{ status: 'proposed', exception, checklist: JSON.stringify(items) },
      ...{ proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) },
    };
    await tx.closing.upsert({ where: { id }, create: { id, poolCode, period, ...data }, update: data });
    const after = { poolCode, period, exception };
    await audit(tx, ctx, { action: 'closing.propose', subject: `closing:${id}`, after });
    return readClosing(tx, ctx, id);
  });
}

/**
 * Another person closes the month, for good: what it rests on is looked at once more, its postings are locked, and the head of the book is kept with it.
 * @throws DomainError SAME_PERSON (403), CLOSING_NOT_PROPOSED, CLOSING_INCOMPLETE, CLOSED (409), NOT_FOUND (404)
 */
export async function confirmClosing(ctx: Context, id: string): Promise<ClosingDetails> {
  permit(ctx, 'closing.decide');
  return inTransaction(ctx, async (tx) => {
    const { poolCode, period, ...row } = await lockProposed(tx, id);
    if (row.proposedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的结账，请由另一人办理', { status: 403 });
    const items = checklist(await closingFacts(tx, poolCode, period));
    assertClosable(period, items, row.exception);
    await lockPeriod(tx, poolCode, period);
    const { head, entries } = await lockBook(tx, poolCode);
    const exception = reasonKept(items, row.exception);
    await tx.closing.updateMany({
      where: { id },
      data: {
        ...{ status: 'closed', exception, checklist: JSON.stringify(items), ledgerHead: head, ledgerEntries: entries },
        ...{ closedBy: ctx.actor.id, closedOn: dateToDb(ctx.today) },
      },
    });
    const after = { poolCode, period, exception, ledgerHead: head, ledgerEntries: `${entries}` };
    await audit(tx, ctx, { action: 'closing.confirm', subject: `closing:${id}`, after });
    return readClosing(tx, ctx, id);
  });
}

/** What was proposed is taken back or sent back, by either of the two. @throws DomainError CLOSING_NOT_PROPOSED, CLOSED (409), NOT_FOUND (404) */
export async function withdrawClosing(ctx: Context, id: string, reason: string): Promise<ClosingDetails> {
  permit(ctx, 'closing.propose');
  return inTransaction(ctx, async (tx) => {
    const { exception } = await lockProposed(tx, id);
    await tx.closing.updateMany({ where: { id }, data: { status: 'withdrawn' } });
    await audit(tx, ctx, {
      action: 'closing.withdraw',
      subject: `closing:${id}`,
      before: { exception },
      after: { reason },
    });
    return readClosing(tx, ctx, id);
  });
}

/** The proposal, with its pool to itself: of two who decide at once the second finds it decided. */
async function lockProposed(tx: Tx, id: string): Promise<Closing> {
  const seen = await tx.closing.findUnique({ where: { id }, select: { poolCode: true } });
  if (!seen) throw new DomainError('NOT_FOUND', '没有提出这个月的结账', { status: 404 });
  await lockPool(tx, seen.poolCode);
  const row = await tx.closing.findUniqueOrThrow({ where: { id } });
  if (row.status === 'closed') throw closed(row.period);
  if (row.status !== 'proposed')
    throw new DomainError('CLOSING_NOT_PROPOSED', `${row.period} 的结账尚未提出`, { status: 409 });
  return row;
}

const closed = (period: SettlementPeriod): DomainError =>
  new DomainError('CLOSED', `${period} 已经结账`, { status: 409 });
