import { actorNames } from '../access/actor-names.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import {
  type Condition,
  chinese,
  inOrder,
  type ListAsk,
  type Listed,
  type Listing,
  ownRows,
  readKeys,
} from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Citation } from '../errors.ts';
import type { Prisma } from '../generated/node/client.ts';
import { toWire } from '../money/money.ts';
import { type Explanation, isProvisional } from '../policy/explanation.ts';
import { schemeByCode } from '../policy/register.ts';
import { isLive } from './clawback.ts';
import { openOf, unknownClawback } from './clawback-store.ts';
import type { Ban } from './facts.ts';

/** A clawback in a list. `outstanding` is what has not come in yet. */
export interface ClawbackItem {
  id: string;
  applicationId: string;
  place: number;
  lineKind: string;
  lineName: string;
  scheme: string;
  schemeTitle: string;
  year: number;
  budgetCode: string;
  enterpriseUscc: string;
  enterpriseName: string;
  poolCode: string | null;
  ground: string;
  reason: string;
  amount: string;
  received: string;
  outstanding: string;
  remitted: string;
  /** expense 冲减当年支出, treasury 应缴财政 */
  creditedTo: string | null;
  status: string;
  /** somebody has proposed to cancel it */
  cancelling: boolean;
  bannedUntil: string | null;
  proposedOn: string;
  decidedOn: string | null;
}

/** A clawback with its money, why it is so much, and who did what; people are named inside only. */
export interface ClawbackView extends ClawbackItem {
  evidence: string | null;
  cites: Citation[];
  explanation: Explanation;
  provisional: boolean;
  ban: Ban | null;
  proposedByName: string | null;
  /** whether the reader proposed it, and the cancelling of it: who proposes does not decide */
  mine: boolean;
  cancelMine: boolean;
  decidedByName: string | null;
  opinion: string | null;
  cancelReason: string | null;
  cancelProposedOn: string | null;
  cancelProposedByName: string | null;
  cancelledOn: string | null;
  cancelledByName: string | null;
  receipts: { id: string; amount: string; receivedOn: string; receiptNo: string }[];
  remittances: {
    id: string;
    amount: string;
    status: string;
    orderedOn: string;
    orderedByName: string | null;
    mine: boolean;
    paidOn: string | null;
    voucherNo: string | null;
  }[];
}

const CLAWBACKS: Listing = {
  from: 'subsidy_clawback c',
  key: { sql: 'c.id', type: 'bigint' },
  fields: {
    id: { sql: 'c.id', type: 'bigint' },
    scheme: { sql: 'c.scheme_code', type: 'text' },
    year: { sql: 'c.year::bigint', type: 'bigint' },
    enterpriseName: { sql: chinese('c.enterprise_name'), type: 'text' },
    ground: { sql: 'c.ground', type: 'text' },
    status: { sql: 'c.status', type: 'text' },
    amount: { sql: 'c.amount', type: 'numeric' },
    received: { sql: 'c.received', type: 'numeric' },
    outstanding: { sql: 'c.amount - c.received', type: 'numeric' },
    proposedOn: { sql: 'c.proposed_on', type: 'date' },
    decidedOn: { sql: 'c.decided_on', type: 'date', nullable: true },
  },
  search: ['c.enterprise_uscc', 'c.enterprise_name', 'c.reason'],
  order: '-id',
};
/** What clawbacks may be put in order by. */
export const CLAWBACK_SORTS = Object.keys(CLAWBACKS.fields);

export interface ClawbackFilter {
  scheme?: string;
  year?: number;
  applicationId?: bigint;
  enterpriseUscc?: string;
  poolCode?: string;
  ground?: string;
  status?: string;
}

/** Clawbacks of the actor's own, the latest first when no other order is asked for. An enterprise sees what was decided. */
export async function listClawbacks(ctx: Context, filter: ClawbackFilter, ask: ListAsk): Promise<Listed<ClawbackItem>> {
  permit(ctx, 'subsidy.read');
  const conditions: Condition[] = [
    ...ownRows(ctx.actor, 'c').filter(([sql]) => !sql.startsWith('c.bank_code')),
    [isOutside(ctx) ? "c.status NOT IN ('proposed', 'declined')" : 'true'],
    ['c.scheme_code = ?', filter.scheme],
    ['c.year = ?', filter.year],
    ['c.application_id = ?', filter.applicationId],
    ['c.enterprise_uscc = ?', filter.enterpriseUscc],
    ['c.pool_code = ?', filter.poolCode],
    ['c.ground = ?', filter.ground],
    ['c.status = ?', filter.status],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items, total, nextCursor } = await readKeys(tx, CLAWBACKS, conditions, ask);
    const rows = await tx.subsidyClawback.findMany({
      where: { id: { in: items.map(BigInt) } },
      include: { line: true },
    });
    return { items: inOrder(items, rows, (row) => `${row.id}`).map(clawbackItem), total, nextCursor };
  });
}

/** One clawback. @throws DomainError NOT_FOUND (404), also for what is another's */
export async function findClawback(ctx: Context, id: bigint): Promise<ClawbackView> {
  permit(ctx, 'subsidy.read');
  return inTransaction(ctx, (tx) => readClawback(tx, ctx, id));
}

const WITH = {
  line: true,
  receipts: { orderBy: { id: 'asc' } },
  remittances: { orderBy: { id: 'asc' } },
} as const satisfies Prisma.SubsidyClawbackInclude;

/** For the use cases of this domain, which have asked for permission. @throws DomainError NOT_FOUND (404) */
export async function readClawback(tx: Tx, ctx: Context, id: bigint): Promise<ClawbackView> {
  const row = await tx.subsidyClawback.findUnique({ where: { id }, include: WITH });
  const outside = isOutside(ctx);
  if (!row || (outside && (row.status === 'proposed' || row.status === 'declined'))) throw unknownClawback();
  const hands = [row.proposedBy, row.decidedBy, row.cancelProposedBy, row.cancelledBy];
  const ids = [...hands, ...row.remittances.map(({ orderedBy }) => orderedBy)].flatMap((hand) => hand ?? []);
  const names = outside ? new Map<string, string>() : await actorNames(tx, ids);
  const name = (hand: string | null) => names.get(hand ?? '') ?? null;
  const explanation = row.explanation as unknown as Explanation;
  return {
    ...clawbackItem(row),
    ...{ evidence: outside ? null : row.evidence, cites: row.cites as unknown as Citation[], explanation },
    ...{ provisional: isProvisional(explanation), ban: isLive(row.status) ? (row.ban as unknown as Ban | null) : null },
    ...{ proposedByName: name(row.proposedBy), decidedByName: name(row.decidedBy), opinion: row.opinion },
    ...{ cancelReason: row.cancelReason, cancelProposedOn: day(row.cancelProposedOn) },
    ...{ cancelProposedByName: name(row.cancelProposedBy), cancelledOn: day(row.cancelledOn) },
    cancelledByName: name(row.cancelledBy),
    ...{ mine: row.proposedBy === ctx.actor.id, cancelMine: row.cancelProposedBy === ctx.actor.id },
    receipts: row.receipts.map(({ id, amount, receivedOn, receiptNo }) => ({
      ...{ id: `${id}`, amount: amount.toFixed(2), receivedOn: dateFromDb(receivedOn), receiptNo },
    })),
    remittances: row.remittances.map(({ id, amount, status, orderedOn, orderedBy, paidOn, voucherNo }) => ({
      ...{ id: `${id}`, amount: amount.toFixed(2), status, orderedOn: dateFromDb(orderedOn) },
      ...{ orderedByName: name(orderedBy), mine: orderedBy === ctx.actor.id, paidOn: day(paidOn), voucherNo },
    })),
  };
}

type Row = Prisma.SubsidyClawbackGetPayload<{ include: { line: true } }>;

function clawbackItem(row: Row): ClawbackItem {
  const { enterpriseUscc, enterpriseName, poolCode, ground, reason, status, line, credit, year, budgetCode } = row;
  const ban = isLive(status) ? (row.ban as unknown as Ban | null) : null;
  return {
    ...{ id: `${row.id}`, applicationId: `${row.applicationId}`, place: line.place, lineKind: line.kind },
    ...{ lineName: line.name, scheme: row.schemeCode, schemeTitle: schemeByCode(row.schemeCode).document.title },
    ...{ year, budgetCode, enterpriseUscc, enterpriseName, poolCode, ground, reason, amount: row.amount.toFixed(2) },
    ...{ received: row.received.toFixed(2), outstanding: toWire(openOf(row)), remitted: row.remitted.toFixed(2) },
    ...{ creditedTo: credit, status, cancelling: status === 'ordered' && row.cancelProposedBy !== null },
    ...{ bannedUntil: ban?.until ?? null, proposedOn: dateFromDb(row.proposedOn), decidedOn: day(row.decidedOn) },
  };
}

const isOutside = ({ actor }: Context): boolean => actor.role === 'enterprise';
const day = (date: Date | null): string | null => date && dateFromDb(date);
