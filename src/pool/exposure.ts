import { type Exact, type Money, ZERO } from '../money/money.ts';
import { roundFen } from '../money/rounding.ts';

/** 备案余额: outstanding × counted ÷ lent, half up to the fen (DESIGN, money's ways). */
export function countedOutstanding(outstanding: Money, counted: Money, lent: Money): Money {
  return counted.equals(lent) ? outstanding : roundFen(outstanding.times(counted).div(lent), 'halfUp');
}

/** 准备金占用额 of a loan: counted outstanding ÷ leverage, up to the fen. */
export function reserveFor(counted: Money, leverage: Exact): Money {
  return roundFen(counted.div(leverage), 'up');
}

/** 可用额度: leverage × capital − Σ counted outstanding. Negative stops consents, never payments. */
export function headroom(leverage: Exact, capital: Money, counted: Money): Money {
  return roundFen(leverage.times(capital).minus(counted), 'floor');
}

/** What a key ties up now. */
export interface Exposure {
  countedOutstanding: Money;
  reserve: Money;
}

export const NOTHING: Exposure = { countedOutstanding: ZERO, reserve: ZERO };

/** The way from what is tied up to its new target; the reserve always moves by the difference. */
export function moveTo(
  now: Exposure,
  counted: Money,
  leverage: Exact,
): { to: Exposure; countedDelta: Money; reserveDelta: Money } {
  const to = { countedOutstanding: counted, reserve: reserveFor(counted, leverage) };
  return { to, countedDelta: counted.minus(now.countedOutstanding), reserveDelta: to.reserve.minus(now.reserve) };
}
