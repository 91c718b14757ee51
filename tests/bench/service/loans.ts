import { openService } from './open.ts';
import { BANKS, seedInstitutions, seedPool } from './parties.ts';

/** The month that is settled, its last day, and the day it is settled on. */
export const MONTH = { period: '2026-04', end: '2026-04-30', today: '2026-05-11' };

const TABLES = ['loan_filing', 'loan', 'pool_exposure', 'loan_event', 'balance_report_line'];

/**
 * One pool with `loans` loans from id `first` on, admitted in April: a third repaid in part, most reported by their banks, some repaid in May
 * when April is not settled yet; the reserve in the ledger as the events have it. All in SQL. @returns seconds
 */
export async function seedLoans(url: string, pool: string, first: number, loans: number): Promise<number> {
  const start = performance.now();
  const service = await openService(url, MONTH.today);
  if (first === 1) await seedInstitutions(service);
  await seedPool(service, pool, '2026-04-01');
  const client = await service.pool.connect();
  // Foreign keys are not looked up row by row: what is made from one series fits.
  await client.query('SET session_replication_role = replica');
  for (const sql of statements(pool, first, first + loans - 1)) await client.query(sql);
  await client.query('SET session_replication_role = origin');
  for (const table of TABLES) await client.query(`VACUUM ANALYZE ${table}`);
  client.release();
  await service.stop();
  return (performance.now() - start) / 1000;
}

function statements(pool: string, first: number, last: number): string[] {
  const loans = `
    (SELECT id, 'bank-' || 1 + id % ${BANKS.length} AS bank, 'JJ' || id AS due_bill, (300000 + id % 977 * 100)::numeric(18, 2) AS lent,
            CASE WHEN id % 3 = 0 THEN 50000.00 ELSE 0.00 END AS april, CASE WHEN id % 20 = 0 THEN 10000.00 ELSE 0.00 END AS may
       FROM generate_series(${first}::bigint, ${last}::bigint) AS id) loans`;
  const event = (kind: string, day: string, delta: string) =>
    `SELECT id, '${pool}', bank, '${kind}', '${day}:' || id, DATE '${day}', ${delta}, ${delta}, ${delta} / 10, 'bench' FROM ${loans} WHERE ${delta} <> 0`;
  return [
    `INSERT INTO loan_filing (id, pool_code, bank_code, enterprise_uscc, contract_no, due_bill_no, principal, counted_principal, annual_rate, disbursed_on, matures_on, day_count_basis,
       repayment_method, guarantee_mode, first_loan, purpose, filed_on, status, facts, content, filed_by, decided_by, decided_on)
     SELECT id, '${pool}', bank, '91640221MA00000000', 'JK' || id, due_bill, lent, lent, 3.65, '2026-04-05', '2027-04-05', 'actual360', 'monthlyInterest', 'credit', true, 'rnd',
       '2026-04-08', 'consented', jsonb_build_object('name', '宁夏示例' || id || '科技有限公司'), '', 'filer', 'reviewer', '2026-04-10' FROM ${loans}`,
    `INSERT INTO loan (id, pool_code, bank_code, enterprise_uscc, due_bill_no, principal, counted_principal, outstanding_principal, admitted_on, disbursed_on, matures_on, status)
     SELECT id, '${pool}', bank, '91640221MA00000000', due_bill, lent, lent, lent - april - may, '2026-04-10', '2026-04-05', '2027-04-05', 'active' FROM ${loans}`,
    `INSERT INTO pool_exposure (pool_code, key, bank_code, subject, counted_outstanding, reserve)
     SELECT '${pool}', id, bank, due_bill, lent - april - may, (lent - april - may) / 10 FROM ${loans}`,
    `INSERT INTO loan_event (loan_id, pool_code, bank_code, kind, reference, occurred_on, principal_delta, counted_delta, reserve_delta, recorded_by)
     ${event('admission', '2026-04-10', 'lent')} UNION ALL ${event('repayment', '2026-04-20', '-april')} UNION ALL ${event('repayment', '2026-05-08', '-may')}`,
    `INSERT INTO balance_report (bank_code, period, received_on) SELECT bank, '${MONTH.period}', '2026-05-05' FROM unnest('{${BANKS.join()}}'::text[]) bank ON CONFLICT DO NOTHING`,
    `INSERT INTO balance_report_line (loan_id, period, report_id, pool_code, bank_code, outstanding_principal, principal_repaid, interest_paid, classification, overdue_days, paid_off, received_on,
       expected_principal, expected_interest, expected_outstanding)
     SELECT loans.id, '${MONTH.period}', r.id, '${pool}', bank, lent - april, april, 900, CASE WHEN loans.id % 50 = 1 THEN 'substandard' WHEN loans.id % 30 = 1 THEN 'specialMention' ELSE 'normal' END,
       CASE WHEN loans.id % 50 = 1 THEN 120 WHEN loans.id % 30 = 1 THEN 20 ELSE 0 END, false, '2026-05-05', april, 900, lent - april
       FROM ${loans} JOIN balance_report r ON r.bank_code = bank AND r.period = '${MONTH.period}' WHERE loans.id % 40 > 0`,
    `UPDATE pool_position SET (counted_outstanding, reserved) = (SELECT sum(counted_outstanding), sum(reserve) FROM pool_exposure WHERE pool_code = '${pool}') WHERE pool_code = '${pool}'`,
    `SELECT ledger.post('${pool}', bank_code || occurred_on, occurred_on, 'reserve', '准备金', '[]', CASE WHEN sum(reserve_delta) > 0 THEN ARRAY['9101', '9102'] ELSE ARRAY['9102', '9101'] END,
       ARRAY[bank_code, bank_code], ARRAY['D', 'C'], ARRAY[abs(sum(reserve_delta)), abs(sum(reserve_delta))], ARRAY[NULL, NULL]::text[], 'bench')
       FROM loan_event WHERE pool_code = '${pool}' GROUP BY bank_code, occurred_on ORDER BY occurred_on`,
  ];
}
