import { type Context, permit } from '../access/context.ts';
import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { Guarantee, GuaranteePayout } from '../generated/node/client.ts';
import { money, toWire, ZERO } from '../money/money.ts';
import { ratePercent, toPercent } from '../money/rate.ts';
import type { Check } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { movesInFact } from './accrual.ts';
import { type FeeMonth, feeMonths } from './fee-months.ts';
import type { GuaranteeRole } from './roles.ts';
import { liabilityMoves, toldLate } from './store.ts';

/** 担保: what one party answers for of one loan. */
export interface GuaranteeView {
  id: string;
  loanId: string;
  poolCode: string;
  poolName: string;
  bankCode: string;
  bankName: string;
  enterpriseUscc: string;
  enterpriseName: string;
  dueBillNo: string;
  party: string;
  partyName: string;
  role: GuaranteeRole;
  percent: string;
  contractNo: string;
  signedOn: LocalDate;
  annualRate: string | null;
  dayCountBasis: string | null;
  liability: string;
  paid: string;
  status: 'active' | 'cancelled';
  recordedOn: LocalDate;
  reason: string | null;
  checks: Check[];
  cites: Citation[];
}

export interface PayoutView {
  id: string;
  amount: string;
  paidOn: LocalDate;
  voucherNo: string;
  recordedOn: LocalDate;
  mine: boolean;
  reversedOn: LocalDate | null;
  reason: string | null;
}

/** With its life: every step of its liability, the fees month by month, and what was paid on it. */
export interface GuaranteeLife extends GuaranteeView {
  movements: { occurredOn: LocalDate; belongsTo: string | null; memo: string; amount: string; balance: string }[];
  fees: FeeMonth[];
  payouts: PayoutView[];
}

const GUARANTEES: Listing = {
  from: 'guarantee g',
  key: { sql: 'g.id', type: 'bigint' },
  fields: {
    id: { sql: 'g.id', type: 'bigint' },
    dueBillNo: { sql: 'g.due_bill_no', type: 'text' },
    party: { sql: 'g.party', type: 'text' },
    role: { sql: 'g.role', type: 'text' },
    poolCode: { sql: 'g.pool_code', type: 'text' },
    bankCode: { sql: 'g.bank_code', type: 'text' },
    percent: { sql: 'g.percent', type: 'numeric' },
    liability: { sql: 'g.liability', type: 'numeric' },
    paid: { sql: 'g.paid', type: 'numeric' },
    signedOn: { sql: 'g.signed_on', type: 'date' },
    status: { sql: 'g.status', type: 'text' },
  },
  search: [
    ...['g.due_bill_no', 'g.contract_no', 'g.party', 'g.enterprise_uscc'],
    '(SELECT e.name FROM enterprise e WHERE e.uscc = g.enterprise_uscc)',
    '(SELECT i.name FROM institution i WHERE i.code = g.party)',
  ],
  order: 'id',
};
/** What guarantees may be put in order by. */
export const GUARANTEE_SORTS = Object.keys(GUARANTEES.fields);

export interface GuaranteeFilter {
  poolCode?: string;
  bankCode?: string;
  party?: string;
  role?: string;
  status?: string;
  loanId?: string;
}

/** Guarantees that the actor sees: a bank those of its loans, a guarantor its own, a county those of its pools. */
export async function listGuarantees(
  ctx: Context,
  filter: GuaranteeFilter,
  ask: ListAsk,
): Promise<Listed<GuaranteeView>> {
  permit(ctx, 'guarantee.read');
  const conditions: Condition[] = [
    ['g.pool_code = ?', filter.poolCode],
    ['g.bank_code = ?', filter.bankCode],
    ['g.party = ?', filter.party],
    ['g.role = ?', filter.role],
    ['g.status = ?', filter.status],
    ['g.loan_id = ?::bigint', filter.loanId],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, GUARANTEES, conditions, ask);
    const rows = await tx.guarantee.findMany({ where: { id: { in: ids.map(BigInt) } } });
    const ordered = inOrder(ids, rows, (row) => `${row.id}`);
    return { ...page, items: await guaranteeViews(tx, ordered) };
  });
}

/** One of them with its life. @throws DomainError NOT_FOUND (404), also for one that is not the actor's */
export async function findGuarantee(ctx: Context, id: bigint): Promise<GuaranteeLife> {
  permit(ctx, 'guarantee.read');
  return inTransaction(ctx, (tx) => readLife(tx, ctx, id));
}

/** The same within a transaction. @throws DomainError NOT_FOUND (404) */
export async function readLife(tx: Tx, ctx: Context, id: bigint): Promise<GuaranteeLife> {
  const row = await tx.guarantee.findUnique({ where: { id }, include: { payouts: { orderBy: { id: 'asc' } } } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这笔担保', { status: 404 });
  let balance = ZERO;
  const movements = (await liabilityMoves(tx, row.poolCode, id)).map(({ on, belongsTo, memo, delta }) => {
    balance = balance.plus(delta);
    return { occurredOn: on, belongsTo, memo, amount: delta, balance: toWire(balance) };
  });
  const payouts = row.payouts.map((p) => payoutView(p, ctx));
  const view = (await guaranteeViews(tx, [row]))[0]!;
  return { ...view, movements, fees: await feesOf(tx, ctx, row, view, movements), payouts };
}

/** The fees of a guarantee up to today, as the settlements have them. */
async function feesOf(
  tx: Tx,
  { today }: Context,
  row: Guarantee,
  view: GuaranteeView,
  movements: GuaranteeLife['movements'],
): Promise<FeeMonth[]> {
  if (row.fee === null || row.annualRate === null) return [];
  const late = (await toldLate(tx, [row.id])).get(row.id) ?? null;
  const booked = movements.map((m) => ({ on: m.occurredOn, delta: money(m.amount) }));
  const { policyCode } = await tx.pool.findUniqueOrThrow({
    where: { code: row.poolCode },
    select: { policyCode: true },
  });
  const clause = policyByCode(policyCode).feeCeilings;
  const { added } = await rulebook(tx);
  const bearing = {
    ...{ role: view.role, party: view.party, partyName: view.partyName, borrower: view.enterpriseName, fee: row.fee },
    ...{ annualRate: ratePercent(fromDb(row.annualRate).toFixed()), dayCountBasis: row.dayCountBasis as DayCountBasis },
    ...{ guaranteed: ZERO, moves: movesInFact(booked, late), booked: late?.booked ?? null },
  };
  return feeMonths(bearing, today, (on) => (clause ? valueOn(clause, on, added) : null));
}

function payoutView(p: GuaranteePayout, { actor }: Context): PayoutView {
  return {
    ...{ id: `${p.id}`, amount: p.amount.toFixed(2), paidOn: dateFromDb(p.paidOn), voucherNo: p.voucherNo },
    ...{ recordedOn: dateFromDb(p.recordedOn), mine: p.recordedBy === actor.id, reason: p.reason },
    reversedOn: p.reversedOn && dateFromDb(p.reversedOn),
  };
}

/** As they are answered, with names beside the codes. */
export async function guaranteeViews(tx: Tx, rows: Guarantee[]): Promise<GuaranteeView[]> {
  const codes = [...new Set(rows.flatMap((r) => [r.party, r.bankCode]))];
  const parties = await tx.institution.findMany({ where: { code: { in: codes } }, select: { code: true, name: true } });
  const usccs = { uscc: { in: rows.map((r) => r.enterpriseUscc) } };
  const firms = await tx.enterprise.findMany({ where: usccs, select: { uscc: true, name: true } });
  const pools = await tx.pool.findMany({ select: { code: true, name: true } });
  const name = new Map([...parties, ...pools].map((p) => [p.code, p.name]));
  const firm = new Map(firms.map((f) => [f.uscc, f.name]));
  return rows.map((r) => ({
    ...{ id: `${r.id}`, loanId: `${r.loanId}`, poolCode: r.poolCode, poolName: name.get(r.poolCode) ?? r.poolCode },
    ...{ bankCode: r.bankCode, bankName: name.get(r.bankCode) ?? r.bankCode, enterpriseUscc: r.enterpriseUscc },
    ...{ enterpriseName: firm.get(r.enterpriseUscc) ?? '', dueBillNo: r.dueBillNo, contractNo: r.contractNo },
    ...{ party: r.party, partyName: name.get(r.party) ?? r.party, role: r.role as GuaranteeRole },
    ...{ percent: fromDb(r.percent).toFixed(), signedOn: dateFromDb(r.signedOn), dayCountBasis: r.dayCountBasis },
    annualRate: r.annualRate && toPercent(ratePercent(fromDb(r.annualRate).toFixed())),
    ...{ liability: r.liability.toFixed(2), paid: r.paid.toFixed(2), status: r.status as GuaranteeView['status'] },
    ...{ recordedOn: dateFromDb(r.recordedOn), reason: r.reason, checks: r.checks as unknown as Check[] },
    cites: r.cites as unknown as Citation[],
  }));
}
