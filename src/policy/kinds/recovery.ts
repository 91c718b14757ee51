import { z } from 'zod';
import type { LocalDate } from '../../calendar/local-date.ts';
import { addWorkingDays, type HolidayNotice } from '../../calendar/working-days.ts';
import { type Check, checksOf } from '../check.ts';
import type { Clause, ClauseSpec, ClauseVersion } from '../clause.ts';

const schema = z.strictObject({
  /** Working days the bank has to remit what it got, the day of receipt not counted. */
  remitWorkingDays: z.int().min(1).max(250),
});
export type Recovery = z.infer<typeof schema>;
export interface RecoveryInput {
  /** The day the bank got the money from the debtor. */
  obtainedOn: LocalDate;
  notices: HolidayNotice[];
}
export interface RecoveryAnswer {
  dueOn: LocalDate;
  provisional: boolean;
}
export type RecoveryClause = Clause<Recovery, RecoveryInput, RecoveryAnswer>;

/** How money that is recovered is shared, and by when the bank remits it. */
export function recovery(spec: ClauseSpec<Recovery, RecoveryInput, RecoveryAnswer>): RecoveryClause {
  return {
    ...spec,
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ remitWorkingDays }) =>
      `追偿回款先抵追偿费用，再按各方实际承担的损失累计分配；各方全部收回后，余额依次归银行经证明的利息、借款人；银行应在收到后 ${remitWorkingDays} 个工作日内汇缴，并注明是否已扣除费用`,
    apply: ({ remitWorkingDays }, { obtainedOn, notices }) => {
      const { date, provisional } = addWorkingDays(obtainedOn, remitWorkingDays, notices);
      return { dueOn: date, provisional };
    },
  };
}

/** Codes: RECOVERY_REMITTED; RECOVERY_REMITTED_LATE, a warning: the money is taken all the same. */
export function judgeRemittance(
  clause: RecoveryClause,
  version: ClauseVersion<Recovery>,
  input: RecoveryInput & { remittedOn: LocalDate },
): Check {
  const { pass, warn } = checksOf(clause, version);
  const { dueOn, provisional } = clause.apply(version.value, input);
  const due = `${dueOn}${provisional ? '（当年放假安排未公布，暂按周末推算）' : ''}`;
  if (input.remittedOn <= dueOn) return pass('RECOVERY_REMITTED', `回款于 ${input.remittedOn} 汇缴，期限 ${due}`);
  return warn('RECOVERY_REMITTED_LATE', `回款于 ${input.remittedOn} 汇缴，晚于期限 ${due}`, {
    field: 'remittedOn',
    value: input.remittedOn,
  });
}
