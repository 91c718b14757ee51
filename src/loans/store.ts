import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { Exact, type Money, toWire } from '../money/money.ts';
import { toPercent } from '../money/rate.ts';
import type { HeldTitle } from '../policy/filing.ts';
import type { WholeFiling } from './filing.ts';

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
}

/** One look at the register for many enterprises. */
export async function enterpriseFacts(tx: Tx, usccs: string[]): Promise<Map<string, EnterpriseFacts>> {
  const rows = await tx.$queryRaw<(EnterpriseFacts & { uscc: string })[]>`
    SELECT e.uscc, e.name, e.folded_name AS "foldedName", e.registered_at AS "registeredAt", e.staff, e.revenue::text, e.assets::text,
           coalesce(t.titles, '[]'::jsonb) AS titles, coalesce(c.counted, 0.00)::text AS counted, coalesce(c.loans, 0)::int AS "previousLoans"
      FROM enterprise e
      LEFT JOIN (SELECT uscc, jsonb_agg(jsonb_build_object('kind', kind, 'certificateNo', certificate_no, 'validFrom', valid_from, 'validTo', valid_to) ORDER BY id) AS titles
                   FROM enterprise_title WHERE uscc = ANY(${usccs}::text[]) GROUP BY uscc) t USING (uscc)
      LEFT JOIN enterprise_commitments(${usccs}::text[]) c USING (uscc)
     WHERE e.uscc = ANY(${usccs}::text[])`;
  return new Map(rows.map(({ uscc, ...facts }) => [uscc, facts]));
}

export interface KnownFiling {
  id: bigint;
  dueBillNo: string;
  status: string;
  content: string;
}

/** The latest filing of each 借据号 of a bank that still stands, or was refused with its content. */
export async function knownFilings(tx: Tx, bank: string, dueBills: string[]): Promise<Map<string, KnownFiling>> {
  const rows = await tx.$queryRaw<KnownFiling[]>`
    SELECT DISTINCT ON (due_bill_no) id, due_bill_no AS "dueBillNo", status, content FROM loan_filing
     WHERE bank_code = ${bank} AND due_bill_no = ANY(${dueBills}::text[]) ORDER BY due_bill_no, id DESC`;
  return new Map(rows.map((r) => [r.dueBillNo, r]));
}

/** Contracts a renewal may cite: of this bank, by number, with whose they are and whether they were consented. */
export async function contractsOf(tx: Tx, bank: string, contractNos: string[]): Promise<Map<string, { uscc: string; consented: boolean }>> {
  if (contractNos.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ contractNo: string; uscc: string; consented: boolean }[]>`
    SELECT contract_no AS "contractNo", min(enterprise_uscc) AS uscc, bool_or(status = 'consented') AS consented FROM loan_filing
     WHERE bank_code = ${bank} AND contract_no = ANY(${contractNos}::text[]) AND status IN ('submitted', 'consented') GROUP BY contract_no`;
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
      FROM unnest(${f.map((x) => x.enterpriseUscc)}::text[], ${f.map((x) => x.contractNo)}::text[], ${f.map((x) => x.dueBillNo)}::text[],
        ${f.map((x) => toWire(x.principal))}::numeric[], ${f.map((x) => toWire(x.countedPrincipal))}::numeric[], ${f.map((x) => toPercent(x.annualRate))}::numeric[],
        ${f.map((x) => x.disbursedOn)}::date[], ${f.map((x) => x.maturesOn)}::date[], ${f.map((x) => x.dayCountBasis)}::text[], ${f.map((x) => x.repaymentMethod)}::text[],
        ${f.map((x) => x.guaranteeMode)}::text[], ${f.map((x) => x.firstLoan)}::boolean[], ${f.map((x) => x.purpose)}::text[], ${f.map((x) => x.purposeText ?? null)}::text[],
        ${f.map((x) => x.renewsContractNo ?? null)}::text[], ${f.map((x) => x.accountNo ?? null)}::text[], ${filings.map((x) => JSON.stringify(x.facts))}::text[], ${filings.map((x) => x.content)}::text[])
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

type RawLoan = Omit<LoanRow, 'principal' | 'countedPrincipal' | 'outstandingPrincipal'> & { principal: string; counted: string; outstanding: string };

function asLoan({ principal, counted, outstanding, ...rest }: RawLoan): LoanRow {
  return { ...rest, principal: new Exact(principal), countedPrincipal: new Exact(counted), outstandingPrincipal: new Exact(outstanding) };
}

/** Loans by id, locked; the pool must be locked before. */
export async function lockLoans(tx: Tx, ids: bigint[]): Promise<LoanRow[]> {
  const rows = await tx.$queryRaw<RawLoan[]>`
    SELECT id, pool_code AS "poolCode", bank_code AS "bankCode", due_bill_no AS "dueBillNo", principal::text, counted_principal::text AS counted, outstanding_principal::text AS outstanding,
           admitted_on::text AS "admittedOn", disbursed_on::text AS "disbursedOn", matures_on::text AS "maturesOn", status, last_report_period AS "lastReportPeriod"
      FROM loan WHERE id = ANY(${ids}::bigint[]) ORDER BY id FOR UPDATE`;
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
      FROM unnest(${of((e) => e.loan.id)}::bigint[], ${of((e) => e.loan.bankCode)}::text[], ${of((e) => e.kind)}::text[], ${of((e) => e.reference)}::text[], ${of((e) => e.occurredOn)}::date[],
        ${of((e) => e.belongsTo)}::text[], ${of((e) => toWire(e.principalDelta))}::numeric[], ${of((e) => toWire(e.countedDelta))}::numeric[], ${of((e) => toWire(e.reserveDelta))}::numeric[],
        ${of((e) => (e.interest ? toWire(e.interest) : null))}::numeric[], ${of((e) => (e.details === undefined ? null : JSON.stringify(e.details)))}::text[])
      w(loan, bank, kind, reference, day, belongs, principal, counted, reserve, interest, details)`;
}

/** New outstanding amounts; a loan at zero is paid off. */
export async function writeOutstanding(tx: Tx, rows: { id: bigint; outstanding: Money; status: string }[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE loan l SET outstanding_principal = w.outstanding, status = w.status
      FROM unnest(${rows.map((r) => r.id)}::bigint[], ${rows.map((r) => toWire(r.outstanding))}::numeric[], ${rows.map((r) => r.status)}::text[]) w(id, outstanding, status) WHERE l.id = w.id`;
}
