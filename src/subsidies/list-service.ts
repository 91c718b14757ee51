import { type Actor, type Context, permit } from '../access/context.ts';
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
import { handsBefore, NEXT_STEPS } from './steps.ts';
import { type ApplicationItem, itemViews, mayDraft } from './view-service.ts';

const APPLICATIONS: Listing = {
  from: 'subsidy_application a',
  key: { sql: 'a.id', type: 'bigint' },
  fields: {
    id: { sql: 'a.id', type: 'bigint' },
    scheme: { sql: 'a.scheme_code', type: 'text' },
    year: { sql: 'a.year::bigint', type: 'bigint' },
    batchNo: { sql: 'a.batch_no::bigint', type: 'bigint' },
    enterpriseUscc: { sql: 'a.enterprise_uscc', type: 'text' },
    enterpriseName: { sql: chinese('a.enterprise_name'), type: 'text' },
    status: { sql: 'a.status', type: 'text' },
    demand: { sql: 'a.demand', type: 'numeric' },
    decided: { sql: 'a.decided', type: 'numeric', nullable: true },
    granted: { sql: 'a.granted', type: 'numeric', nullable: true },
    appliedOn: { sql: 'a.applied_on', type: 'date', nullable: true },
    receivedNo: { sql: 'a.received_no', type: 'bigint', nullable: true },
  },
  search: ['a.enterprise_uscc', 'a.enterprise_name'],
  order: '-id',
};
/** What applications may be put in order by. */
export const APPLICATION_SORTS = Object.keys(APPLICATIONS.fields);

export interface ApplicationFilter {
  scheme?: string;
  year?: number;
  batchNo?: number;
  enterpriseUscc?: string;
  poolCode?: string;
  status?: string;
  /** false: only those with something against the enterprise itself */
  eligible?: boolean;
  /** only those that ask for a subsidy of this kind */
  kind?: string;
  /** only those whose next step is the actor's to take */
  todo?: 'mine';
}

/** Applications of the actor's own, the latest first when no other order is asked for. A draft is its enterprise's own. */
export async function listApplications(
  ctx: Context,
  filter: ApplicationFilter,
  ask: ListAsk,
): Promise<Listed<ApplicationItem>> {
  permit(ctx, 'subsidy.read');
  const { eligible } = filter;
  const conditions: Condition[] = [
    // No bank has applications, nor rows in this table.
    ...ownRows(ctx.actor, 'a').filter(([sql]) => !sql.startsWith('a.bank_code')),
    [mayDraft(ctx) ? 'true' : "a.status <> 'draft'"],
    ['a.scheme_code = ?', filter.scheme],
    ['a.year = ?', filter.year],
    ['a.batch_no = ?', filter.batchNo],
    ['a.enterprise_uscc = ?', filter.enterpriseUscc],
    ['a.pool_code = ?', filter.poolCode],
    ['a.status = ?', filter.status],
    ['EXISTS (SELECT 1 FROM subsidy_line l WHERE l.application_id = a.id AND l.kind = ?)', filter.kind],
    ...(filter.todo ? [ownTodo(ctx.actor)] : []),
    [`(a.checks @> '[{"verdict": "fail"}]') <> ?`, eligible],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items, total, nextCursor } = await readKeys(tx, APPLICATIONS, conditions, ask);
    const rows = await tx.subsidyApplication.findMany({ where: { id: { in: items.map(BigInt) } } });
    const own = inOrder(items, rows, (row) => `${row.id}`);
    return { items: await itemViews(tx, ctx, own), total, nextCursor };
  });
}

/** Applications whose next step is somebody's to take: of the role's states, without a hand in them before; what a county recommends is not the region's. */
function ownTodo({ id, role }: Actor): Condition {
  const values: string[] = [];
  const ways = Object.entries(NEXT_STEPS)
    .filter(([, { roles }]) => (roles as readonly string[]).includes(role))
    .map(([status, { step }]) => {
      const hands = handsBefore(step).map((hand) => COLUMNS[hand]);
      values.push(status, ...hands.map(() => id));
      const place = step === 'recommend' && role === 'regionalReviewer' ? ['a.pool_code IS NULL'] : [];
      return [`a.status = ?`, ...hands.map((column) => `${column} IS DISTINCT FROM ?`), ...place].join(' AND ');
    });
  return [ways.length > 0 ? `(${ways.join(' OR ')})` : 'false', ...values];
}

const COLUMNS = {
  createdBy: 'a.created_by',
  recommendedBy: 'a.recommended_by',
  reviewedBy: 'a.reviewed_by',
  auditedBy: 'a.audited_by',
} as const;
