import { formatYuan, money, toWire } from '../../money/money.ts';
import { roundFen } from '../../money/rounding.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { multipleText } from '../values.ts';

/** A multiple above zero: "10". */
export type Leverage = string;

/** How many times its capital a pool may back (放大倍数). Input: capital in 元; answers what it may back, down to the fen. */
export function leverage(spec: ClauseSpec<Leverage, string, string>): Clause<Leverage, string, string> {
  return {
    ...spec,
    unit: '倍',
    resolvedBy: 'occurredOn',
    schema: multipleText,
    describe: (multiple) =>
      `备案余额不超过资金池净额的 ${multiple} 倍，例如净额 1,000,000.00 元可支持 ${formatYuan(money('1000000.00').times(multiple))} 元`,
    apply: (multiple, capital) => toWire(roundFen(money(capital).times(multiple), 'floor')),
  };
}
