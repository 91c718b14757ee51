import { type Context, permit, SYSTEM } from '../access/context.ts';
import { addMonths, type LocalDate } from '../calendar/local-date.ts';
import {
  lastDay,
  periodOf,
  periodsBetween,
  previousPeriod,
  type SettlementPeriod,
} from '../calendar/settlement-period.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { toWire } from '../money/money.ts';
import { citationOf, leverageOn, reviewDueOn, settlementDueOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { contributions } from '../pool/contribution-service.ts';
import { type PoolView, poolFigures, seesPool } from '../pool/service.ts';
import { poolUnknown, sumsAsOf } from '../pool/store.ts';
import {
  type BadLoans,
  badLoansOf,
  type ContributorView,
  contributorViews,
  type LeverageUse,
  leverageUse,
} from './board.ts';
import { badOn, contributorRows, regionRows, settledMonths } from './board-store.ts';
import { monthTodos, nextMonth, openMonths } from './finance.ts';
import { homeOf, type Todo } from './home.ts';
import { matchWaiting } from './match-service.ts';
import { filingTodos, matchTodos, provisionalTodos } from './reviewer.ts';
import { cells, missingReports, poolStates, waitingFilings } from './store.ts';
import { openPoint, settledPoint, type TrendPoint } from './trend.ts';

/** A pool on one page. Wire amounts, ratios in percent. */
export interface Board {
  pool: PoolView;
  contributors: ContributorView[];
  match: {
    owed: {
      contributionId: string;
      owed: string;
      dueOn: LocalDate;
      received: string;
      outstanding: string;
      overdue: boolean;
    }[];
    advance: string;
  };
  leverage: LeverageUse;
  badLoans: BadLoans;
  todo: Todo[];
  /** the last settlement, and the month that comes next */
  settlement: { id: string; period: SettlementPeriod; status: string } | null;
  next: {
    period: SettlementPeriod;
    endsOn: LocalDate;
    dueOn: LocalDate;
    over: boolean;
    missing: { bankCode: string; bankName: string; loans: number }[];
  };
}

/** Everything of a pool that finance looks at together. @throws DomainError POOL_UNKNOWN (404), also for a pool that is not the actor's */
export async function poolBoard(ctx: Context, code: string): Promise<Board> {
  permit(ctx, 'ledger.read');
  const pool = await poolFigures(ctx, code);
  const { match } = await contributions(ctx, code);
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const { today } = ctx;
    const rules = await rulebook(tx);
    const [state] = await poolStates(tx, [code]);
    const policy = policyByCode(state!.policyCode);
    const own = { bank: null, pools: [code] };
    const loans = await cells(tx, own, today, previousPeriod(periodOf(today)));
    const period = nextMonth(state!);
    const months = openMonths(state!, today).map((m) => ({ pool: code, ...m }));
    const missing = await missingReports(tx, months);
    const waiting = (await waitingFilings(tx, own)).map((f) => {
      const { dueOn, explanation } = reviewDueOn(policy, f.filedOn, 'cooperatingUnit', rules);
      return { ...f, dueOn, cites: explanation.cites };
    });
    const open = months.map((m) => ({
      ...{
        poolCode: code,
        poolName: pool.name,
        period: m.period,
        running: state!.lastStatus === 'running' && m.period === period,
      },
      dueOn: settlementDueOn(policy, m.period, rules.added),
      cites: citationOf(policy.settlement, m.period, rules.added),
      missing: missing.filter((x) => x.period === m.period),
    }));
    const owed = matchTodos(await matchWaiting(tx, today, [state!]), today);
    const todo = [
      ...filingTodos(waiting, today),
      ...monthTodos(open, today),
      ...owed,
      ...provisionalTodos([state!], today),
    ];
    const { lastId, lastPeriod, lastStatus } = state!;
    return {
      ...{ pool, contributors: contributorViews(await contributorRows(tx, code), pool.reserved) },
      match: {
        owed: match.owed.map((m) => ({
          ...m,
          owed: toWire(m.owed),
          received: toWire(m.received),
          outstanding: toWire(m.outstanding),
        })),
        advance: toWire(match.advance),
      },
      leverage: leverageUse(
        pool,
        leverageOn(policy, today < state!.openedOn ? state!.openedOn : today, rules.added).explanation,
      ),
      badLoans: badLoansOf(loans, await regionRows(tx, code)),
      todo: homeOf('', [], todo).todo,
      settlement: lastId && lastPeriod && lastStatus ? { id: lastId, period: lastPeriod, status: lastStatus } : null,
      next: {
        ...{ period, endsOn: lastDay(period), over: lastDay(period) < today },
        dueOn: settlementDueOn(policy, period, rules.added),
        missing: missing
          .filter((m) => m.period === period)
          .map(({ bankCode, bankName, loans: n }) => ({ bankCode, bankName, loans: n })),
      },
    };
  });
}

/** So many months at once, five years. */
const LONGEST = 60;

/**
 * A pool month by month: settled months as their statements closed them, the others as the books stand, the open one as of today. The last twelve months
 * where none are named. @throws DomainError POOL_UNKNOWN (404), PERIODS_INVALID (422)
 */
export async function poolTrend(
  ctx: Context,
  code: string,
  span: { from?: SettlementPeriod; to?: SettlementPeriod },
): Promise<TrendPoint[]> {
  permit(ctx, 'ledger.read');
  const current = periodOf(ctx.today);
  const to = span.to === undefined || span.to > current ? current : span.to;
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const pool = await tx.pool.findUnique({ where: { code } });
    if (!pool || !(await seesPool(tx, ctx.actor, code, ctx.today))) throw poolUnknown(code);
    const opened = periodOf(dateFromDb(pool.openedOn));
    const asked = span.from ?? periodOf(addMonths(`${to}-01`, -11));
    const periods = periodsBetween(asked < opened ? opened : asked, to);
    if (periods.length > LONGEST) throw new DomainError('PERIODS_INVALID', `一次最多查询 ${LONGEST} 个月`);
    const { added } = await rulebook(tx);
    const settled = new Map((await settledMonths(tx, code, asked, to)).map((m) => [m.period, m]));
    const points: TrendPoint[] = [];
    for (const period of periods) {
      const end = lastDay(period);
      const asOf = end < ctx.today ? end : ctx.today;
      const { multiple } = leverageOn(policyByCode(pool.policyCode), asOf, added);
      const month = settled.get(period);
      if (month) points.push(settledPoint(month, asOf, multiple));
      else
        points.push(
          openPoint(period, asOf, await sumsAsOf(tx, code, asOf), await badOn(tx, code, asOf, period), multiple),
        );
    }
    return points;
  });
}
