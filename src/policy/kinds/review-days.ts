import { z } from 'zod';
import type { LocalDate } from '../../calendar/local-date.ts';
import { addWorkingDays, type HolidayNotice } from '../../calendar/working-days.ts';
import type { Clause, ClauseSpec } from '../clause.ts';

const workingDays = z.int().min(1).max(250);
const schema = z.strictObject({ cooperatingUnit: workingDays, region: workingDays });
export type ReviewDays = z.infer<typeof schema>;
export interface ReviewInput {
  by: keyof ReviewDays;
  filedOn: LocalDate;
  notices: HolidayNotice[];
}
/** `provisional`: the year's holidays are not published yet, only weekends were taken as days off. */
export interface ReviewDue {
  dueOn: LocalDate;
  provisional: boolean;
}

/** How many working days a reviewer has for a filing (审核时限); the day it was received does not count. */
export function reviewDays(
  spec: ClauseSpec<ReviewDays, ReviewInput, ReviewDue>,
): Clause<ReviewDays, ReviewInput, ReviewDue> {
  return {
    ...spec,
    unit: '个工作日',
    resolvedBy: 'filedOn',
    schema,
    describe: ({ cooperatingUnit, region }) =>
      `合作单位自受理备案之日起 ${cooperatingUnit} 个工作日内审核，上级主管部门 ${region} 个工作日内审核`,
    apply: (value, { by, filedOn, notices }) => {
      const { date, provisional } = addWorkingDays(filedOn, value[by], notices);
      return { dueOn: date, provisional };
    },
  };
}
