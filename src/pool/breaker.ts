import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { type Exact, formatYuan, type Money } from '../money/money.ts';
import { roundTo } from '../money/rounding.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import { type BreakerLevel, type BreakerLine, levelOf } from '../policy/kinds/breaker.ts';
import {
  BREAKER_MEASURES,
  BREAKER_SCOPES,
  type BreakerMeasure,
  type BreakerScope,
  STOPS,
} from '../policy/kinds/breaker-words.ts';
import type { Policy } from '../policy/policy.ts';

/** What is measured of one bank, county, guarantor or pool. Money in 元. */
export interface Measured {
  scope: BreakerScope;
  /** Whose: a bank's code, a unit's, the pool's. */
  key: string;
  measure: BreakerMeasure;
  /** e.g. bad principal, gross of compensation */
  over: Money;
  /** e.g. outstanding lent principal */
  under: Money;
}

/** The circuit breaker's word on one of them. */
export interface BreakerVerdict extends Measured {
  level: BreakerLevel;
  /** What stops; null unless suspended. */
  stops: 'filings' | 'claims' | null;
  /** What stops, or would stop, at the suspending line. */
  stopsAt: 'filings' | 'claims';
  /** The ratio as a fraction, unrounded; null: something over nothing. */
  ratio: Exact | null;
  warn: string | null;
  suspend: string;
  message: string;
  cites: Citation[];
  explanation: Explanation;
}

/**
 * Where everyone measured stands on a day; those that no line of the clause is about are left out. The order is kept.
 * Throws POLICY_OUTSIDE_DATES.
 */
export function breakerVerdicts(
  policy: Policy,
  on: LocalDate,
  all: readonly Measured[],
  added?: readonly AddedVersion[],
): BreakerVerdict[] {
  const { value, citation } = valueOn(policy.breaker, on, added);
  return all.flatMap((measured) => {
    const line = value.lines.find((l) => l.measure === measured.measure && l.scopes.includes(measured.scope));
    return line ? [verdictOf(line, measured, citation)] : [];
  });
}

/** The gravest verdict that stops something for any of these keys: what a suspended bank's filing is refused with. */
export function suspensionFor(
  verdicts: readonly BreakerVerdict[],
  stops: 'filings' | 'claims',
  keys: readonly { scope: BreakerScope; key: string }[],
): BreakerVerdict | undefined {
  const mine = verdicts.filter((v) => v.stops === stops && keys.some((k) => k.scope === v.scope && k.key === v.key));
  const excess = (v: BreakerVerdict): Exact | null => v.ratio?.div(v.suspend) ?? null;
  return mine.reduce<BreakerVerdict | undefined>((worst, v) => {
    const [a, b] = [worst && excess(worst), excess(v)];
    return worst && (a === null || (b !== null && a!.gte(b))) ? worst : v;
  }, undefined);
}

function verdictOf(line: BreakerLine, measured: Measured, citation: Citation): BreakerVerdict {
  const { scope, measure, over, under } = measured;
  const { label, over: top, under: bottom } = BREAKER_MEASURES[measure];
  const level = levelOf(line, over, under);
  const ratio = under.isZero() ? (over.isZero() ? over : null) : over.div(under);
  const shown = percentWords(ratio, line);
  const message = `${BREAKER_SCOPES[scope]}${label} ${shown}，${wordsOf(level, line)}`;
  const explanation = derived(
    label,
    shown,
    [citation],
    [
      given(top, `${formatYuan(over)} 元`),
      given(bottom, `${formatYuan(under)} 元`),
      ...(line.warn === undefined ? [] : [given('警示线', `${line.warn}%`)]),
      given('暂停线', `${line.suspend}%`),
    ],
  );
  const stops = level === 'suspend' ? line.stops : null;
  const lines = { warn: line.warn ?? null, suspend: line.suspend };
  return { ...measured, level, stops, stopsAt: line.stops, ratio, ...lines, message, cites: [citation], explanation };
}

function wordsOf(level: BreakerLevel, { warn, suspend, stops }: BreakerLine): string {
  if (level === 'suspend') return `达到暂停线 ${suspend}%，暂停${STOPS[stops]}`;
  if (level === 'warn') return `达到警示线 ${warn}%，尚未达到暂停线 ${suspend}%`;
  return `未达到${warn === undefined ? `暂停线 ${suspend}%` : `警示线 ${warn}%`}`;
}

/** Two decimals, half up; four more where rounding would make a ratio look as if it had reached a line. */
function percentWords(ratio: Exact | null, { warn, suspend }: BreakerLine): string {
  if (ratio === null) return '无法计算（分母为零）';
  const percent = ratio.times(100);
  const rounded = roundTo(percent, 2, 'halfUp');
  const misleads = [warn, suspend].some((line) => line !== undefined && percent.lt(line) && rounded.gte(line));
  return `${(misleads ? roundTo(percent, 6, 'down') : rounded).toFixed(misleads ? 6 : 2)}%`;
}
