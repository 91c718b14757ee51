import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { largestRemainder, sainteLague } from '../../src/money/allocate.ts';
import { Exact, money, sum, toWire } from '../../src/money/money.ts';
import { positiveFen, yuan } from './arbitraries.ts';

const exact = (all: (string | number)[]) => all.map((x) => new Exact(x));
const fenOf = (m: Exact) => BigInt(toWire(m).replace('.', ''));
const weightsOf = fc
  .array(fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 10n ** 15n)), { minLength: 1, maxLength: 6 })
  .filter((all) => all.some((w) => w > 0n));
const methods = [
  ['largest remainder', largestRemainder],
  ['Sainte-Laguë', sainteLague],
] as const;

describe('splits', () => {
  test.each<[string, (string | number)[], string[]]>([
    ['2390000.00', ['0.4', '0.4', '0.2'], ['956000.00', '956000.00', '478000.00']],
    ['100.00', [1, 1, 1], ['33.34', '33.33', '33.33']], // a tie: who stands first
    ['0.02', [1, 1, 1], ['0.01', '0.01', '0.00']],
    ['0.01', ['0.4', '0.4', '0.2'], ['0.01', '0.00', '0.00']],
    ['10.00', [1, 2, 4], ['1.43', '2.86', '5.71']],
    ['100.00', [0, 5], ['0.00', '100.00']],
    ['0.00', [0, 0], ['0.00', '0.00']],
    ['-100.00', [1, 1, 1], ['-33.34', '-33.33', '-33.33']], // the mirror of the same split
    ['5.00', ['118350000.00', '1650000.00', '120000000.00'], ['2.47', '0.03', '2.50']],
  ])('%s by largest remainder over %j is %j', (total, weights, expected) => {
    expect(largestRemainder(money(total), exact(weights)).map(toWire)).toEqual(expected);
  });

  test.each<[string, (string | number)[], string[]]>([
    ['96000.00', ['956000.00', '956000.00', '478000.00'], ['38400.00', '38400.00', '19200.00']],
    ['0.01', [1, 1, 1], ['0.01', '0.00', '0.00']],
    ['0.10', [60, 30, 10], ['0.06', '0.03', '0.01']],
    ['0.05', [53, 24, 23], ['0.03', '0.01', '0.01']],
    ['1.00', [0, 0, 3], ['0.00', '0.00', '1.00']],
    ['9999999999.99', [1, 2, 3, 7], ['769230769.23', '1538461538.46', '2307692307.69', '5384615384.61']],
  ])('%s by Sainte-Laguë over %j is %j', (total, weights, expected) => {
    expect(sainteLague(money(total), exact(weights)).map(toWire)).toEqual(expected);
  });

  test.each(methods)(
    '%s refuses weights below zero, no weights, weights of nothing, and parts of a fen',
    (_, split) => {
      const refused = expect.objectContaining({ code: 'ALLOCATION_WEIGHTS' });
      expect(() => split(money('1.00'), exact([1, -1, 1]))).toThrow(refused);
      expect(() => split(money('1.00'), [])).toThrow(refused);
      expect(() => split(money('1.00'), exact([0, 0]))).toThrow(refused);
      expect(split(money('0.00'), [])).toEqual([]);
      expect(() => split(new Exact('0.001'), exact([1]))).toThrow(RangeError);
    },
  );

  test.each(methods)(
    'the parts of %s add up to the whole, none is negative, equal weights differ by a fen at most',
    (_, split) => {
      fc.assert(
        fc.property(positiveFen, weightsOf, (fen, weights) => {
          const parts = split(money(yuan(fen)), exact(weights.map(String)));
          expect(toWire(sum(parts))).toBe(yuan(fen));
          weights.forEach((w, i) => {
            expect(fenOf(parts[i]!)).toBeGreaterThanOrEqual(0n);
            if (w === 0n) expect(fenOf(parts[i]!)).toBe(0n);
            weights.forEach((v, j) => {
              if (i < j && v === w) expect(fenOf(parts[i]!) - fenOf(parts[j]!)).toSatisfy((d) => d === 0n || d === 1n);
            });
          });
        }),
        { numRuns: 500 },
      );
    },
  );

  test('largest remainder stays within a fen of the exact share', () => {
    fc.assert(
      fc.property(positiveFen, weightsOf, (fen, weights) => {
        const whole = weights.reduce((a, b) => a + b, 0n);
        largestRemainder(money(yuan(fen)), exact(weights.map(String))).forEach((part, i) => {
          const floor = (fen * weights[i]!) / whole;
          expect(fenOf(part)).toSatisfy((got) => got === floor || got === floor + 1n);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('Sainte-Laguë never takes a fen back as the total grows', () => {
    fc.assert(
      fc.property(positiveFen, positiveFen, weightsOf, (a, more, weights) => {
        const before = sainteLague(money(yuan(a)), exact(weights.map(String)));
        const after = sainteLague(money(yuan(a + more)), exact(weights.map(String)));
        for (const [i, part] of before.entries()) expect(fenOf(after[i]!)).toBeGreaterThanOrEqual(fenOf(part));
      }),
      { numRuns: 500 },
    );
  });

  test('Sainte-Laguë is what handing out fen by fen gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), weightsOf, (fen, weights) => {
        const parts = weights.map(() => 0n);
        for (let k = 0; k < fen; k++) {
          const best = weights.reduce(
            (b, w, i) => (w * (2n * parts[b]! + 1n) > weights[b]! * (2n * parts[i]! + 1n) ? i : b),
            0,
          );
          parts[best]! += 1n;
        }
        expect(sainteLague(money(yuan(BigInt(fen))), exact(weights.map(String))).map(fenOf)).toEqual(parts);
      }),
      { numRuns: 200 },
    );
  });
});
