import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
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
import { handsBefore, NEXT_STEPS } from './claim-steps.ts';
import { type ClaimItem, claimItems } from './view-service.ts';

const CLAIMS: Listing = {
  from: 'claim c',
  key: { sql: 'c.id', type: 'bigint' },
  fields: {
    id: { sql: 'c.id', type: 'bigint' },
    poolCode: { sql: 'c.pool_code', type: 'text' },
    bankCode: { sql: 'c.bank_code', type: 'text' },
    enterpriseUscc: { sql: 'c.enterprise_uscc', type: 'text' },
    enterpriseName: { sql: chinese('e.name'), type: 'text', join: 'JOIN enterprise e ON e.uscc = c.enterprise_uscc' },
    contractNo: { sql: 'c.contract_no', type: 'text' },
    dueBillNo: { sql: 'c.due_bill_no', type: 'text' },
    unpaidPrincipal: { sql: 'c.unpaid_principal', type: 'numeric' },
    compensation: { sql: 'c.compensation', type: 'numeric' },
    recovered: { sql: 'c.recovered', type: 'numeric' },
    status: { sql: 'c.status', type: 'text' },
    occurredOn: { sql: 'c.occurred_on', type: 'date', nullable: true },
    claimedOn: { sql: 'c.claimed_on', type: 'date', nullable: true },
    confirmedOn: { sql: 'c.confirmed_on', type: 'date', nullable: true },
    paidOn: { sql: 'c.paid_on', type: 'date', nullable: true },
    waitingSince: {
      sql: `CASE c.status WHEN 'submitted' THEN c.submitted_on WHEN 'confirmed' THEN c.confirmed_on WHEN 'verified' THEN c.verified_on WHEN 'approved' THEN c.verified_on END`,
      ...{ type: 'date', nullable: true },
    },
    queueNo: { sql: 'c.queue_no::bigint', type: 'bigint', nullable: true },
  },
  search: [
    ...['c.due_bill_no', 'c.contract_no', 'c.enterprise_uscc'],
    (patterns) =>
      `c.enterprise_uscc IN (SELECT e.uscc FROM enterprise e WHERE e.name LIKE ANY (${patterns}) OR e.folded_name LIKE ANY (${patterns}))`,
  ],
  order: '-id',
};
/** What claims may be put in order by. */
export const CLAIM_SORTS = Object.keys(CLAIMS.fields);

export interface ClaimFilter {
  poolCode?: string;
  bankCode?: string;
  enterpriseUscc?: string;
  dueBillNo?: string;
  status?: string;
  loanId?: string;
  /** first and last day of submission */
  from?: LocalDate;
  to?: LocalDate;
  /** only those whose next step is the actor's to take */
  todo?: 'mine';
}

/** Claims of the actor's own, the latest first when no other order is asked for. */
export async function listClaims(ctx: Context, filter: ClaimFilter, ask: ListAsk): Promise<Listed<ClaimItem>> {
  permit(ctx, 'claim.read');
  const conditions: Condition[] = [
    ...ownRows(ctx.actor, 'c'),
    // A draft is its bank's own.
    [ctx.actor.role === 'bank' || ctx.actor.role === 'system' ? 'true' : "c.status <> 'draft'"],
    ['c.pool_code = ?', filter.poolCode],
    ['c.bank_code = ?', filter.bankCode],
    ['c.enterprise_uscc = ?', filter.enterpriseUscc],
    ['c.due_bill_no = ?', filter.dueBillNo],
    ['c.status = ?', filter.status],
    ['c.loan_id = ?::bigint', filter.loanId],
    ['c.claimed_on >= ?::date', filter.from],
    ['c.claimed_on <= ?::date', filter.to],
    ...(filter.todo ? [ownTodo(ctx.actor)] : []),
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, CLAIMS, conditions, ask);
    const rows = await tx.claim.findMany({ where: { id: { in: ids.map(BigInt) } } });
    const claims = inOrder(ids, rows, ({ id }) => `${id}`);
    return { ...page, items: await claimItems(tx, ctx, claims) };
  });
}

/** The claims whose next step is somebody's to take: of the role's states, without a hand in them before where that bars. */
function ownTodo({ id, role }: Context['actor']): Condition {
  const values: string[] = [];
  const ways = Object.entries(NEXT_STEPS)
    .filter(([, next]) => next.role === role)
    .map(([status, { step }]) => {
      const hands = step === 'submit' ? [] : handsBefore(step).map((hand) => COLUMNS[hand]);
      values.push(status, ...hands.map(() => id));
      return [`c.status = ?`, ...hands.map((column) => `${column} IS DISTINCT FROM ?`)].join(' AND ');
    });
  return [ways.length > 0 ? `(${ways.join(' OR ')})` : 'false', ...values];
}

const COLUMNS = {
  createdBy: 'c.created_by',
  verifiedBy: 'c.verified_by',
  approvedBy: 'c.approved_by',
  confirmedBy: 'c.confirmed_by',
} as const;
