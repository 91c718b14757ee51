import { z } from 'zod';
import { addDays, type LocalDate } from '../../calendar/local-date.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec, ClauseVersion } from '../clause.ts';
import { derived, given } from '../explanation.ts';
import { days } from '../values.ts';

const schema = z.strictObject({ days });
export type ClaimWindow = z.infer<typeof schema>;
export type ClaimWindowClause = Clause<ClaimWindow, LocalDate, LocalDate>;

/** How long after the loss event a claim may be made; the day of the event does not count. Answers the last day. */
export function claimWindow(spec: ClauseSpec<ClaimWindow, LocalDate, LocalDate>): ClaimWindowClause {
  return {
    ...spec,
    unit: '日',
    resolvedBy: 'occurredOn',
    schema,
    describe: (value) => `风险事件发生后 ${value.days} 日内提出补偿申请，发生当日不计`,
    apply: (value, happenedOn) => addDays(happenedOn, value.days),
  };
}

/** Codes: CLAIM_WINDOW, CLAIM_LATE. */
export function judgeClaimWindow(
  clause: ClaimWindowClause,
  version: ClauseVersion<ClaimWindow>,
  { happenedOn, claimedOn }: { happenedOn: LocalDate; claimedOn: LocalDate },
): Check {
  const { cites, pass, fail } = checksOf(clause, version);
  const last = clause.apply(version.value, happenedOn);
  const explanation = derived('补偿申请最后日', last, cites, [
    given('风险事件发生日', happenedOn),
    given('申请期限', `${version.value.days} 日`),
  ]);
  const at = { field: 'claimedOn', value: claimedOn, explanation };
  if (claimedOn <= last) return pass('CLAIM_WINDOW', `申请日 ${claimedOn} 不晚于最后日 ${last}`, { explanation });
  return fail('CLAIM_LATE', `申请日 ${claimedOn} 晚于最后日 ${last}（风险事件发生后 ${version.value.days} 日）`, at);
}
