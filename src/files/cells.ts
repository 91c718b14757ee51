import { addDays, type LocalDate, localDate } from '../calendar/local-date.ts';
import { periodOf, type SettlementPeriod, settlementPeriod } from '../calendar/settlement-period.ts';
import { DomainError } from '../errors.ts';
import { type Money, money } from '../money/money.ts';
import { type Rate, ratePercent } from '../money/rate.ts';
import { type CellResult, cellFault, foldLabel, foldWidth, refuse } from './cell.ts';
import type { DateSystem } from './table.ts';

/** Units that a heading may give, as the power of ten that makes them 元. */
export const AMOUNT_UNITS = { 元: 0, 百元: 2, 千元: 3, 万元: 4, 百万元: 6, 千万元: 7, 亿元: 8 } as const;
export type AmountUnit = keyof typeof AMOUNT_UNITS;

const AMOUNT = /^(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/;
const DECIMALS = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十'];

/**
 * An amount as people write it, in the unit of its heading: "3,080,000.00", "¥3，080，000", "308 万元" under a heading
 * in 万元. Answers 元, converted exactly. Faults: AMOUNT_DECIMALS (parts of a fen), AMOUNT_FORMAT (anything else that
 * is no amount, negative ones too).
 */
export function readMoney(text: string, title: string, unit: AmountUnit = '元'): CellResult<Money> {
  let plain = foldWidth(text);
  if (plain.startsWith('¥')) plain = plain.slice(1).trimStart();
  if (plain.endsWith(unit)) plain = plain.slice(0, -unit.length).trimEnd();
  const parts = AMOUNT.exec(plain);
  if (!parts) {
    const negative = /^[-−–(]/.test(plain);
    return refuse('AMOUNT_FORMAT', title, text, negative ? '不能为负数' : `不是金额，应为以${unit}为单位的数字`);
  }
  const shift = AMOUNT_UNITS[unit];
  const decimals = parts[2] ?? '';
  if (decimals.length > 2 + shift) {
    return refuse('AMOUNT_DECIMALS', title, text, `最多保留${DECIMALS[2 + shift]}位小数`);
  }
  const whole = `${parts[1]!.replaceAll(',', '')}${decimals.slice(0, shift).padEnd(shift, '0')}`.replace(
    /^0+(?=\d)/,
    '',
  );
  if (whole.length > 16) return refuse('AMOUNT_FORMAT', title, text, '超出可记录的金额范围');
  const fen = decimals.slice(shift);
  return { value: money(fen === '' ? whole : `${whole}.${fen}`) };
}

/**
 * A yearly rate in percent, with or without the sign: "3.65", "3.65%", "３．６５％". Faults: RATE_DECIMALS (more than
 * six), RATE_FORMAT. A bare "0.0365" reads as 0.0365 % but is doubted: warning RATE_LOW.
 */
export function readRate(text: string, title: string): CellResult<Rate> {
  const folded = foldWidth(text);
  const plain = folded.endsWith('%') ? folded.slice(0, -1).trimEnd() : folded;
  const parts = /^\d{1,3}(?:\.(\d+))?$/.exec(plain);
  if (!parts) return refuse('RATE_FORMAT', title, text, '不是利率，应为百分数的数字，例如 3.65');
  if ((parts[1] ?? '').length > 6) return refuse('RATE_DECIMALS', title, text, '最多保留六位小数');
  const value = ratePercent(plain);
  if (plain === folded && value.gt(0) && value.lt('0.002')) {
    const problem = `按 ${plain}% 读取，请确认是否应为 ${value.times(10_000).toFixed()}%`;
    return { value, warning: cellFault('RATE_LOW', title, text, problem) };
  }
  return { value };
}

const DATE =
  /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d\d)(\d\d))(?:[ T]+([01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?$/;

/**
 * A day in the shapes people use: 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日, 20260305, with a time of day that is
 * dropped; with `serials`, also Excel's day number. Fault DATE_FORMAT, also for a day that does not exist.
 */
export function readDate(text: string, title: string, serials?: DateSystem): CellResult<LocalDate> {
  const plain = foldWidth(text);
  const parts = DATE.exec(plain);
  try {
    if (parts) {
      const month = parts[3] ?? parts[5] ?? parts[7] ?? '';
      const day = parts[4] ?? parts[6] ?? parts[8] ?? '';
      return { value: localDate(`${parts[1]}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`) };
    }
    // Day numbers of 1954–2119; elsewhere five digits are more likely something else.
    if (serials && /^[2-7]\d{4}(\.\d+)?$/.test(plain)) {
      return { value: addDays(serials === '1904' ? '1904-01-01' : '1899-12-30', Math.floor(Number(plain))) };
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refuse('DATE_FORMAT', title, text, '不是存在的日期');
  }
  return refuse('DATE_FORMAT', title, text, '不是有效日期，应写成 2026-03-05 这样的年月日');
}

/** A month: 2026-03, 2026/3, 2026年3月, 202603, or any day of it. Fault PERIOD_FORMAT. */
export function readPeriod(text: string, title: string, serials?: DateSystem): CellResult<SettlementPeriod> {
  const parts = /^(\d{4})(?:[-/.](\d{1,2})|年(\d{1,2})月份?|(\d\d))$/.exec(foldWidth(text));
  if (!parts) {
    const day = readDate(text, title, serials).value;
    if (day) return { value: periodOf(day) };
  } else {
    const month = Number(parts[2] ?? parts[3] ?? parts[4]);
    if (month >= 1 && month <= 12) return { value: settlementPeriod(`${parts[1]}-${String(month).padStart(2, '0')}`) };
  }
  return refuse('PERIOD_FORMAT', title, text, '不是有效月份，应写成 2026-03 这样的年月');
}

/** A count (days, people): digits, thousands separators, and 天, 日 or 人 after them. Fault INTEGER_FORMAT. */
export function readInteger(text: string, title: string): CellResult<number> {
  const parts = /^(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?\s*[天日人]?$/.exec(foldWidth(text));
  if (!parts) return refuse('INTEGER_FORMAT', title, text, '应为不小于零的整数');
  return { value: Number(parts[1]!.replaceAll(',', '')) };
}

const YES = new Set(['是', '有', 'y', 'yes', 'true', '1']);
const NO = new Set(['否', '无', 'n', 'no', 'false', '0']);

/** Yes or no: 是/否, 有/无, Y/N. Fault YES_NO, for 「是否」 left unanswered too. */
export function readYesNo(text: string, title: string): CellResult<boolean> {
  const label = foldLabel(text);
  if (YES.has(label)) return { value: true };
  return NO.has(label) ? { value: false } : refuse('YES_NO', title, text, '应填“是”或“否”');
}
