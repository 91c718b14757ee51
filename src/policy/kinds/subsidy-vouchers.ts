import { z } from 'zod';
import type { Clause, ClauseSpec } from '../clause.ts';
import { coded, months } from '../values.ts';

const schema = z.strictObject({
  /** Kinds of interest that a voucher may show and that are never subsidised. */
  excluded: z.array(coded).min(1),
  /** Interest of so many months from the drawdown counts; left out: of the whole loan. */
  mostMonths: months.optional(),
});
export type SubsidyVouchers = z.infer<typeof schema>;
/** Input: the kind of interest a voucher shows; answers whether it counts. */
export type SubsidyVouchersClause = Clause<SubsidyVouchers, string, boolean>;

/** Which of the interest that a bank's vouchers show is subsidised. */
export function subsidyVouchers(spec: ClauseSpec<SubsidyVouchers, string, boolean>): SubsidyVouchersClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe: ({ excluded, mostMonths }) =>
      `以银行付息凭证为准；${excluded.map(({ label }) => label).join('、')}和逾期期间的利息不予补贴${mostMonths ? `；补贴期限不超过 ${mostMonths} 个月` : ''}`,
    apply: ({ excluded }, kind) => !excluded.some(({ code }) => code === kind),
  };
}
