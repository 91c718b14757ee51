import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Difference } from '../generated/node/client.ts';
import { ACCOUNTS, type Line } from '../ledger/journal-entry.ts';
import { post } from '../ledger/store.ts';
import { type Money, money } from '../money/money.ts';
import { type DifferenceView, lockBoth, readDifference } from './difference-service.ts';
import { assertCovered } from './difference-store.ts';
import { suspenseKey } from './resolution.ts';

/**
 * 查明待查款项: says to whom a receipt in suspense is owed (an institution, or an enterprise by its 统一社会信用代码), when another confirms it; from there it
 * is paid out or set off like anything owed. What turns out to be a contribution or a recovery is reversed instead and recorded as what it is.
 * @throws DomainError NOT_FOUND (404), NOT_IN_SUSPENSE, ALREADY_IDENTIFIED (409), PARTY_UNKNOWN (422)
 */
export async function identifyReceipt(
  ctx: Context,
  id: bigint,
  { party, note }: { party: string; note?: string },
): Promise<DifferenceView> {
  permit(ctx, 'difference.resolve');
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockBoth(tx, id);
    assertInSuspense(row);
    if (row.party) throw new DomainError('ALREADY_IDENTIFIED', '已有人提出这笔款项的归属', { status: 409 });
    if (
      !(await tx.institution.findUnique({ where: { code: party } })) &&
      !(await tx.enterprise.findUnique({ where: { uscc: party } }))
    )
      throw new DomainError('PARTY_UNKNOWN', `没有机构或企业「${party}」`);
    const data = { party, partyNote: note ?? null, partyBy: ctx.actor.id, partyOn: dateToDb(ctx.today) };
    await tx.difference.update({ where: { id }, data });
    await audit(tx, ctx, {
      action: 'difference.identify',
      subject: `difference:${id}`,
      after: { party, note: note ?? null },
    });
    return readDifference(tx, ctx, id);
  });
}

/** Another person confirms whose it is, and it goes over to them in the books today. @throws DomainError SAME_PERSON (403), NOT_PROPOSED, BALANCE_SHORT (409) */
export async function confirmIdentified(ctx: Context, id: bigint): Promise<DifferenceView> {
  permit(ctx, 'difference.decide');
  return inTransaction(ctx, async (tx) => {
    const { row, pool } = await lockBoth(tx, id);
    const party = proposed(row);
    if (row.partyBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的归属，请由另一人办理', { status: 403 });
    const amount = await inSuspense(tx, row);
    const lines: Line[] = [
      { code: ACCOUNTS.otherPayable, key: suspenseKey(`${id}`), side: 'D', amount },
      { code: ACCOUNTS.otherPayable, key: party, side: 'C', amount },
    ];
    await assertCovered(tx, pool.code, lines);
    const entry = { kind: 'identified', memo: '待查款项查明', cites: [], occurredOn: ctx.today, lines };
    await post(tx, pool.code, ctx.actor.id, { ...entry, reference: `difference:${id}:identified:${row.postings}` });
    await tx.difference.update({
      where: { id },
      data: { partyDecidedBy: ctx.actor.id, partyDecidedOn: dateToDb(ctx.today) },
    });
    await audit(tx, ctx, { action: 'difference.identified', subject: `difference:${id}`, after: { party } });
    return readDifference(tx, ctx, id);
  });
}

/** What was said of its owner is taken back, before it is confirmed. @throws DomainError NOT_PROPOSED (409) */
export async function withdrawIdentified(ctx: Context, id: bigint, reason: string): Promise<DifferenceView> {
  permit(ctx, 'difference.resolve');
  return inTransaction(ctx, async (tx) => {
    const { row } = await lockBoth(tx, id);
    const party = proposed(row);
    await tx.difference.update({ where: { id }, data: { party: null, partyNote: null, partyBy: null, partyOn: null } });
    await audit(tx, ctx, {
      action: 'difference.identify.withdraw',
      subject: `difference:${id}`,
      before: { party },
      after: { reason },
    });
    return readDifference(tx, ctx, id);
  });
}

function assertInSuspense({ status, resolution }: Difference): void {
  if (status !== 'resolved' || (resolution !== 'suspense' && resolution !== 'opening'))
    throw new DomainError('NOT_IN_SUSPENSE', '这项差异不是待查款项', { status: 409 });
}

function proposed(row: Difference): string {
  assertInSuspense(row);
  if (row.party && !row.partyDecidedOn) return row.party;
  throw new DomainError('NOT_PROPOSED', '没有待复核的归属', { status: 409 });
}

/** What of a difference stands in 2307: of an opening only what the entries before it left. @throws DomainError NOT_IN_SUSPENSE (409) */
async function inSuspense(tx: Tx, { id, poolCode, resolution, amount }: Difference): Promise<Money> {
  if (resolution === 'suspense') return fromDb(amount);
  const [account] = await tx.$queryRaw<{ balance: string }[]>`
    SELECT balance::text FROM ledger.account WHERE book_id = ${poolCode} AND code = '2307' AND sub_key = ${suspenseKey(`${id}`)} AND balance > 0`;
  if (!account) throw new DomainError('NOT_IN_SUSPENSE', '这项差异没有待查款项', { status: 409 });
  return money(account.balance);
}
