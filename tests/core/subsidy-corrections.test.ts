import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Exact, money, sum } from '../../src/money/money.ts';
import { differenceOf, type Sharing } from '../../src/subsidies/correction.ts';

const fen = (most = 10_000_000) => fc.integer({ min: 0, max: most }).map((n) => new Exact(n).div(100));
const sharing = fc
  .record({ mode: fc.constantFrom('proRata', 'firstCome', 'firstTimeFirst'), available: fen(), demand: fen() })
  .map((s): Sharing => s as Sharing);
/** A line as a batch granted it: its share to the fen, or all or nothing of it. */
const line = fc.tuple(sharing, fen(), fen(), fc.boolean()).map(([s, decided, corrected, reached]) => {
  const share = s.demand.lte(s.available)
    ? decided
    : s.mode === 'proRata'
      ? decided.times(s.available).div(s.demand).toDecimalPlaces(2, Exact.ROUND_DOWN)
      : reached
        ? decided
        : money('0.00');
  return { s, decided, corrected, granted: share };
});

describe('the difference of a corrected grant', () => {
  test('goes the way of the correction, never beyond it, and leaves at least nothing', () => {
    fc.assert(
      fc.property(line, ({ s, decided, corrected, granted }) => {
        const difference = differenceOf(s, { decided, granted }, corrected);
        const delta = corrected.minus(decided);
        expect(granted.plus(difference).gte(0)).toBe(true);
        expect(difference.isZero() || difference.isNegative() === delta.isNegative()).toBe(true);
        expect(difference.abs().lte(Exact.max(delta.abs(), granted))).toBe(true);
        if (corrected.isZero()) expect(granted.plus(difference).isZero()).toBe(true);
        else expect(granted.plus(difference).lte(Exact.max(corrected, granted))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('of no change is nothing; of a budget that sufficed all of it', () => {
    const ample: Sharing = { mode: 'proRata', available: money('1000.00'), demand: money('900.00') };
    const of = (s: Sharing, decided: string, granted: string, corrected: string) =>
      differenceOf(s, { decided: money(decided), granted: money(granted) }, money(corrected)).toFixed(2);
    expect(of(ample, '100.00', '100.00', '100.00')).toBe('0.00');
    expect(of(ample, '100.00', '100.00', '120.00')).toBe('20.00');
    const short: Sharing = { mode: 'proRata', available: money('600.00'), demand: money('900.00') };
    expect(of(short, '100.00', '66.67', '120.00')).toBe('13.33');
    expect(of(short, '100.00', '66.67', '80.00')).toBe('-13.33');
    expect(of(short, '100.00', '66.67', '0.00')).toBe('-66.67');
    const turns: Sharing = { ...short, mode: 'firstCome' };
    expect([of(turns, '100.00', '100.00', '120.00'), of(turns, '100.00', '30.00', '120.00')]).toEqual([
      '20.00',
      '0.00',
    ]);
    expect([of(turns, '100.00', '30.00', '80.00'), of(turns, '100.00', '30.00', '20.00')]).toEqual(['0.00', '-10.00']);
  });

  test('of all lines of a batch together is no more than what the batch would have shared more', () => {
    fc.assert(
      fc.property(fc.array(fen(100_000), { minLength: 1, maxLength: 8 }), fen(100_000), (amounts, more) => {
        const demand = sum(amounts);
        const s: Sharing = { mode: 'proRata', available: demand.div(2).toDecimalPlaces(2, Exact.ROUND_DOWN), demand };
        const parts = amounts.map((decided) => {
          const granted = decided.div(2).toDecimalPlaces(2, Exact.ROUND_DOWN);
          return differenceOf(s, { decided, granted }, decided.plus(more));
        });
        expect(sum(parts).lte(more.times(amounts.length))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
