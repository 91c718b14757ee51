import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { Exact, type Money, toWire } from '../../money/money.ts';
import { roundToUnit } from '../../money/rounding.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { moneyText, multipleText, percentText } from '../values.ts';
import { countedOf, describeCounted, type RateLimit, rateWords } from './subsidy-counted.ts';
import { judgeLine, type LineFacts, lineConditions, lineFactLabel } from './subsidy-line.ts';

/** A rate of interest a year: a multiple of the LPR that the clause means, or a percentage. */
const rateLimit: z.ZodType<RateLimit> = z
  .strictObject({ lprTimes: multipleText.optional(), percent: percentText.optional() })
  .refine((limit) => (limit.lprTimes === undefined) !== (limit.percent === undefined), {
    error: '利率应写明 LPR 的倍数或百分数之一',
  });

/** What counts, before the percentage is taken of it. */
export const counted = z.discriminatedUnion('of', [
  /** What was paid; of a premium at most so many percent of the sum insured. */
  z.strictObject({ of: z.literal('paid'), insuredPercent: percentText.optional() }),
  /** The interest paid, as at most at this rate. */
  z.strictObject({ of: z.literal('interest'), atMost: rateLimit }),
  /** What the same days would have cost at this rate, whatever the contract's. */
  z.strictObject({ of: z.literal('interestAt'), rate: rateLimit }),
  /** The part of the interest that lies above this rate, at most so much of a rate. */
  z.strictObject({ of: z.literal('interestAbove'), rate: rateLimit, atMost: rateLimit.optional() }),
  /** The loan itself, for each month of twelve where it says so. */
  z.strictObject({ of: z.literal('principal'), byMonth: z.boolean() }),
  /** A fixed sum, for each month of twelve where it says so; nothing unless more than `overCost` was paid. */
  z.strictObject({ of: z.literal('sum'), amount: moneyText, byMonth: z.boolean(), overCost: moneyText.optional() }),
]);

const row = z.strictObject({
  label: z.string().min(1),
  when: lineConditions.optional(),
  counts: counted,
  percent: percentText,
});
const schema = z
  .strictObject({
    /** The first row that fits counts. */
    rows: z.array(row).min(1),
    /** Which LPR is meant, where a rate is a multiple of it. */
    lpr: z
      .strictObject({
        tenor: z.enum(['1Y', '5Y']),
        anchor: z.enum(['monthBeforeSigning', 'atSigning', 'samePeriod']),
      })
      .optional(),
    /** Nothing for a loan whose rate is below this. */
    leastRate: rateLimit.optional(),
    /** Of a mixed pledge only the part that intellectual property covers, certified by bank or guarantor. */
    ipShareOnly: z.boolean().optional(),
    rounding: z.strictObject({
      unit: z.enum(['分', '角', '元', '百元', '千元', '万元']),
      mode: z.enum(['halfUp', 'up', 'down', 'halfEven']),
    }),
  })
  .refine((value) => value.lpr !== undefined || !JSON.stringify(value).includes('"lprTimes"'), {
    error: '按 LPR 倍数计算的，应写明期限品种和取值口径（lpr）',
  });
export type SubsidyAmount = z.infer<typeof schema>;
export type CountedRule = z.infer<typeof counted>;

/** One line's figures as text: money in 元, rates in percent. */
export interface AmountInput extends LineFacts {
  /** What was paid and counts: premium, fee, or interest by the vouchers. */
  paid?: string;
  annualRate?: string;
  /** The LPR that the clause means for this line. */
  lpr?: string;
  months?: number;
  /** Percent of the pledge that is intellectual property. */
  ipShare?: string;
  insuredSum?: string;
}
/** What counted, and what the rule gives before any cap. */
export interface AmountAnswer {
  row: string;
  counted: string;
  amount: string;
}
export type SubsidyAmountClause = Clause<SubsidyAmount, AmountInput, AmountAnswer>;

/** How much of a line is subsidised, before caps: what counts, at which percentage, how it is rounded. */
export function subsidyAmount(spec: ClauseSpec<SubsidyAmount, AmountInput, AmountAnswer>): SubsidyAmountClause {
  return {
    ...spec,
    resolvedBy: 'askedOn',
    schema,
    describe,
    apply: (value, input) => {
      const { row: used, counted: base, amount } = lineAmount(value, input);
      return { row: used.label, counted: toWire(roundToUnit(base, '分', value.rounding.mode)), amount: toWire(amount) };
    },
  };
}

/** By it one multiplies where one would divide by 100: exact as well, and much faster. */
const HUNDREDTH = new Exact('0.01');

/** A line's amount with what led to it; `counted` is exact, not rounded. */
export interface LineAmount {
  row: SubsidyAmount['rows'][number];
  counted: Exact;
  /** Why nothing counts although a row fits. */
  nothing: 'belowLeastRate' | 'costTooLow' | null;
  amount: Money;
}

/**
 * Applies the rule to one line.
 * @throws DomainError SUBSIDY_FACT_MISSING when a fact that decides is not known, SUBSIDY_NO_ROW when no row fits
 */
export function lineAmount(value: SubsidyAmount, input: AmountInput): LineAmount {
  const used = rowFor(value, input);
  const { unit, mode } = value.rounding;
  const { base, nothing } = countedOf(used.counts, value.leastRate, input);
  const whole = value.ipShareOnly ? base.times(need(input.ipShare, '知识产权质押占比')).times(HUNDREDTH) : base;
  const amount = roundToUnit(whole.times(used.percent).times(HUNDREDTH), unit, mode);
  return { row: used, counted: whole, nothing, amount };
}

function rowFor({ rows }: SubsidyAmount, input: AmountInput): SubsidyAmount['rows'][number] {
  for (const candidate of rows) {
    const fits = candidate.when ? judgeLine(candidate.when, input) : true;
    if (fits === true) return candidate;
    if (fits !== false) {
      const names = fits.unknown.map(lineFactLabel).join('、');
      throw new DomainError('SUBSIDY_FACT_MISSING', `未提供${names}，无法判断是否适用「${candidate.label}」`);
    }
  }
  throw new DomainError('SUBSIDY_NO_ROW', `不在补贴范围内：${rows.map(({ label }) => label).join('、')}均不适用`);
}

function need<T>(fact: T | undefined, label: string): T {
  if (fact === undefined) throw new DomainError('SUBSIDY_FACT_MISSING', `未提供${label}，无法计算补贴`);
  return fact;
}

function describe({ rows, lpr, leastRate, ipShareOnly, rounding }: SubsidyAmount): string {
  const parts = rows.map(({ label, counts, percent }) => `${label}按${describeCounted(counts)}的 ${percent}%`);
  if (leastRate) parts.push(`贷款利率低于${rateWords(leastRate)}的不予补贴`);
  if (lpr) parts.push(`LPR 取${ANCHORS[lpr.anchor]}的${lpr.tenor === '1Y' ? '一年期' : '五年期以上'}报价`);
  if (ipShareOnly) parts.push('混合质押只计知识产权质押的部分');
  parts.push(`每笔计算至${rounding.unit}，${MODES[rounding.mode]}`);
  return parts.join('；');
}

const ANCHORS = {
  monthBeforeSigning: '合同签订上月',
  atSigning: '合同签订时最近一次',
  samePeriod: '同期（当月）',
} as const;
const MODES = { halfUp: '四舍五入', up: '进位', down: '舍去尾数', halfEven: '四舍六入五成双' } as const;
