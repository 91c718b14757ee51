import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { Exact, type Money } from '../money/money.ts';
import type { CapFacts } from '../policy/kinds/loss-caps.ts';
import type { Holding } from './contributors.ts';
import type { RecordedParty } from './parties.ts';
import type { ReportedMonth } from './reported.ts';

/** A loan with what its filing said and what its reports say, for a claim. Amounts as the database writes them. */
export interface LoanOfClaim {
  id: bigint;
  poolCode: string;
  policyCode: string;
  bankCode: string;
  bankName: string;
  enterpriseUscc: string;
  enterpriseName: string;
  legalRepresentative: string | null;
  representativeAtFiling: string | null;
  contractNo: string;
  dueBillNo: string;
  status: string;
  principal: string;
  counted: string;
  outstanding: string;
  annualRate: string;
  dayCountBasis: string;
  repaymentMethod: string;
  disbursedOn: LocalDate;
  firstMaturesOn: LocalDate;
  maturesOn: LocalDate;
  guaranteeMode: string;
  firstLoan: boolean;
  revenue: string;
  /** kinds of the titles valid when it was filed */
  titles: string[];
  extensions: { maturesOn: LocalDate; newMaturesOn: LocalDate }[];
  reports: ReportedMonth[];
  /** its guarantees that stand */
  guarantees: RecordedParty[];
}

/** A loan that the actor sees, by the bank's 借据号 or by its id. */
export async function loanOfClaim(
  tx: Tx,
  by: { bankCode: string; dueBillNo: string } | { id: bigint },
): Promise<LoanOfClaim | undefined> {
  const [id, bank, dueBill] = 'id' in by ? [by.id, null, null] : [null, by.bankCode, by.dueBillNo];
  const [row] = await tx.$queryRaw<LoanOfClaim[]>`
    SELECT l.id, l.pool_code AS "poolCode", p.policy_code AS "policyCode", l.bank_code AS "bankCode", b.name AS "bankName", l.enterprise_uscc AS "enterpriseUscc", e.name AS "enterpriseName",
           e.legal_representative AS "legalRepresentative", f.facts ->> 'legalRepresentative' AS "representativeAtFiling", f.contract_no AS "contractNo", l.due_bill_no AS "dueBillNo",
           l.status, l.principal::text, l.counted_principal::text AS counted, l.outstanding_principal::text AS outstanding, f.annual_rate::text AS "annualRate", f.day_count_basis AS "dayCountBasis", f.repayment_method AS "repaymentMethod", coalesce(l.disbursed_on, f.disbursed_on)::text AS "disbursedOn",
           f.matures_on::text AS "firstMaturesOn", l.matures_on::text AS "maturesOn", f.guarantee_mode AS "guaranteeMode", f.first_loan AS "firstLoan", f.facts ->> 'revenue' AS revenue,
           ARRAY(SELECT DISTINCT t ->> 'kind' FROM jsonb_array_elements(f.facts -> 'titles') t WHERE f.filed_on BETWEEN (t ->> 'validFrom')::date AND (t ->> 'validTo')::date ORDER BY 1) AS titles,
           coalesce((SELECT jsonb_agg(jsonb_build_object('maturesOn', v.details ->> 'from', 'newMaturesOn', v.details ->> 'to') ORDER BY v.id) FROM loan_event v WHERE v.loan_id = l.id AND v.kind = 'extension'), '[]') AS extensions,
           coalesce((SELECT jsonb_agg(jsonb_build_object('period', r.period, 'classification', r.classification, 'overdueDays', r.overdue_days) ORDER BY r.period) FROM balance_report_line r WHERE r.loan_id = l.id), '[]') AS reports,
           coalesce((SELECT jsonb_agg(jsonb_build_object('role', g.role, 'party', g.party, 'name', i.name) ORDER BY g.id) FROM guarantee g JOIN institution i ON i.code = g.party WHERE g.loan_id = l.id AND g.status = 'active'), '[]') AS guarantees
      FROM loan l JOIN loan_filing f ON f.id = l.id JOIN pool p ON p.code = l.pool_code JOIN institution b ON b.code = l.bank_code JOIN enterprise e ON e.uscc = l.enterprise_uscc
     WHERE (l.id = ${id}::bigint) OR (l.bank_code = ${bank} AND l.due_bill_no = ${dueBill})`;
  return row;
}

/**
 * What was compensated before under the same policy, for caps: in all and in the year of a day. The claim itself is left out. `guarantor`: by whom the loan is
 * guaranteed; of what it guaranteed the parts of the bearers `capped` are added up.
 */
export async function capFacts(
  tx: Tx,
  { policyCode, poolCode, bankCode, enterpriseUscc }: LoanOfClaim,
  on: LocalDate,
  { except, guarantor, capped }: { except: bigint | null; guarantor: string; capped: string[] },
): Promise<CapFacts> {
  const [row] = await tx.$queryRaw<Record<string, { toFixed(n: number): string } | null>[]>`
    SELECT * FROM compensated_before(${policyCode}, ${poolCode}, ${bankCode}, ${enterpriseUscc}, ${Number(on.slice(0, 4))}::int, ${except}::bigint, ${guarantor}, ${capped}::text[])`;
  const of = (name: string) => row![name]!.toFixed(2);
  return {
    // Whoever lent nothing in the programme by then has no balance that we know of.
    bases: row!.last_year_balance ? { lastYearBalance: of('last_year_balance') } : {},
    used: {
      ...{ enterprise: of('enterprise'), enterpriseYear: of('enterprise_year'), bankYear: of('bank_year') },
      guarantorYear: of('guarantor_year'),
      ...{ poolYear: of('pool_year'), pool: of('pool'), poolNet: of('pool_net') },
    },
  };
}

/** One after the other may be approved where a cap looks beyond one pool. */
export async function lockCaps(tx: Tx, policyCode: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('compensation caps of ' || ${policyCode}, 0))`;
}

/** What every contributor has in a pool, in the order in which they first paid in. Kinds as clauses name them. */
export async function holdingsOf(tx: Tx, pool: string): Promise<Holding[]> {
  const rows = await tx.$queryRaw<{ party: string; kind: string; contributed: string; available: string }[]>`
    SELECT a.sub_key AS party, a.balance::text AS contributed, contributor_free(${pool}, a.sub_key)::text AS available,
           CASE WHEN a.sub_key = p.cooperating_unit THEN 'cooperatingUnit' WHEN a.sub_key = p.matching_unit OR i.kind = 'regionalAuthority' THEN 'region' ELSE coalesce(i.kind, 'otherUnit') END AS kind
      FROM ledger.account a JOIN pool p ON p.code = a.book_id LEFT JOIN institution i ON i.code = a.sub_key WHERE a.book_id = ${pool} AND a.code = '2901' ORDER BY a.id`;
  return rows.map(({ party, kind, contributed, available }) => ({
    ...{ party, kind, contributed: new Exact(contributed), available: new Exact(available) },
  }));
}

/** A pool's balance of one account now. */
export async function balanceOf(tx: Tx, pool: string, code: string, key: string): Promise<Money> {
  const [row] = await tx.$queryRaw<{ balance: string }[]>`
    SELECT balance::text FROM ledger.account WHERE book_id = ${pool} AND code = ${code} AND sub_key = ${key}`;
  return new Exact(row?.balance ?? '0');
}

/** Contributors whose contributions were all returned: what is recovered for them is owed to them. */
export async function returnedContributors(tx: Tx, pool: string, parties: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ party: string }[]>`
    SELECT a.sub_key AS party FROM ledger.account a JOIN ledger.line l ON l.account_id = a.id JOIN ledger.entry e ON e.book_id = l.book_id AND e.seq = l.seq
     WHERE a.book_id = ${pool} AND a.code = '2901' AND a.sub_key = ANY (${parties}::text[]) AND e.kind = 'contributionReturn' AND a.balance = 0 GROUP BY 1`;
  return new Set(rows.map(({ party }) => party));
}

/** Until when a bank's claims under a document are not received, if at all: by what had been decided in any pool under it by the day claimed. */
export async function banOf(
  tx: Tx,
  { policyCode, bankCode }: Pick<LoanOfClaim, 'policyCode' | 'bankCode'>,
  claimedOn: LocalDate,
): Promise<LocalDate | undefined> {
  const [row] = await tx.$queryRaw<{ until: string | null }[]>`
    SELECT banned_until(${policyCode}, ${bankCode}, ${claimedOn}::date)::text AS until`;
  return row?.until ?? undefined;
}
