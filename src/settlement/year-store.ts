import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf, periodsBetween } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { SettlementStatementView } from '../documents/view-models.ts';
import type { SettledMonth } from './annual.ts';
import type { MonthOfYear } from './year.ts';

/** A year of a pool, as `closing_years` tells it. */
export interface YearRow {
  id: string;
  poolCode: string;
  poolName: string;
  year: number;
  status: string;
  /** months of the year since the pool began, and how many of them are closed */
  months: number;
  closed: number;
  /** the year before is closed, or there was none */
  previous: boolean;
  proposedBy: string | null;
  proposedOn: LocalDate | null;
  closedBy: string | null;
  closedOn: LocalDate | null;
  ledgerHead: string | null;
  ledgerEntries: number | null;
}

/** Years by their ids, those that have begun by a day. */
export async function closingYears(tx: Tx, today: LocalDate, ids: string[]): Promise<YearRow[]> {
  return tx.$queryRaw`
    SELECT id::text, pool_code AS "poolCode", pool_name AS "poolName", year, status, months, closed, previous, proposed_by AS "proposedBy", proposed_on::text AS "proposedOn",
           closed_by AS "closedBy", closed_on::text AS "closedOn", ledger_head AS "ledgerHead", ledger_entries::int AS "ledgerEntries"
      FROM closing_years(${today}::date) WHERE id = ANY (${ids}::uuid[])`;
}

/** One id per pool and year, whoever asks first. */
export async function yearClosingId(tx: Tx, pool: string, year: number): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT fixed_id('year-closing:' || ${pool} || ':' || ${year}::int)::text AS id`;
  return row!.id;
}

/** The months of a year since the pool began. */
export async function monthsOfYear(
  tx: Tx,
  today: LocalDate,
  poolCode: string,
  year: number,
  count: number,
): Promise<MonthOfYear[]> {
  const rows = await tx.$queryRaw<{ id: string; period: string; status: string }[]>`
    SELECT id::text, period, status FROM closing_months(${today}::date) WHERE pool_code = ${poolCode} AND left(period, 4) = ${`${year}`}`;
  const known = new Map(rows.map((row) => [row.period, row]));
  return periodsBetween(`${year}-01`, `${year}-12`)
    .slice(12 - count)
    .map((period) => ({
      period,
      status: known.get(period)?.status ?? 'future',
      closingId: known.get(period)?.id ?? null,
    }));
}

/** The settled months of a year, in order, with what each party's statement says. */
export async function settledMonths(tx: Tx, poolCode: string, year: number): Promise<SettledMonth[]> {
  const rows = await tx.settlement.findMany({
    where: { poolCode, period: { startsWith: `${year}-` }, status: { not: 'running' } },
    include: { statements: { where: { partyKind: { in: ['pool', 'contributor'] } } } },
    orderBy: { period: 'asc' },
  });
  const closings = await tx.closing.findMany({ where: { poolCode, status: 'closed', exception: { not: null } } });
  const reasons = new Map(closings.map(({ period, exception }) => [period, exception]));
  return rows.map(({ period, status, statements }) => ({
    ...{ period, provisional: status === 'provisional', exception: reasons.get(period) ?? null },
    sections: new Map(
      statements.map((s) => [s.partyCode, (JSON.parse(s.statement) as SettlementStatementView).sections]),
    ),
  }));
}

/** Titles of accounts by their codes. */
export async function accountTitles(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ code: string; name: string }[]>`SELECT code, name FROM ledger.chart`;
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** The year a day lies in. */
export const yearOf = (day: LocalDate): number => Number(periodOf(day).slice(0, 4));
