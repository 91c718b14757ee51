import { actorNames } from '../access/actor-names.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, periodOf, previousPeriod, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import type { SettlementStatementView } from '../documents/view-models.ts';
import type { AccountFacts, ClosingFacts } from './closing.ts';

/** A month of a pool that is over, as `closing_months` tells it. */
export interface ClosingMonth {
  id: string;
  poolCode: string;
  poolName: string;
  period: SettlementPeriod;
  status: string;
  settlementId: string | null;
  settlementStatus: string | null;
  accounts: number;
  reconciled: number;
  exception: string | null;
  proposedBy: string | null;
  proposedOn: LocalDate | null;
  closedBy: string | null;
  closedOn: LocalDate | null;
  ledgerHead: string | null;
  ledgerEntries: number | null;
}

/** Months by their ids, those that are over by a day. */
export async function closingMonths(tx: Tx, today: LocalDate, ids: string[]): Promise<ClosingMonth[]> {
  return tx.$queryRaw`
    SELECT id::text, pool_code AS "poolCode", pool_name AS "poolName", period, status, settlement_id::text AS "settlementId", settlement_status AS "settlementStatus", accounts, reconciled,
           exception, proposed_by AS "proposedBy", proposed_on::text AS "proposedOn", closed_by AS "closedBy", closed_on::text AS "closedOn", ledger_head AS "ledgerHead", ledger_entries::int AS "ledgerEntries"
      FROM closing_months(${today}::date) WHERE id = ANY (${ids}::uuid[])`;
}

/** One id per pool and month, whoever asks first. */
export async function closingId(tx: Tx, pool: string, period: SettlementPeriod): Promise<string> {
  const [row] = await tx.$queryRaw<
    { id: string }[]
  >`SELECT fixed_id('closing:' || ${pool} || ':' || ${period})::text AS id`;
  return row!.id;
}

/** What the checklist of a month is drawn from, as it stands. */
export async function closingFacts(tx: Tx, poolCode: string, period: SettlementPeriod): Promise<ClosingFacts> {
  const { openedOn } = await tx.pool.findUniqueOrThrow({ where: { code: poolCode }, select: { openedOn: true } });
  const before = previousPeriod(period);
  const isFirst = period <= periodOf(dateFromDb(openedOn));
  const previous = isFirst
    ? null
    : await tx.closing.findFirst({ where: { poolCode, period: before, status: 'closed' } });
  return {
    ...{ poolCode, period, previous: isFirst ? null : { period: before, closed: previous !== null } },
    settlement: await settlementFacts(tx, poolCode, period),
    accounts: await accountFacts(tx, poolCode, period),
    suspense: await tx.$queryRaw`
      SELECT id::text, amount::text FROM difference WHERE pool_code = ${poolCode} AND status = 'resolved' AND resolution = 'suspense' AND party_decided_on IS NULL
         AND occurred_on <= ${lastDay(period)}::date ORDER BY id`,
    threeWay: await threeWayFacts(tx, poolCode, period),
  };
}

/** The last look at the month's loans by the three, and how much of what it found is still there and not explained. */
async function threeWayFacts(tx: Tx, poolCode: string, period: SettlementPeriod): Promise<ClosingFacts['threeWay']> {
  const last = await tx.loanReconciliation.findFirst({
    where: { poolCode, period },
    select: { differences: true },
    orderBy: { number: 'desc' },
  });
  if (last)
    return { ...last, unexplained: await tx.loanDifference.count({ where: { poolCode, period, status: 'open' } }) };
  const admittedOn = { lte: dateToDb(lastDay(period)) };
  return (await tx.loan.findFirst({ where: { poolCode, admittedOn }, select: { id: true } })) ? null : undefined;
}

async function settlementFacts(
  tx: Tx,
  poolCode: string,
  period: SettlementPeriod,
): Promise<ClosingFacts['settlement']> {
  const row = await tx.settlement.findUnique({
    where: { poolCode_period: { poolCode, period } },
    include: { statements: { where: { partyKind: 'pool' } } },
  });
  if (!row) return null;
  const notes = row.statements.flatMap(({ statement }) => (JSON.parse(statement) as SettlementStatementView).notes);
  return {
    ...{ id: row.id, status: row.status },
    late: notes.filter(({ kind }) => kind === 'missingReport').map(({ text }) => text),
  };
}

/** More open differences of an account than this are looked at where they are listed. */
const SHOWN = 50;

async function accountFacts(tx: Tx, poolCode: string, period: SettlementPeriod): Promise<AccountFacts[]> {
  const [first, end] = [firstDay(period), lastDay(period)];
  const rows = await tx.$queryRaw<
    (Omit<AccountFacts, 'run' | 'open'> & { runId: string; status: string; unexplained: string; runBy: string })[]
  >`
    SELECT a.account_no AS "accountNo", a.bank_name AS "bankName", r.id::text AS "runId", r.status, r.unexplained::text, r.run_by AS "runBy",
           (SELECT max(least(s.to_day, ${end}::date))::text FROM bank_statement s WHERE s.account_no = a.account_no AND s.from_day <= ${end}::date AND s.to_day >= ${first}::date) AS "coveredTo"
      FROM bank_account a
      LEFT JOIN LATERAL (SELECT * FROM reconciliation WHERE account_no = a.account_no AND period = ${period} ORDER BY number DESC LIMIT 1) r ON true
     WHERE a.pool_code = ${poolCode} ORDER BY a.account_no`;
  const open = await tx.$queryRaw<(AccountFacts['open'][0] & { accountNo: string })[]>`
    SELECT d.id::text, d.account_no AS "accountNo", d.occurred_on::text AS on, d.direction, d.amount::text, d.owner, coalesce(concat_ws(' ', b.counterparty_name, nullif(b.memo, '')), e.memo, '') AS text
      FROM difference d LEFT JOIN bank_line b ON b.id = d.line_id LEFT JOIN ledger.entry e ON e.book_id = d.pool_code AND e.seq = d.seq
     WHERE d.pool_code = ${poolCode} AND d.status IN ('open', 'proposed') AND d.occurred_on <= ${end}::date ORDER BY d.occurred_on, d.id LIMIT ${SHOWN}`;
  const names = await actorNames(
    tx,
    [...rows.map(({ runBy }) => runBy), ...open.map(({ owner }) => owner)].filter((id) => id !== null),
  );
  return rows.map(({ runId, status, unexplained, runBy, ...account }) => ({
    ...account,
    run:
      runId === null
        ? null
        : { id: runId, confirmed: status === 'confirmed', unexplained, runBy: names.get(runBy) ?? null },
    open: open
      .filter(({ accountNo }) => accountNo === account.accountNo)
      .map(({ accountNo: _, ...d }) => ({ ...d, owner: d.owner === null ? null : (names.get(d.owner) ?? null) })),
  }));
}

/** Something that came to be known after its month was closed, and the month that took it. */
export interface Adjustment {
  occurredOn: LocalDate;
  kind: string;
  text: string;
  amount: string;
  /** number of the entry, null for what moved loans only */
  seq: number | null;
}

/** 跨期调整: what belongs to a month and was booked later, the newest first; loans by day and kind. */
export async function adjustmentsOf(tx: Tx, poolCode: string, period: SettlementPeriod): Promise<Adjustment[]> {
  return tx.$queryRaw`
    SELECT * FROM (
      SELECT e.occurred_on::text AS "occurredOn", e.kind, e.memo AS text, (SELECT sum(l.amount) FROM ledger.line l JOIN ledger.account a ON a.id = l.account_id
               WHERE l.book_id = e.book_id AND l.seq = e.seq AND l.side = 'D' AND NOT a.off_balance)::text AS amount, e.seq::int AS seq
        FROM ledger.entry e WHERE e.book_id = ${poolCode} AND e.belongs_to = ${period} AND e.kind NOT IN ('reserve', 'guarantee')
      UNION ALL
      SELECT v.occurred_on::text, v.kind, count(*) || ' 笔贷款余额变动', sum(v.principal_delta)::text, NULL
        FROM loan_event v WHERE v.pool_code = ${poolCode} AND v.belongs_to = ${period} AND v.occurred_on > ${lastDay(period)}::date GROUP BY 1, 2
    ) a ORDER BY 1 DESC, 5 DESC NULLS LAST LIMIT 200`;
}
