import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb, fromDb } from '../db/decimal.ts';
import type { Claim, ClaimEvent as EventRow } from '../generated/node/client.ts';
import { type Money, toWire, ZERO } from '../money/money.ts';
import type { ClaimEvent, ClaimLife } from './claim-life.ts';
import { lifeOf } from './claim-life.ts';
import type { Leaf } from './contributors.ts';
import type { BornePart } from './shares.ts';

/** An event as it is written; what is not about money leaves the amounts out. */
export interface NewClaimEvent {
  kind: string;
  /** its own key, written once */
  reference: string;
  occurredOn: LocalDate;
  belongsTo?: SettlementPeriod | null;
  amount?: Money;
  cost?: Money;
  basis?: 'gross' | 'net';
  paidBy?: string;
  receiptNo?: string;
  details?: object;
  reverses?: bigint;
}

export async function insertEvent(
  tx: Tx,
  ctx: Context,
  { id, poolCode, bankCode }: Pick<Claim, 'id' | 'poolCode' | 'bankCode'>,
  event: NewClaimEvent,
): Promise<EventRow> {
  const { amount, cost, occurredOn, details, belongsTo = null, ...rest } = event;
  return tx.claimEvent.create({
    data: {
      ...{ claimId: id, poolCode, bankCode, ...rest, belongsTo },
      ...{ amount: amount && toWire(amount), cost: cost && toWire(cost), occurredOn: dateToDb(occurredOn) },
      ...{ details: plain(details), recordedBy: ctx.actor.id, recordedOn: dateToDb(ctx.today) },
    },
  });
}

/** Anything as the JSON it is kept as. */
export function plain<T>(value: T): Exclude<T, undefined> {
  return value === undefined ? (value as never) : JSON.parse(JSON.stringify(value));
}

/** Keeps whose fen a loss was, part by part; `labels` by bearer. */
export async function insertShares(
  tx: Tx,
  { id, poolCode, bankCode }: Pick<Claim, 'id' | 'poolCode' | 'bankCode'>,
  leaves: readonly Leaf[],
  parts: readonly Pick<BornePart, 'bearer' | 'label' | 'to' | 'cites'>[],
): Promise<void> {
  const of = (bearer: string) => parts.find((part) => part.bearer === bearer);
  await tx.claimShare.createMany({
    data: leaves.map(({ bearer, party, kind, amount }, i) => ({
      ...{ claimId: id, place: i + 1, poolCode, bankCode, bearer, party, kind, amount: toWire(amount) },
      ...{
        label: of(bearer)?.label ?? bearer,
        payee: of(bearer)?.to ?? 'bank',
        cites: plain(of(bearer)?.cites ?? []) as unknown as object[],
      },
    })),
  });
}

/** What is kept beside an event of a loss. */
interface Details {
  amounts?: string[];
  /** of a write-off since costs are written off, too */
  cost?: { of: string; party: string; amount: string }[];
}

const LIFE = ['paid', 'cost', 'recovery', 'interestProven', 'writeOff', 'refund'];

/** A compensated loss with all that has happened to it and was not taken back. Nothing was shared before the payment. */
export async function readLife(tx: Tx, claimId: bigint): Promise<ClaimLife> {
  const shares = await tx.claimShare.findMany({ where: { claimId }, orderBy: { place: 'asc' } });
  const rows = await tx.claimEvent.findMany({
    where: { claimId, kind: { in: LIFE }, reversal: null },
    orderBy: { id: 'asc' },
  });
  const leaves = shares.map(
    (s): Leaf => ({ bearer: s.bearer, party: s.party, kind: s.kind as Leaf['kind'], amount: fromDb(s.amount) }),
  );
  return lifeOf(leaves, rows.map(asLifeEvent));
}

function asLifeEvent(row: EventRow): ClaimEvent {
  const { kind, reference: id } = row;
  const amount = row.amount ? fromDb(row.amount) : ZERO;
  const paidBy = row.paidBy ?? '';
  if (kind === 'paid' || kind === 'refund') return { kind, id };
  if (kind === 'cost') return { kind, id, amount, paidBy };
  if (kind === 'interestProven') return { kind, id, amount };
  if (kind === 'writeOff') {
    const { amounts = [], cost = [] } = row.details as Details;
    return { kind, id, amounts: amounts.map(fromDb), cost: cost.map((p) => ({ ...p, amount: fromDb(p.amount) })) };
  }
  const cost = row.cost ? fromDb(row.cost) : ZERO;
  return { kind: 'recovery', id, amount, cost, paidBy, basis: row.basis as 'gross' | 'net' };
}

/** 凭证号 of the entry with this reference in a pool's book. */
export async function voucherOf(tx: Tx, pool: string, reference: string): Promise<string> {
  const [row] = await tx.$queryRaw<{ seq: bigint }[]>`
    SELECT seq FROM ledger.entry WHERE book_id = ${pool} AND reference = ${reference}`;
  return `${row!.seq}`;
}

/** Holds a claim, and with it the papers handed in for it, as it is until the transaction ends. */
export async function holdClaim(tx: Tx, id: bigint): Promise<void> {
  await tx.$queryRaw`SELECT id FROM claim WHERE id = ${id} FOR UPDATE`;
}

/** The claims of a pool that wait for their payment, in order of approval. */
export async function waitingClaims(tx: Tx, poolCode: string): Promise<Claim[]> {
  return tx.claim.findMany({ where: { poolCode, status: 'confirmed' }, orderBy: { queueNo: 'asc' } });
}

/** The next place in a pool's order of approval; the pool is locked. */
export async function nextQueueNo(tx: Tx, poolCode: string): Promise<number> {
  const { _max } = await tx.claim.aggregate({ where: { poolCode }, _max: { queueNo: true } });
  return (_max.queueNo ?? 0) + 1;
}
