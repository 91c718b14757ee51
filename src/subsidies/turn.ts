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
  granted: string | null;
  reason: string | null;
  /** last day for objections, where its batch is published */
  objectionsTo: LocalDate | null;
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
  approved: () => '财务',
  paid: () => null,
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
  published: ({ objectionsTo }) =>
    objectionsTo
      ? `正在公示，${objectionsTo} 期满；无异议的，按预算分配补贴。`
      : '正在公示；期满无异议的，按预算分配补贴。',
  granted: ({ granted }) => `已按预算分配${yuan(granted)}，等待批准。`,
  approved: ({ granted }) => `已批准${yuan(granted)}，等待财务拨付到收款账户。`,
  paid: ({ granted }) => `已拨付${yuan(granted)}，请核对到账。`,
  deferred: ({ reason }) => `${trimmed(reason ?? '转下一年度安排')}，不必另行申报。`,
  refused: ({ reason }) => `不予补贴${reason ? `：${trimmed(reason)}` : ''}。`,
  withdrawn: () => '已撤回，保险单、发票、借据等可以另行申报。',
};

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
