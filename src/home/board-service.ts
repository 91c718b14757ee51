import { type Context, permit, SYSTEM } from '../access/context.ts';
import { addMonths, type LocalDate } from '../calendar/local-date.ts';
import {
  lastDay,
  periodOf,
  periodsBetween,
  previousPeriod,
  type SettlementPeriod,
} from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import { money, toWire } from '../money/money.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { leverageOn, reviewDueOn, settlementDueOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { Policy } from '../policy/policy.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { topUpOwed } from '../pool/capital.ts';
import { poolMatch } from '../pool/contribution-service.ts';
import type { MatchLine } from '../pool/match.ts';
import { type PoolView, poolFigures, seesPool } from '../pool/service.ts';
import { poolUnknown, sumsAsOf } from '../pool/store.ts';
import {
  type BadLoans,
  badLoansOf,
  breakerLine,
  type ContributorView,
  contributorViews,
  type LeverageUse,
  leverageUse,
} from './board.ts';
import { badOn, contributorRows, regionRows, settledMonths } from './board-store.ts';
import { claimsWaiting } from './claim-waiting-service.ts';
import { type ClaimsWaiting, claimTodos } from './claims.ts';
import { monthTodos, nextMonth } from './finance.ts';
import { homeOf, type Todo } from './home.ts';
import { matchWaiting } from './match-service.ts';
import { openSettlements } from './open-months-service.ts';
import { filingTodos, matchTodos, provisionalTodos } from './reviewer.ts';
import { cells, type PoolState, poolStates, waitingFilings } from './store.ts';
import { topUpTodos } from './top-up.ts';
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
  /** 应补充出资: a memo, 0.00 where nothing is owed */
  topUp: { owed: string; floor: string; cites: Citation[]; explanation: Explanation };
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
  const match = await poolMatch(ctx, code);
  return inTransaction({ db: ctx.db, actor: SYSTEM }, async (tx) => {
    const { today } = ctx;
    const { added } = await rulebook(tx);
    const state = (await poolStates(tx, [code]))[0]!;
    const policy = policyByCode(state.policyCode);
    const on = today < state.openedOn ? state.openedOn : today;
    const lines = valueOn(policy.breaker, on, added);
    const loans = await cells(tx, { bank: null, pools: [code] }, today, previousPeriod(periodOf(today)));
    const { lastId, lastPeriod, lastStatus } = state;
    return {
      ...{ pool, contributors: contributorViews(await contributorRows(tx, code), pool.reserved) },
      match: { owed: match.owed.map(matchView), advance: toWire(match.advance) },
      topUp: topUpView(policy, on, state, added),
      leverage: leverageUse(pool, leverageOn(policy, on, added).explanation),
      badLoans: badLoansOf(loans, await regionRows(tx, code), (...args) => breakerLine(policy.breaker, lines, ...args)),
      settlement: lastId && lastPeriod && lastStatus ? { id: lastId, period: lastPeriod, status: lastStatus } : null,
      ...(await whatWaits(tx, today, state)),
    };
  });
}

/** What a pool lacks up to the least it must hold. */
function topUpView(policy: Policy, on: LocalDate, { contributed, capital }: PoolState, added: readonly AddedVersion[]) {
  const { owed, ...why } = topUpOwed(policy, on, { contributed: money(contributed), capital: money(capital) }, added);
  return { owed: toWire(owed), ...why };
}

const matchView = (m: MatchLine) => {
  return { ...m, owed: toWire(m.owed), received: toWire(m.received), outstanding: toWire(m.outstanding) };
};

const ALL_STEPS: ClaimsWaiting['status'][] = ['submitted', 'verified', 'approved', 'confirmed'];

/** What a pool waits for, and the month that comes next with the reports it lacks. */
async function whatWaits(tx: Tx, today: LocalDate, pool: PoolState): Promise<Pick<Board, 'todo' | 'next'>> {
  const rules = await rulebook(tx);
  const policy = policyByCode(pool.policyCode);
  const waiting = (await waitingFilings(tx, { bank: null, pools: [pool.code] })).map((f) => {
    const { dueOn, explanation } = reviewDueOn(policy, f.filedOn, 'cooperatingUnit', rules);
    return { ...f, dueOn, cites: explanation.cites };
  });
  const open = await openSettlements(tx, [pool], today);
  const claims = await claimsWaiting(tx, today, { statuses: ALL_STEPS, pools: [pool.code], actor: null });
  const todo = [
    ...filingTodos(waiting, today),
    ...claimTodos(claims, today, 'all'),
    ...monthTodos(open, today),
    ...matchTodos(await matchWaiting(tx, today, [pool]), today),
    ...topUpTodos([pool], today, rules.added),
    ...provisionalTodos([pool], today),
  ];
  const period = nextMonth(pool);
  const missing = open.find((m) => m.period === period)?.missing ?? [];
  const endsOn = lastDay(period);
  const dueOn = settlementDueOn(policy, period, rules.added);
  return { todo: homeOf('', [], todo).todo, next: { period, endsOn, dueOn, over: endsOn < today, missing } };
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
