import { z } from 'zod';
import { Exact, money } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { percentText } from '../values.ts';
import { BREAKER_MEASURES, BREAKER_SCOPES, type BreakerMeasure, type BreakerScope, STOPS } from './breaker-words.ts';

const keys = <K extends string>(of: Record<K, unknown>) => Object.keys(of) as [K, ...K[]];

const line = z
  .strictObject({
    measure: z.enum(keys(BREAKER_MEASURES)),
    scopes: z.array(z.enum(keys(BREAKER_SCOPES))).min(1),
    /** Percent at which a notice goes out; left out: no warning. */
    warn: percentText.optional(),
    /** Percent at which business stops. */
    suspend: percentText,
    /** What stops: new filings, or claims. */
    stops: z.enum(['filings', 'claims']),
  })
  .refine(({ warn, suspend }) => warn === undefined || new Exact(warn).lt(suspend), { error: '警示线应低于暂停线' });
const schema = z.strictObject({ lines: z.array(line).min(1) });
export type Breaker = z.infer<typeof schema>;
export type BreakerLine = z.infer<typeof line>;

export interface BreakerInput {
  measure: BreakerMeasure;
  scope: BreakerScope;
  /** 元 */
  over: string;
  under: string;
}
export type BreakerLevel = 'ok' | 'warn' | 'suspend';
export interface BreakerAnswer {
  level: BreakerLevel;
  stops: 'filings' | 'claims' | null;
}
export type BreakerClause = Clause<Breaker, BreakerInput, BreakerAnswer>;

/** The lines of the circuit breaker (熔断). A line is reached at exactly its percentage, compared without rounding. */
export function breaker(spec: ClauseSpec<Breaker, BreakerInput, BreakerAnswer>): BreakerClause {
  return {
    ...spec,
    unit: '%',
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ lines }) =>
      lines
        .map(
          ({ measure, scopes, warn, suspend, stops }) =>
            `${scopes.map((s) => BREAKER_SCOPES[s]).join('、')}的${BREAKER_MEASURES[measure].label}${warn ? `达到 ${warn}% 警示，` : ''}达到 ${suspend}% 暂停${STOPS[stops]}`,
        )
        .join('；'),
    apply: ({ lines }, { measure, scope, over, under }) => {
      const line = lines.find((l) => l.measure === measure && l.scopes.includes(scope));
      if (!line) return { level: 'ok', stops: null };
      const level = levelOf(line, money(over), money(under));
      return { level, stops: level === 'suspend' ? line.stops : null };
    },
  };
}

/** Where a ratio stands against a line. Something over nothing is above every line; nothing over nothing is 0. */
export function levelOf({ warn, suspend }: BreakerLine, over: Exact, under: Exact): BreakerLevel {
  if (over.isZero()) return 'ok';
  const reaches = (percent: string): boolean => over.times(100).gte(under.times(percent));
  if (reaches(suspend)) return 'suspend';
  return warn !== undefined && reaches(warn) ? 'warn' : 'ok';
}
