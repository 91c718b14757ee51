import { Exact, formatYuan, type Money, money } from '../money/money.ts';
import { toPercent } from '../money/rate.ts';
import { roundTo } from '../money/rounding.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';

/** A ratio as people read it, with what it was computed from. */
export interface Ratio {
  /** percent, two decimals */
  ratio: string;
  numerator: string;
  denominator: string;
  explanation: Explanation;
}

/** a ÷ b in percent with two decimals, half up; nothing of nothing is 0.00. */
export function percentOf(a: Money, b: Money): string {
  return toPercent(roundTo(b.isZero() ? new Exact(0) : a.div(b), 4, 'halfUp'));
}

/** 不良率: bad principal, gross of compensation, ÷ outstanding principal lent (DESIGN, ratios); wire amounts. */
export function badLoanRatio(bad: string, outstanding: string): Ratio {
  const [a, b] = [money(bad), money(outstanding)];
  const ratio = percentOf(a, b);
  const inputs = [given('不良贷款余额', `${formatYuan(a)} 元`), given('贷款余额', `${formatYuan(b)} 元`)];
  return { ratio, numerator: bad, denominator: outstanding, explanation: derived('不良率', `${ratio}%`, [], inputs) };
}
