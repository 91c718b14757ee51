import { z } from 'zod';
import { addDays, type LocalDate } from '../../calendar/local-date.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec, ClauseVersion } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { CLASSIFICATIONS, isBetter, type LoanClassification } from '../five-categories.ts';

const schema = z.strictObject({
  /** Principal overdue for more days than this. */
  overdueMoreThan: z.int().min(0),
  classifiedAtLeast: z.enum(CLASSIFICATIONS.map(({ code }) => code)),
  /** Whether a demand (催收) made or a suit filed is needed, too. */
  demandOrSuit: z.boolean(),
});
export type LossEvent = z.infer<typeof schema>;

/** What has happened to a loan; a date that is not known or has not come is left out. */
export interface LossEventFacts {
  /** The first day principal was due and not paid. */
  overdueSince?: LocalDate;
  classification: LoanClassification;
  /** Since when it has been classified as it is, or worse. */
  classifiedOn?: LocalDate;
  demandedOn?: LocalDate;
  suedOn?: LocalDate;
}
export type LossEventClause = Clause<LossEvent, LossEventFacts, LocalDate | null>;

/** When a loan's loss counts as having happened (风险事件): the first day on which every condition holds, or null. */
export function lossEvent(spec: ClauseSpec<LossEvent, LossEventFacts, LocalDate | null>): LossEventClause {
  return {
    ...spec,
    resolvedBy: 'claimedOn',
    schema,
    describe: ({ overdueMoreThan, classifiedAtLeast, demandOrSuit }) =>
      `本金逾期超过 ${overdueMoreThan} 天、五级分类${labelOf(classifiedAtLeast)}及以下${demandOrSuit ? '，并已催收或起诉' : ''}，自各项条件均满足之日起为风险事件发生`,
    apply: (value, facts) => {
      const found = conditionsOf(value, facts);
      return found.some(({ day }) => day === undefined) ? null : lastOf(found);
    },
  };
}

/** Codes: LOSS_EVENT; LOSS_EVENT_NOT_YET naming what is lacking or still to come. */
export function judgeLossEvent(
  clause: LossEventClause,
  version: ClauseVersion<LossEvent>,
  facts: LossEventFacts,
  on: LocalDate,
): Check {
  const { cites, pass, fail } = checksOf(clause, version);
  const found = conditionsOf(version.value, facts);
  const lacking = found.filter(({ day }) => day === undefined || day > on).map((c) => c.lacking);
  if (lacking.length > 0) return fail('LOSS_EVENT_NOT_YET', `风险事件尚未成立：${lacking.join('；')}`);
  const happened = lastOf(found);
  const inputs = found.map(({ what, day }) => given(what, day!));
  const explanation = derived('风险事件发生日', happened, cites, inputs);
  return pass('LOSS_EVENT', `风险事件于 ${happened} 成立`, { explanation });
}

function lastOf(found: Condition[]): LocalDate {
  return found
    .map(({ day }) => day!)
    .sort()
    .at(-1)!;
}

interface Condition {
  what: string;
  /** The first day it held; undefined: it does not. */
  day: LocalDate | undefined;
  lacking: string;
}

function conditionsOf(
  { overdueMoreThan, classifiedAtLeast, demandOrSuit }: LossEvent,
  facts: LossEventFacts,
): Condition[] {
  const { overdueSince, classification, classifiedOn, demandedOn, suedOn } = facts;
  const least = labelOf(classifiedAtLeast);
  const found: Condition[] = [
    {
      what: `逾期超过 ${overdueMoreThan} 天之日`,
      day: overdueSince === undefined ? undefined : addDays(overdueSince, overdueMoreThan + 1),
      lacking: `本金逾期尚未超过 ${overdueMoreThan} 天`,
    },
    {
      what: `归为${least}或更差之日`,
      day: isBetter(classification, classifiedAtLeast) ? undefined : classifiedOn,
      lacking: `五级分类为${labelOf(classification)}，尚未归为${least}`,
    },
  ];
  const pursued = [demandedOn, suedOn].filter((day) => day !== undefined).sort()[0];
  if (demandOrSuit) found.push({ what: '催收或起诉之日', day: pursued, lacking: '尚未催收或起诉' });
  return found;
}

const labelOf = (code: LoanClassification): string => CLASSIFICATIONS.find((c) => c.code === code)!.label;
