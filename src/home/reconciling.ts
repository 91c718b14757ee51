import { daysBetween, type LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { monthText, type Todo, waits } from './home.ts';

/** What waits of statements, differences, runs and closings. */
export interface Reconciling {
  /** the last month that is over */
  over: SettlementPeriod;
  /** accounts without a statement up to its end */
  behind: number;
  /** differences nobody has proposed anything about, since when, and those that are the actor's own */
  open: number;
  oldest: LocalDate | null;
  mine: number;
  /** what others proposed, ran or proposed to close, for the actor to confirm */
  proposed: number;
  runs: number;
  closings: number;
  /** months that may be closed */
  ready: number;
}

/** A difference is late after so many days. */
const LATE_AFTER = 30;

/** 对账、差异、关账 as they wait for somebody of finance. */
export function reconcilingTodos(facts: Reconciling, today: LocalDate): Todo[] {
  const { over, behind, open, oldest, mine, proposed, runs, closings, ready } = facts;
  const late = oldest !== null && daysBetween(oldest, today) > LATE_AFTER;
  return [
    waits('bankStatement', `缺 ${monthText(over, today)}银行流水的专户`, behind, '/bank-statements'),
    waits('difference', '由我经办的对账差异', mine, '/differences?scope=mine', late),
    waits('difference', '待处理的对账差异', open - mine, '/differences?status=open', late),
    waits('differenceProposed', '待复核的差异处理', proposed, '/approvals'),
    waits('reconciliation', '待确认的银行对账', runs, '/approvals'),
    waits('closingProposed', '待复核的结账', closings, '/approvals'),
    waits('closing', '可以结账的月份', ready, '/closings'),
  ];
}
