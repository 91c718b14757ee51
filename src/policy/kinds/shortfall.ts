import { z } from 'zod';
import { Exact, money, sum, toWire, ZERO } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { coded } from '../values.ts';

const schema = z.strictObject({
  /** `wait`: in order of approval until all of it can be paid; `payPart`: what there is, and nothing later. */
  mode: z.enum(['wait', 'payPart']),
  /** Who keeps what is never paid. */
  fallsOn: coded,
});
export type Shortfall = z.infer<typeof schema>;

/** Each contributor's part of a compensation and what it still has in the pool (2901 − 1218), in 元. */
export interface ShortfallInput {
  parts: readonly { party: string; amount: string; available: string }[];
}
export interface ShortfallAnswer {
  outcome: 'pay' | 'wait' | 'payPart';
  /** What each pays now, in the order of the parts. */
  pays: { party: string; amount: string }[];
  /** What nobody pays; with `payPart` it stays with `fallsOn` for good. */
  lacking: string;
}
export type ShortfallClause = Clause<Shortfall, ShortfallInput, ShortfallAnswer>;

/** What happens where a contributor has less than its part: never more than the pool holds, contributor by contributor. */
export function shortfall(spec: ClauseSpec<Shortfall, ShortfallInput, ShortfallAnswer>): ShortfallClause {
  return {
    ...spec,
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ mode, fallsOn }) =>
      `补偿以资金池中各出资方的余额为限，${mode === 'wait' ? '不足支付全额的按批准先后等候' : `不足部分由${fallsOn.label}承担`}`,
    apply: ({ mode }, { parts }) => {
      const pays = parts.map(({ party, amount, available }) => ({
        party,
        amount: Exact.min(money(amount), Exact.max(money(available), ZERO)),
      }));
      const lacking = sum(parts.map(({ amount }) => money(amount))).minus(sum(pays.map(({ amount }) => amount)));
      const short = lacking.gt(0);
      return {
        outcome: short ? mode : 'pay',
        pays: pays.map(({ party, amount }) => ({ party, amount: short && mode === 'wait' ? '0.00' : toWire(amount) })),
        lacking: toWire(lacking),
      };
    },
  };
}
