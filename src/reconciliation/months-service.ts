import { type Context, ownFilter, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { firstDay, lastDay, periodOf, periodsBetween, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { inTransaction } from '../db/transaction.ts';

/** How a month of an account stands, in the order in which it comes about. */
export const MONTH_STATES = {
  notOpen: '未到',
  noStatement: '缺对账单',
  partial: '对账单不全',
  ready: '待对账',
  differences: '有差异',
  toConfirm: '待确认',
  confirmed: '已确认',
} as const;
export type MonthState = keyof typeof MONTH_STATES;

export interface AccountMonth {
  period: SettlementPeriod;
  state: MonthState;
  /** the last run, null before the first */
  runId: string | null;
  unexplained: string | null;
  /** nobody has settled or explained them yet */
  undecided: number;
  lines: number;
  /** the last day of the month that a statement speaks of */
  coveredTo: LocalDate | null;
}
export interface AccountYear {
  poolCode: string;
  poolName: string;
  accountNo: string;
  accountName: string;
  bankName: string;
  /** statements speak of the account from and to these days */
  coveredFrom: LocalDate | null;
  coveredTo: LocalDate | null;
  months: AccountMonth[];
}

type AccountRow = Omit<AccountYear, 'months'> & { openedOn: LocalDate };
type MonthRow = Omit<AccountMonth, 'state'> & { accountNo: string; status: string | null };

/** Each deposit account, of pools and of subsidy budgets, that the actor sees with the months of a year, up to the present one: what they lack until they are reconciled. */
export async function accountYears(
  ctx: Context,
  { year, poolCode }: { year: number; poolCode?: string },
): Promise<AccountYear[]> {
  permit(ctx, 'reconciliation.read');
  const now = periodOf(ctx.today);
  const last = `${year}-12` < now ? `${year}-12` : now;
  const periods = `${year}-01` <= last ? periodsBetween(`${year}-01`, last) : [];
  return inTransaction(ctx, async (tx) => {
    const accounts = await accountsOf(tx, ownFilter(ctx.actor).poolCode?.in ?? null, poolCode ?? null);
    const rows = await monthsOf(
      tx,
      accounts.map(({ accountNo }) => accountNo),
      periods,
    );
    return accounts.map(({ openedOn, ...account }) => ({
      ...account,
      months: rows
        .filter(({ accountNo }) => accountNo === account.accountNo)
        .map(({ accountNo: _, status, ...month }) => ({
          ...month,
          state: month.period < periodOf(openedOn) ? 'notOpen' : stateOf(month, status),
        })),
    }));
  });
}

function stateOf(
  { period, coveredTo, undecided, unexplained }: Omit<AccountMonth, 'state'>,
  status: string | null,
): MonthState {
  if (status === 'confirmed') return 'confirmed';
  if (coveredTo === null) return 'noStatement';
  if (undecided > 0 || (unexplained !== null && unexplained !== '0.00')) return 'differences';
  if (coveredTo < lastDay(period)) return 'partial';
  return status === null ? 'ready' : 'toConfirm';
}

async function accountsOf(tx: Tx, pools: string[] | null, poolCode: string | null): Promise<AccountRow[]> {
  return tx.$queryRaw`
    WITH account AS (
      SELECT a.pool_code, p.name, a.account_no, a.account_name, a.bank_name, p.opened_on FROM bank_account a JOIN pool p ON p.code = a.pool_code WHERE ${pools}::text[] IS NULL OR a.pool_code = ANY (${pools}::text[])
      UNION ALL
      SELECT min(code), min(name), account_no, min(account_name), min(bank_name), min(created_on) FROM subsidy_budget WHERE ${pools}::text[] IS NULL GROUP BY account_no HAVING count(*) = 1
    )
    SELECT a.pool_code AS "poolCode", a.name AS "poolName", a.account_no AS "accountNo", a.account_name AS "accountName", a.bank_name AS "bankName", a.opened_on::text AS "openedOn",
           s.first::text AS "coveredFrom", s.last::text AS "coveredTo"
      FROM account a LEFT JOIN LATERAL (SELECT min(from_day) AS first, max(to_day) AS last FROM bank_statement WHERE account_no = a.account_no) s ON true
     WHERE ${poolCode}::text IS NULL OR a.pool_code = ${poolCode}
     ORDER BY a.opened_on, a.pool_code, a.account_no`;
}

/** Of each account and month its last run, and what is there of statements, lines and differences. */
async function monthsOf(tx: Tx, accounts: string[], periods: SettlementPeriod[]): Promise<MonthRow[]> {
  const [from, to] = [periods.map(firstDay), periods.map(lastDay)];
  return tx.$queryRaw`
    SELECT a.no AS "accountNo", m.period, r.id::text AS "runId", r.status, r.unexplained::text,
           (SELECT count(*)::int FROM difference d WHERE d.account_no = a.no AND d.status IN ('open', 'proposed') AND d.occurred_on BETWEEN m.first AND m.last) AS undecided,
           (SELECT count(*)::int FROM bank_line l WHERE l.account_no = a.no AND l.occurred_on BETWEEN m.first AND m.last) AS lines,
           (SELECT max(least(s.to_day, m.last))::text FROM bank_statement s WHERE s.account_no = a.no AND s.from_day <= m.last AND s.to_day >= m.first) AS "coveredTo"
      FROM unnest(${accounts}::text[]) a(no) CROSS JOIN unnest(${periods}::text[], ${from}::date[], ${to}::date[]) m(period, first, last)
      LEFT JOIN LATERAL (SELECT id, status, unexplained FROM reconciliation WHERE account_no = a.no AND period = m.period ORDER BY number DESC LIMIT 1) r ON true
     ORDER BY a.no, m.period`;
}
