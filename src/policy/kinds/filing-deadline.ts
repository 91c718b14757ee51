import { z } from 'zod';
import { addDays, addMonths, type LocalDate } from '../../calendar/local-date.ts';
import { addWorkingDays, type HolidayNotice } from '../../calendar/working-days.ts';
import type { Citation } from '../../errors.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { type FilingRule, filingRule, NO_CHECKS } from '../filing.ts';
import { months } from '../values.ts';

const schema = z.strictObject({
  months,
  /** Whether a last day that is a day off moves to the next working day. */
  rollsForward: z.boolean(),
});
export type FilingDeadline = z.infer<typeof schema>;
export interface DeadlineInput {
  disbursedOn: LocalDate;
  notices: HolidayNotice[];
}
/** `provisional`: the year's holidays are not published yet, only weekends were taken as days off. */
export interface DeadlineAnswer {
  lastDay: LocalDate;
  provisional: boolean;
}
type DeadlineClause = Clause<FilingDeadline, DeadlineInput, DeadlineAnswer>;

const LAST_DAY_OFF: Citation = { document: '《中华人民共和国民法典》', article: '第二百零三条第一款', confirmed: true };

/** Until when a drawn loan may be filed. */
export function filingDeadline(spec: ClauseSpec<FilingDeadline, DeadlineInput, DeadlineAnswer>): DeadlineClause {
  return {
    ...spec,
    unit: '个月',
    resolvedBy: 'filedOn',
    schema,
    describe: (value) =>
      `放款后 ${value.months} 个月内备案${value.rollsForward ? '，末日逢休息日的顺延至下一工作日' : ''}`,
    apply: (value, { disbursedOn, notices }) => {
      const nominal = addMonths(disbursedOn, value.months);
      if (!value.rollsForward) return { lastDay: nominal, provisional: false };
      const { date, provisional } = addWorkingDays(addDays(nominal, -1), 1, notices);
      return { lastDay: date, provisional };
    },
  };
}

/** Codes: FILING_DEADLINE, FILING_LATE. Says nothing of a drawdown still to come. */
export function filingDeadlineRule(clause: DeadlineClause): FilingRule {
  return filingRule(clause, (version, { notices }, filedOn) => {
    const checks = checksOf(clause, version);
    const cites = version.value.rollsForward ? [...checks.cites, LAST_DAY_OFF] : checks.cites;
    const judge = (disbursedOn: LocalDate): Check => {
      const { lastDay, provisional } = clause.apply(version.value, { disbursedOn, notices });
      const note = provisional ? `（${lastDay.slice(0, 4)} 年放假安排尚未公布，暂按周末推算）` : '';
      const explanation = derived('最迟备案日', `${lastDay}${note}`, cites, [
        given('放款日', disbursedOn),
        given('备案期限', `${version.value.months} 个月`),
      ]);
      const sentence = `备案日 ${filedOn} ${filedOn > lastDay ? '已超过' : '不晚于'}最迟备案日 ${lastDay}${note}`;
      return filedOn > lastDay
        ? checks.fail(
            'FILING_LATE',
            `${sentence}，放款日为 ${disbursedOn}，应在放款后 ${version.value.months} 个月内备案`,
            {
              field: 'disbursedOn',
              value: disbursedOn,
              cites,
              explanation,
            },
          )
        : checks.pass('FILING_DEADLINE', sentence, { cites, explanation });
    };
    const known = new Map<LocalDate, readonly Check[]>();
    return ({ filing: { disbursedOn } }) => {
      if (disbursedOn === undefined || disbursedOn > filedOn) return NO_CHECKS;
      const answer = known.get(disbursedOn) ?? [judge(disbursedOn)];
      known.set(disbursedOn, answer);
      return answer;
    };
  });
}
