import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { LoanReconciliation } from '../generated/node/client.ts';
import { lockPool } from '../pool/service.ts';
import { type BankSums, compareThree, type ThreeWayInputs, type ThreeWayResult } from './three-way.ts';
import { readThreeSides, syncLoanDifferences } from './three-way-store.ts';

export interface ThreeWayRun {
  id: string;
  poolCode: string;
  period: SettlementPeriod;
  number: number;
  /** loans of which all three say the same */
  agreed: number;
  differences: number;
  runOn: LocalDate;
}
export interface ThreeWayDetails extends ThreeWayRun {
  banks: BankSums[];
}

/**
 * 三方对账: takes a look at a pool's loans at a month's end as the banks report them, as they are registered, and as the pool has tied up reserves for them. A
 * look that finds what the one before found answers that one.
 * @throws DomainError PERIOD_NOT_OVER (422)
 */
export async function reconcileLoans(
  ctx: Context,
  { poolCode, period }: { poolCode: string; period: SettlementPeriod },
): Promise<{ created: boolean; run: ThreeWayDetails }> {
  permit(ctx, 'reconciliation.run');
  if (lastDay(period) >= ctx.today) throw new DomainError('PERIOD_NOT_OVER', `${period} 尚未结束，月报未到，不能对账`);
  return inTransaction(ctx, async (tx) => {
    await lockPool(tx, poolCode);
    const inputs: ThreeWayInputs = { poolCode, period, loans: await readThreeSides(tx, poolCode, period) };
    const result = compareThree(inputs);
    const before = await tx.loanReconciliation.findFirst({
      where: { poolCode, period },
      orderBy: { number: 'desc' },
    });
    const kept = { inputs: JSON.stringify(inputs), result: JSON.stringify(result) };
    if (before?.inputs === kept.inputs && before.result === kept.result)
      return { created: false, run: detailsOf(before) };
    const { agreed, differences } = result;
    const counts = { agreed, differences: differences.length };
    const run = await tx.loanReconciliation.create({
      data: {
        ...{ poolCode, period, number: (before?.number ?? 0) + 1, ...counts, ...kept },
        ...{ runBy: ctx.actor.id, runOn: dateToDb(ctx.today) },
      },
    });
    await syncLoanDifferences(tx, { runId: run.id, poolCode, period, on: ctx.today }, differences);
    const after = { poolCode, period, ...counts };
    await audit(tx, ctx, { action: 'loanReconciliation.run', subject: `loanReconciliation:${run.id}`, after });
    return { created: true, run: detailsOf(run) };
  });
}

/** Compares again what a look saw, and says whether the same comes of it to the byte. @throws DomainError NOT_FOUND (404) */
export async function replayThreeWay(ctx: Context, id: bigint): Promise<{ same: boolean; bytes: number }> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.loanReconciliation.findUnique({ where: { id } });
    if (!row) throw unknown();
    const again = JSON.stringify(compareThree(JSON.parse(row.inputs) as ThreeWayInputs));
    return { same: again === row.result, bytes: new TextEncoder().encode(row.result).length };
  });
}

const RUNS: Listing = {
  from: 'loan_reconciliation r',
  key: { sql: 'r.id', type: 'bigint' },
  fields: {
    id: { sql: 'r.id', type: 'bigint' },
    poolCode: { sql: 'r.pool_code', type: 'text' },
    period: { sql: 'r.period', type: 'text' },
    differences: { sql: 'r.differences', type: 'bigint' },
    runOn: { sql: 'r.run_on', type: 'date' },
  },
  search: ['r.pool_code'],
  order: '-period,-id',
};
/** What looks may be put in order by. */
export const THREE_WAY_SORTS = Object.keys(RUNS.fields);

/** The last look at each pool and month that the actor sees. */
export async function listThreeWay(
  ctx: Context,
  filter: { poolCode?: string; period?: SettlementPeriod },
  ask: ListAsk,
): Promise<Listed<ThreeWayRun>> {
  permit(ctx, 'reconciliation.read');
  const conditions: Condition[] = [
    [
      'NOT EXISTS (SELECT FROM loan_reconciliation n WHERE n.pool_code = r.pool_code AND n.period = r.period AND n.number > r.number)',
    ],
    ['r.pool_code = ?', filter.poolCode],
    ['r.period = ?', filter.period],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, RUNS, conditions, ask);
    const where = { id: { in: ids.map(BigInt) } };
    const rows = await tx.loanReconciliation.findMany({ where, omit: { inputs: true, result: true } });
    return { ...page, items: inOrder(ids, rows, ({ id }) => `${id}`).map(runOf) };
  });
}

/** One look with each bank's sums. @throws DomainError NOT_FOUND (404) */
export async function findThreeWay(ctx: Context, id: bigint): Promise<ThreeWayDetails> {
  permit(ctx, 'reconciliation.read');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.loanReconciliation.findUnique({ where: { id }, omit: { inputs: true } });
    if (!row) throw unknown();
    return detailsOf(row);
  });
}

const unknown = (): DomainError => new DomainError('NOT_FOUND', '没有这次三方对账', { status: 404 });

function runOf(row: Omit<LoanReconciliation, 'inputs' | 'result'>): ThreeWayRun {
  const { poolCode, period, number, agreed, differences } = row;
  return { id: `${row.id}`, poolCode, period, number, agreed, differences, runOn: dateFromDb(row.runOn) };
}

function detailsOf(row: Omit<LoanReconciliation, 'inputs'>): ThreeWayDetails {
  return { ...runOf(row), banks: (JSON.parse(row.result) as ThreeWayResult).banks };
}
