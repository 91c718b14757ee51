import { type Money, money, toWire } from '../../../money/money.ts';
import { ratePercent } from '../../../money/rate.ts';
import { fromWan } from '../../../money/wan.ts';

/**
 * An amount as people type or paste it: 3,000,000 · ３００００００.00 · 300万 · ￥3000000元. @returns the wire text, or what was typed where it is
 * no amount.
 */
export function wireOf(typed: string): string {
  const text = typed.normalize('NFKC').replace(/[\s,，¥]/g, '');
  const wan = /^(-?[\d.]+)万元?$/.exec(text)?.[1];
  const amount = wan === undefined ? readOr(money, text.replace(/元$/, '')) : readOr(fromWan, wan);
  return amount ? toWire(amount) : typed.trim();
}

/** An amount of a form, or undefined while it is none. */
export const amountOf = (value: string | undefined): Money | undefined => (value ? readOr(money, value) : undefined);

/** Rule of a form: an amount above zero. */
export async function isAmount(_: unknown, value: string | undefined): Promise<void> {
  if (!value) return;
  const amount = amountOf(value);
  if (!amount) throw new Error('应为数字，最多两位小数');
  if (!amount.greaterThan(0)) throw new Error('应大于零');
}

/** Rule of a form: an amount that may be nothing. */
export async function isAmountOrZero(_: unknown, value: string | undefined): Promise<void> {
  if (value && (amountOf(value)?.isNegative() ?? true)) throw new Error('应为不小于零的数字，最多两位小数');
}

/** Rule of a form: a yearly rate in percent. */
export async function isRate(_: unknown, value: string | undefined): Promise<void> {
  if (value && !readOr(ratePercent, value)) throw new Error('应为百分数，如 3.65');
}

function readOr<T>(read: (text: string) => T, text: string): T | undefined {
  try {
    return read(text);
  } catch {
    return undefined;
  }
}
