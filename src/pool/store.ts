import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { fromDb } from '../db/decimal.ts';
import { DomainError } from '../errors.ts';
import { Exact, type Money, toWire } from '../money/money.ts';
import { type Exposure, NOTHING } from './exposure.ts';

/** A pool with its hot row locked until the transaction ends. */
export interface LockedPool {
  code: string;
  name: string;
  programme: string;
  policyCode: string;
  regions: string[];
  cooperatingUnit: string;
  matchingUnit: string;
  capital: Money;
  countedOutstanding: Money;
  reserved: Money;
  lockedThrough: SettlementPeriod | null;
}

type PoolRow = Omit<LockedPool, 'capital' | 'countedOutstanding' | 'reserved'> & {
  capital: string;
  counted: string;
  reserved: string;
};

/** Takes the pool's hot row: first thing in every use case that moves its money or exposure. @throws DomainError POOL_UNKNOWN (404) */
export async function lockPool(tx: Tx, code: string): Promise<LockedPool> {
  const [row] = await tx.$queryRaw<PoolRow[]>`
    SELECT p.code, p.name, p.programme, p.policy_code AS "policyCode", p.regions, p.cooperating_unit AS "cooperatingUnit", p.matching_unit AS "matchingUnit",
           s.capital::text, s.counted_outstanding::text AS counted, s.reserved::text,
           (SELECT locked_through FROM ledger.book b WHERE b.id = p.code) AS "lockedThrough"
      FROM pool p JOIN pool_position s ON s.pool_code = p.code WHERE p.code = ${code} FOR UPDATE OF s`;
  if (!row) throw poolUnknown(code);
  const { capital, counted, reserved, ...pool } = row;
  return { ...pool, capital: fromDb(capital), countedOutstanding: fromDb(counted), reserved: fromDb(reserved) };
}

export function poolUnknown(code: string): DomainError {
  return new DomainError('POOL_UNKNOWN', `没有资金池「${code}」`, { status: 404 });
}

/** What each of these keys ties up now, in their order. */
export async function exposuresOf(tx: Tx, pool: string, keys: bigint[]): Promise<Exposure[]> {
  const rows = await tx.$queryRaw<{ key: bigint; counted: string; reserve: string }[]>`
    SELECT key, counted_outstanding::text AS counted, reserve::text FROM pool_exposure WHERE pool_code = ${pool} AND key = ANY(${keys}::bigint[])`;
  const byKey = new Map(
    rows.map((r) => [r.key, { countedOutstanding: new Exact(r.counted), reserve: new Exact(r.reserve) }]),
  );
  return keys.map((key) => byKey.get(key) ?? NOTHING);
}

export interface ExposureRow extends Exposure {
  key: bigint;
  bank: string;
  subject: string;
}

/** Writes new targets and moves the pool's totals by what they change; the trigger refuses a rise above the ceiling. */
export async function writeExposures(
  tx: Tx,
  pool: string,
  leverage: Exact,
  rows: ExposureRow[],
  change: { counted: Money; reserve: Money },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO pool_exposure (pool_code, key, bank_code, subject, counted_outstanding, reserve)
    SELECT ${pool}, * FROM unnest(${rows.map((r) => r.key)}::bigint[], ${rows.map((r) => r.bank)}::text[], ${rows.map((r) => r.subject)}::text[],
      ${rows.map((r) => toWire(r.countedOutstanding))}::numeric[], ${rows.map((r) => toWire(r.reserve))}::numeric[])
    ON CONFLICT (pool_code, key) DO UPDATE SET counted_outstanding = EXCLUDED.counted_outstanding, reserve = EXCLUDED.reserve`;
  await tx.$executeRaw`
    UPDATE pool_position SET leverage = ${leverage.toFixed()}::numeric, counted_outstanding = counted_outstanding + ${toWire(change.counted)}::numeric,
           reserved = reserved + ${toWire(change.reserve)}::numeric WHERE pool_code = ${pool}`;
}

/** Capital follows the 2901 and 1218 accounts in the same transaction. */
export async function moveCapital(tx: Tx, pool: string, by: Money): Promise<void> {
  await tx.$executeRaw`UPDATE pool_position SET capital = capital + ${toWire(by)}::numeric WHERE pool_code = ${pool}`;
}

export interface PoolSums {
  deposits: string;
  contributed: string;
  capital: string;
  reserved: string;
  loanCount: number;
  principal: string;
  countedPrincipal: string;
  outstandingPrincipal: string;
  countedOutstanding: string;
}

/** A pool's sums as of a day: money from the ledger's lines, the portfolio from the loans' events. */
export async function sumsAsOf(tx: Tx, pool: string, asOf: LocalDate): Promise<PoolSums> {
  const [row] = await tx.$queryRaw<PoolSums[]>`
    WITH money AS (
      SELECT a.code, sum(CASE WHEN l.side = a.normal_side THEN l.amount ELSE -l.amount END) AS total
        FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id AND l.occurred_on <= ${asOf}::date WHERE a.book_id = ${pool} GROUP BY a.code
    ), loans AS (
      SELECT count(*)::int AS n, coalesce(sum(principal), 0) AS principal, coalesce(sum(counted_principal), 0) AS counted FROM loan WHERE pool_code = ${pool} AND admitted_on <= ${asOf}::date
    ), events AS (
      SELECT coalesce(sum(principal_delta), 0) AS outstanding, coalesce(sum(counted_delta), 0) AS counted FROM loan_event WHERE pool_code = ${pool} AND occurred_on <= ${asOf}::date
    )
    SELECT coalesce((SELECT total FROM money WHERE code = '1002'), 0.00)::text AS deposits,
           (coalesce((SELECT total FROM money WHERE code = '2901'), 0.00) - coalesce((SELECT total FROM money WHERE code = '1218'), 0.00))::text AS capital,
           (SELECT coalesce(sum(amount), 0.00)::text FROM contribution c WHERE c.pool_code = ${pool} AND c.received_on <= ${asOf}::date AND (c.reversed_on IS NULL OR c.reversed_on > ${asOf}::date)) AS contributed,
           coalesce((SELECT total FROM money WHERE code = '9101'), 0.00)::text AS reserved,
           loans.n AS "loanCount", loans.principal::numeric(18,2)::text AS principal, loans.counted::numeric(18,2)::text AS "countedPrincipal",
           events.outstanding::numeric(18,2)::text AS "outstandingPrincipal", events.counted::numeric(18,2)::text AS "countedOutstanding"
      FROM loans, events`;
  return row!;
}
