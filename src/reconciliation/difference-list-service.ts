import { type Context, permit } from '../access/context.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { type DifferenceView, differenceViews, readDifference } from './difference-service.ts';

const DIFFERENCES: Listing = {
  from: 'difference d',
  key: { sql: 'd.id', type: 'bigint' },
  fields: {
    id: { sql: 'd.id', type: 'bigint' },
    occurredOn: { sql: 'd.occurred_on', type: 'date' },
    amount: { sql: 'd.amount', type: 'numeric' },
    kind: { sql: 'd.kind', type: 'text' },
    status: { sql: 'd.status', type: 'text' },
    poolCode: { sql: 'd.pool_code', type: 'text' },
  },
  search: [
    (patterns) =>
      `EXISTS (SELECT FROM bank_line b WHERE b.id = d.line_id AND (b.memo LIKE ANY (${patterns}) OR b.counterparty_name LIKE ANY (${patterns}) OR b.serial LIKE ANY (${patterns})))`,
    (patterns) =>
      `EXISTS (SELECT FROM ledger.entry e WHERE e.book_id = d.pool_code AND e.seq = d.seq AND e.memo LIKE ANY (${patterns}))`,
  ],
  order: 'occurredOn,id',
};
/** What differences may be put in order by. */
export const DIFFERENCE_SORTS = Object.keys(DIFFERENCES.fields);

/** Differences that the actor sees, the oldest first; `live`: those that are still there. */
export async function listDifferences(
  ctx: Context,
  filter: {
    poolCode?: string;
    accountNo?: string;
    kind?: string;
    status?: string;
    live?: boolean;
    mine?: boolean;
    /** a person's id, or `none`: nobody's */
    owner?: string;
  },
  ask: ListAsk,
): Promise<Listed<DifferenceView>> {
  permit(ctx, 'reconciliation.read');
  const conditions: Condition[] = [
    ['d.pool_code = ?', filter.poolCode],
    ['d.account_no = ?', filter.accountNo],
    ['d.kind = ?', filter.kind],
    ['d.status = ?', filter.status],
    ['(d.closed_on IS NULL) = ?', filter.live],
    ['d.owner = ?', filter.mine ? ctx.actor.id : undefined],
    ["coalesce(d.owner, 'none') = ?", filter.owner],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, DIFFERENCES, conditions, ask);
    const rows = await tx.difference.findMany({ where: { id: { in: ids.map(BigInt) } } });
    return {
      ...page,
      items: await differenceViews(
        tx,
        ctx,
        inOrder(ids, rows, ({ id }) => `${id}`),
      ),
    };
  });
}

/** One difference with what was said of it. @throws DomainError NOT_FOUND (404) */
export async function findDifference(ctx: Context, id: bigint): Promise<DifferenceView> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, (tx) => readDifference(tx, ctx, id));
}
