import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../src/calendar/local-date.ts';
import { HOLIDAY_NOTICES } from '../../src/calendar/notices.ts';
import { addWorkingDays, isWorkingDay } from '../../src/calendar/working-days.ts';

const days2026 = Array.from({ length: 365 }, (_, i) => addDays('2026-01-01', i));

describe('working days by the notice of 2026', () => {
  test('2026 has 248 working days', () => {
    expect(days2026.filter((d) => isWorkingDay(d, HOLIDAY_NOTICES))).toHaveLength(248);
  });

  test.each([
    ['2026-01-04', true, 'a Sunday that is worked'],
    ['2026-02-14', true, 'a Saturday that is worked'],
    ['2026-02-28', true, 'a Saturday that is worked'],
    ['2026-09-20', true, 'a Sunday that is worked'],
    ['2026-02-17', false, '春节'],
    ['2026-06-19', false, '端午节'],
    ['2026-10-08', true, 'the first day after 国庆节'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-20', true, 'a Friday'],
  ])('%s: %s (%s)', (date, worked) => {
    expect(isWorkingDay(date, HOLIDAY_NOTICES)).toBe(worked);
  });

  test.each([
    ['2026-09-18', 5, '2026-09-24', false],
    ['2026-09-28', 5, '2026-10-10', false],
    ['2026-09-18', 0, '2026-09-18', false],
    ['2026-09-19', 0, '2026-09-19', false],
    ['2026-10-10', 1, '2026-10-12', false],
    ['2026-12-30', 1, '2026-12-31', false],
    // 2027 has no notice: weekends only, and it says so. 1 January is most likely off; nothing is promised.
    ['2026-12-30', 2, '2027-01-01', true],
    ['2026-12-31', 5, '2027-01-07', true],
    ['2025-12-31', 1, '2026-01-04', false],
    ['2025-12-30', 1, '2025-12-31', true],
  ])('%s and %i working days is %s, provisional: %s', (start, n, date, provisional) => {
    expect(addWorkingDays(start, n, HOLIDAY_NOTICES)).toEqual({ date, provisional });
  });

  test('a year without a notice has no working days to ask for', () => {
    const refused = expect.objectContaining({ code: 'NO_HOLIDAY_NOTICE', message: expect.stringContaining('2027') });
    expect(() => isWorkingDay('2027-01-04', HOLIDAY_NOTICES)).toThrow(refused);
    expect(() => isWorkingDay('2026-01-05', [])).toThrow(expect.objectContaining({ code: 'NO_HOLIDAY_NOTICE' }));
  });

  test('numbers of days that are none are refused', () => {
    expect(() => addWorkingDays('2026-09-18', -1, HOLIDAY_NOTICES)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-09-18', 1.5, HOLIDAY_NOTICES)).toThrow(RangeError);
  });

  test('the n-th working day is worked and n working days lie after the start up to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 1, max: 60 }), (offset, n) => {
        const start = addDays('2026-01-01', offset);
        const { date } = addWorkingDays(start, n, HOLIDAY_NOTICES);
        const span = Array.from({ length: daysBetween(start, date) }, (_, i) => addDays(start, i + 1));
        expect(span.filter((d) => isWorkingDay(d, HOLIDAY_NOTICES))).toHaveLength(n);
        expect(isWorkingDay(date, HOLIDAY_NOTICES)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
