import { z } from 'zod';
import { addMonths, type LocalDate } from '../../calendar/local-date.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import type { HeldTitle } from '../filing.ts';
import { coded, months } from '../values.ts';
import { LINE_DATES, type LineDate, lineDate } from './subsidy-line.ts';

const schema = z.strictObject({
  /** Any one of these, valid on the day, is enough. */
  anyOf: z.array(coded).min(1),
  /** The day on which it must be valid. */
  on: lineDate,
  /** Whether a prize of a contest or a matched challenge of the last years is enough too. */
  orContestWithinYears: z.int().min(1).max(10).optional(),
  /** Only so many months after such a title was first recognised (首次认定). */
  withinMonthsOfRecognition: months.optional(),
});
export type SubsidyHolder = z.infer<typeof schema>;
export interface HolderInput {
  /** The days known of the line; the one the clause means is looked at. */
  dates: Partial<Record<LineDate, LocalDate>>;
  titles: readonly HeldTitle[];
  /** The year of its last prize, where it has one. */
  contestYear?: number;
}
/** The kind of the title that qualifies, `contest`, or why none does. */
export type HolderAnswer = { holds: string } | { lacks: 'date' | 'title' | 'recognisedTooLongAgo' };
export type SubsidyHolderClause = Clause<SubsidyHolder, HolderInput, HolderAnswer>;

/** Which enterprises may apply, by their titles, and on which day these must be valid. */
export function subsidyHolder(spec: ClauseSpec<SubsidyHolder, HolderInput, HolderAnswer>): SubsidyHolderClause {
  return { ...spec, resolvedBy: 'askedOn', schema, describe, apply };
}

/** The title that qualifies on a day, the one recognised last where there are several. */
export function qualifyingTitle(
  { anyOf }: SubsidyHolder,
  titles: readonly HeldTitle[],
  on: LocalDate,
): HeldTitle | undefined {
  return titles
    .filter((t) => t.validFrom <= on && on <= t.validTo && anyOf.some(({ code }) => code === t.kind))
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0];
}

function describe({ anyOf, on, orContestWithinYears, withinMonthsOfRecognition }: SubsidyHolder): string {
  const parts = [`${LINE_DATES[on]}应持有下列有效资质之一：${anyOf.map(({ label }) => label).join('、')}`];
  if (orContestWithinYears) parts.push(`或近 ${orContestWithinYears} 年在创新创业大赛获奖、创新挑战赛对接成功`);
  if (withinMonthsOfRecognition) parts.push(`且在首次认定后 ${withinMonthsOfRecognition} 个月内`);
  return parts.join('，');
}

function apply(value: SubsidyHolder, { dates, titles, contestYear }: HolderInput): HolderAnswer {
  const on = dates[value.on];
  if (on === undefined) return { lacks: 'date' };
  const held = qualifyingTitle(value, titles, on);
  if (held && !recognisedTooLongAgo(value, titles, on)) return { holds: held.kind };
  const years = value.orContestWithinYears;
  if (years && contestYear !== undefined && Number(on.slice(0, 4)) - contestYear < years) return { holds: 'contest' };
  return { lacks: held ? 'recognisedTooLongAgo' : 'title' };
}

function recognisedTooLongAgo(
  { anyOf, withinMonthsOfRecognition: most }: SubsidyHolder,
  titles: readonly HeldTitle[],
  on: LocalDate,
): boolean {
  if (!most) return false;
  const listed = titles.filter((t) => anyOf.some(({ code }) => code === t.kind));
  const first = listed.reduce((a, t) => (t.validFrom < a ? t.validFrom : a), on);
  return on > addMonths(first, most);
}
