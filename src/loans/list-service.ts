import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
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
import { type FilingView, summaryOf } from './filing-service.ts';
import { asViews, type LoanView, WITH_FILING } from './loan-service.ts';
import { type Waiting, waitingOf } from './waiting-service.ts';

/** Names beside the codes, so that a table needs no further request. */
interface Names {
  bankName: string;
  poolName: string;
}
export type FilingItem = Omit<FilingView, 'checks'> & Names & Waiting;
export type LoanItem = LoanView & Names;

const FILINGS: Listing = {
  from: 'loan_filing f',
  key: { sql: 'f.id', type: 'bigint' },
  fields: {
    id: { sql: 'f.id', type: 'bigint' },
    poolCode: { sql: 'f.pool_code', type: 'text' },
    bankCode: { sql: 'f.bank_code', type: 'text' },
    enterpriseUscc: { sql: 'f.enterprise_uscc', type: 'text' },
    enterpriseName: { sql: chinese(`f.facts ->> 'name'`), type: 'text' },
    contractNo: { sql: 'f.contract_no', type: 'text' },
    dueBillNo: { sql: 'f.due_bill_no', type: 'text' },
    principal: { sql: 'f.principal', type: 'numeric' },
    countedPrincipal: { sql: 'f.counted_principal', type: 'numeric' },
    annualRate: { sql: 'f.annual_rate', type: 'numeric' },
    disbursedOn: { sql: 'f.disbursed_on', type: 'date' },
    maturesOn: { sql: 'f.matures_on', type: 'date' },
    filedOn: { sql: 'f.filed_on', type: 'date' },
    // A clause counts the same days for every filing: who came first is due first.
    reviewDueOn: { sql: 'f.filed_on', type: 'date' },
    status: { sql: 'f.status', type: 'text' },
    decidedOn: { sql: 'f.decided_on', type: 'date', nullable: true },
  },
  search: ['f.due_bill_no', 'f.contract_no', 'f.enterprise_uscc', `f.facts ->> 'name'`, `f.facts ->> 'foldedName'`],
  order: 'id',
};
/** What filings may be put in order by. */
export const FILING_SORTS = Object.keys(FILINGS.fields);

export interface FilingFilter {
  poolCode?: string;
  bankCode?: string;
  enterpriseUscc?: string;
  status?: string;
  dueBillNo?: string;
  contractNo?: string;
  /** first and last day of filing */
  from?: LocalDate;
  to?: LocalDate;
}

/** Filings of the actor's own, in the order of their receipt when no other is asked for. */
export async function listFilings(ctx: Context, filter: FilingFilter, ask: ListAsk): Promise<Listed<FilingItem>> {
  permit(ctx, 'filing.read');
  const conditions: Condition[] = [
    ...ownRows(ctx.actor, 'f'),
    ['f.pool_code = ?', filter.poolCode],
    ['f.bank_code = ?', filter.bankCode],
    ['f.enterprise_uscc = ?', filter.enterpriseUscc],
    ['f.status = ?', filter.status],
    ['f.due_bill_no = ?', filter.dueBillNo],
    ['f.contract_no = ?', filter.contractNo],
    ['f.filed_on >= ?::date', filter.from],
    ['f.filed_on <= ?::date', filter.to],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, FILINGS, conditions, ask);
    const rows = await tx.loanFiling.findMany({ where: { id: { in: ids.map(BigInt) } } });
    const waiting = await waitingOf(tx, ctx, rows);
    const items = inOrder(ids, rows, (row) => `${row.id}`).map((row) => {
      return { ...summaryOf(row), ...(waiting.get(row.id) ?? { reviewDueOn: null, doubts: null }) };
    });
    return { ...page, items: await named(tx, items) };
  });
}

const OF_FILING = { join: 'JOIN loan_filing f ON f.id = l.id' };
const OF_EXPOSURE = { join: 'LEFT JOIN pool_exposure e ON e.pool_code = l.pool_code AND e.key = l.id' };

const LOANS: Listing = {
  from: 'loan l',
  key: { sql: 'l.id', type: 'bigint' },
  fields: {
    id: { sql: 'l.id', type: 'bigint' },
    poolCode: { sql: 'l.pool_code', type: 'text' },
    bankCode: { sql: 'l.bank_code', type: 'text' },
    enterpriseUscc: { sql: 'l.enterprise_uscc', type: 'text' },
    enterpriseName: { sql: chinese(`f.facts ->> 'name'`), type: 'text', ...OF_FILING },
    contractNo: { sql: 'f.contract_no', type: 'text', ...OF_FILING },
    dueBillNo: { sql: 'l.due_bill_no', type: 'text' },
    annualRate: { sql: 'f.annual_rate', type: 'numeric', ...OF_FILING },
    principal: { sql: 'l.principal', type: 'numeric' },
    countedPrincipal: { sql: 'l.counted_principal', type: 'numeric' },
    outstandingPrincipal: { sql: 'l.outstanding_principal', type: 'numeric' },
    countedOutstanding: { sql: 'coalesce(e.counted_outstanding, 0)', type: 'numeric', ...OF_EXPOSURE },
    reserve: { sql: 'coalesce(e.reserve, 0)', type: 'numeric', ...OF_EXPOSURE },
    admittedOn: { sql: 'l.admitted_on', type: 'date' },
    disbursedOn: { sql: 'l.disbursed_on', type: 'date', nullable: true },
    maturesOn: { sql: 'l.matures_on', type: 'date' },
    // from 正常 to 损失, not by their letters
    classification: {
      sql: `array_position(ARRAY['normal', 'specialMention', 'substandard', 'doubtful', 'loss'], l.classification)::bigint`,
      type: 'bigint',
      nullable: true,
    },
    overdueDays: { sql: 'l.overdue_days::bigint', type: 'bigint' },
    lastReportPeriod: { sql: 'l.last_report_period', type: 'text', nullable: true },
    status: { sql: 'l.status', type: 'text' },
  },
  search: [
    'l.due_bill_no',
    'l.enterprise_uscc',
    (patterns) =>
      `l.id IN (SELECT f.id FROM loan_filing f WHERE concat_ws(' ', f.contract_no, f.facts ->> 'name', f.facts ->> 'foldedName') LIKE ANY (${patterns}))`,
  ],
  order: 'id',
};
/** What loans may be put in order by. */
export const LOAN_SORTS = Object.keys(LOANS.fields);

export interface LoanFilter {
  poolCode?: string;
  bankCode?: string;
  enterpriseUscc?: string;
  dueBillNo?: string;
  status?: string;
  classification?: string;
  /** first and last day of admission */
  from?: LocalDate;
  to?: LocalDate;
  /** first and last day of maturity */
  maturesFrom?: LocalDate;
  maturesTo?: LocalDate;
}

/** Loans of the actor's own, in the order of their filing when no other is asked for. */
export async function listLoans(ctx: Context, filter: LoanFilter, ask: ListAsk): Promise<Listed<LoanItem>> {
  permit(ctx, 'loan.read');
  const conditions: Condition[] = [
    ...ownRows(ctx.actor, 'l'),
    ['l.pool_code = ?', filter.poolCode],
    ['l.bank_code = ?', filter.bankCode],
    ['l.enterprise_uscc = ?', filter.enterpriseUscc],
    ['l.due_bill_no = ?', filter.dueBillNo],
    ['l.status = ?', filter.status],
    ['l.classification = ?', filter.classification],
    ['l.admitted_on >= ?::date', filter.from],
    ['l.admitted_on <= ?::date', filter.to],
    ['l.matures_on >= ?::date', filter.maturesFrom],
    ['l.matures_on <= ?::date', filter.maturesTo],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, LOANS, conditions, ask);
    const rows = await tx.loan.findMany({ where: { id: { in: ids.map(BigInt) } }, include: WITH_FILING });
    return {
      ...page,
      items: await named(
        tx,
        await asViews(
          tx,
          inOrder(ids, rows, (row) => `${row.id}`),
        ),
      ),
    };
  });
}

async function named<T extends { bankCode: string; poolCode: string }>(tx: Tx, rows: T[]): Promise<(T & Names)[]> {
  const codes = (of: 'bankCode' | 'poolCode') => ({
    where: { code: { in: [...new Set(rows.map((row) => row[of]))] } },
  });
  const select = { code: true, name: true } as const;
  const banks = await tx.institution.findMany({ ...codes('bankCode'), select });
  const pools = await tx.pool.findMany({ ...codes('poolCode'), select });
  const bankNames = new Map(banks.map(({ code, name }) => [code, name]));
  const poolNames = new Map(pools.map(({ code, name }) => [code, name]));
  return rows.map((row) => ({
    ...row,
    bankName: bankNames.get(row.bankCode) ?? row.bankCode,
    poolName: poolNames.get(row.poolCode) ?? row.poolCode,
  }));
}
