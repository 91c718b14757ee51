import { Exact, sum, toWire } from '../money/money.ts';
import type { Figure, Tone } from './home.ts';

/** From so much of a limit on it is said to be near. */
const NEAR = '0.9';

/** Where what is used stands to its limit. */
export function toneOf(used: Exact, limit: Exact): Tone {
  if (used.greaterThan(limit)) return 'past';
  return used.greaterThanOrEqualTo(limit.times(NEAR)) ? 'near' : 'within';
}

/** 可用额度 over pools; its colour is that of the pool nearest to its limit. */
export function headroomFigure(pools: { code: string; counted: string; headroom: string; limit: string }[]): Figure {
  const tones = pools.map((p) => toneOf(new Exact(p.counted), new Exact(p.limit)));
  const tone = (['past', 'near'] as const).find((t) => tones.includes(t)) ?? 'within';
  const value = toWire(sum(pools.map((p) => new Exact(p.headroom))));
  const href = pools.length === 1 ? `/pools/${pools[0]!.code}` : '/pools';
  return { label: '可用额度', value, unit: '元', href, tone };
}
