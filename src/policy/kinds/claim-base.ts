import { z } from 'zod';
import { money, toWire } from '../../money/money.ts';
import { roundFen } from '../../money/rounding.ts';
import type { Clause, ClauseSpec } from '../clause.ts';

const schema = z.strictObject({
  /** `counted`: unpaid principal × counted ÷ lent, half up to the fen; `lent`: all of the unpaid principal. */
  of: z.enum(['counted', 'lent']),
});
export type ClaimBase = z.infer<typeof schema>;
export interface ClaimBaseInput {
  /** 元: unpaid principal, and what was lent and counted when it was filed. */
  unpaid: string;
  lent: string;
  counted: string;
}
export type ClaimBaseClause = Clause<ClaimBase, ClaimBaseInput, string>;

/** What of a loan's unpaid principal may be claimed for. Answers it in 元; the bank bears the rest alone. */
export function claimBase(spec: ClauseSpec<ClaimBase, ClaimBaseInput, string>): ClaimBaseClause {
  return {
    ...spec,
    unit: '元',
    resolvedBy: 'claimedOn',
    schema,
    describe: ({ of }) =>
      of === 'counted'
        ? '以未偿还的备案本金为补偿基数；备案金额低于贷款金额的，按备案金额占贷款金额的比例折算'
        : '以未偿还的贷款本金为补偿基数',
    apply: ({ of }, { unpaid, lent, counted }) => {
      if (of === 'lent' || money(counted).eq(money(lent))) return toWire(money(unpaid));
      return toWire(roundFen(money(unpaid).times(money(counted)).div(money(lent)), 'halfUp'));
    },
  };
}
