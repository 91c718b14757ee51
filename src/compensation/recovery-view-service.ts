import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, ownRows, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Claim, ClaimEvent } from '../generated/node/client.ts';
import type { Check } from '../policy/check.ts';
import type { KeptPart } from './approval.ts';

/** One amount of a receipt and whose it is: of a bearer, for a cost, the bank's interest, or back to the borrower. */
export interface DistributionRow {
  bearer: string;
  label: string;
  party: string;
  kind: string;
  amount: string;
}

/** A receipt as it was shared out. */
export interface RecoveryView {
  id: string;
  claimId: string;
  poolCode: string;
  bankCode: string;
  bankName: string;
  enterpriseName: string;
  dueBillNo: string;
  amount: string;
  cost: string;
  basis: string;
  costPaidBy: string | null;
  obtainedOn: LocalDate;
  receivedOn: LocalDate;
  receiptNo: string;
  accountNo: string;
  occurredOn: LocalDate;
  belongsTo: string | null;
  /** whether the bank remitted in time */
  remittance: Check;
  distribution: DistributionRow[];
  reversed: boolean;
}

interface Kept {
  obtainedOn: LocalDate;
  receivedOn: LocalDate;
  accountNo: string;
  remittance: Check;
  postings: { kind: string; bearer: string; party: string; amount: string }[];
}

type Row = ClaimEvent & { claim: Claim; reversal: { id: bigint } | null };
const WITH = { claim: true, reversal: { select: { id: true } } } as const;

const RECOVERIES: Listing = {
  from: 'claim_event r JOIN claim c ON c.id = r.claim_id',
  key: { sql: 'r.id', type: 'bigint' },
  fields: {
    id: { sql: 'r.id', type: 'bigint' },
    amount: { sql: 'r.amount', type: 'numeric' },
    receivedOn: { sql: `(r.details ->> 'receivedOn')::date`, type: 'date' },
    receiptNo: { sql: 'r.receipt_no', type: 'text' },
    dueBillNo: { sql: 'c.due_bill_no', type: 'text' },
    poolCode: { sql: 'r.pool_code', type: 'text' },
    bankCode: { sql: 'r.bank_code', type: 'text' },
  },
  search: ['r.receipt_no', 'c.due_bill_no', 'c.enterprise_uscc'],
  order: '-id',
};
/** What recoveries may be put in order by. */
export const RECOVERY_SORTS = Object.keys(RECOVERIES.fields);

export interface RecoveryFilter {
  claimId?: string;
  poolCode?: string;
  bankCode?: string;
  /** first and last day of receipt */
  from?: LocalDate;
  to?: LocalDate;
}

/** Receipts of the actor's own claims, the latest first; those taken back say so. */
export async function listRecoveries(
  ctx: Context,
  filter: RecoveryFilter,
  ask: ListAsk,
): Promise<Listed<RecoveryView>> {
  permit(ctx, 'claim.read');
  const conditions: Condition[] = [
    ...ownRows(ctx.actor, 'c'),
    ["r.kind = 'recovery'"],
    ['r.claim_id = ?::bigint', filter.claimId],
    ['r.pool_code = ?', filter.poolCode],
    ['r.bank_code = ?', filter.bankCode],
    [`(r.details ->> 'receivedOn')::date >= ?::date`, filter.from],
    [`(r.details ->> 'receivedOn')::date <= ?::date`, filter.to],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, RECOVERIES, conditions, ask);
    const rows = await tx.claimEvent.findMany({ where: { id: { in: ids.map(BigInt) } }, include: WITH });
    const names = await namesOf(tx, rows);
    return { ...page, items: inOrder(ids, rows, ({ id }) => `${id}`).map((row) => asView(row, names)) };
  });
}

/** A receipt as it is answered. */
export async function readRecovery(tx: Tx, id: bigint): Promise<RecoveryView> {
  const row = await tx.claimEvent.findUniqueOrThrow({ where: { id }, include: WITH });
  return asView(row, await namesOf(tx, [row]));
}

/** Names of the banks and debtors of receipts, by code. */
async function namesOf(tx: Tx, rows: Row[]): Promise<Map<string, string>> {
  const banks = await tx.institution.findMany({ where: { code: { in: rows.map((r) => r.bankCode) } } });
  const debtors = await tx.enterprise.findMany({
    where: { uscc: { in: rows.map((r) => r.claim.enterpriseUscc) } },
    select: { uscc: true, name: true },
  });
  return new Map([
    ...banks.map(({ code, name }) => [code, name] as const),
    ...debtors.map(({ uscc, name }) => [uscc, name] as const),
  ]);
}

function asView(row: Row, names: Map<string, string>): RecoveryView {
  const { obtainedOn, receivedOn, accountNo, remittance, postings } = row.details as unknown as Kept;
  const labels = new Map((row.claim.shares as unknown as KeptPart[]).map(({ bearer, label }) => [bearer, label]));
  return {
    ...{ id: `${row.id}`, claimId: `${row.claimId}`, poolCode: row.poolCode, bankCode: row.bankCode },
    bankName: names.get(row.bankCode) ?? row.bankCode,
    enterpriseName: names.get(row.claim.enterpriseUscc) ?? row.claim.enterpriseUscc,
    ...{
      dueBillNo: row.claim.dueBillNo,
      amount: row.amount!.toFixed(2),
      cost: row.cost!.toFixed(2),
      basis: row.basis!,
    },
    ...{ costPaidBy: row.cost!.isZero() ? null : row.paidBy, obtainedOn, receivedOn, receiptNo: row.receiptNo! },
    ...{ accountNo, occurredOn: dateFromDb(row.occurredOn), belongsTo: row.belongsTo, remittance },
    distribution: postings.map((p) => ({ ...p, label: labels.get(p.bearer) ?? OTHERS[p.kind] ?? p.party })),
    reversed: row.reversal !== null,
  };
}

const OTHERS: Record<string, string> = {
  ...{ costRepaid: '追偿费用', costAfterWriteOff: '追偿费用' },
  ...{ borrower: '借款人', bankInterest: '合作银行利息' },
};
