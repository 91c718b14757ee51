import { z } from 'zod';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec, ClauseVersion } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { CLASSIFICATIONS, isBetter, type LoanClassification } from '../five-categories.ts';

const CODES = CLASSIFICATIONS.map(({ code }) => code);
const labelOf = (code: LoanClassification): string => CLASSIFICATIONS.find((c) => c.code === code)!.label;

const schema = z
  .strictObject({
    /** A loan overdue for more days than this is at least of that class. In rising order. */
    floors: z.array(z.strictObject({ overdueMoreThan: z.int().min(0), atLeast: z.enum(CODES) })).min(1),
  })
  .refine(({ floors }) => floors.every((f, i) => i === 0 || f.overdueMoreThan > floors[i - 1]!.overdueMoreThan), {
    error: '逾期天数应从小到大排列',
  });
export type Classification = z.infer<typeof schema>;

/** The best class (五级分类) a loan may have for the days it is overdue. */
export function classification(
  spec: ClauseSpec<Classification, number, string>,
): Clause<Classification, number, string> {
  return {
    ...spec,
    resolvedBy: 'reportedOn',
    schema,
    describe: ({ floors }) =>
      floors
        .map(({ overdueMoreThan: d, atLeast }) => `逾期${d ? `超过 ${d} 天` : ''}至少归为${labelOf(atLeast)}`)
        .join('，'),
    apply: (value, overdueDays) => floorOf(value, overdueDays),
  };
}

/** Codes: CLASSIFICATION, CLASSIFICATION_TOO_GOOD. `reported` is one of the five codes. */
export function judgeClassification(
  clause: Clause<Classification, number, string>,
  version: ClauseVersion<Classification>,
  { reported, overdueDays }: { reported: LoanClassification; overdueDays: number },
): Check {
  const { cites, pass, fail } = checksOf(clause, version);
  const floor = floorOf(version.value, overdueDays);
  const explanation = derived('五级分类下限', labelOf(floor), cites, [given('逾期天数', `${overdueDays} 天`)]);
  const facts = `逾期 ${overdueDays} 天，五级分类报为${labelOf(reported)}`;
  if (!isBetter(reported, floor)) {
    return pass('CLASSIFICATION', `${facts}，符合下限${labelOf(floor)}`, { explanation });
  }
  return fail('CLASSIFICATION_TOO_GOOD', `${facts}，至少应归为${labelOf(floor)}`, {
    field: 'classification',
    value: reported,
    explanation,
  });
}

function floorOf({ floors }: Classification, overdueDays: number): LoanClassification {
  if (!Number.isInteger(overdueDays) || overdueDays < 0) throw new RangeError(`not a number of days: ${overdueDays}`);
  return floors.findLast(({ overdueMoreThan }) => overdueDays > overdueMoreThan)?.atLeast ?? 'normal';
}
