import { actorNames } from '../access/actor-names.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { type ChecklistItem, checklist } from './closing.ts';
import { type Adjustment, adjustmentsOf, type ClosingMonth, closingFacts, closingMonths } from './closing-store.ts';
import { seenPools } from './view-service.ts';

/** A month of a pool that is over, and how far it is from being closed. */
export interface ClosingView extends Omit<ClosingMonth, 'ledgerHead' | 'ledgerEntries'> {
  /** proposed by the actor, who therefore may not decide */
  mine: boolean;
  /** the book as it stood when the month was closed */
  ledger: { head: string; entries: number } | null;
}
/** A month with all that its closing rests on, and what was booked for it later. */
export interface ClosingDetails extends ClosingView {
  checklist: ChecklistItem[];
  adjustments: Adjustment[];
}

const upTo = (today: LocalDate): Listing => ({
  from: `closing_months(DATE '${today}') m`,
  key: { sql: 'm.id', type: 'uuid' },
  fields: {
    period: { sql: 'm.period', type: 'text' },
    poolCode: { sql: 'm.pool_code', type: 'text' },
    status: { sql: 'm.status', type: 'text' },
  },
  search: ['m.period', 'm.pool_code', 'm.pool_name'],
  order: '-period,poolCode',
});
/** What months may be put in order by. */
export const CLOSING_SORTS = ['period', 'poolCode', 'status'];

export interface ClosingFilter {
  poolCode?: string;
  period?: SettlementPeriod;
  status?: string;
  year?: number;
}

/** The months that are over, of the pools that the actor sees, the newest first. */
export async function listClosings(ctx: Context, filter: ClosingFilter, ask: ListAsk): Promise<Listed<ClosingView>> {
  permit(ctx, 'closing.read');
  return inTransaction(ctx, async (tx) => {
    const conditions: Condition[] = [
      ['m.pool_code = ANY (?::text[])', await seenPools(tx, ctx)],
      ['m.pool_code = ?', filter.poolCode],
      ['m.period = ?', filter.period],
      ['m.status = ?', filter.status],
      ['left(m.period, 4) = ?', filter.year === undefined ? undefined : `${filter.year}`],
    ];
    const { items: ids, ...page } = await readKeys(tx, upTo(ctx.today), conditions, ask);
    return { ...page, items: inOrder(ids, await views(tx, ctx, ids), ({ id }) => id) };
  });
}

/** One month with its checklist. @throws DomainError NOT_FOUND (404) */
export async function findClosing(ctx: Context, id: string): Promise<ClosingDetails> {
  permit(ctx, 'closing.read');
  return inTransaction(ctx, (tx) => readClosing(tx, ctx, id));
}

/** A month as it stands; closed, with the checklist that it was closed with. @throws DomainError NOT_FOUND (404) */
export async function readClosing(tx: Tx, ctx: Context, id: string): Promise<ClosingDetails> {
  const [view] = await views(tx, ctx, [id]);
  if (!view || !(await seenPools(tx, ctx)).includes(view.poolCode))
    throw new DomainError('NOT_FOUND', '没有这个月的结账', { status: 404 });
  const { poolCode, period, status } = view;
  const kept = status === 'closed' ? await tx.closing.findUniqueOrThrow({ where: { id } }) : null;
  const items = kept
    ? (JSON.parse(kept.checklist) as ChecklistItem[])
    : checklist(await closingFacts(tx, poolCode, period));
  return { ...view, checklist: items, adjustments: await adjustmentsOf(tx, poolCode, period) };
}

async function views(tx: Tx, ctx: Context, ids: string[]): Promise<ClosingView[]> {
  const rows = await closingMonths(tx, ctx.today, ids);
  const names = await actorNames(
    tx,
    rows.flatMap(({ proposedBy, closedBy }) => [proposedBy ?? [], closedBy ?? []].flat()),
  );
  const name = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return rows.map(({ ledgerHead, ledgerEntries, ...row }) => ({
    ...row,
    proposedBy: name(row.proposedBy),
    closedBy: name(row.closedBy),
    mine: row.proposedBy === ctx.actor.id,
    ledger: ledgerHead === null ? null : { head: ledgerHead, entries: ledgerEntries! },
  }));
}
