import type { Decimal } from 'decimal.js';
import { DomainError } from '../errors.ts';
import { Exact } from './money.ts';

/** A rate as a fraction: 3.65 % is 0.0365. */
export type Rate = Decimal;

const PERCENT = /^\d{1,3}(\.\d{1,6})?$/;

/**
 * Reads a rate in percent as it travels on the wire: "3.65" is 0.0365. Not negative, below 1000 %, at most six
 * decimals, no percent sign. Throws DomainError RATE_FORMAT for anything else.
 */
export function ratePercent(text: string): Rate {
  if (typeof text !== 'string' || !PERCENT.test(text)) {
    throw new DomainError(
      'RATE_FORMAT',
      `利率「${String(text).slice(0, 40)}」格式不正确：应为百分数的数字文本，不带百分号，最多六位小数，例如 "3.65"`,
    );
  }
  return new Exact(text).div(100);
}

/** Prints a rate in percent, exactly, with at least two decimals: 0.0365 is "3.65", 0.03 is "3.00". */
export function toPercent(r: Rate): string {
  const percent = r.times(100);
  return percent.toFixed(Math.max(2, percent.decimalPlaces()));
}
