import { z } from 'zod';
import { addMonths, type LocalDate, localDate } from '../../calendar/local-date.ts';
import { addWorkingDays, type HolidayNotice } from '../../calendar/working-days.ts';
import type { Clause, ClauseSpec } from '../clause.ts';

const monthDay = z.string().refine(
  (text) => {
    try {
      return localDate(`2001-${text}`) !== '';
    } catch {
      return false;
    }
  },
  { error: '应为月和日，格式为 MM-DD' },
);
const batches = z
  .strictObject({ closeOn: z.array(monthDay).min(1) })
  .refine(({ closeOn }) => closeOn.every((d, i) => i === 0 || d > closeOn[i - 1]!), { error: '截止日应从早到晚排列' });
export type SubsidyBatches = z.infer<typeof batches>;
/** Of which year, and which of its batches (from 1). */
export interface BatchAnswer {
  year: number;
  batch: number;
  closesOn: LocalDate;
}
export type SubsidyBatchesClause = Clause<SubsidyBatches, LocalDate, BatchAnswer>;

/** The days on which batches close; what comes after the last counts as the next year's first. */
export function subsidyBatches(spec: ClauseSpec<SubsidyBatches, LocalDate, BatchAnswer>): SubsidyBatchesClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema: batches,
    describe: ({ closeOn }) =>
      `全年受理，分 ${closeOn.length} 批，截止日为 ${closeOn.map(dayWords).join('、')}；最后一批截止后申报的计入下一年度`,
    apply: ({ closeOn }, appliedOn) => {
      const place = closeOn.findIndex((d) => appliedOn.slice(5) <= d);
      const year = Number(appliedOn.slice(0, 4)) + (place < 0 ? 1 : 0);
      const batch = place < 0 ? 0 : place;
      return { year, batch: batch + 1, closesOn: `${year}-${closeOn[batch]!}` };
    },
  };
}

const publicity = z.strictObject({ workingDays: z.int().min(1).max(60) });
export type SubsidyPublicity = z.infer<typeof publicity>;
export interface PublicityInput {
  publishedOn: LocalDate;
  notices: HolidayNotice[];
}
/** The last day for objections; `provisional` where a year's holidays are not known yet. */
export interface PublicityAnswer {
  endsOn: LocalDate;
  provisional: boolean;
}
export type SubsidyPublicityClause = Clause<SubsidyPublicity, PublicityInput, PublicityAnswer>;

/** How long the list of subsidies is public before anything is paid (公示). */
export function subsidyPublicity(
  spec: ClauseSpec<SubsidyPublicity, PublicityInput, PublicityAnswer>,
): SubsidyPublicityClause {
  return {
    ...spec,
    unit: '个工作日',
    resolvedBy: 'occurredOn',
    schema: publicity,
    describe: ({ workingDays }) => `拟补贴名单公示 ${workingDays} 个工作日，公示当日不计入；有异议的只暂缓涉及的项目`,
    apply: ({ workingDays }, { publishedOn, notices }) => {
      const { date, provisional } = addWorkingDays(publishedOn, workingDays, notices);
      return { endsOn: date, provisional };
    },
  };
}

const clawback = z.strictObject({
  banYears: z.int().min(1).max(10),
  /** Whether the ban is from every scheme; left out: from the one whose subsidy was got so. */
  allSchemes: z.boolean().optional(),
});
export type SubsidyClawback = z.infer<typeof clawback>;
/** The day on which the decision was made; answers the first day on which the enterprise may apply again. */
export type SubsidyClawbackClause = Clause<SubsidyClawback, LocalDate, LocalDate>;

/** What follows a subsidy got by false papers: it is paid back, and for some years nothing is granted. */
export function subsidyClawback(spec: ClauseSpec<SubsidyClawback, LocalDate, LocalDate>): SubsidyClawbackClause {
  return {
    ...spec,
    resolvedBy: 'occurredOn',
    schema: clawback,
    describe: ({ banYears, allSchemes }) =>
      `弄虚作假骗取补贴的，追回已拨付的资金，${banYears} 年内不得申报${allSchemes ? '各项科技金融补贴' : '本项补贴'}`,
    apply: ({ banYears }, decidedOn) => addMonths(decidedOn, banYears * 12),
  };
}

function dayWords(text: string): string {
  return `${Number(text.slice(0, 2))} 月 ${Number(text.slice(3))} 日`;
}
