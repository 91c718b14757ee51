import { Exact, type Money, ZERO } from './money.ts';

/** How a figure is rounded; no rounding in the system happens without one of these named. */
export type RoundingMode = 'halfUp' | 'up' | 'down' | 'floor' | 'ceiling' | 'halfEven';

/** What a figure may be rounded to. */
export type RoundingUnit = '分' | '角' | '元' | '百元' | '千元' | '万元';

// up = away from zero, down = towards zero, halfUp = ties away from zero (四舍五入).
const MODES = {
  halfUp: Exact.ROUND_HALF_UP,
  up: Exact.ROUND_UP,
  down: Exact.ROUND_DOWN,
  floor: Exact.ROUND_FLOOR,
  ceiling: Exact.ROUND_CEIL,
  halfEven: Exact.ROUND_HALF_EVEN,
} as const;

const UNITS = {
  百元: new Exact('100'),
  千元: new Exact('1000'),
  万元: new Exact('10000'),
} as const satisfies Partial<Record<RoundingUnit, Exact>>;

/** Rounds to a number of decimals (0 or more). Never answers −0. */
export function roundTo(x: Exact, decimals: number, mode: RoundingMode): Exact {
  return withoutMinusZero(x.toDecimalPlaces(decimals, MODES[mode]));
}

/** Rounds an amount in 元 to the fen. */
export function roundFen(x: Exact, mode: RoundingMode): Money {
  return roundTo(x, 2, mode);
}

/** Decimals of the units that are part of a 元: rounded to these without a division. */
const DECIMALS: Partial<Record<RoundingUnit, number>> = { 分: 2, 角: 1, 元: 0 };

/** Rounds an amount in 元 to a whole number of units, e.g. down to 百元; the answer is in 元. */
export function roundToUnit(x: Exact, unit: RoundingUnit, mode: RoundingMode): Money {
  const decimals = DECIMALS[unit];
  if (decimals !== undefined) return roundTo(x, decimals, mode);
  return withoutMinusZero(x.toNearest(UNITS[unit as keyof typeof UNITS], MODES[mode]));
}

function withoutMinusZero(x: Exact): Exact {
  return x.isZero() ? ZERO : x;
}
