import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb, fromDb } from '../db/decimal.ts';
import type { Citation } from '../errors.ts';
import { toWire } from '../money/money.ts';
import type { BreakerVerdict } from './breaker.ts';
import type { BreakerSums, Standing } from './breaker-steps.ts';

/** What the circuit breaker measures of a pool, as it stands now: bad principal is gross of compensation; what was refunded was never compensated, what was told of a guarantee by mistake or taken back was never released. */
export async function breakerSums(tx: Tx, pool: string): Promise<BreakerSums> {
  const banks = await tx.$queryRaw<Record<'code' | 'outstanding' | 'bad' | 'compensated' | 'filed', string>[]>`
    SELECT l.bank_code AS code, sum(l.outstanding_principal)::text AS outstanding, sum(l.counted_principal)::text AS filed,
           coalesce(sum(l.outstanding_principal) FILTER (WHERE l.classification IN ('substandard', 'doubtful', 'loss')), 0.00)::text AS bad,
           (SELECT coalesce(sum(c.compensation), 0.00) FROM claim c WHERE c.pool_code = ${pool} AND c.bank_code = l.bank_code AND c.status = 'paid')::text AS compensated
      FROM loan l WHERE l.pool_code = ${pool} GROUP BY l.bank_code ORDER BY l.bank_code`;
  const guarantors = await tx.$queryRaw<Record<'code' | 'paidOut' | 'released', string>[]>`
    SELECT a.sub_key AS code, (SELECT coalesce(sum(p.amount), 0.00) FROM guarantee_payout p WHERE p.pool_code = ${pool} AND p.party = a.sub_key AND p.reversed_on IS NULL)::text AS "paidOut",
           coalesce((SELECT sum(l.amount) FROM ledger.line l JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq JOIN guarantee g ON g.id::text = split_part(e.reference, ':', 2)
             WHERE l.account_id = a.id AND l.side = 'C' AND g.status = 'active' AND NOT EXISTS (SELECT FROM ledger.entry r WHERE r.book_id = e.book_id AND r.reverses = e.reference)), 0.00)::text AS released
      FROM ledger.account a WHERE a.book_id = ${pool} AND a.code = '9401' ORDER BY a.sub_key`;
  return {
    banks: banks.map(({ code, outstanding, bad, compensated, filed }) => ({
      ...{ code, outstanding: fromDb(outstanding), bad: fromDb(bad) },
      ...{ compensated: fromDb(compensated), filed: fromDb(filed) },
    })),
    guarantors: guarantors.map(({ code, paidOut, released }) => {
      return { code, paidOut: fromDb(paidOut), released: fromDb(released) };
    }),
  };
}

/** Months up to `last` of which a pool's banks lack reports, of loans that were in the pool and drawn: by bank the first month and how many loans. */
export async function missingReports(
  tx: Tx,
  pool: string,
  last: SettlementPeriod,
  bank: string | null = null,
): Promise<{ bank: string; period: SettlementPeriod; loans: number }[]> {
  return tx.$queryRaw`
    SELECT bank_code AS bank, to_char(min(due_from), 'YYYY-MM') AS period, count(*)::int AS loans FROM (
      SELECT l.bank_code, greatest((l.last_report_period || '-01')::timestamp + interval '1 month', date_trunc('month', greatest(l.admitted_on, l.disbursed_on)::timestamp)) AS due_from,
             least((${last} || '-01')::timestamp, date_trunc('month', l.paid_off_on::timestamp)) AS due_to
        FROM loan l WHERE l.pool_code = ${pool} AND l.disbursed_on IS NOT NULL AND l.status <> 'revoked' AND l.last_report_period IS DISTINCT FROM ${last} AND (${bank}::text IS NULL OR l.bank_code = ${bank})
    ) b WHERE due_from <= due_to GROUP BY bank_code ORDER BY bank_code`;
}

/** A pool's episodes that have not ended. */
export async function standingOf(tx: Tx, pool: string): Promise<Standing[]> {
  return tx.$queryRaw`
    SELECT id, scope, party, measure, level, status, below_since::text AS "belowSince" FROM suspension WHERE pool_code = ${pool} AND status <> 'ended' ORDER BY id`;
}

/** What a new episode begins with. */
export interface NewSuspension {
  poolCode: string;
  scope: Standing['scope'];
  party: string;
  level: 'warn' | 'suspend';
  stops: 'filings' | 'claims' | null;
  /** null: a report is missing */
  verdict: Pick<BreakerVerdict, 'measure' | 'over' | 'under' | 'warn' | 'suspend' | 'explanation'> | null;
  message: string;
  cites: Citation[];
  trigger: string;
  reference: string;
  since: LocalDate;
}

/** Begins an episode. @returns its id */
export async function insertSuspension(tx: Tx, s: NewSuspension): Promise<bigint> {
  const { verdict: v } = s;
  const { id } = await tx.suspension.create({
    data: {
      ...{ poolCode: s.poolCode, scope: s.scope, party: s.party, bankCode: s.scope === 'bank' ? s.party : null },
      ...{ cause: v ? 'ratio' : 'report', measure: v?.measure ?? null, level: s.level, stops: s.stops },
      ...{ over: v && toWire(v.over), under: v && toWire(v.under), warnLine: v?.warn, suspendLine: v?.suspend },
      ...{ message: s.message, cites: JSON.parse(JSON.stringify(s.cites)) },
      ...(v && { explanation: JSON.parse(JSON.stringify(v.explanation)) }),
      ...{ trigger: s.trigger, reference: s.reference, since: dateToDb(s.since), status: 'active' },
    },
    select: { id: true },
  });
  return id;
}

export async function endSuspensions(tx: Tx, ids: bigint[], on: LocalDate): Promise<void> {
  await tx.$executeRaw`UPDATE suspension SET status = 'ended', ended_on = ${on}::date WHERE id = ANY (${ids}::bigint[]) AND status <> 'ended'`;
}

/** Since when a standing suspension's ratio is below its line; null: above it again. */
export async function markBelow(tx: Tx, id: bigint, since: LocalDate | null): Promise<void> {
  await tx.$executeRaw`UPDATE suspension SET below_since = ${since}::date WHERE id = ${id}`;
}

export interface StopRow {
  id: bigint;
  scope: Standing['scope'];
  party: string;
  measure: string | null;
  message: string;
  cites: Citation[];
  since: LocalDate;
}

/** The suspensions in force that stop a bank's filings or claims in a pool: its own, its cooperating unit's, the pool's. */
export async function stopRows(tx: Tx, pool: string, bank: string, stops: 'filings' | 'claims'): Promise<StopRow[]> {
  return tx.$queryRaw`
    SELECT s.id, s.scope, s.party, s.measure, s.message, s.cites, s.since::text AS since FROM suspension s
     WHERE s.pool_code = ${pool} AND s.status = 'active' AND s.level = 'suspend' AND s.stops = ${stops} AND (s.scope IN ('pool', 'cooperatingUnit') OR (s.scope = 'bank' AND s.party = ${bank}))
     ORDER BY s.scope, s.id`;
}
