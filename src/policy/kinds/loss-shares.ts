import { z } from 'zod';
import { largestRemainder } from '../../money/allocate.ts';
import { Exact, money, sum, toWire } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { percentText } from '../values.ts';

const share = z.strictObject({ bearer: z.string().min(1), label: z.string().min(1), percent: percentText });

// Later keys (guarantee mode, first loan, revenue band …) become optional members beside `shares`, so that versions
// already approved stay valid.
const schema = z.strictObject({
  /** 2 to 6 bearers in the order that settles ties; together exactly 100 %. */
  shares: z
    .array(share)
    .min(2)
    .max(6)
    .refine((shares) => sum(shares.map(({ percent }) => new Exact(percent))).eq(100), {
      error: '各方比例之和应为 100%',
    })
    .refine((shares) => new Set(shares.map(({ bearer }) => bearer)).size === shares.length, {
      error: '承担方不得重复',
    }),
});
export type LossShares = z.infer<typeof schema>;

/** Who bears a loss of principal. Input: the loss in 元; answers each part by largest remainder, adding up exactly. */
export function lossShares(
  spec: ClauseSpec<LossShares, string, { bearer: string; amount: string }[]>,
): Clause<LossShares, string, { bearer: string; amount: string }[]> {
  return {
    ...spec,
    unit: '%',
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ shares }) => `本金损失由${shares.map(({ label, percent }) => `${label} ${percent}%`).join('、')}分担`,
    apply: ({ shares }, loss) => {
      const parts = largestRemainder(
        money(loss),
        shares.map(({ percent }) => new Exact(percent)),
      );
      return shares.map(({ bearer }, i) => ({ bearer, amount: toWire(parts[i]!) }));
    },
  };
}
