import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interest } from '../../src/calendar/day-count.ts';
import {
  addDays,
  addMonths,
  dayNumber,
  dayOfWeek,
  daysBetween,
  fromDayNumber,
  localDate,
} from '../../src/calendar/local-date.ts';
import {
  firstDay,
  lastDay,
  nextPeriod,
  periodOf,
  periodsBetween,
  previousPeriod,
  settlementPeriod,
} from '../../src/calendar/settlement-period.ts';
import { money, toWire } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';

const anyDate = fc.integer({ min: dayNumber('1900-01-01'), max: dayNumber('2199-12-31') }).map(fromDayNumber);

describe('dates', () => {
  test.each(['2026-01-31', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s is a date', (text) => {
    expect(localDate(text)).toBe(text);
  });

  test.each([
    '2026-02-29',
    '2026-02-31',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-01-00',
    '0000-01-01',
    '2026-2-3',
    '20260203',
    '2026/02/03',
    ' 2026-02-03',
    '2026-02-03T00:00',
    '２０２６-02-03',
    '-026-02-03',
    '',
  ])('%j is refused as a date', (text) => {
    expect(() => localDate(text)).toThrow(expect.objectContaining({ code: 'DATE_FORMAT' }));
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-05-31', 0, '2026-05-31'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  test.each([
    ['2026-06-12', '2026-09-11', 91],
    ['2026-06-12', '2026-10-31', 141],
    ['2024-02-28', '2024-03-01', 2],
    ['2026-02-28', '2026-03-01', 1],
    ['2026-03-05', '2026-03-21', 16],
    ['2026-03-21', '2026-03-05', -16],
    ['1900-01-01', '2000-01-01', 36524],
  ])('from %s to %s are %i days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });

  test('a date before year 1 or after 9999 is refused, not wrapped', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(expect.objectContaining({ code: 'DATE_FORMAT' }));
    expect(() => addMonths('0001-01-31', -1)).toThrow(expect.objectContaining({ code: 'DATE_FORMAT' }));
  });

  test('day arithmetic agrees with the platform calendar over three centuries', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20000, max: 20000 }), (date, n) => {
        const utc = new Date(`${date}T00:00:00Z`);
        expect(dayOfWeek(date)).toBe(utc.getUTCDay() || 7);
        utc.setUTCDate(utc.getUTCDate() + n);
        expect(addDays(date, n)).toBe(utc.toISOString().slice(0, 10));
        expect(daysBetween(date, addDays(date, n))).toBe(n);
      }),
      { numRuns: 1000 },
    );
  });

  test('adding months keeps the day or ends on the last day of the month', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, n) => {
        const moved = addMonths(date, n);
        const last = lastDay(periodOf(moved));
        expect(moved.slice(8)).toBe(date.slice(8) < last.slice(8) ? date.slice(8) : last.slice(8));
        const months = (d: string) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7));
        expect(months(moved) - months(date)).toBe(n);
      }),
      { numRuns: 500 },
    );
  });
});

describe('months', () => {
  test.each([
    ['2026-01', '2025-12', '2026-02', '2026-01-31'],
    ['2026-12', '2026-11', '2027-01', '2026-12-31'],
    ['2024-02', '2024-01', '2024-03', '2024-02-29'],
    ['2026-02', '2026-01', '2026-03', '2026-02-28'],
    ['2100-02', '2100-01', '2100-03', '2100-02-28'],
  ])('%s follows %s, precedes %s and ends on %s', (month, before, after, last) => {
    expect([previousPeriod(month), nextPeriod(month), firstDay(month), lastDay(month)]).toEqual([
      before,
      after,
      `${month}-01`,
      last,
    ]);
    expect(periodOf(last)).toBe(month);
  });

  test.each(['2026-13', '2026-00', '2026-1', '202601', '2026-01-01', '0000-05', ''])(
    '%j is refused as a month',
    (text) => {
      expect(() => settlementPeriod(text)).toThrow(expect.objectContaining({ code: 'PERIOD_FORMAT' }));
    },
  );

  test('a span of months holds both ends, in order, and is empty backwards', () => {
    expect(periodsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(periodsBetween('2026-02', '2026-02')).toEqual(['2026-02']);
    expect(periodsBetween('2026-02', '2026-01')).toEqual([]);
  });
});

describe('interest', () => {
  test.each([
    // 3,000,000.00 at 3.65 %: the stub to the first interest day, then a month
    ['3000000.00', '3.65', '2026-03-05', '2026-03-21', 'actual360', '4866.67'],
    ['3000000.00', '3.65', '2026-03-21', '2026-04-21', 'actual360', '9429.17'],
    ['3000000.00', '3.65', '2026-03-21', '2026-04-21', 'actual365', '9300.00'],
    ['3000000.00', '3.65', '2024-02-21', '2024-03-21', 'actual360', '8820.83'],
    ['3000000.00', '3.65', '2026-03-21', '2026-03-21', 'actual360', '0.00'],
    ['3000000.00', '0', '2026-03-05', '2026-03-21', 'actual360', '0.00'],
    ['0.01', '3.65', '2026-03-05', '2026-03-21', 'actual360', '0.00'],
    // a tie of half a fen goes up: 36.00 × 5 % × 1 ÷ 360 = 0.005
    ['36.00', '5', '2026-03-05', '2026-03-06', 'actual360', '0.01'],
  ] as const)('%s at %s percent from %s to %s, %s: %s', (principal, rate, from, to, basis, expected) => {
    expect(toWire(interest(money(principal), ratePercent(rate), from, to, basis))).toBe(expected);
  });

  test('an interval that ends before it starts is refused', () => {
    expect(() => interest(money('1.00'), ratePercent('3'), '2026-03-06', '2026-03-05', 'actual360')).toThrow(
      expect.objectContaining({ code: 'DATE_ORDER' }),
    );
  });
});
