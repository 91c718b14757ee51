import { actorNames } from '../access/actor-names.ts';
import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { daysBetween, type LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { LoanDifference } from '../generated/node/client.ts';

export interface LoanDifferenceView {
  id: string;
  runId: string;
  poolCode: string;
  bankCode: string;
  period: SettlementPeriod;
  dueBillNo: string;
  enterprise: string | null;
  kind: string;
  reported: string | null;
  registered: string | null;
  reserve: string | null;
  ledgerReserve: string | null;
  amount: string | null;
  status: string;
  ownerName: string | null;
  foundOn: LocalDate;
  closedOn: LocalDate | null;
  /** days that it has stood, or stood */
  age: number;
  /** the loan's page, where we know the loan */
  loanId: string | null;
  notes: { kind: string; text: string; writtenBy: string | null; writtenOn: LocalDate }[];
}

const DIFFERENCES: Listing = {
  from: 'loan_difference d',
  key: { sql: 'd.id', type: 'bigint' },
  fields: {
    id: { sql: 'd.id', type: 'bigint' },
    period: { sql: 'd.period', type: 'text' },
    poolCode: { sql: 'd.pool_code', type: 'text' },
    bankCode: { sql: 'd.bank_code', type: 'text' },
    kind: { sql: 'd.kind', type: 'text' },
    amount: { sql: 'd.amount', type: 'numeric', nullable: true },
    foundOn: { sql: 'd.found_on', type: 'date' },
    status: { sql: 'd.status', type: 'text' },
  },
  search: ['d.due_bill_no', 'd.enterprise'],
  order: 'foundOn,id',
};
/** What differences of loans may be put in order by. */
export const LOAN_DIFFERENCE_SORTS = Object.keys(DIFFERENCES.fields);

/** Differences between bank, register and pool, the oldest first; `live`: those that are still there. */
export async function listLoanDifferences(
  ctx: Context,
  filter: {
    poolCode?: string;
    bankCode?: string;
    period?: SettlementPeriod;
    kind?: string;
    status?: string;
    live?: boolean;
    mine?: boolean;
  },
  ask: ListAsk,
): Promise<Listed<LoanDifferenceView>> {
  permit(ctx, 'reconciliation.read');
  const conditions: Condition[] = [
    ['d.pool_code = ?', filter.poolCode],
    ['d.bank_code = ?', filter.bankCode],
    ['d.period = ?', filter.period],
    ['d.kind = ?', filter.kind],
    ['d.status = ?', filter.status],
    ['(d.closed_on IS NULL) = ?', filter.live],
    ['d.owner = ?', filter.mine ? ctx.actor.id : undefined],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, DIFFERENCES, conditions, ask);
    const rows = await tx.loanDifference.findMany({ where: { id: { in: ids.map(BigInt) } } });
    return {
      ...page,
      items: await viewsOf(
        tx,
        ctx,
        inOrder(ids, rows, ({ id }) => `${id}`),
      ),
    };
  });
}

/** One difference of a loan. @throws DomainError NOT_FOUND (404) */
export async function findLoanDifference(ctx: Context, id: bigint): Promise<LoanDifferenceView> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, async (tx) => (await viewsOf(tx, ctx, [await rowOf(tx, id)]))[0]!);
}

/** Says whose it is to clear up: one's own, or somebody's who can. @throws DomainError NOT_FOUND (404), DIFFERENCE_CLOSED (409), OWNER_UNKNOWN (422) */
export async function assignLoanDifference(
  ctx: Context,
  id: bigint,
  owner: string = ctx.actor.id,
): Promise<LoanDifferenceView> {
  permit(ctx, 'difference.resolve');
  return change(ctx, id, async (tx, row) => {
    if (!(await actorNames(tx, [owner])).has(owner)) throw new DomainError('OWNER_UNKNOWN', '没有这个经办人');
    await tx.loanDifference.updateMany({ where: { id }, data: { owner } });
    await audit(tx, ctx, {
      ...{ action: 'loanDifference.assign', subject: `loanDifference:${id}` },
      ...{ before: { owner: row.owner }, after: { owner } },
    });
  });
}

/**
 * Adds to what is said of a difference. `explain`: it is understood and stays as it is until the figures change; `reopen`: it is not after all. Nothing is
 * booked here: the bank corrects its report, or what is wrong in the register is put right where it happened, and the next look finds them agreed.
 * @throws DomainError NOT_FOUND (404), DIFFERENCE_CLOSED, DIFFERENCE_STEP (409)
 */
export async function noteLoanDifference(
  ctx: Context,
  id: bigint,
  { kind, text }: { kind: 'comment' | 'explain' | 'reopen'; text: string },
): Promise<LoanDifferenceView> {
  permit(ctx, 'difference.resolve');
  return change(ctx, id, async (tx, row) => {
    if ((kind === 'explain' && row.status !== 'open') || (kind === 'reopen' && row.status !== 'explained'))
      throw new DomainError(
        'DIFFERENCE_STEP',
        row.status === 'open' ? '这项差异尚未说明' : '这项差异已经说明，可先撤回说明',
        {
          status: 409,
        },
      );
    await tx.loanDifferenceNote.create({
      data: {
        ...{ differenceId: id, poolCode: row.poolCode, kind, text },
        ...{ writtenBy: ctx.actor.id, writtenOn: dateToDb(ctx.today) },
      },
    });
    const status = { comment: row.status, explain: 'explained', reopen: 'open' }[kind];
    if (status !== row.status) await tx.loanDifference.updateMany({ where: { id }, data: { status } });
    await audit(tx, ctx, {
      ...{ action: `loanDifference.${kind}`, subject: `loanDifference:${id}` },
      ...{ before: { status: row.status }, after: { status, text } },
    });
  });
}

async function change(
  ctx: Context,
  id: bigint,
  act: (tx: Tx, row: LoanDifference) => Promise<void>,
): Promise<LoanDifferenceView> {
  return inTransaction(ctx, async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM loan_difference WHERE id = ${id} FOR UPDATE`;
    const row = await rowOf(tx, id);
    if (row.closedOn !== null) throw new DomainError('DIFFERENCE_CLOSED', '这项差异已经一致', { status: 409 });
    await act(tx, row);
    return (await viewsOf(tx, ctx, [await rowOf(tx, id)]))[0]!;
  });
}

async function rowOf(tx: Tx, id: bigint): Promise<LoanDifference> {
  const row = await tx.loanDifference.findUnique({ where: { id } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这项差异', { status: 404 });
  return row;
}

async function viewsOf(tx: Tx, ctx: Context, rows: LoanDifference[]): Promise<LoanDifferenceView[]> {
  const ids = rows.map(({ id }) => id);
  const notes = await tx.loanDifferenceNote.findMany({
    where: { differenceId: { in: ids } },
    orderBy: { id: 'asc' },
  });
  const names = await actorNames(tx, [
    ...rows.flatMap(({ owner }) => owner ?? []),
    ...notes.map(({ writtenBy }) => writtenBy),
  ]);
  const bills = rows.map(({ dueBillNo }) => dueBillNo);
  const loans = await tx.loan.findMany({
    where: { bankCode: { in: rows.map(({ bankCode }) => bankCode) }, dueBillNo: { in: bills } },
    select: { id: true, bankCode: true, dueBillNo: true },
  });
  const loanOf = new Map(loans.map((loan) => [`${loan.bankCode}:${loan.dueBillNo}`, `${loan.id}`]));
  const amount = (value: LoanDifference['amount']) => (value === null ? null : value.toFixed(2));
  return rows.map((row) => {
    const { poolCode, bankCode, period, dueBillNo, enterprise, kind, status } = row;
    return {
      ...{ id: `${row.id}`, runId: `${row.runId}`, poolCode, bankCode, period, dueBillNo, enterprise, kind, status },
      ...{ reported: amount(row.reported), registered: amount(row.registered), reserve: amount(row.reserve) },
      ...{ ledgerReserve: amount(row.ledgerReserve), amount: amount(row.amount) },
      ownerName: row.owner === null ? null : (names.get(row.owner) ?? null),
      ...{ foundOn: dateFromDb(row.foundOn), closedOn: row.closedOn && dateFromDb(row.closedOn) },
      age: daysBetween(dateFromDb(row.foundOn), row.closedOn ? dateFromDb(row.closedOn) : ctx.today),
      loanId: loanOf.get(`${bankCode}:${dueBillNo}`) ?? null,
      notes: notes
        .filter(({ differenceId }) => differenceId === row.id)
        .map((note) => ({
          ...{ kind: note.kind, text: note.text, writtenBy: names.get(note.writtenBy) ?? null },
          writtenOn: dateFromDb(note.writtenOn),
        })),
    };
  });
}
