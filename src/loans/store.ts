import type { LocalDate } from '../calendar/local-date.ts';
import { column } from '../db/bulk.ts';
import type { Tx } from '../db/client.ts';
import { Exact, type Money, toWire } from '../money/money.ts';
import { toPercent } from '../money/rate.ts';
import type { HeldTitle } from '../policy/filing.ts';
import type { WholeFiling } from './filing.ts';
import type { KeptTerms } from './report.ts';

/** What the register and the books say of an enterprise when a filing of it is judged. Plain JSON: it is kept with the filing. */
export interface EnterpriseFacts {
  name: string;
  foldedName: string;
  registeredAt: string;
  staff: number;
  revenue: string;
  assets: string;
  titles: HeldTitle[];
  /** counted outstanding in all banks and pools, pending filings included */
  counted: string;
  previousLoans: number;
  /** loans in the programme that are 不良 now */
  badLoans: number;
  /** as registered then: whether it has changed is looked at when a loss is claimed; never shown with the filing */
  legalRepresentative: string | null;
}

/** One look at the register for many enterprises. */
export async function enterpriseFacts(tx: Tx, usccs: string[]): Promise<Map<string, EnterpriseFacts>> {
  const rows = await tx.$queryRaw<(EnterpriseFacts & { uscc: string })[]>`
    SELECT e.uscc, e.name, e.folded_name AS "foldedName", e.registered_at AS "registeredAt", e.staff, e.revenue::text, e.assets::text,
           coalesce(t.titles, '[]'::jsonb) AS titles, coalesce(c.counted, 0.00)::text AS counted, coalesce(c.loans, 0)::int AS "previousLoans", coalesce(c.bad, 0)::int AS "badLoans", e.legal_representative AS "legalRepresentative"
      FROM enterprise e
      LEFT JOIN (SELECT uscc, jsonb_agg(jsonb_build_object('kind', kind, 'certificateNo', certificate_no, 'validFrom', valid_from, 'validTo', valid_to) ORDER BY id) AS titles
                   FROM enterprise_title WHERE uscc = ANY(cut(${column(usccs)})) GROUP BY uscc) t USING (uscc)
      LEFT JOIN enterprise_commitments(cut(${column(usccs)})) c USING (uscc)
     WHERE e.uscc = ANY(cut(${column(usccs)}))`;
  return new Map(rows.map(({ uscc, ...facts }) => [uscc, facts]));
}

export interface KnownFiling {
  id: bigint;
  dueBillNo: string;
  status: string;
  content: string;
  filedOn: LocalDate;
}

/** The latest filing of each 借据号 of a bank that still stands, or was refused with its content. */
export async function knownFilings(tx: Tx, bank: string, dueBills: string[]): Promise<Map<string, KnownFiling>> {
  const rows = await tx.$queryRaw<KnownFiling[]>`
    SELECT DISTINCT ON (due_bill_no) id, due_bill_no AS "dueBillNo", status, content, filed_on::text AS "filedOn" FROM loan_filing
     WHERE bank_code = ${bank} AND due_bill_no = ANY(cut(${column(dueBills)})) ORDER BY due_bill_no, id DESC`;
  return new Map(rows.map((r) => [r.dueBillNo, r]));
}

/** Contracts a renewal may cite: of this bank, by number, with whose they are and whether they were consented. */
export async function contractsOf(
  tx: Tx,
  bank: string,
  contractNos: string[],
): Promise<Map<string, { uscc: string; consented: boolean }>> {
  if (contractNos.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ contractNo: string; uscc: string; consented: boolean }[]>`
    SELECT contract_no AS "contractNo", min(enterprise_uscc) AS uscc, bool_or(status = 'consented') AS consented FROM loan_filing
     WHERE bank_code = ${bank} AND contract_no = ANY(cut(${column(contractNos)})) AND status IN ('submitted', 'consented') GROUP BY contract_no`;
  return new Map(rows.map(({ contractNo, ...found }) => [contractNo, found]));
}

export interface NewFiling {
  fields: WholeFiling;
  facts: EnterpriseFacts;
  content: string;
}

/** Inserts filings in one statement and answers their ids in order. */
export async function insertFilings(
  tx: Tx,
  common: { pool: string; bank: string; filedOn: LocalDate; filedBy: string; importId: string | null },
  filings: NewFiling[],
): Promise<bigint[]> {
  const f = filings.map((x) => x.fields);
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO loan_filing (pool_code, bank_code, enterprise_uscc, contract_no, due_bill_no, principal, counted_principal, annual_rate, disbursed_on, matures_on,
      day_count_basis, repayment_method, guarantee_mode, first_loan, purpose, purpose_text, renews_contract_no, account_no, filed_on, status, facts, content, import_id, filed_by)
    SELECT ${common.pool}, ${common.bank}, w.uscc, w.contract, w.due_bill, w.principal, w.counted, w.rate, w.disbursed, w.matures, w.basis, w.method, w.mode, w.first, w.purpose,
      w.purpose_text, w.renews, w.account, ${common.filedOn}::date, 'submitted', w.facts::jsonb, w.content, ${common.importId}::uuid, ${common.filedBy}
      FROM unnest(cut(${column(f.map((x) => x.enterpriseUscc))}), cut(${column(f.map((x) => x.contractNo))}), cut(${column(f.map((x) => x.dueBillNo))}),
        cut(${column(f.map((x) => toWire(x.principal)))})::numeric[], cut(${column(f.map((x) => toWire(x.countedPrincipal)))})::numeric[], cut(${column(f.map((x) => toPercent(x.annualRate)))})::numeric[],
        cut(${column(f.map((x) => x.disbursedOn))})::date[], cut(${column(f.map((x) => x.maturesOn))})::date[], cut(${column(f.map((x) => x.dayCountBasis))}), cut(${column(f.map((x) => x.repaymentMethod))}),
        cut(${column(f.map((x) => x.guaranteeMode))}), cut(${column(f.map((x) => x.firstLoan))})::boolean[], cut(${column(f.map((x) => x.purpose))}), cut(${column(f.map((x) => x.purposeText ?? null))}),
        cut(${column(f.map((x) => x.renewsContractNo ?? null))}), cut(${column(f.map((x) => x.accountNo ?? null))}), cut(${column(filings.map((x) => JSON.stringify(x.facts)))}), cut(${column(filings.map((x) => x.content))}))
      WITH ORDINALITY w(uscc, contract, due_bill, principal, counted, rate, disbursed, matures, basis, method, mode, first, purpose, purpose_text, renews, account, facts, content, i)
     ORDER BY w.i RETURNING id`;
  return rows.map((r) => r.id);
}

/** A loan in a pool, as the use cases that move it need it. */
export interface LoanRow {
  id: bigint;
  poolCode: string;
  bankCode: string;
  dueBillNo: string;
  principal: Money;
  countedPrincipal: Money;
  outstandingPrincipal: Money;
  admittedOn: LocalDate;
  disbursedOn: LocalDate | null;
  maturesOn: LocalDate;
  status: string;
  lastReportPeriod: string | null;
}

type RawLoan = Omit<LoanRow, 'principal' | 'countedPrincipal' | 'outstandingPrincipal'> & {
  principal: string;
  counted: string;
  outstanding: string;
};

function asLoan({ principal, counted, outstanding, ...rest }: RawLoan): LoanRow {
  return {
    ...rest,
    principal: new Exact(principal),
    countedPrincipal: new Exact(counted),
    outstandingPrincipal: new Exact(outstanding),
  };
}

/** Loans by id, locked; the pool must be locked before. */
export async function lockLoans(tx: Tx, ids: bigint[]): Promise<LoanRow[]> {
  const rows = await tx.$queryRaw<RawLoan[]>`
    SELECT id, pool_code AS "poolCode", bank_code AS "bankCode", due_bill_no AS "dueBillNo", principal::text, counted_principal::text AS counted, outstanding_principal::text AS outstanding,
           admitted_on::text AS "admittedOn", disbursed_on::text AS "disbursedOn", matures_on::text AS "maturesOn", status, last_report_period AS "lastReportPeriod"
      FROM loan WHERE id = ANY(cut(${column(ids)})::bigint[]) ORDER BY id FOR UPDATE`;
  return rows.map(asLoan);
}

export interface NewEvent {
  loan: Pick<LoanRow, 'id' | 'bankCode'>;
  kind: string;
  reference: string;
  occurredOn: LocalDate;
  belongsTo: string | null;
  principalDelta: Money;
  countedDelta: Money;
  reserveDelta: Money;
  interest?: Money;
  details?: unknown;
}

export async function insertEvents(tx: Tx, pool: string, by: string, events: NewEvent[]): Promise<void> {
  const of = <T>(pick: (e: NewEvent) => T) => events.map(pick);
  await tx.$executeRaw`
    INSERT INTO loan_event (pool_code, recorded_by, loan_id, bank_code, kind, reference, occurred_on, belongs_to, principal_delta, counted_delta, reserve_delta, interest, details)
    SELECT ${pool}, ${by}, w.loan, w.bank, w.kind, w.reference, w.day, w.belongs, w.principal, w.counted, w.reserve, w.interest, w.details::jsonb
      FROM unnest(cut(${column(of((e) => e.loan.id))})::bigint[], cut(${column(of((e) => e.loan.bankCode))}), cut(${column(of((e) => e.kind))}), cut(${column(of((e) => e.reference))}), cut(${column(of((e) => e.occurredOn))})::date[],
        cut(${column(of((e) => e.belongsTo))}), cut(${column(of((e) => toWire(e.principalDelta)))})::numeric[], cut(${column(of((e) => toWire(e.countedDelta)))})::numeric[], cut(${column(of((e) => toWire(e.reserveDelta)))})::numeric[],
        cut(${column(of((e) => (e.interest ? toWire(e.interest) : null)))})::numeric[], cut(${column(of((e) => (e.details === undefined ? null : JSON.stringify(e.details))))}))
      w(loan, bank, kind, reference, day, belongs, principal, counted, reserve, interest, details)`;
}

/** New outstanding amounts; a loan at zero is paid off on that day, but stays compensated or revoked where it was that. */
export async function writeOutstanding(
  tx: Tx,
  rows: { id: bigint; outstanding: Money; on: LocalDate }[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE loan l SET outstanding_principal = w.outstanding, status = CASE WHEN l.status IN ('compensated', 'revoked') THEN l.status WHEN w.outstanding = 0 THEN 'paidOff' ELSE 'active' END, paid_off_on = CASE w.outstanding WHEN 0 THEN w.day END
      FROM unnest(cut(${column(rows.map((r) => r.id))})::bigint[], cut(${column(rows.map((r) => toWire(r.outstanding)))})::numeric[], cut(${column(rows.map((r) => r.on))})::date[]) w(id, outstanding, day) WHERE l.id = w.id`;
}

export interface ReportLineRow {
  loan: Pick<LoanRow, 'id' | 'poolCode'>;
  period: string;
  reportId: string;
  outstandingPrincipal: Money;
  principalRepaid: Money;
  interestPaid: Money;
  loanClassification: string;
  overdueDays: number;
  paidOff: boolean;
  expected: { principal: Money; interest: Money; outstanding: Money };
}

/** Keeps report lines, and brings each loan's state up to its latest reported month. */
export async function insertReportLines(
  tx: Tx,
  bank: string,
  receivedOn: LocalDate,
  lines: ReportLineRow[],
): Promise<void> {
  const of = <T>(pick: (l: ReportLineRow) => T) => lines.map(pick);
  await tx.$executeRaw`
    INSERT INTO balance_report_line (bank_code, received_on, loan_id, pool_code, period, report_id, outstanding_principal, principal_repaid, interest_paid, classification, overdue_days, paid_off,
      expected_principal, expected_interest, expected_outstanding)
    SELECT ${bank}, ${receivedOn}::date, * FROM unnest(cut(${column(of((l) => l.loan.id))})::bigint[], cut(${column(of((l) => l.loan.poolCode))}), cut(${column(of((l) => l.period))}), cut(${column(of((l) => l.reportId))})::uuid[],
      cut(${column(of((l) => toWire(l.outstandingPrincipal)))})::numeric[], cut(${column(of((l) => toWire(l.principalRepaid)))})::numeric[], cut(${column(of((l) => toWire(l.interestPaid)))})::numeric[], cut(${column(of((l) => l.loanClassification))}),
      cut(${column(of((l) => l.overdueDays))})::int[], cut(${column(of((l) => l.paidOff))})::boolean[], cut(${column(of((l) => toWire(l.expected.principal)))})::numeric[], cut(${column(of((l) => toWire(l.expected.interest)))})::numeric[], cut(${column(of((l) => toWire(l.expected.outstanding)))})::numeric[])
    ON CONFLICT (loan_id, period) DO UPDATE SET report_id = EXCLUDED.report_id, outstanding_principal = EXCLUDED.outstanding_principal, principal_repaid = EXCLUDED.principal_repaid,
      interest_paid = EXCLUDED.interest_paid, classification = EXCLUDED.classification, overdue_days = EXCLUDED.overdue_days, paid_off = EXCLUDED.paid_off, received_on = EXCLUDED.received_on`;
  await tx.$executeRaw`
    UPDATE loan l SET classification = w.classification, overdue_days = w.overdue, last_report_period = w.period
      FROM (SELECT DISTINCT ON (id) * FROM unnest(cut(${column(of((l) => l.loan.id))})::bigint[], cut(${column(of((l) => l.period))}), cut(${column(of((l) => l.loanClassification))}), cut(${column(of((l) => l.overdueDays))})::int[])
              u(id, period, classification, overdue) ORDER BY id, period DESC) w
     WHERE l.id = w.id AND (l.last_report_period IS NULL OR l.last_report_period <= w.period)`;
}

/** Loans of a bank by 借据号, with what their contracts say and which policy they stand under. */
export async function loansByDueBill(tx: Tx, bank: string, dueBills: string[], pool: string | null) {
  const rows = await tx.$queryRaw<
    (RawLoan & {
      annualRate: string;
      drawn: string;
      contractMatures: string;
      dayCountBasis: string;
      repaymentMethod: string;
      policyCode: string;
    })[]
  >`
    SELECT l.id, l.pool_code AS "poolCode", l.bank_code AS "bankCode", l.due_bill_no AS "dueBillNo", l.principal::text, l.counted_principal::text AS counted, l.outstanding_principal::text AS outstanding,
           l.admitted_on::text AS "admittedOn", l.disbursed_on::text AS "disbursedOn", l.matures_on::text AS "maturesOn", l.status, l.last_report_period AS "lastReportPeriod",
           f.annual_rate::text AS "annualRate", coalesce(l.disbursed_on, f.disbursed_on)::text AS drawn, CASE WHEN f.repayment_method IN ('equalInstallment', 'equalPrincipal') THEN f.matures_on ELSE l.matures_on END::text AS "contractMatures", f.day_count_basis AS "dayCountBasis", f.repayment_method AS "repaymentMethod",
           p.policy_code AS "policyCode"
      FROM loan l JOIN loan_filing f ON f.id = l.id JOIN pool p ON p.code = l.pool_code
     WHERE l.bank_code = ${bank} AND l.due_bill_no = ANY(cut(${column(dueBills)})) AND (${pool}::text IS NULL OR l.pool_code = ${pool})`;
  return rows.map(({ annualRate, drawn, contractMatures, dayCountBasis, repaymentMethod, policyCode, ...loan }) => ({
    ...asLoan(loan),
    annualRate,
    drawn,
    contractMatures,
    dayCountBasis,
    repaymentMethod,
    policyCode,
  }));
}

/** Report lines already received for these loans. */
export async function knownReportLines(tx: Tx, loans: bigint[], periods: string[]) {
  return tx.$queryRaw<
    {
      loanId: bigint;
      period: string;
      outstanding: string;
      repaid: string;
      interest: string;
      classification: string;
      overdueDays: number;
      paidOff: boolean;
    }[]
  >`
    SELECT loan_id AS "loanId", period, outstanding_principal::text AS outstanding, principal_repaid::text AS repaid, interest_paid::text AS interest, classification, overdue_days AS "overdueDays", paid_off AS "paidOff"
      FROM balance_report_line WHERE loan_id = ANY(cut(${column(loans)})::bigint[]) AND period = ANY(cut(${column(periods)}))`;
}

/** The report of a bank and month, made when it is the first of its lines. */
export async function openReport(
  tx: Tx,
  bank: string,
  period: string,
  receivedOn: LocalDate,
  importId: string | null,
): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO balance_report (bank_code, period, received_on, import_id) VALUES (${bank}, ${period}, ${receivedOn}::date, ${importId}::uuid)
    ON CONFLICT (bank_code, period) DO UPDATE SET bank_code = EXCLUDED.bank_code RETURNING id::text`;
  return row!.id;
}

/** Principal repaid as told one by one, by loan and the month it belongs to. */
export async function repaymentsByMonth(
  tx: Tx,
  loans: bigint[],
): Promise<{ loanId: bigint; month: string; amount: string }[]> {
  return tx.$queryRaw`
    SELECT loan_id AS "loanId", coalesce(belongs_to, to_char(occurred_on, 'YYYY-MM')) AS month, (-sum(principal_delta))::text AS amount
      FROM loan_event WHERE loan_id = ANY(cut(${column(loans)})::bigint[]) AND kind = 'repayment' GROUP BY 1, 2`;
}

/** How many times a report has moved each of these loans: numbers the reference of a correction. */
export async function reportMoves(tx: Tx, loans: bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx.$queryRaw<{ id: bigint; n: number }[]>`
    SELECT loan_id AS id, count(*)::int AS n FROM loan_event WHERE loan_id = ANY(cut(${column(loans)})::bigint[]) AND kind = 'report' GROUP BY 1`;
  return new Map(rows.map((r) => [r.id, r.n]));
}

/** Whether a month of one of these pools is being settled right now: its report has to wait until that is done. */
export async function isSettling(tx: Tx, pools: string[], periods: string[]): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ running: boolean }[]>`
    SELECT EXISTS (SELECT FROM settlement WHERE pool_code = ANY(cut(${column(pools)})) AND period = ANY(cut(${column(periods)})) AND status = 'running') AS running`;
  return row!.running;
}

/** Where the lines of a report differ from the contracts' own arithmetic, the first of them. */
export async function differingLines(tx: Tx, report: string, most: number) {
  return tx.$queryRaw<
    ({
      dueBillNo: string;
      outstanding: string;
      repaid: string;
      interest: string;
      expectedOutstanding: string;
      expectedPrincipal: string;
      expectedInterest: string;
      total: number;
    } & KeptTerms)[]
  >`
    SELECT l.due_bill_no AS "dueBillNo", b.outstanding_principal::text AS outstanding, b.principal_repaid::text AS repaid, b.interest_paid::text AS interest,
           b.expected_outstanding::text AS "expectedOutstanding", b.expected_principal::text AS "expectedPrincipal", b.expected_interest::text AS "expectedInterest",
           l.principal::text, f.annual_rate::text AS "annualRate", coalesce(l.disbursed_on, f.disbursed_on)::text AS "disbursedOn", l.matures_on::text AS "maturesOn",
           f.day_count_basis AS "dayCountBasis", f.repayment_method AS "repaymentMethod", count(*) OVER ()::int AS total
      FROM balance_report_line b JOIN loan l ON l.id = b.loan_id JOIN loan_filing f ON f.id = l.id
     WHERE b.report_id = ${report}::uuid AND (b.outstanding_principal, b.principal_repaid, b.interest_paid) IS DISTINCT FROM (b.expected_outstanding, b.expected_principal, b.expected_interest)
     ORDER BY l.id LIMIT ${most}`;
}

/** Loans in a pool that a bank should have reported for a month and has not: drawn by its end, not paid off before it. */
export async function missingLoans(
  tx: Tx,
  bank: string,
  period: string,
  end: LocalDate,
  most: number,
): Promise<{ dueBillNo: string; enterprise: string; poolCode: string; total: number }[]> {
  return tx.$queryRaw`
    SELECT l.due_bill_no AS "dueBillNo", f.facts ->> 'name' AS enterprise, l.pool_code AS "poolCode", count(*) OVER ()::int AS total FROM loan l JOIN loan_filing f ON f.id = l.id
     WHERE l.bank_code = ${bank} AND l.disbursed_on <= ${end}::date AND l.status <> 'revoked'
       AND (l.paid_off_on IS NULL OR l.paid_off_on >= (${period} || '-01')::date)
       AND NOT EXISTS (SELECT FROM balance_report_line b WHERE b.loan_id = l.id AND b.period = ${period})
     ORDER BY l.id LIMIT ${most}`;
}
