import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';

/** Another filing of the same enterprise, and the loan it became. Wire amounts. */
export interface HistoryRow {
  id: string;
  poolName: string;
  bankName: string;
  dueBillNo: string;
  contractNo: string;
  countedPrincipal: string;
  principal: string;
  filedOn: LocalDate;
  status: string;
  reason: string | null;
  outstandingPrincipal: string | null;
  loanStatus: string | null;
  loanClassification: string | null;
  overdueDays: number | null;
  maturesOn: LocalDate;
}

/** The other filings of an enterprise that the actor may see, newest first. */
export async function historyOf(tx: Tx, uscc: string, except: bigint): Promise<HistoryRow[]> {
  return tx.$queryRaw`
    SELECT f.id::text, p.name AS "poolName", i.name AS "bankName", f.due_bill_no AS "dueBillNo", f.contract_no AS "contractNo", f.counted_principal::text AS "countedPrincipal",
           f.principal::text, f.filed_on::text AS "filedOn", f.status, f.reason, l.outstanding_principal::text AS "outstandingPrincipal", l.status AS "loanStatus",
           l.classification AS "loanClassification", l.overdue_days AS "overdueDays", coalesce(l.matures_on, f.matures_on)::text AS "maturesOn"
      FROM loan_filing f JOIN pool p ON p.code = f.pool_code JOIN institution i ON i.code = f.bank_code LEFT JOIN loan l ON l.id = f.id
     WHERE f.enterprise_uscc = ${uscc} AND f.id <> ${except} ORDER BY f.id DESC LIMIT 100`;
}

/** What the enterprise has in the programme in all banks and pools, the filing itself included: only these sums. */
export async function commitmentsOf(
  tx: Tx,
  uscc: string,
): Promise<{ counted: string; loans: number; badLoans: number }> {
  const [row] = await tx.$queryRaw<{ counted: string; loans: number; badLoans: number }[]>`
    SELECT counted::text, loans::int, bad::int AS "badLoans" FROM enterprise_commitments(ARRAY[${uscc}]::text[])`;
  return row ?? { counted: '0.00', loans: 0, badLoans: 0 };
}

/** One act on a filing: when, and by whom as far as the reader may know. */
export interface Act {
  at: string;
  on: LocalDate;
  action: string;
  role: string;
  institutionName: string | null;
  actorName: string | null;
}

/** Who filed and who decided, oldest first; a filing that came in a file was filed with it. Asked as the system: a bank may not read the log itself. */
export async function actsOf(
  tx: Tx,
  id: string,
  importId: string | null,
): Promise<(Act & { institution: string | null })[]> {
  return tx.$queryRaw`
    SELECT to_char(a.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS') AS at, a."on"::text, a.action, a.role, a.institution, i.name AS "institutionName",
           coalesce(u.name, k.name) AS "actorName"
      FROM audit_log a LEFT JOIN institution i ON i.code = a.institution LEFT JOIN api_key k ON k.id = a.actor LEFT JOIN app_user u ON u.id = a.actor
     WHERE a.subject = ${`filing:${id}`} OR (a.subject = ${`import:${importId}`} AND a.action = 'filing.create') ORDER BY a.id LIMIT 50`;
}

/** How many filings wait that the actor may see, and the next one after this. */
export async function waitingAfter(
  tx: Tx,
  pools: string[] | null,
  id: bigint,
): Promise<{ count: number; nextId: string | null }> {
  const [row] = await tx.$queryRaw<{ count: number; nextId: string | null }[]>`
    SELECT count(*)::int AS count, coalesce(min(f.id) FILTER (WHERE f.id > ${id}), min(f.id) FILTER (WHERE f.id < ${id}))::text AS "nextId"
      FROM loan_filing f WHERE f.status = 'submitted' AND (${pools}::text[] IS NULL OR f.pool_code = ANY (${pools}::text[]))`;
  return row!;
}
