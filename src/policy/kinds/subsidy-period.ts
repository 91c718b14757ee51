import { z } from 'zod';
import { addMonths, type LocalDate, localDate } from '../../calendar/local-date.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { months } from '../values.ts';
import { LINE_DATES, type LineDate, lineDate } from './subsidy-line.ts';

const monthDay = z.string().refine(isMonthDay, { error: '应为月和日，格式为 MM-DD' });
const point = z.strictObject({ yearsBefore: z.int().min(0).max(10), monthDay });
const schema = z
  .strictObject({
    /** Which day of a line must fall into the window, and the window counted from the year of the application. */
    counts: lineDate,
    from: point,
    to: point,
    /** How long after a day of the line it may still be claimed. */
    claim: z.strictObject({ withinMonths: months, after: lineDate }).optional(),
  })
  .refine(({ from, to }) => dayOf(2000, from) <= dayOf(2000, to), { error: '起日不得晚于止日' });
export type SubsidyPeriod = z.infer<typeof schema>;
export interface PeriodInput {
  year: number;
  dates: Partial<Record<LineDate, LocalDate>>;
}
/** What is wrong, or null; `unknown`: the day is not there. */
export type PeriodAnswer = 'early' | 'late' | 'claimedTooLate' | 'unknown' | null;
export type SubsidyPeriodClause = Clause<SubsidyPeriod, PeriodInput, PeriodAnswer>;

/** In which window a cost must lie, by which of its days, and until when it may be claimed. */
export function subsidyPeriod(spec: ClauseSpec<SubsidyPeriod, PeriodInput, PeriodAnswer>): SubsidyPeriodClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe: ({ counts, from, to, claim }) =>
      `${LINE_DATES[counts]}应在${pointWords(from)}至${pointWords(to)}之间${claim ? `，并在${LINE_DATES[claim.after]}后 ${claim.withinMonths} 个月内申报` : ''}`,
    apply: (value, { year, dates }) => {
      const on = dates[value.counts];
      if (on === undefined) return 'unknown';
      const { from, to } = windowOf(value, year);
      if (on < from) return 'early';
      if (on > to) return 'late';
      if (!value.claim) return null;
      const [after, appliedOn] = [dates[value.claim.after], dates.appliedOn];
      if (after === undefined || appliedOn === undefined) return 'unknown';
      return appliedOn > addMonths(after, value.claim.withinMonths) ? 'claimedTooLate' : null;
    },
  };
}

/** The first and last day of the window of a year's applications. */
export function windowOf({ from, to }: SubsidyPeriod, year: number): { from: LocalDate; to: LocalDate } {
  return { from: dayOf(year, from), to: dayOf(year, to) };
}

function dayOf(year: number, { yearsBefore, monthDay: text }: z.infer<typeof point>): LocalDate {
  return `${year - yearsBefore}-${text}`;
}

function pointWords({ yearsBefore, monthDay: text }: z.infer<typeof point>): string {
  const year = ['申报年度', '上年', '前年'][yearsBefore] ?? `申报年度前 ${yearsBefore} 年`;
  return `${year} ${Number(text.slice(0, 2))} 月 ${Number(text.slice(3))} 日`;
}

function isMonthDay(text: string): boolean {
  try {
    return localDate(`2001-${text}`) !== '';
  } catch {
    return false;
  }
}
