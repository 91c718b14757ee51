import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { Claim, ClaimEvent as EventRow } from '../generated/node/client.ts';
import { readLife } from './claim-store.ts';
import { POOL } from './payer.ts';

/** The receipt of a pool with this number that stands, of any claim. */
export async function receiptOf(tx: Tx, { poolCode }: Claim, receiptNo: string): Promise<EventRow | null> {
  const taken = await tx.contribution.findFirst({ where: { poolCode, receiptNo, reversedOn: null } });
  if (taken) throw receiptConflict(receiptNo);
  return tx.claimEvent.findFirst({
    where: { poolCode, receiptNo, kind: { in: ['recovery', 'cost', 'refund'] }, reversal: null },
  });
}

/** A number that already stands for something else. */
export const receiptConflict = (receiptNo: string) =>
  new DomainError('RECEIPT_CONFLICT', `回单号 ${receiptNo} 已登记，内容不同`, { status: 409 });

/** Whoever paid a cost is the pool, where it may, or one that bears a part of its own. @throws DomainError PAYER_UNKNOWN (422) */
export async function assertPayer(tx: Tx, claim: Claim, paidBy: string, poolMay: boolean): Promise<void> {
  const { borne } = await readLife(tx, claim.id);
  if (poolMay && paidBy === POOL) return;
  if (paidBy === claim.bankCode || borne.some(({ kind, party }) => kind === 'own' && party === paidBy)) return;
  const message = poolMay
    ? `「${paidBy}」不承担该笔损失，不能作为费用支付方`
    : `「${paidBy}」不能作为费用支付方；资金池垫付的费用请先登记追偿费用`;
  throw new DomainError('PAYER_UNKNOWN', message, {
    errors: [{ code: 'PAYER_UNKNOWN', field: 'costPaidBy', value: paidBy, message }],
  });
}

/**
 * The name under which a receipt or voucher is kept: its number, or where that name is taken, by what was taken back or by
 * another number that looks like it, the number with the next that is free.
 */
export async function freshReference(tx: Tx, { poolCode }: Pick<Claim, 'poolCode'>, name: string): Promise<string> {
  const rows = await tx.claimEvent.findMany({
    where: { poolCode, OR: [{ reference: name }, { reference: { startsWith: `${name}#` } }] },
    select: { reference: true },
  });
  const taken = new Set(rows.map(({ reference }) => reference));
  if (!taken.has(name)) return name;
  let no = 2;
  while (taken.has(`${name}#${no}`)) no += 1;
  return `${name}#${no}`;
}
