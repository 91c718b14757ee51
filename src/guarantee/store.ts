import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { column } from '../db/bulk.ts';
import type { Tx } from '../db/client.ts';
import { fromDb } from '../db/decimal.ts';
import { type Money, toWire } from '../money/money.ts';
import { ratePercent } from '../money/rate.ts';
import { type FeeBearing, movesInFact, type ToldLate } from './accrual.ts';
import type { PaidGuarantee } from './paid.ts';
import type { GuaranteeRole } from './roles.ts';

/** A loan as its guarantees need it; not in a pool yet: `loanStatus` is null. */
export interface GuaranteedLoan {
  id: bigint;
  poolCode: string;
  bankCode: string;
  enterpriseUscc: string;
  dueBillNo: string;
  guaranteeMode: string;
  filingStatus: string;
  loanStatus: string | null;
  admittedOn: LocalDate | null;
  principal: string;
  counted: string;
  outstanding: string | null;
}

/** The filing, with its loan once there is one, as far as the actor sees it. */
export async function guaranteedLoan(tx: Tx, id: bigint): Promise<GuaranteedLoan | undefined> {
  const [row] = await tx.$queryRaw<GuaranteedLoan[]>`
    SELECT f.id, f.pool_code AS "poolCode", f.bank_code AS "bankCode", f.enterprise_uscc AS "enterpriseUscc", f.due_bill_no AS "dueBillNo", f.guarantee_mode AS "guaranteeMode",
           f.status AS "filingStatus", l.status AS "loanStatus", l.admitted_on::text AS "admittedOn", coalesce(l.principal, f.principal)::text AS principal,
           coalesce(l.counted_principal, f.counted_principal)::text AS counted, l.outstanding_principal::text AS outstanding
      FROM loan_filing f LEFT JOIN loan l ON l.id = f.id WHERE f.id = ${id}`;
  return row;
}

/** What one party answers for of a loan now. */
export interface HeldGuarantee {
  id: bigint;
  loanId: bigint;
  dueBillNo: string;
  party: string;
  role: GuaranteeRole;
  percent: Money;
  liability: Money;
  paid: Money;
}

/** The guarantees of these loans that stand, loan by loan in the order in which they were told. */
export async function standingGuarantees(tx: Tx, loans: bigint[]): Promise<HeldGuarantee[]> {
  const rows = await tx.$queryRaw<
    (Omit<HeldGuarantee, 'percent' | 'liability' | 'paid'> & Record<'percent' | 'liability' | 'paid', string>)[]
  >`
    SELECT id, loan_id AS "loanId", due_bill_no AS "dueBillNo", party, role, percent::text, liability::text, paid::text FROM guarantee
     WHERE loan_id = ANY(cut(${column(loans)})::bigint[]) AND status = 'active' ORDER BY loan_id, id`;
  return rows.map((r) => ({ ...r, percent: fromDb(r.percent), liability: fromDb(r.liability), paid: fromDb(r.paid) }));
}

/** What a guarantee's part rests on now: the loan's counted outstanding and every standing percentage, with the place of its own. */
export async function guaranteeBasis(
  tx: Tx,
  id: bigint,
): Promise<{ counted: string; others: string[]; place: number } | undefined> {
  const [row] = await tx.$queryRaw<{ counted: string; others: string[]; place: number }[]>`
    SELECT counted, others, place FROM guarantee_basis(${id})`;
  return row;
}

/** New liabilities, which the ledger's lines follow in the same transaction. */
export async function writeLiabilities(tx: Tx, rows: { id: bigint; liability: Money }[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE guarantee g SET liability = w.liability FROM unnest(cut(${column(rows.map((r) => r.id))})::bigint[], cut(${column(rows.map((r) => toWire(r.liability)))})::numeric[]) w(id, liability) WHERE g.id = w.id`;
}

/** A party's liability for one loan, day by day, as it was booked. */
export async function liabilityMoves(
  tx: Tx,
  pool: string,
  guarantee: bigint,
): Promise<{ on: LocalDate; belongsTo: SettlementPeriod | null; memo: string; delta: string }[]> {
  return tx.$queryRaw`
    SELECT e.occurred_on::text AS on, e.belongs_to AS "belongsTo", e.memo, (CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END)::text AS delta
      FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq
     WHERE a.book_id = ${pool} AND a.code = '9401' AND e.kind = 'guarantee' AND split_part(e.reference, ':', 2) = ${`${guarantee}`} ORDER BY e.seq`;
}

/** A pool's guarantees with fees, with the movements of their liabilities up to the end of a day. */
export async function feeBearing(
  tx: Tx,
  pool: string,
  end: LocalDate,
): Promise<(FeeBearing & { dueBillNo: string })[]> {
  type Raw = Record<'role' | 'party' | 'borrower' | 'fee' | 'rate' | 'basis' | 'guaranteed' | 'dueBillNo', string>;
  const rows = await tx.$queryRaw<(Raw & { id: bigint; late: boolean; moves: { on: LocalDate; delta: string }[] })[]>`
    WITH moved AS (
      SELECT split_part(e.reference, ':', 2) AS id, e.occurred_on, sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END) AS delta,
             bool_or(e.belongs_to IS NOT NULL AND split_part(e.reference, ':', 3) = 'recorded') AS late
        FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq
       WHERE a.book_id = ${pool} AND a.code = '9401' AND l.occurred_on <= ${end}::date GROUP BY 1, 2
    )
    SELECT g.id, bool_or(m.late) AS late, g.role, g.party, x.name AS borrower, g.fee, trim_scale(g.annual_rate)::text AS rate, g.day_count_basis AS basis, g.due_bill_no AS "dueBillNo",
           round(f.counted_principal * g.percent / 100, 2)::text AS guaranteed, jsonb_agg(jsonb_build_object('on', m.occurred_on, 'delta', m.delta::text) ORDER BY m.occurred_on) AS moves
      FROM guarantee g JOIN loan_filing f ON f.id = g.loan_id JOIN enterprise x ON x.uscc = g.enterprise_uscc JOIN moved m ON m.id = g.id::text
     WHERE g.pool_code = ${pool} AND g.fee IS NOT NULL GROUP BY g.id, x.name, f.counted_principal ORDER BY g.party, g.id`;
  const all = await toldLate(
    tx,
    rows.flatMap(({ id, late }) => (late ? [id] : [])),
  );
  return rows.map(({ id, late: _, role, rate, basis, guaranteed, moves, ...rest }) => {
    const late = all.get(id) ?? null;
    const booked = moves.map(({ on, delta }) => ({ on, delta: fromDb(delta) }));
    return {
      ...{ ...rest, role: role as GuaranteeRole, annualRate: ratePercent(rate), dayCountBasis: basis as DayCountBasis },
      ...{ guaranteed: fromDb(guaranteed), moves: movesInFact(booked, late), booked: late?.booked ?? null },
    };
  });
}

/** Those of some guarantees that were told late, with what they had answered for until they were booked. */
export async function toldLate(tx: Tx, ids: bigint[]): Promise<Map<bigint, ToldLate>> {
  const rows = await tx.$queryRaw<{ id: bigint; booked: LocalDate; since: LocalDate; balance: string }[]>`
    SELECT g.id, t.booked::text, t.since::text, t.balance::text FROM unnest(cut(${column(ids)})::bigint[]) g(id), guarantee_told_late(g.id) t ORDER BY g.id, t.since`;
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => [
      id,
      { booked: own[0]!.booked, stood: own.map(({ since, balance }) => ({ since, balance: fromDb(balance) })) },
    ]),
  );
}

/** The guarantees of those loans of a pool on which something was ever paid, with what was paid as it is booked. */
export async function paidGuarantees(tx: Tx, pool: string): Promise<PaidGuarantee[]> {
  type Raw = Omit<PaidGuarantee, 'percent' | 'paid'> & { percent: string; paid: { on: LocalDate; amount: string }[] };
  const rows = await tx.$queryRaw<Raw[]>`
    WITH moved AS (
      SELECT split_part(e.reference, ':', 2) AS id, split_part(e.reference, ':', 3) = 'payout' AS payout, l.occurred_on AS on, CASE l.side WHEN 'C' THEN l.amount ELSE -l.amount END AS amount
        FROM guarantee g JOIN ledger.account a ON a.book_id = g.pool_code AND a.code = '9401' AND a.sub_key = g.party
        JOIN ledger.line l ON l.account_id = a.id JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq AND split_part(e.reference, ':', 2) = g.id::text
       WHERE g.pool_code = ${pool} AND g.loan_id IN (SELECT p.loan_id FROM guarantee p JOIN guarantee_payout o ON o.guarantee_id = p.id WHERE o.pool_code = ${pool})
    )
    SELECT g.loan_id AS "loanId", g.role, g.party, g.bank_code AS bank, g.percent::text, min(m.on)::text AS since, g.cancelled_on::text AS until,
           coalesce(jsonb_agg(jsonb_build_object('on', m.on, 'amount', m.amount::text) ORDER BY m.on) FILTER (WHERE m.payout), '[]') AS paid
      FROM guarantee g JOIN moved m ON m.id = g.id::text GROUP BY g.id ORDER BY g.loan_id, g.id`;
  return rows.map(({ percent, paid, ...rest }) => ({
    ...{ ...rest, percent: fromDb(percent) },
    paid: paid.map(({ on, amount }) => ({ on, amount: fromDb(amount) })),
  }));
}
