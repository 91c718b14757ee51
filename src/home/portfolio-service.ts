import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, periodOf, previousPeriod, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import { badLoanRatio, type Ratio } from '../loans/ratio.ts';
import { Exact, sum, toWire } from '../money/money.ts';
import { citationOf, reportDueOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { explainLending, type Sums } from './lending.ts';
import { cellsOn } from './portfolio-store.ts';
import { type Cell, cells, type Whose } from './store.ts';

/** A month whose report lacks loans: how many, and by when it is or was due. */
interface Missing {
  period: SettlementPeriod;
  loans: number;
  dueOn: LocalDate;
  late: boolean;
  cites: Citation[];
}
export type PortfolioRow = Omit<Cell, 'policyCode' | 'missing'> & {
  badRatio: Ratio;
  missing: Missing[];
  explanation: Explanation;
};
export interface Portfolio {
  asOf: LocalDate;
  /** the month asked for; null: as of today */
  period: SettlementPeriod | null;
  items: PortfolioRow[];
  sum: Sums & { explanation: Explanation };
}

/**
 * Loans by bank and pool with their 不良率: a bank's own, a county's pools, or all; now, or at the end of a month that is over.
 * @throws DomainError PERIOD_NOT_OVER (422)
 */
export async function portfolio(
  ctx: Context,
  asked: { period?: SettlementPeriod; poolCode?: string; bankCode?: string },
): Promise<Portfolio> {
  permit(ctx, 'settlement.read');
  const { today } = ctx;
  const { period = null } = asked;
  const asOf = period === null ? today : lastDay(period);
  if (asOf > today || (period !== null && asOf >= today))
    throw new DomainError('PERIOD_NOT_OVER', `${period} 尚未结束，请查询已结束的月份`);
  const whose = whoseOf(ctx, asked);
  return inTransaction(ctx, async (tx) => {
    const now = period === null;
    const found = await (now
      ? cells(tx, whose, today, previousPeriod(periodOf(today)))
      : cellsOn(tx, whose, period, asOf));
    const { added } = await rulebook(tx);
    const items = found.map(({ policyCode, missing, ...cell }) => {
      const policy = policyByCode(policyCode);
      const due = missing.map((m): Missing => {
        const dueOn = reportDueOn(policy, m.period, added);
        return { ...m, dueOn, late: dueOn < today, cites: citationOf(policy.reporting, m.period, added) };
      });
      const sums = { ...cell, badRatio: badLoanRatio(cell.bad, cell.outstanding) };
      return { ...sums, missing: due, explanation: explainLending(nameOf(cell), sums) };
    });
    const sum = sumOf(found);
    const parts = items.map((item) => ({ name: nameOf(item), sums: item }));
    return { asOf, period, items, sum: { ...sum, explanation: explainLending('合计', sum, parts) } };
  });
}

/** What was asked for within what the actor may see; what lies outside is simply not there. */
function whoseOf({ actor }: Context, { poolCode, bankCode }: { poolCode?: string; bankCode?: string }): Whose {
  const bank = actor.role === 'bank' ? actor.institution : (bankCode ?? null);
  const own = actor.role === 'countyReviewer' ? actor.pools : null;
  const pools = poolCode === undefined ? own : own === null || own.includes(poolCode) ? [poolCode] : [];
  return actor.role === 'bank' && bankCode !== undefined && bankCode !== bank ? { bank, pools: [] } : { bank, pools };
}

const nameOf = ({ bankName, poolName }: Pick<Cell, 'bankName' | 'poolName'>): string => `${poolName} ${bankName}`;

function sumOf(found: Cell[]): Sums {
  const count = (of: 'loans' | 'badLoans' | 'overdueLoans') => found.reduce((n, c) => n + c[of], 0);
  const money = (of: 'outstanding' | 'counted' | 'bad' | 'overdue') => toWire(sum(found.map((c) => new Exact(c[of]))));
  return {
    ...{ loans: count('loans'), badLoans: count('badLoans'), overdueLoans: count('overdueLoans') },
    ...{ outstanding: money('outstanding'), counted: money('counted'), bad: money('bad'), overdue: money('overdue') },
    badRatio: badLoanRatio(money('bad'), money('outstanding')),
  };
}
