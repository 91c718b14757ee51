import type { LocalDate } from '../calendar/local-date.ts';
import type { HolidayNotice } from '../calendar/working-days.ts';
import { formatYuan, money } from '../money/money.ts';
import type { ReviewClocks, ReviewClocksClause } from '../policy/kinds/review-clocks.ts';
import type { ApplicationStatus } from './steps.ts';

/** What an application's next step is told from. Amounts as text in 元. */
export interface Standing {
  status: ApplicationStatus;
  /** whether a county recommends it */
  county: boolean;
  submittedOn: LocalDate | null;
  recommendedOn: LocalDate | null;
  reviewedOn: LocalDate | null;
  auditedOn: LocalDate | null;
  decidedOn: LocalDate | null;
  decided: string | null;
  /** with what corrections changed */
  granted: string | null;
  reason: string | null;
  /** where its batch is published: the last day for objections, whether that is over, and whether the budget has been shared out */
  publicity: { to: LocalDate; over: boolean; shared: boolean } | null;
  after: After;
}

/** How far the money of an application is, and which of its lines were left behind by an objection. */
export interface After {
  /** what the bank has paid and not sent back, in 元 */
  paid: string;
  /** lines that an open objection holds; lines whose objection was dismissed, waiting for the share that is kept for them */
  held: number;
  kept: number;
  /** a payment that the bank sent back and that was not made again: why, and whether the account was put right since */
  back: { reason: string | null; mended: boolean } | null;
  /** claimed back and not come in yet, in 元 */
  owed: string;
}

/** Whose turn it is, until when, and what comes next, in one sentence. */
export interface Turn {
  sentence: string;
  /** null: nobody's, it is over */
  whose: string | null;
  dueOn: LocalDate | null;
  /** the due day lies in a year without holiday notice */
  provisional: boolean;
  late: boolean;
}

/** The clock of a step: which working days it has, and how it stands. */
export type StepClock = ReturnType<ReviewClocksClause['apply']>[number];

/** The clocks of an application's steps by its scheme's clause; none before it is submitted, or while it is sent back. */
export function clocksOf(
  { clause, value }: { clause: ReviewClocksClause; value: ReviewClocks },
  one: Standing,
  { today, notices }: { today: LocalDate; notices: HolidayNotice[] },
): StepClock[] {
  if (one.submittedOn === null || one.status === 'returned') return [];
  const marks = { recommend: one.recommendedOn, review: one.reviewedOn, audit: one.auditedOn, decide: one.decidedOn };
  const done = Object.fromEntries(Object.entries(marks).filter(([, on]) => on !== null)) as Record<string, LocalDate>;
  return clause.apply(value, { submittedOn: one.submittedOn, done, today, notices });
}

const REGION = '科技主管部门';
const WHOSE: Record<ApplicationStatus, (one: Standing) => string | null> = {
  draft: () => '企业',
  submitted: ({ county }) => (county ? '县（市、区）科技主管部门' : REGION),
  returned: () => '企业',
  recommended: () => REGION,
  reviewed: () => '财务',
  audited: () => REGION,
  decided: () => REGION,
  published: () => REGION,
  granted: () => REGION,
  approved: ({ after: { back } }) => (back && !back.mended ? '企业' : '财务'),
  paid: ({ after: { owed } }) => (money(owed).isZero() ? null : '企业'),
  deferred: () => null,
  refused: () => null,
  withdrawn: () => null,
};

const yuan = (text: string | null): string => (text === null ? '' : ` ${formatYuan(money(text))} 元`);
/** One sentence for each state; `by` tells until when the step is due. */
const SENTENCES: Record<ApplicationStatus, (one: Standing, by: string) => string> = {
  draft: () => '尚未提交，补齐内容和材料后请提交。',
  submitted: ({ county }, by) =>
    county ? `已提交，等待县（市、区）科技主管部门审核推荐${by}。` : `已提交，等待科技主管部门审核推荐${by}。`,
  returned: ({ reason }) => `已退回补正${reason ? `：${trimmed(reason)}` : ''}。修改后请重新提交，受理顺序不变。`,
  recommended: (_, by) => `已审核推荐，等待科技主管部门形式审查${by}。`,
  reviewed: (_, by) => `形式审查已通过，等待出具审计意见${by}。`,
  audited: (_, by) => `已出具审计意见，等待科技主管部门核定${by}。`,
  decided: ({ decided }) => `已核定${yuan(decided)}，等待本批次公示。`,
  published: publishedSentence,
  granted: ({ granted, after }) => `已按预算分配${yuan(granted)}，等待批准。${contested(after)}`,
  approved: (one) => `${approvedSentence(one)}${contested(one.after)}`,
  paid: (one) => `${paidSentence(one)}${contested(one.after)}`,
  deferred: ({ reason }) => `${trimmed(reason ?? '转下一年度安排')}，不必另行申报。`,
  refused: ({ reason }) => `不予补贴${reason ? `：${trimmed(reason)}` : ''}。`,
  withdrawn: () => '已撤回，保险单、发票、借据等可以另行申报。',
};

function publishedSentence({ publicity, after: { held, kept } }: Standing): string {
  const waits = held > 0 ? `收到异议，${held} 项暂缓办理，处理后告知结果` : '';
  if (!publicity?.over) {
    const until = publicity ? `，${publicity.to} 期满` : '';
    return waits ? `正在公示${until}；${waits}，其他项目照常办理。` : `正在公示${until}；无异议的，按预算分配补贴。`;
  }
  if (waits) return `公示已于 ${publicity.to} 期满；${waits}。`;
  if (kept > 0) return '异议不成立，等待按预留的份额补充分配。';
  return publicity.shared
    ? '本批预算未能安排，等待按规定办理未满足的部分。'
    : `公示已于 ${publicity.to} 期满，等待分配预算。`;
}

function approvedSentence({ granted, after: { paid, back } }: Standing): string {
  if (back?.mended) return '收款账户已更正，等待财务重新拨付。';
  if (back) {
    const why = back.reason ? `（${trimmed(back.reason)}）` : '';
    return `银行退回了拨付${why}，请更正收款账户，财务据此重新拨付。`;
  }
  if (money(paid).isZero()) return `已批准${yuan(granted)}，等待财务拨付到收款账户。`;
  return `已批准${yuan(granted)}，其中${yuan(paid)}已拨付，其余等待财务拨付到收款账户。`;
}

function paidSentence({ granted, after: { owed } }: Standing): string {
  if (money(owed).isZero()) return `已拨付${yuan(granted)}，请核对到账。`;
  return `已拨付${yuan(granted)}，按追回决定尚须退回${yuan(owed)}，退回的账户见决定书。`;
}

/** What is left behind by an objection while the rest goes on. */
function contested({ held, kept }: After): string {
  const parts = [
    held > 0 && `${held} 项因异议暂缓，处理后告知结果`,
    kept > 0 && `${kept} 项异议不成立，等待补充分配`,
  ].filter(Boolean);
  return parts.length > 0 ? `另有 ${parts.join('；')}。` : '';
}

/** Whose turn it is with an application, by when, and what follows. */
export function turnOf(one: Standing, clocks: readonly StepClock[]): Turn {
  const clock = WAITS.includes(one.status)
    ? clocks.find(({ state }) => state === 'running' || state === 'late')
    : undefined;
  const late = clock?.state === 'late';
  const dueOn = clock?.dueOn ?? null;
  const by = dueOn === null ? '' : late ? `，应于 ${dueOn} 前办结，已逾期` : `，应于 ${dueOn} 前办结`;
  return {
    ...{ sentence: SENTENCES[one.status](one, by), whose: WHOSE[one.status](one) },
    ...{ dueOn, provisional: clock?.provisional ?? false, late },
  };
}

/** States in which a clock runs. */
const WAITS: readonly ApplicationStatus[] = ['submitted', 'recommended', 'reviewed', 'audited'];
const trimmed = (text: string): string => text.replace(/[。；，]+$/, '');
