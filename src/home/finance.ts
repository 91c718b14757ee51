import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, nextPeriod, periodOf, previousPeriod, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Citation } from '../errors.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { type ClaimsWaiting, claimTodos, claimWords, type Proposals, proposalsIn, proposalTodos } from './claims.ts';
import { amountFigure, type Backing, headroomFigure } from './figures.ts';
import { dayText, type Figure, type Home, homeOf, listed, monthText, type Todo, waits } from './home.ts';
import { type Reconciling, reconcilingTodos } from './reconciling.ts';
import { type MatchWaiting, matchTodos, provisionalTodos } from './reviewer.ts';
import type { PoolState } from './store.ts';
import { financeBatchTodos, paymentWords, type SubsidyWork, subsidyTodos, subsidyWords } from './subsidies.ts';

/** A month of a pool that is over and not settled, and whose reports it lacks. */
export interface OpenMonth {
  poolCode: string;
  poolName: string;
  period: SettlementPeriod;
  running: boolean;
  dueOn: LocalDate;
  cites: Citation[];
  missing: { bankCode: string; bankName: string; loans: number }[];
}

export interface FinanceFacts {
  today: LocalDate;
  pools: (PoolState & Backing)[];
  open: OpenMonth[];
  match: MatchWaiting[];
  /** what pools must be topped up by */
  topUps: Todo[];
  /** claims to be paid, and what others proposed that finance may check */
  claims: ClaimsWaiting[];
  proposals: Proposals;
  reconciling: Reconciling;
  subsidies: SubsidyWork;
  /** papers issued whose PDF is not drawn yet */
  undrawn: number;
}

/** The month of a pool that is settled next: the one that is running, the one after the last, or that of its opening. */
export function nextMonth({ lastPeriod, lastStatus, openedOn }: PoolState): SettlementPeriod {
  if (lastPeriod === null) return periodOf(openedOn);
  return lastStatus === 'running' ? lastPeriod : nextPeriod(lastPeriod);
}

/** Finance's question: can the month be closed, and if not, what is missing. */
export function financeHome(facts: FinanceFacts): Home {
  const { today, pools, open, match, topUps, claims, proposals, subsidies, undrawn } = facts;
  return homeOf(sentenceOf(facts) + claimsSentence(facts), figuresOf(facts), [
    ...monthTodos(open, today),
    ...claimTodos(claims, today, 'todo'),
    ...proposalTodos(proposals),
    ...reconcilingTodos(facts.reconciling, today),
    ...subsidyTodos(subsidies.waiting, today),
    ...financeBatchTodos(subsidies, today),
    ...matchTodos(match, today),
    ...topUps,
    ...provisionalTodos(pools, today),
    waits('document', '正在生成的单据', undrawn, '/documents'),
  ]);
}

/** What is to be paid and checked beside the months. */
function claimsSentence({ claims, proposals, subsidies, today }: FinanceFacts): string {
  const { clawbacks, budgetChanges } = subsidies;
  const checks = proposalsIn(proposals) + clawbacks.proposed + clawbacks.cancelling + budgetChanges;
  const parts = [
    ...[...claimWords(claims, today), ...(checks > 0 ? [`${checks} 项提议待复核`] : [])],
    ...[...subsidyWords(subsidies.waiting, today), ...paymentWords(subsidies.batches)],
  ];
  return parts.length > 0 ? `${parts.join('；')}。` : '';
}

/** The months to settle, and each bank whose reports they lack. */
export function monthTodos(open: OpenMonth[], today: LocalDate): Todo[] {
  return open.flatMap((month) => [monthTodo(month, today), ...missingTodos(month, today)]);
}

function monthTodo({ poolCode, poolName, period, running, dueOn, cites }: OpenMonth, today: LocalDate): Todo {
  const title = `${poolName} ${monthText(period, today)}${running ? '正在结算' : '待结算'}`;
  const href = `/settlements?pool=${poolCode}&period=${period}`;
  return { kind: 'settlement', title, count: 1, dueOn, late: dueOn < today, href, cites };
}

function missingTodos({ poolCode, poolName, period, missing }: OpenMonth, today: LocalDate): Todo[] {
  return missing.map(({ bankName, loans }) =>
    waits(
      'missingReport',
      `${poolName}：${bankName}未报 ${monthText(period, today)}余额月报`,
      loans,
      `/portfolio?pool=${poolCode}`,
    ),
  );
}

function sentenceOf({ today, pools, open }: FinanceFacts): string {
  if (pools.length === 0) return '还没有设立资金池。';
  const over = previousPeriod(periodOf(today));
  const first = open.map((m) => m.period).sort()[0];
  if (first === undefined) {
    const current = periodOf(today);
    const from = dayText(`${nextPeriod(current)}-01`, today);
    return `${monthText(over, today)}及以前的月份均已结算；${monthText(current, today)}的结算自 ${from}起可以办理。`;
  }
  const month = monthText(first, today);
  const now = open.filter((m) => m.period === first);
  if (now.some((m) => m.running)) return `${month}正在结算。`;
  const missing = now.flatMap((m) => m.missing.map((b) => `${m.poolName}缺${b.bankName}月报 ${b.loans} 笔`));
  const due = now.map((m) => m.dueOn).sort()[0]!;
  const when = due < today ? `结算日 ${dayText(due, today)}已过` : `结算日 ${dayText(due, today)}`;
  if (missing.length === 0) return `${month}可以结算：${now.length} 个资金池的月报均已报齐，${when}。`;
  return `${month}还不能正式结算：${listed(missing)}；${when}，此时办理按暂定数结算。`;
}

function figuresOf({ pools, open, today }: FinanceFacts): Figure[] {
  const of = (field: 'deposits' | 'capital' | 'reserved') => pools.map((p) => ({ name: p.name, value: p[field] }));
  const href = pools.length === 1 ? `/pools/${pools[0]!.code}` : '/pools';
  const settled = pools.map((p) => (open.length > 0 ? nextMonth(p) : null)).filter((p) => p !== null);
  const through = settled.length > 0 ? previousPeriod(settled.sort()[0]!) : previousPeriod(periodOf(today));
  return [
    {
      label: '已结算至',
      value: monthText(through, today),
      href: '/settlements',
      explanation: settledTo(pools, through),
    },
    amountFigure({ label: '专户存款', rule: '各资金池专户（1002）余额相加', href }, of('deposits')),
    amountFigure({ label: '资金池净额', rule: '各方出资余额（2901）− 应收追偿款（1218）', href }, of('capital')),
    amountFigure({ label: '准备金占用额', rule: RESERVE, href }, of('reserved')),
    headroomFigure(pools),
  ];
}

const RESERVE = '每笔贷款备案余额 ÷ 放大倍数，不足一分进为一分，逐笔相加';

/** Settled up to a month is what every pool is settled up to. */
function settledTo(pools: PoolState[], through: SettlementPeriod): Explanation {
  const inputs = pools.map(({ name, lastPeriod, lastStatus }) => {
    const running = lastPeriod !== null && lastStatus === 'running' ? '（正在结算）' : '';
    return given(`${name}最近结算`, `${lastPeriod ?? '尚未结算'}${running}`);
  });
  return derived('已结算至：各资金池都已结算的最后月份', through, [], inputs);
}

/** The months of a pool that are over and not settled, the first first. */
export function openMonths(pool: PoolState, today: LocalDate): { period: SettlementPeriod; end: LocalDate }[] {
  const months: { period: SettlementPeriod; end: LocalDate }[] = [];
  for (let period = nextMonth(pool); lastDay(period) < today; period = nextPeriod(period))
    months.push({ period, end: lastDay(period) });
  return months;
}
