import { z } from 'zod';
import { addMonths, type LocalDate } from '../../calendar/local-date.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { coded, months } from '../values.ts';

const schema = z.strictObject({
  /** On what grounds a compensation is paid back. */
  grounds: z.array(coded).min(1),
  /** Months in which the applicant is not received. */
  banMonths: months,
});
export type Refund = z.infer<typeof schema>;
export type RefundClause = Clause<Refund, LocalDate, LocalDate>;

/** A compensation obtained falsely is paid back, and the applicant is banned. Input: the decision's day; answers the ban's last day. */
export function refund(spec: ClauseSpec<Refund, LocalDate, LocalDate>): RefundClause {
  return {
    ...spec,
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ grounds, banMonths }) =>
      `${grounds.map(({ label }) => label).join('、')}的，全额退回补偿资金，${banMonths} 个月内不受理其申请`,
    apply: ({ banMonths }, decidedOn) => addMonths(decidedOn, banMonths),
  };
}
