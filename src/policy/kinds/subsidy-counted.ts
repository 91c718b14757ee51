import { DomainError } from '../../errors.ts';
import { Exact, formatYuan, money, ZERO } from '../../money/money.ts';
import type { AmountInput, CountedRule } from './subsidy-amount.ts';

/** A rate of interest a year: a multiple of the LPR, or a percentage; one of them. */
export interface RateLimit {
  lprTimes?: string;
  percent?: string;
}

/**
 * What counts of a line, exact, in 元. Interest at another rate is what the vouchers say times the ratio of the rates: the days and balances stay the
 * bank's, nothing is computed anew.
 * @throws DomainError SUBSIDY_FACT_MISSING
 */
export function countedOf(
  rule: CountedRule,
  leastRate: RateLimit | undefined,
  input: AmountInput,
): { base: Exact; nothing: 'belowLeastRate' | 'costTooLow' | null } {
  if (leastRate && own(input).lt(rateOf(leastRate, input))) return { base: ZERO, nothing: 'belowLeastRate' };
  if (rule.of === 'sum' && rule.overCost !== undefined && paid(input).lte(rule.overCost)) {
    return { base: ZERO, nothing: 'costTooLow' };
  }
  return { base: baseOf(rule, input), nothing: null };
}

function baseOf(rule: CountedRule, input: AmountInput): Exact {
  switch (rule.of) {
    case 'paid': {
      if (rule.insuredPercent === undefined) return paid(input);
      const limit = money(known(input.insuredSum, '保险金额')).times(rule.insuredPercent).div(100);
      return Exact.min(paid(input), limit);
    }
    case 'interest':
      return atRate(input, Exact.min(own(input), rateOf(rule.atMost, input)));
    case 'interestAt':
      return atRate(input, rateOf(rule.rate, input));
    case 'interestAbove': {
      const above = Exact.max(own(input).minus(rateOf(rule.rate, input)), ZERO);
      return atRate(input, rule.atMost ? Exact.min(above, rateOf(rule.atMost, input)) : above);
    }
    case 'principal':
      return byMonths(money(known(input.principal, '贷款本金')), rule.byMonth, input);
    case 'sum':
      return byMonths(money(rule.amount), rule.byMonth, input);
  }
}

function atRate(input: AmountInput, rate: Exact): Exact {
  return paid(input).times(rate).div(own(input));
}

function byMonths(whole: Exact, byMonth: boolean, input: AmountInput): Exact {
  return byMonth ? whole.times(Math.min(known(input.months, '补贴月数'), 12)).div(12) : whole;
}

function rateOf({ lprTimes, percent }: RateLimit, { lpr }: AmountInput): Exact {
  return lprTimes !== undefined ? new Exact(known(lpr, 'LPR')).times(lprTimes) : new Exact(percent!);
}

function own({ annualRate }: AmountInput): Exact {
  const rate = new Exact(known(annualRate, '贷款年利率'));
  if (rate.isZero()) throw new DomainError('SUBSIDY_FACT_MISSING', '贷款年利率为零，没有可以补贴的利息');
  return rate;
}

const paid = (input: AmountInput): Exact => money(known(input.paid, '实际支付金额'));

function known<T>(fact: T | undefined, label: string): T {
  if (fact === undefined) throw new DomainError('SUBSIDY_FACT_MISSING', `未提供${label}，无法计算补贴`);
  return fact;
}

/** What counts, in words. */
export function describeCounted(rule: CountedRule): string {
  switch (rule.of) {
    case 'paid':
      return rule.insuredPercent === undefined
        ? '实际支付金额'
        : `实际支付金额（不超过保险金额的 ${rule.insuredPercent}%）`;
    case 'interest':
      return `实际支付利息（利率最高按${rateWords(rule.atMost)}计）`;
    case 'interestAt':
      return `按${rateWords(rule.rate)}折算的利息`;
    case 'interestAbove':
      return `利率超出${rateWords(rule.rate)}部分的利息${rule.atMost ? `（最高按${rateWords(rule.atMost)}计）` : ''}`;
    case 'principal':
      return `贷款本金${rule.byMonth ? '（按月折算，十二个月为全额）' : ''}`;
    case 'sum':
      return `定额 ${formatYuan(money(rule.amount))} 元${rule.byMonth ? '（按月折算，十二个月为全额）' : ''}${rule.overCost ? `（支出超过 ${formatYuan(money(rule.overCost))} 元的）` : ''}`;
  }
}

/** A rate in words. */
export const rateWords = ({ lprTimes, percent }: RateLimit): string =>
  lprTimes !== undefined ? `LPR${lprTimes === '1' ? '' : ` 的 ${lprTimes} 倍`}` : `年利率 ${percent}%`;
