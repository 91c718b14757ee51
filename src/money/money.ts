import { Decimal } from 'decimal.js';
import { DomainError } from '../errors.ts';

/**
 * The one decimal type of the system: 40 significant digits, half up where nothing else is named, never an exponent
 * when printed. Usable as constructor; build amounts with `money()`, not with a JS number.
 */
export const Exact = Decimal.clone({
  precision: 40,
  rounding: Decimal.ROUND_HALF_UP,
  toExpNeg: -40,
  toExpPos: 40,
});
/** Any exact number: an amount before rounding, a weight, a ratio. */
export type Exact = Decimal;
/** An amount in 元 with at most two decimals; fits `numeric(18,2)`. */
export type Money = Decimal;

export const ZERO: Money = new Exact(0);

const MONEY = /^-?\d{1,16}(\.\d{1,2})?$/;

/**
 * Reads an amount in 元 as it travels on the wire: "1234567.89", at most 16 integer digits and two decimals, no
 * separators, no exponent, no plus sign. Throws DomainError MONEY_FORMAT for anything else, also for what is not text.
 */
export function money(text: string): Money {
  if (typeof text !== 'string' || !MONEY.test(text)) {
    throw new DomainError(
      'MONEY_FORMAT',
      `金额「${String(text).slice(0, 40)}」格式不正确：应为以元为单位的数字文本，整数部分最多 16 位，最多两位小数，例如 "1234567.89"`,
    );
  }
  const m = new Exact(text);
  return m.isZero() ? ZERO : m;
}

/** Prints an amount for the wire and the database: "1234567.89". Throws RangeError when it still has parts of a fen. */
export function toWire(m: Exact): string {
  if (m.isZero()) return '0.00';
  // As it stands, without rounding: half the time of toFixed(2), and what has more decimals shows itself.
  const text = m.toFixed();
  const dot = text.indexOf('.');
  const decimals = dot < 0 ? 0 : text.length - dot - 1;
  if (!m.isFinite() || decimals > 2) throw new RangeError(`not a whole number of fen: ${m.toString()}`);
  return decimals === 2 ? text : decimals === 1 ? `${text}0` : `${text}.00`;
}

/** Prints an amount in 元 for people: "1,234,567.89". Throws RangeError when it still has parts of a fen. */
export function formatYuan(m: Exact): string {
  const text = toWire(m);
  const begins = text.startsWith('-') ? 1 : 0;
  let grouped = text.slice(-3);
  let end = text.length - 3;
  for (; end - begins > 3; end -= 3) grouped = `,${text.slice(end - 3, end)}${grouped}`;
  return text.slice(0, end) + grouped;
}

/** Adds exact numbers; nothing adds up to 0. */
export function sum(items: Iterable<Exact>): Exact {
  let total: Exact = ZERO;
  for (const item of items) total = total.plus(item);
  return total;
}
