import { z } from 'zod';
import { addMonths, type LocalDate } from '../../calendar/local-date.ts';
import { checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';
import { months } from '../values.ts';

const schema = z.strictObject({ months });
export type Term = z.infer<typeof schema>;

/** How long a loan may run, in months from drawdown. Answers the last maturity date allowed. */
export function term(spec: ClauseSpec<Term, LocalDate, LocalDate>): Clause<Term, LocalDate, LocalDate> {
  return {
    ...spec,
    unit: '个月',
    resolvedBy: 'signedOn',
    schema,
    describe: (value) => `贷款期限不超过 ${value.months} 个月，自放款日起算`,
    apply: (value, disbursedOn) => addMonths(disbursedOn, value.months),
  };
}

/** Codes: TERM, TERM_TOO_LONG, MATURITY_BEFORE_DISBURSEMENT. */
export function termRule(clause: Clause<Term, LocalDate, LocalDate>): FilingRule {
  return filingRule(clause, (version) => {
    const { cites, pass, fail } = checksOf(clause, version);
    return ({ filing: { disbursedOn, maturesOn } }) => {
      if (disbursedOn === undefined || maturesOn === undefined) return NO_CHECKS;
      const at = { field: 'maturesOn', value: maturesOn };
      if (maturesOn <= disbursedOn) {
        return [fail('MATURITY_BEFORE_DISBURSEMENT', `到期日 ${maturesOn} 应晚于放款日 ${disbursedOn}`, at)];
      }
      const last = clause.apply(version.value, disbursedOn);
      const explanation = derived('最迟到期日', last, cites, [
        given('放款日', disbursedOn),
        given('最长期限', `${version.value.months} 个月`),
      ]);
      if (maturesOn > last) {
        const message = `到期日 ${maturesOn} 超过最迟到期日 ${last}（自放款日 ${disbursedOn} 起不超过 ${version.value.months} 个月）`;
        return [fail('TERM_TOO_LONG', message, { ...at, explanation })];
      }
      return [pass('TERM', `到期日 ${maturesOn} 不晚于最迟到期日 ${last}`, { explanation })];
    };
  });
}
