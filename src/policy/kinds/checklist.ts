import { z } from 'zod';
import type { Clause, ClauseSpec } from '../clause.ts';

const schema = z.strictObject({
  /** `guaranteed`: only where a guarantor stands behind the loan. */
  papers: z
    .array(
      z.strictObject({ code: z.string().min(1), label: z.string().min(1), only: z.literal('guaranteed').optional() }),
    )
    .min(1),
});
export type Checklist = z.infer<typeof schema>;
export interface ChecklistInput {
  guaranteed: boolean;
  /** Codes of the papers that were handed in. */
  has: readonly string[];
}
/** Codes of the papers that are lacking, in the clause's order. */
export type ChecklistClause = Clause<Checklist, ChecklistInput, string[]>;

/** The papers a claim must have (申请材料). */
export function checklist(spec: ClauseSpec<Checklist, ChecklistInput, string[]>): ChecklistClause {
  return {
    ...spec,
    resolvedBy: 'claimedOn',
    schema,
    describe: ({ papers }) => {
      const labels = (only?: 'guaranteed') => papers.filter((paper) => paper.only === only).map(({ label }) => label);
      const more = labels('guaranteed');
      return `申请补偿应提交${labels().join('、')}${more.length > 0 ? `；有担保的另附${more.join('、')}` : ''}`;
    },
    apply: ({ papers }, { guaranteed, has }) =>
      papers.filter(({ code, only }) => (guaranteed || !only) && !has.includes(code)).map(({ code }) => code),
  };
}
