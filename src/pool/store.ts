import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { column } from '../db/bulk.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
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

interface PoolRow extends Omit<LockedPool, 'capital' | 'countedOutstanding' | 'reserved'> {
  capital: string;
  counted: string;
  reserved: string;
}

/** Takes the pool's hot row: first thing in every use case that moves its money or exposure. @throws DomainError POOL_UNKNOWN (404) */
export async function lockPool(tx: Tx, code: string): Promise<LockedPool> {
  const [row] = await tx.$queryRaw<PoolRow[]>`
    SELECT code, name, programme, policy_code AS "policyCode", regions, cooperating_unit AS "cooperatingUnit", matching_unit AS "matchingUnit",
           capital, counted, reserved, locked_through AS "lockedThrough" FROM lock_pool(${code})`;
  if (!row) throw poolUnknown(code);
  const { capital, counted, reserved, ...pool } = row;
  return { ...pool, capital: fromDb(capital), countedOutstanding: fromDb(counted), reserved: fromDb(reserved) };
}

export function poolUnknown(code: string): DomainError {
  return new DomainError('POOL_UNKNOWN', `没有资金池「${code}」`, { status: 404 });
}

/** The day from which a pool is wound up (终止), or null. */
export async function endOf(tx: Tx, code: string): Promise<LocalDate | null> {
  const { endsOn } = await tx.pool.findUniqueOrThrow({ where: { code }, select: { endsOn: true } });
  return endsOn && dateFromDb(endsOn);
}

/** What each of these keys ties up now, in their order. */
export async function exposuresOf(tx: Tx, pool: string, keys: bigint[]): Promise<Exposure[]> {
  const rows = await tx.$queryRaw<{ key: bigint; counted: string; reserve: string }[]>`
    SELECT key, counted_outstanding::text AS counted, reserve::text FROM pool_exposure WHERE pool_code = ${pool} AND key = ANY(cut(${column(keys)})::bigint[])`;
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
  change: { counted: Money; reserve: Money; admitted: Money },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO pool_exposure (pool_code, key, bank_code, subject, counted_outstanding, reserve)
    SELECT ${pool}, * FROM unnest(cut(${column(rows.map((r) => r.key))})::bigint[], cut(${column(rows.map((r) => r.bank))}), cut(${column(rows.map((r) => r.subject))}),
      cut(${column(rows.map((r) => toWire(r.countedOutstanding)))})::numeric[], cut(${column(rows.map((r) => toWire(r.reserve)))})::numeric[])
    ON CONFLICT (pool_code, key) DO UPDATE SET counted_outstanding = EXCLUDED.counted_outstanding, reserve = EXCLUDED.reserve`;
  await tx.$executeRaw`
    UPDATE pool_position SET leverage = ${leverage.toFixed()}::numeric, counted_outstanding = counted_outstanding + ${toWire(change.counted)}::numeric,
           reserved = reserved + ${toWire(change.reserve)}::numeric, admitted = admitted + ${toWire(change.admitted)}::numeric WHERE pool_code = ${pool}`;
}

/** Capital follows the 2901 and 1218 accounts in the same transaction. */
export async function moveCapital(tx: Tx, pool: string, by: Money): Promise<void> {
  await tx.$executeRaw`UPDATE pool_position SET capital = capital + ${toWire(by)}::numeric WHERE pool_code = ${pool}`;
}

/** Whether a bank's receipt of this number was booked as money that came back on a claim, and stands. */
export async function receiptOfClaim(tx: Tx, pool: string, receiptNo: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM claim_event e WHERE e.pool_code = ${pool} AND e.receipt_no = ${receiptNo} AND e.kind IN ('recovery', 'refund')
                      AND NOT EXISTS (SELECT FROM claim_event r WHERE r.reverses = e.id)) AS found`;
  return row!.found;
}

/** What every contributor has in a pool now (2901), in the order in which they first paid in. */
export async function contributedBalances(tx: Tx, pool: string): Promise<{ party: string; balance: string }[]> {
  return tx.$queryRaw`
    SELECT sub_key AS party, balance::text FROM ledger.account WHERE book_id = ${pool} AND code = '2901' ORDER BY id`;
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
    ), events AS (
      SELECT coalesce(sum(principal_delta), 0) AS outstanding, coalesce(sum(counted_delta), 0) AS counted, count(*) FILTER (WHERE kind = 'admission')::int AS n,
             coalesce(sum(principal_delta) FILTER (WHERE kind IN ('admission', 'disbursement')), 0) AS lent,
             coalesce(sum(counted_delta) FILTER (WHERE kind IN ('admission', 'disbursement')), 0) AS filed
        FROM loan_event WHERE pool_code = ${pool} AND occurred_on <= ${asOf}::date
    ), paid_in AS (
      SELECT sum(CASE l.side WHEN 'C' THEN l.amount ELSE -l.amount END) AS total
        FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id AND l.occurred_on <= ${asOf}::date
        JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq AND e.kind IN ('contribution', 'contributionReturn') WHERE a.book_id = ${pool} AND a.code = '2901'
    )
    SELECT coalesce((SELECT total FROM money WHERE code = '1002'), 0.00)::text AS deposits,
           (coalesce((SELECT total FROM money WHERE code = '2901'), 0.00) - coalesce((SELECT total FROM money WHERE code = '1218'), 0.00))::text AS capital,
           coalesce((SELECT total FROM paid_in), 0.00)::text AS contributed,
           coalesce((SELECT total FROM money WHERE code = '9101'), 0.00)::text AS reserved,
           events.n AS "loanCount", events.lent::numeric(18,2)::text AS principal, events.filed::numeric(18,2)::text AS "countedPrincipal",
           events.outstanding::numeric(18,2)::text AS "outstandingPrincipal", events.counted::numeric(18,2)::text AS "countedOutstanding"
      FROM events`;
  return row!;
}

/** What each deposit account of a pool holds at the end of a day. */
export async function depositsAsOf(
  tx: Tx,
  pool: string,
  asOf: LocalDate,
): Promise<{ accountNo: string; bankName: string; balance: string }[]> {
  return tx.$queryRaw`
    SELECT b.account_no AS "accountNo", b.bank_name AS "bankName", coalesce((SELECT sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END)
             FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id WHERE a.book_id = ${pool} AND a.code = '1002' AND a.sub_key = b.account_no AND l.occurred_on <= ${asOf}::date), 0.00)::text AS balance
      FROM bank_account b WHERE b.pool_code = ${pool} ORDER BY b.account_no`;
}
