import { column } from '../db/bulk.ts';
import type { Tx } from '../db/client.ts';
import type { Keyed, KeyedSides } from './match-keys.ts';

/** What one rule finds: pairs of places, and places for which it finds more than one way. */
export interface Found {
  pairs: { line: number; leg: number }[];
  ambiguous: { lines: number[]; legs: number[] }[];
}

/**
 * Brings two sides together under their keys, set by set. What has the same key and is equal otherwise, with no gap of more than `apart` days in it, is one
 * heap. A heap of one line and one leg is a pair; so are those of a heap that has as many lines as legs on each of its days, where those of one day cannot
 * be told apart on one of the sides. Any other heap with both sides in it is ambiguous, and so are pairs that two keys tell differently.
 */
export async function pairUp(tx: Tx, { lines, legs }: KeyedSides, apart: number): Promise<Found> {
  if (lines.length === 0 || legs.length === 0) return { pairs: [], ambiguous: [] };
  const of = (read: (item: Keyed) => string | number) => column([...lines.map(read), ...legs.map(read)]);
  // Nothing is known of what comes in arrays: a plan that expects a handful of rows would look each up in the others. What has come is in memory already:
  // sorted there, for the rest of the transaction, it takes twice as long for twice as much.
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)`;
  const rows = await tx.$queryRaw<{ sure: boolean; lines: number[]; legs: number[] }[]>`
    WITH item AS (
      SELECT n <= ${lines.length} AS bank, i, key COLLATE "C" AS key, what COLLATE "C" AS what, day, alike COLLATE "C" AS alike
        FROM unnest(cut(${of(({ i }) => i)})::int[], cut(${of(({ key }) => key)}), cut(${of(({ what }) => what)}), cut(${of(({ on }) => on)})::date[], cut(${of(({ alike }) => alike)})) WITH ORDINALITY u(i, key, what, day, alike, n)
    ), met AS (
      SELECT * FROM (SELECT *, bool_or(bank) OVER w AND bool_or(NOT bank) OVER w AS both_sides, day - lag(day) OVER (w ORDER BY day) > ${apart}::int AS apart FROM item WINDOW w AS (PARTITION BY key, what)) m WHERE both_sides
    ), heaped AS (
      SELECT *, count(*) FILTER (WHERE apart) OVER (PARTITION BY key, what ORDER BY day RANGE UNBOUNDED PRECEDING) AS heap FROM met
    ), days AS (
      SELECT key, what, heap, day, array_agg(i ORDER BY i) FILTER (WHERE bank) AS lines, array_agg(i ORDER BY i) FILTER (WHERE NOT bank) AS legs,
             count(DISTINCT alike) FILTER (WHERE bank) AS line_looks, count(DISTINCT alike) FILTER (WHERE NOT bank) AS leg_looks
        FROM heaped GROUP BY key, what, heap, day
    ), heaps AS (
      SELECT key, what, heap, sum(coalesce(cardinality(lines), 0)) AS n, sum(coalesce(cardinality(legs), 0)) AS m,
             bool_and(coalesce(cardinality(lines) = cardinality(legs), false) AND (line_looks = 1 OR leg_looks = 1)) AS by_day
        FROM days GROUP BY key, what, heap
    ), told AS (
      SELECT h.n = 1 AND h.m = 1 OR h.by_day AS sure, h.by_day, d.* FROM heaps h JOIN days d USING (key, what, heap) WHERE h.n > 0 AND h.m > 0
    ), pair AS (
      SELECT DISTINCT l.i AS line, g.i AS leg FROM told t CROSS JOIN LATERAL unnest(t.lines) WITH ORDINALITY l(i, n) JOIN LATERAL unnest(t.legs) WITH ORDINALITY g(i, n) ON l.n = g.n WHERE t.by_day
      UNION
      SELECT max(l.i), max(g.i) FROM told t LEFT JOIN LATERAL unnest(t.lines) l(i) ON true LEFT JOIN LATERAL unnest(t.legs) g(i) ON true WHERE t.sure AND NOT t.by_day GROUP BY t.key, t.what, t.heap
    ), counted AS (
      SELECT *, count(*) OVER (PARTITION BY line) AS legs, count(*) OVER (PARTITION BY leg) AS lines FROM pair
    )
    SELECT true AS sure, ARRAY[line] AS lines, ARRAY[leg] AS legs FROM counted WHERE legs = 1 AND lines = 1
    UNION ALL
    SELECT false, array_agg(DISTINCT line ORDER BY line), array_agg(DISTINCT leg ORDER BY leg) FROM counted WHERE legs > 1 OR lines > 1 GROUP BY CASE WHEN legs > 1 THEN line ELSE -leg - 1 END
    UNION ALL
    SELECT false, array_agg(DISTINCT l.i ORDER BY l.i) FILTER (WHERE l.i IS NOT NULL), array_agg(DISTINCT g.i ORDER BY g.i) FILTER (WHERE g.i IS NOT NULL)
      FROM told t LEFT JOIN LATERAL unnest(t.lines) l(i) ON true LEFT JOIN LATERAL unnest(t.legs) g(i) ON true WHERE NOT t.sure GROUP BY t.key, t.what, t.heap
    ORDER BY 1 DESC, 2, 3`;
  await tx.$executeRaw`SELECT set_config('enable_nestloop', 'on', true)`;
  return {
    pairs: rows.flatMap(({ sure, lines: [line], legs: [leg] }) => (sure ? [{ line: line!, leg: leg! }] : [])),
    ambiguous: rows.filter(({ sure }) => !sure).map(({ lines: l, legs: g }) => ({ lines: l, legs: g })),
  };
}
