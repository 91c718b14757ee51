import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import type { LoanDifferenceFound, ThreeSides } from './three-way.ts';

/**
 * The loans of a pool at a month's end as bank, register and ledger have them. What was told late counts in the month that it belongs to, on both of our sides.
 * A loan that came into the pool later is not there yet. Lines that a report's file was refused for, because nobody knows their 借据, stand there with the bank's side alone.
 */
export async function readThreeSides(tx: Tx, poolCode: string, period: SettlementPeriod): Promise<ThreeSides[]> {
  return tx.$queryRaw`
    WITH register AS (
      SELECT loan_id, sum(principal_delta) AS registered, sum(reserve_delta) AS reserve FROM loan_event
       WHERE pool_code = ${poolCode} AND coalesce(belongs_to, to_char(occurred_on, 'YYYY-MM')) <= ${period} GROUP BY loan_id
    ), book AS (
      SELECT a.sub_key AS bank, l.subject, sum(CASE l.side WHEN 'D' THEN l.amount ELSE -l.amount END) AS reserve
        FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq
       WHERE a.book_id = ${poolCode} AND a.code = '9101' AND coalesce(e.belongs_to, to_char(l.occurred_on, 'YYYY-MM')) <= ${period} GROUP BY a.sub_key, l.subject
    ), known AS (
      SELECT l.id, l.bank_code, l.due_bill_no, f.facts ->> 'name' AS enterprise, r.registered, r.reserve,
             l.disbursed_on <= ${lastDay(period)}::date AND l.status <> 'revoked' AND (l.paid_off_on IS NULL OR l.paid_off_on >= (${period} || '-01')::date) AS due
        FROM loan l JOIN loan_filing f ON f.id = l.id JOIN register r ON r.loan_id = l.id WHERE l.pool_code = ${poolCode} AND l.admitted_on <= ${lastDay(period)}::date
    )
    SELECT coalesce(k.bank_code, b.bank) AS "bankCode", coalesce(k.due_bill_no, b.subject, '') AS "dueBillNo", k.enterprise, coalesce(k.due, false) AS due, t.outstanding_principal::text AS reported,
           coalesce(k.registered, 0)::numeric(18,2)::text AS registered, coalesce(k.reserve, 0)::numeric(18,2)::text AS reserve, coalesce(b.reserve, 0)::numeric(18,2)::text AS "ledgerReserve"
      FROM known k FULL JOIN book b ON b.bank = k.bank_code AND b.subject = k.due_bill_no
      LEFT JOIN balance_report_line t ON t.loan_id = k.id AND t.period = ${period}
     WHERE (k.id IS NOT NULL OR NOT EXISTS (SELECT FROM loan l WHERE l.bank_code = b.bank AND l.due_bill_no = b.subject AND l.admitted_on > ${lastDay(period)}::date))
       AND (coalesce(k.due, false) OR t.loan_id IS NOT NULL OR k.registered <> 0 OR k.reserve <> 0 OR coalesce(b.reserve, 0) <> 0)
    UNION ALL
    SELECT DISTINCT i.bank_code, fault ->> 'value', NULL, false, NULL, NULL, NULL, NULL
      FROM import i JOIN balance_report p ON p.import_id = i.id AND p.period = ${period} JOIN import_row r ON r.import_id = i.id CROSS JOIN LATERAL jsonb_array_elements(r.errors) fault
     WHERE fault ->> 'code' = 'LOAN_UNKNOWN' AND (i.pool_code = ${poolCode} OR (i.pool_code IS NULL AND EXISTS (SELECT FROM balance_report_line l WHERE l.report_id = p.id AND l.pool_code = ${poolCode})))
       AND NOT EXISTS (SELECT FROM loan l WHERE l.bank_code = i.bank_code AND l.due_bill_no = fault ->> 'value')
     ORDER BY 1, 2`;
}

/** Closes what a new look does not find any more, and adds what it finds for the first time. What stands already keeps its owner and what was said of it. */
export async function syncLoanDifferences(
  tx: Tx,
  at: { runId: bigint; poolCode: string; period: SettlementPeriod; on: LocalDate },
  found: readonly LoanDifferenceFound[],
): Promise<void> {
  const rows = JSON.stringify(found);
  await tx.$executeRaw`
    UPDATE loan_difference d SET status = 'agreed', closed_on = ${at.on}::date WHERE d.pool_code = ${at.poolCode} AND d.period = ${at.period} AND d.closed_on IS NULL
       AND (d.bank_code, d.due_bill_no, d.kind, coalesce(d.reported::text, ''), coalesce(d.registered::text, ''), coalesce(d.ledger_reserve::text, '')) NOT IN (
         SELECT "bankCode", "dueBillNo", kind, coalesce(reported::text, ''), coalesce(registered::text, ''), coalesce("ledgerReserve"::text, '')
           FROM jsonb_to_recordset(${rows}::jsonb) AS f("bankCode" text, "dueBillNo" text, kind text, reported numeric(18,2), registered numeric(18,2), "ledgerReserve" numeric(18,2)))`;
  await tx.$executeRaw`
    INSERT INTO loan_difference (run_id, pool_code, period, status, found_on, bank_code, due_bill_no, enterprise, kind, reported, registered, reserve, ledger_reserve, amount)
    SELECT ${at.runId}, ${at.poolCode}, ${at.period}, 'open', ${at.on}::date, f.*
      FROM jsonb_to_recordset(${rows}::jsonb) AS f("bankCode" text, "dueBillNo" text, enterprise text, kind text, reported numeric(18,2), registered numeric(18,2), reserve numeric(18,2), "ledgerReserve" numeric(18,2), amount numeric(18,2))
    ON CONFLICT DO NOTHING`;
}
