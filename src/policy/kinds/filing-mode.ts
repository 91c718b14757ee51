import { z } from 'zod';
import { addMonths, type LocalDate } from '../../calendar/local-date.ts';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';
import { months } from '../values.ts';

const schema = z.strictObject({
  /** Filing a loan already drawn (放款后备案). */
  afterDrawdown: z.boolean(),
  /** Asking for consent first and lending then (先同意后放款): within how many months; null: not possible. */
  beforeLendingMonths: months.nullable(),
});
export type FilingMode = z.infer<typeof schema>;
export interface FilingModeInput {
  filedOn: LocalDate;
  disbursedOn: LocalDate;
}
export type FilingModeAnswer = 'afterDrawdown' | 'beforeLending' | 'notAllowed';
type FilingModeClause = Clause<FilingMode, FilingModeInput, FilingModeAnswer>;

/** Whether loans are filed after drawdown, before lending, or either way. */
export function filingMode(spec: ClauseSpec<FilingMode, FilingModeInput, FilingModeAnswer>): FilingModeClause {
  return {
    ...spec,
    resolvedBy: 'filedOn',
    schema,
    describe: ({ afterDrawdown, beforeLendingMonths }) =>
      [
        afterDrawdown ? '可在放款后备案' : undefined,
        beforeLendingMonths ? `可先取得同意后放款，计划放款日在备案后 ${beforeLendingMonths} 个月内` : undefined,
      ]
        .filter(Boolean)
        .join('，也') || '暂不受理备案',
    apply: ({ afterDrawdown, beforeLendingMonths }, { filedOn, disbursedOn }) => {
      if (disbursedOn <= filedOn) return afterDrawdown ? 'afterDrawdown' : 'notAllowed';
      return beforeLendingMonths && disbursedOn <= addMonths(filedOn, beforeLendingMonths)
        ? 'beforeLending'
        : 'notAllowed';
    },
  };
}

/** Codes: FILING_MODE; DISBURSED_AFTER_FILING; DISBURSED_BEFORE_CONSENT. */
export function filingModeRule(clause: FilingModeClause): FilingRule {
  return filingRule(clause, (version, _context, filedOn) => {
    const { pass, fail } = checksOf(clause, version);
    const drawn = [pass('FILING_MODE', '放款后备案')];
    return ({ filing: { disbursedOn } }) => {
      if (disbursedOn === undefined) return NO_CHECKS;
      const at = { field: 'disbursedOn', value: disbursedOn };
      switch (clause.apply(version.value, { filedOn, disbursedOn })) {
        case 'afterDrawdown':
          return drawn;
        case 'beforeLending':
          return [pass('FILING_MODE', `计划放款日 ${disbursedOn} 在备案日之后，应在取得贷款同意函后放款并回报`)];
        default:
          return disbursedOn > filedOn
            ? [
                fail(
                  'DISBURSED_AFTER_FILING',
                  `放款日 ${disbursedOn} 晚于备案日 ${filedOn}；${clause.describe(version.value)}`,
                  at,
                ),
              ]
            : [
                fail(
                  'DISBURSED_BEFORE_CONSENT',
                  `放款日 ${disbursedOn} 早于备案；${clause.describe(version.value)}`,
                  at,
                ),
              ];
      }
    };
  });
}
