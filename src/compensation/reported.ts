import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { type Check, checksOf } from '../policy/check.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { isBetter, isNonPerforming, type LoanClassification } from '../policy/five-categories.ts';
import type { LossEventFacts } from '../policy/kinds/loss-event.ts';
import type { Policy } from '../policy/policy.ts';
import { type ClaimRequest, classLabel } from './request.ts';

/** A line of a monthly report, as far as a loss event rests on it. */
export interface ReportedMonth {
  period: SettlementPeriod;
  classification: LoanClassification;
  overdueDays: number;
}

/** What the reports say of a loss event; the months in their order. */
export function eventReported(months: readonly ReportedMonth[]): Partial<LossEventFacts> {
  const last = months.at(-1);
  if (!last) return {};
  const better = months.findLastIndex((m) => isBetter(m.classification, last.classification));
  return {
    classification: last.classification,
    classifiedOn: lastDay(months[better + 1]!.period),
    ...(last.overdueDays > 0 ? { overdueSince: addDays(lastDay(last.period), -last.overdueDays) } : {}),
  };
}

/** The loss event as the bank states it, and where it says nothing as it was reported. */
export function eventOf(request: ClaimRequest, months: readonly ReportedMonth[]): LossEventFacts {
  const reported = eventReported(months);
  const { overdueSince, classification, classifiedOn, demandedOn, suedOn } = request;
  return {
    overdueSince: overdueSince ?? reported.overdueSince,
    classification: classification ?? reported.classification ?? 'normal',
    classifiedOn: classifiedOn ?? (classification === undefined ? reported.classifiedOn : undefined),
    ...{ demandedOn, suedOn },
  };
}

/** Codes: OVERDUE_REPORTED, OVERDUE_DIFFERS, CLASSIFICATION_DIFFERS, EVENT_NOT_REPORTED: what a person is to look at; EVENT_REPORTED_EARLIER fails: nobody's window begins later than by its own reports. */
export function compareReports(
  policy: Policy,
  event: LossEventFacts,
  months: readonly ReportedMonth[],
  claimedOn: LocalDate,
  added?: readonly AddedVersion[],
): Check[] {
  const { event: clause } = policy.claim;
  const say = checksOf(clause, valueOn(clause, claimedOn, added));
  const last = months.at(-1);
  if (!last) return [say.notChecked('EVENT_NOT_REPORTED', '该笔贷款没有月报可核对逾期起始日和五级分类')];
  const reported = eventReported(months);
  const found: Check[] = [];
  const { overdueSince, classification } = event;
  if (overdueSince !== undefined && (reported.overdueSince === undefined || overdueSince < reported.overdueSince)) {
    const says = reported.overdueSince ? `推得的 ${reported.overdueSince}` : '未逾期';
    const message = `逾期起始日填报 ${overdueSince}，${last.period} 月报${says}，请核对`;
    found.push(say.warn('OVERDUE_DIFFERS', message, { field: 'overdueSince', value: overdueSince }));
  }
  found.push(...laterThanReported(say, event, reported));
  if (isNonPerforming(classification) && isBetter(last.classification, classification)) {
    const message = `五级分类填报${classLabel(classification)}，${last.period} 月报为${classLabel(last.classification)}，请核对`;
    found.push(say.warn('CLASSIFICATION_DIFFERS', message, { field: 'classification', value: classification }));
  }
  return found.length > 0 ? found : [say.pass('OVERDUE_REPORTED', `逾期和五级分类与 ${last.period} 月报相符`)];
}

function laterThanReported(
  { fail }: ReturnType<typeof checksOf>,
  event: LossEventFacts,
  reported: Partial<LossEventFacts>,
): Check[] {
  const days = [
    ['overdueSince', '逾期起始日'],
    ['classifiedOn', '分类日期'],
  ] as const;
  return days.flatMap(([field, what]) => {
    const [stated, known] = [event[field], reported[field]];
    if (stated === undefined || known === undefined || stated <= known) return [];
    if (field === 'classifiedOn' && event.classification !== reported.classification) return [];
    const message = `${what}填报 ${stated}，晚于月报推得的 ${known}，申请期限不得因此顺延`;
    return [fail('EVENT_REPORTED_EARLIER', message, { field, value: stated })];
  });
}
