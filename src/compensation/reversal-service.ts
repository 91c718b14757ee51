import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { voidDocument } from '../documents/service.ts';
import { DomainError } from '../errors.ts';
import type { Claim, ClaimEvent as EventRow } from '../generated/node/client.ts';
import { ACCOUNTS, type Line } from '../ledger/journal-entry.ts';
import { money, toWire } from '../money/money.ts';
import { type Posting, takeBack } from './claim-life.ts';
import { readLife } from './claim-store.ts';
import { balanceOf } from './facts-store.ts';
import { assertDeposit, linesFor, lockClaim, record, returnedNow } from './life-service.ts';
import { type ClaimView, readClaim } from './view-service.ts';

/** What a mistake may be taken back of, with the ledger's kind and its words. */
const KINDS: Record<string, { kind: string; memo: string }> = {
  recovery: { kind: 'recovery', memo: '追偿回款' },
  cost: { kind: 'recoveryCost', memo: '支付追偿费用' },
  interestProven: { kind: 'interestProven', memo: '认定银行利息' },
};

interface Kept {
  accountNo?: string;
  receivedOn?: string;
  postings: { kind: Posting['kind']; bearer: string; party: string; amount: string; owed?: boolean }[];
}

/**
 * Takes back a receipt, a cost or proven interest that was recorded by mistake (冲销), by another person, as if it had never been: where later receipts were
 * shared on top of it the entry differs from the mirror by their fen, otherwise it is the cited reversal.
 * @throws DomainError NOT_FOUND (404), ALREADY_REVERSED, REVERSAL_OUT_OF_ORDER, ALREADY_PAID_OUT, DEPOSIT_SHORT (409), SAME_PERSON (403)
 */
export async function reverseEvent(ctx: Context, id: bigint, eventId: bigint, reason: string): Promise<ClaimView> {
  permit(ctx, 'recovery.reverse');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const { claim } = locked;
    const event = await tx.claimEvent.findFirst({ where: { id: eventId, claimId: id }, include: { reversal: true } });
    const known = event && KINDS[event.kind];
    if (!event || !known) throw new DomainError('NOT_FOUND', '没有这笔可以冲销的记录', { status: 404 });
    if (event.reversal) throw new DomainError('ALREADY_REVERSED', '这笔记录已经冲销', { status: 409 });
    if (event.recordedBy === ctx.actor.id)
      throw new DomainError('SAME_PERSON', '登记人不得冲销自己登记的记录，请由他人复核', { status: 403 });
    const { accountNo, postings } = event.details as unknown as Kept;
    const life = await readLife(tx, id);
    const step = takeBack(life, event.reference);
    const paidTo = new Map(postings.flatMap(({ party, owed }) => (owed === undefined ? [] : [[party, owed] as const])));
    const returned = await returnedNow(tx, claim, life, paidTo);
    const lines = linesFor(claim, step.life, step.postings, returned, accountNo);
    await assertThere(tx, claim, lines);
    const before = postings.map((p): Posting => ({ ...p, amount: money(p.amount) }));
    const mirrored = isMirror(linesFor(claim, life, before, returned, accountNo), lines);
    const on = dateFromDb(event.occurredOn);
    await record(tx, ctx, locked, step, {
      event: {
        ...{ kind: 'reversal', reference: `${event.reference}:reversal`, reverses: event.id },
        ...{ amount: event.amount ? fromDb(event.amount) : undefined, details: { reason, of: event.kind } },
      },
      ...{ on, kind: known.kind, memo: `红字冲销：${known.memo}（${reason}）`, cites: [], accountNo },
      reverses: mirrored ? event.reference : undefined,
      paidTo,
    });
    const paper = { kind: 'recoveryDistribution' as const, subject: `claim:${id}:recovery:${event.id}` };
    await voidDocument(tx, ctx, { ...paper, reason });
    await audit(tx, ctx, {
      ...{ action: 'recovery.reverse', subject: `claim:${id}`, before: summary(event) },
      after: { reason },
    });
    return readClaim(tx, ctx, id);
  });
}

const summary = ({ kind, amount, receiptNo }: EventRow) => ({ kind, amount: amount?.toFixed(2) ?? null, receiptNo });

/** What is taken back must still be there: money that the pool has passed on already has to come back first. */
async function assertThere(tx: Tx, claim: Claim, lines: readonly Line[]): Promise<void> {
  for (const { code, key, side, amount } of lines) {
    if (code === ACCOUNTS.deposit && side === 'C') await assertDeposit(tx, claim.poolCode, key, amount);
    if (code !== ACCOUNTS.otherPayable || side !== 'D') continue;
    const balance = await balanceOf(tx, claim.poolCode, code, key);
    if (balance.lt(amount)) {
      const message = `应付「${key}」的款项已拨付，余额 ${toWire(balance)} 元，不足冲销 ${toWire(amount)} 元，请先收回`;
      throw new DomainError('ALREADY_PAID_OUT', message, { status: 409 });
    }
  }
}

function isMirror(original: readonly Line[], lines: readonly Line[]): boolean {
  const flat = ({ code, key, amount }: Line, side: string) => `${code} ${key} ${side} ${toWire(amount)}`;
  const mirror = original.map((line) => flat(line, line.side === 'D' ? 'C' : 'D')).join();
  return lines.length > 0 && lines.map((line) => flat(line, line.side)).join() === mirror;
}
