import { Exact, type Money, toWire, ZERO } from './money.ts';

/** An amount as whole fen. Throws RangeError when it still has parts of a fen. */
export function toFen(m: Exact): bigint {
  return BigInt(toWire(m).replace('.', ''));
}

/** Whole fen as an amount in 元. */
export function fromFen(fen: bigint): Money {
  return fen === 0n ? ZERO : new Exact(`${fen}e-2`);
}

/** The whole number nearest to numerator ÷ denominator, ties upwards (四舍五入); both not negative, exact. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Exact numbers as whole numbers of one common scale, so that they compare and divide without any rounding. */
export function toIntegers(numbers: Exact[]): { integers: bigint[]; scale: bigint } {
  const decimals = numbers.reduce((most, x) => Math.max(most, x.decimalPlaces()), 0);
  const integers = numbers.map((x) => BigInt(x.toFixed(decimals).replace('.', '')));
  return { integers, scale: 10n ** BigInt(decimals) };
}
