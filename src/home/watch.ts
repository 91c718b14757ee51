import { addMonths, type LocalDate } from '../calendar/local-date.ts';
import { type LprQuote, lprPublicationDay } from '../calendar/lpr.ts';
import {
  nextPeriod,
  periodOf,
  periodsBetween,
  previousPeriod,
  type SettlementPeriod,
} from '../calendar/settlement-period.ts';
import type { HolidayNotice } from '../calendar/working-days.ts';
import { countFigure, type Part } from './figures.ts';
import { type Home, homeOf, listed, monthText, type Todo, waits } from './home.ts';
import { type AuditState, type OperatorState, SENSITIVE } from './watch-store.ts';

const WAITING = '等待、待重试和执行中的后台任务';
/** A number that is of one kind. */
const one = (name: string, count: number): Part[] => [{ name, value: `${count}` }];

/** An auditor's first page: do the books still hold what was printed, and what was done lately. */
export function auditorHome(state: AuditState, today: LocalDate): Home {
  const { anchored, unanchored, sensitive, lastSettled } = state;
  const acts = sensitive.reduce((n, s) => n + s.count, 0);
  const lately = acts > 0 ? `近 7 日有 ${acts} 次敏感操作` : '近 7 日没有敏感操作';
  const books =
    unanchored > 0
      ? `${unanchored} 次结算所印的账套头与账簿不符，请立即核验`
      : `账簿与 ${anchored} 次结算所印的账套头一致`;
  const figures = [
    countFigure({ label: '账套', rule: '每个资金池一个账套', href: '/ledger' }, '个', one('账套', state.books)),
    countFigure({ label: '记账凭证', rule: '各账套已过账的凭证', href: '/ledger' }, '张', one('凭证', state.entries)),
    ...(lastSettled ? [{ label: '最近结算', value: monthText(lastSettled, today), href: '/settlements' }] : []),
    countFigure({ label: '近 7 日操作', rule: '审计日志中近 7 日的记录', href: '/audit' }, '次', [
      ...sensitive.map((s) => ({ name: SENSITIVE[s.action] ?? s.action, value: `${s.count}` })),
      ...one('其他操作', state.acts - acts),
    ]),
  ];
  return homeOf(`${books}；${lately}。`, figures, [
    waits('anchor', '账套头不符的结算', unanchored, '/ledger/verify', true),
    ...sensitive.map((s) => waits('sensitive', SENSITIVE[s.action] ?? s.action, s.count, `/audit?action=${s.action}`)),
  ]);
}

/** What the tables of coming days lack: months whose LPR should be out and is not, years that clocks run into without a notice. */
export function calendarGaps(
  today: LocalDate,
  quotes: LprQuote[],
  notices: HolidayNotice[],
): { months: SettlementPeriod[]; years: number[]; unconfirmed: SettlementPeriod[] } {
  const known = new Set(quotes.map((q) => q.month));
  const first = [...known].sort()[0];
  const current = periodOf(today);
  const has = (year: number) => notices.some((n) => n.year === year);
  const out = has(Number(current.slice(0, 4))) && lprPublicationDay(current, notices) <= today;
  const last = out ? current : previousPeriod(current);
  const months = first === undefined ? [last] : periodsBetween(nextPeriod(first), last).filter((m) => !known.has(m));
  const years = [...new Set([today, addMonths(today, 2)].map((d) => Number(d.slice(0, 4))))].filter((y) => !has(y));
  return {
    months,
    years,
    unconfirmed: quotes
      .filter((q) => !q.confirmed)
      .map((q) => q.month)
      .sort(),
  };
}

/** An operator's first page: does everything run, and what will be lacking soon. */
export function operatorHome(state: OperatorState, gaps: ReturnType<typeof calendarGaps>, today: LocalDate): Home {
  const failed = state.failedJobs.reduce((n, j) => n + j.count, 0);
  const todo = operatorTodos(state, failed, gaps, today);
  const figures = [
    countFigure({ label: '执行中和等待的任务', rule: WAITING, href: '/jobs' }, '个', one('任务', state.waitingJobs)),
    countFigure(
      { label: '失败任务', rule: '重试次数已用完', href: '/jobs?state=failed' },
      '个',
      state.failedJobs.map(({ queue, count }) => ({ name: queue, value: `${count}` })),
    ),
    countFigure({ label: '可登录的用户', rule: '未停用的用户', href: '/users' }, '人', one('用户', state.users)),
    countFigure({ label: '有效密钥', rule: '未撤销、未过期', href: '/keys' }, '个', one('密钥', state.keys)),
  ];
  const waiting = todo.filter((t) => t.count > 0).map((t) => (t.count > 1 ? `${t.title} ${t.count} 项` : t.title));
  const sentence = waiting.length > 0 ? `需要处理：${listed(waiting)}。` : '系统运行正常，没有需要处理的事项。';
  return homeOf(sentence, figures, todo);
}

function operatorTodos(
  state: OperatorState,
  failed: number,
  { months, years, unconfirmed }: ReturnType<typeof calendarGaps>,
  today: LocalDate,
): Todo[] {
  const missing = months.map((m) => monthText(m, today)).join('、');
  return [
    waits('job', '失败的任务', failed, '/jobs?state=failed', true),
    waits('user', '被锁定的用户', state.lockedUsers, '/users?state=locked'),
    waits('key', '30 日内到期的密钥', state.expiringKeys, '/keys'),
    waits('lpr', `尚未录入的 LPR（${missing}）`, months.length, '/calendars', true),
    waits('holiday', `尚未录入的节假日安排（${years.join('、')} 年）`, years.length, '/calendars'),
    waits('policyVersion', '待复核的条款新版本', state.proposedVersions, '/policies'),
    waits('document', '尚未生成 PDF 的单据', state.undrawn, '/jobs?queue=render-document'),
    waits('unconfirmed', '未核实的 LPR 报价', unconfirmed.length, '/calendars'),
    waits('provisional', '按暂定数结算的月份', state.provisional, '/settlements?status=provisional'),
  ];
}
