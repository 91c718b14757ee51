import type pg from 'pg';
import type { Db } from '../../src/db/client.ts';

/** A database of one measure's own: migrated, with the tables of the jobs, otherwise empty, on a PostgreSQL that keeps what it commits. */
export interface BenchDatabase {
  url: string;
  db: Db;
  pool: pg.Pool;
  /** A connection of its own, closed with the database. */
  connect(): Promise<pg.Client>;
}

/** What a file of measures exports. */
export type Measure = (database: BenchDatabase) => Promise<Row[]>;

/** One measure: our figure beside what the same machine does at best, taken in the same run. */
export interface Row {
  name: string;
  /** of both figures, e.g. 笔/秒, 秒 */
  unit: string;
  ours: number;
  /** null when there is nothing to compare with */
  limit: number | null;
  /** ours ÷ limit; for paired rounds the median of the rounds' ratios */
  ratio: number | null;
  /** what the ratio should be, e.g. "≥ 0.30" */
  aim: string;
  met: boolean | null;
}

/** A row from figures; `aim` bounds the ratio. */
export function row(
  name: string,
  unit: string,
  figures: { ours: number; limit?: number; ratio?: number },
  aim: { atLeast?: number; atMost?: number } = {},
): Row {
  const { ours, limit = null } = figures;
  const ratio = figures.ratio ?? (limit === null ? null : ours / limit);
  const { atLeast, atMost } = aim;
  const words = [
    atLeast === undefined ? '' : `≥ ${atLeast.toFixed(2)}`,
    atMost === undefined ? '' : `≤ ${atMost.toFixed(2)}`,
  ];
  const met =
    ratio === null || (atLeast ?? atMost) === undefined
      ? null
      : ratio >= (atLeast ?? 0) && ratio <= (atMost ?? Infinity);
  return { name, unit, ours, limit, ratio, aim: words.filter(Boolean).join('，'), met };
}

/** Seconds that some work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Does two things in turn, many short rounds of each, so that what else the machine does falls on both; who goes first alternates. The first rounds
 * warm up and do not count.
 * @returns units per second of each, and how much of the limit we reach: medians over the rounds
 */
export async function paired(
  plan: { rounds: number; warmUp: number; units: number },
  ours: () => Promise<unknown>,
  limit: () => Promise<unknown>,
): Promise<{ ours: number; limit: number; ratio: number }> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < plan.warmUp + plan.rounds; round++) {
    const oursFirst = round % 2 === 0;
    const first = await seconds(oursFirst ? ours : limit);
    const second = await seconds(oursFirst ? limit : ours);
    if (round >= plan.warmUp) pairs.push(oursFirst ? [first, second] : [second, first]);
  }
  return {
    ours: plan.units / median(pairs.map(([o]) => o)),
    limit: plan.units / median(pairs.map(([, l]) => l)),
    ratio: median(pairs.map(([o, l]) => l / o)),
  };
}

/** Numbers from 0 (included) to 1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}
