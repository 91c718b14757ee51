import { DomainError } from '../errors.ts';
import { Exact, type Money, toWire, ZERO } from './money.ts';

const WAN = /^-?\d{1,12}(\.\d{1,6})?$/;

/** An amount of 元 in 万元, exact, without trailing zeros: 18,529,000.00 is "1852.9", one fen is "0.000001". */
export function toWan(m: Money): string {
  const wan = new Exact(toWire(m)).div(10000);
  return wan.toFixed(wan.decimalPlaces());
}

/**
 * Reads an amount given in 万元 (notices, enterprise files): at most 12 integer digits and six decimals, which is exact
 * to the fen; the answer is in 元. Throws DomainError MONEY_FORMAT otherwise.
 */
export function fromWan(text: string): Money {
  if (typeof text !== 'string' || !WAN.test(text)) {
    throw new DomainError(
      'MONEY_FORMAT',
      `金额「${String(text).slice(0, 40)}」格式不正确：应为以万元为单位的数字文本，整数部分最多 12 位，最多六位小数，例如 "1852.9"`,
    );
  }
  const m = new Exact(text).times(10000);
  return m.isZero() ? ZERO : m;
}
