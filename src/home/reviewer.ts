import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { formatYuan, type Money } from '../money/money.ts';
import { type ClaimsWaiting, claimTodos, claimWords, type Proposals, proposalsIn, proposalTodos } from './claims.ts';
import { type Backing, countFigure, headroomFigure, lendingFigures } from './figures.ts';
import { dayText, type Figure, type Home, homeOf, monthText, type Todo, waits } from './home.ts';
import type { Cell, PoolState } from './store.ts';
import {
  departmentBatchTodos,
  type SubsidiesWaiting,
  type SubsidyWork,
  subsidyTodos,
  subsidyWords,
} from './subsidies.ts';

/** Filings received on one day in one pool that wait, and until when. */
export interface Waiting {
  poolCode: string;
  poolName: string;
  filedOn: LocalDate;
  count: number;
  dueOn: LocalDate;
  cites: Citation[];
}

/** Match that has not come for a pool. */
export interface MatchWaiting {
  poolCode: string;
  poolName: string;
  by: string;
  amount: Money;
  dueOn: LocalDate;
  overdue: boolean;
  cites: Citation[];
}

/** A pool in which business is suspended, and by how many suspensions. */
export interface SuspendedPool {
  poolCode: string;
  poolName: string;
  count: number;
}

export interface ReviewerFacts {
  today: LocalDate;
  waiting: Waiting[];
  registrations: { count: number; oldest: LocalDate | null };
  /** versions of clauses that others proposed; null: not this reviewer's to approve */
  versions: number | null;
  match: MatchWaiting[];
  /** claims that wait for this reviewer, and what others proposed that it may check */
  claims: ClaimsWaiting[];
  proposals: Proposals;
  suspended: SuspendedPool[];
  /** applications for subsidies that wait: a county's, or all that waits for the region */
  subsidies: SubsidiesWaiting[] | SubsidyWork;
  pools: (PoolState & Backing)[];
  cells: Cell[];
}

/** A reviewer's question: what waits, and what is late. */
export function reviewerHome(facts: ReviewerFacts): Home {
  const { waiting, registrations, versions, match, claims, proposals, suspended, subsidies, pools, today } = facts;
  return homeOf(sentenceOf(facts), figuresOf(facts), [
    ...filingTodos(waiting, today),
    ...claimTodos(claims, today, 'todo'),
    ...proposalTodos(proposals),
    ...subsidyTodos(waitingOf(subsidies), today),
    ...(Array.isArray(subsidies) ? [] : departmentBatchTodos(subsidies, today)),
    ...suspended.map(({ poolCode, poolName, count }) =>
      waits('suspension', `${poolName}执行中的暂停`, count, `/breaker?poolCode=${poolCode}&status=active`),
    ),
    waits('registration', '待核实的企业注册', registrations.count, '/registrations'),
    waits('policyVersion', '待复核的条款新版本', versions ?? 0, '/policies'),
    ...matchTodos(match, today),
    ...provisionalTodos(pools, today),
  ]);
}

/** One line a pool: those late and those in time apart, each with the date that comes first. */
export function filingTodos(waiting: Waiting[], today: LocalDate): Todo[] {
  const groups = Map.groupBy(waiting, (w) => `${w.poolCode} ${w.dueOn < today}`);
  return [...groups.values()].map((group) => {
    const { poolCode, poolName, dueOn, cites } = group.reduce((a, b) => (a.dueOn <= b.dueOn ? a : b));
    const late = dueOn < today;
    const title = `${poolName}${late ? '超过审核时限的备案' : '待审核备案'}`;
    const href = `/reviews?poolCode=${poolCode}`;
    return { kind: 'filing', title, count: countOf(group), dueOn, late, href, cites };
  });
}

export function matchTodos(match: MatchWaiting[], today: LocalDate): Todo[] {
  return match.map(({ poolCode, poolName, by, amount, dueOn, cites }) => ({
    kind: 'match',
    title: `${poolName}：${by}应配套 ${formatYuan(amount)} 元未到`,
    count: 1,
    dueOn,
    late: dueOn < today,
    href: `/pools/${poolCode}`,
    cites,
  }));
}

export function provisionalTodos(pools: PoolState[], today: LocalDate): Todo[] {
  return pools.flatMap(({ code, name, provisional }) => {
    const months = provisional.map((p) => monthText(p, today)).join('、');
    return waits(
      'provisional',
      `${name}按暂定数结算的月份：${months}`,
      provisional.length,
      `/settlements?pool=${code}`,
    );
  });
}

const waitingOf = (subsidies: ReviewerFacts['subsidies']): SubsidiesWaiting[] =>
  Array.isArray(subsidies) ? subsidies : subsidies.waiting;

function sentenceOf(facts: ReviewerFacts): string {
  const { waiting, registrations, versions, match, claims, proposals, subsidies, today } = facts;
  const total = countOf(waiting);
  const late = countOf(waiting.filter((w) => w.dueOn < today));
  const next = waiting.map((w) => w.dueOn).sort()[0];
  const parts: string[] = [];
  if (late > 0) parts.push(`${total} 笔备案待审核，其中 ${late} 笔已超过审核时限`);
  else if (next) parts.push(`${total} 笔备案待审核，最早一笔应于 ${dayText(next, today)}前办结`);
  parts.push(...claimWords(claims, today), ...subsidyWords(waitingOf(subsidies), today));
  if (proposalsIn(proposals) > 0) parts.push(`${proposalsIn(proposals)} 项提议待复核`);
  if (registrations.count > 0) parts.push(`${registrations.count} 家企业的注册待核实`);
  if (versions) parts.push(`${versions} 项条款新版本待复核`);
  const owed = match.filter((m) => m.overdue).length;
  if (owed > 0) parts.push(`${owed} 笔配套资金逾期未到`);
  return parts.length > 0 ? `${parts.join('；')}。` : '没有待审核的备案、补偿申请和补贴申请，也没有逾期事项。';
}

function figuresOf({ waiting, pools, cells }: ReviewerFacts): Figure[] {
  const filings = waiting.map((w) => ({ name: `${w.poolName} ${w.filedOn} 受理`, value: `${w.count}` }));
  const rule = '已受理、尚未作出决定的备案';
  return [
    countFigure({ label: '待审核备案', rule, href: '/reviews' }, '笔', filings),
    headroomFigure(pools),
    ...lendingFigures(cells, (c) => `${c.poolName} ${c.bankName}`),
  ];
}

const countOf = (groups: { count: number }[]): number => groups.reduce((n, g) => n + g.count, 0);
