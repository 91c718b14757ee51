import { z } from 'zod';
import { Exact, money, toWire, ZERO } from '../../money/money.ts';
import { roundFen } from '../../money/rounding.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { percentText } from '../values.ts';

const schema = z.strictObject({
  /** Percent of what was contributed under which capital must not fall. */
  floor: percentText,
});
export type TopUp = z.infer<typeof schema>;
export interface TopUpInput {
  /** 元: all that was contributed (less what was returned), and capital = Σ 2901 − Σ 1218. */
  contributed: string;
  capital: string;
}
/** What is lacking up to the floor, in 元; "0.00": nothing. */
export type TopUpClause = Clause<TopUp, TopUpInput, string>;

/** When a pool must be topped up (补充出资): its capital has fallen below a part of what was contributed. */
export function topUp(spec: ClauseSpec<TopUp, TopUpInput, string>): TopUpClause {
  return {
    ...spec,
    unit: '%',
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ floor }) => `资金池净额低于累计出资的 ${floor}% 时应补充出资`,
    apply: ({ floor }, { contributed, capital }) => {
      const least = roundFen(money(contributed).times(floor).div(100), 'ceiling');
      return toWire(Exact.max(least.minus(money(capital)), ZERO));
    },
  };
}

const returnSchema = z.strictObject({
  /** Whether a contribution may be taken out, up to what no loan ties up. */
  allowed: z.boolean(),
});
export type ContributionReturn = z.infer<typeof returnSchema>;
export interface ContributionReturnInput {
  /** 元, of one contributor: its 2901, its 1218, and its part of the reserve. */
  contributed: string;
  receivable: string;
  reserved: string;
}
export type ContributionReturnClause = Clause<ContributionReturn, ContributionReturnInput, string>;

/** How much of a contribution may be returned, or paid out when a pool is wound up: 2901 − 1218 − its part of the reserve. */
export function contributionReturn(
  spec: ClauseSpec<ContributionReturn, ContributionReturnInput, string>,
): ContributionReturnClause {
  return {
    ...spec,
    unit: '元',
    resolvedBy: 'askedOn',
    schema: returnSchema,
    describe: ({ allowed }) =>
      allowed ? '出资可以退回，以未被贷款占用的部分为限；资金池终止时同此办理' : '出资在资金池终止前不退回',
    apply: ({ allowed }, { contributed, receivable, reserved }) =>
      allowed ? toWire(Exact.max(money(contributed).minus(money(receivable)).minus(money(reserved)), ZERO)) : '0.00',
  };
}
