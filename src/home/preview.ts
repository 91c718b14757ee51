import type { LocalDate } from '../calendar/local-date.ts';
import { Exact, money, toWire } from '../money/money.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { leverageOn } from '../policy/decide.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { FilingContext, HeldTitle } from '../policy/filing.ts';
import type { Policy } from '../policy/policy.ts';
import { explainHeadroom } from '../pool/explain.ts';
import { headroom } from '../pool/exposure.ts';
import type { PoolState } from './store.ts';

/** The rules as they are, and with the new version. */
export interface Rules {
  before: FilingContext;
  after: FilingContext;
}

export interface PoolChange {
  poolCode: string;
  poolName: string;
  before: string;
  after: string;
  explanation: { before: Explanation; after: Explanation };
}

/** 可用额度 of a pool as it stands today, under the leverage of a day before and after. */
export function poolChange(pool: PoolState, policy: Policy, on: LocalDate, rules: Rules): PoolChange {
  const [capital, counted] = [money(pool.capital), money(pool.counted)];
  const under = ({ added }: FilingContext) => {
    const { multiple, explanation } = leverageOn(policy, on, added);
    const free = headroom(multiple, capital, counted);
    return { free: toWire(free), explanation: explainHeadroom(free, explanation, capital, counted) };
  };
  const [before, after] = [under(rules.before), under(rules.after)];
  return {
    ...{ poolCode: pool.code, poolName: pool.name, before: before.free, after: after.free },
    explanation: { before: before.explanation, after: after.explanation },
  };
}

/** What a filing's checks come to: refused with its faults, or not. */
export interface Outcome {
  verdict: 'pass' | 'fail';
  faults: string[];
}

export function outcomeOf(checks: readonly Check[]): Outcome {
  const faults = faultsOf(checks).map((f) => f.message);
  return { verdict: faults.length > 0 ? 'fail' : 'pass', faults };
}

/** Enterprises whose counted outstanding is above their cap on a day, before and after. */
export interface CapChange {
  looked: number;
  over: { before: number; after: number };
  /** above the new cap and not above the old, the largest first */
  items: { uscc: string; name: string; counted: string; before: string; after: string }[];
}

export function capChange(
  rows: { uscc: string; name: string; counted: string; titles: HeldTitle[] }[],
  policy: Policy,
  on: LocalDate,
  values: { before: unknown; after: unknown },
): CapChange {
  const capUnder = (value: unknown, titles: HeldTitle[]) => policy.cap.apply(value as never, { on, titles });
  const judged = rows.map((row) => {
    const [before, after] = [capUnder(values.before, row.titles), capUnder(values.after, row.titles)];
    const counted = new Exact(row.counted);
    return { ...row, before, after, was: counted.gt(before), is: counted.gt(after) };
  });
  const items = judged
    .filter((j) => j.is && !j.was)
    .sort((a, b) => new Exact(b.counted).comparedTo(a.counted))
    .slice(0, 50)
    .map(({ uscc, name, counted, before, after }) => ({ uscc, name, counted, before, after }));
  const over = { before: judged.filter((j) => j.was).length, after: judged.filter((j) => j.is).length };
  return { looked: rows.length, over, items };
}
