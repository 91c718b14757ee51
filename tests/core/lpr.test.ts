import { describe, expect, test } from 'vitest';
import { dayOfWeek } from '../../src/calendar/local-date.ts';
import { type LprAnchor, lprOn, lprPublicationDay } from '../../src/calendar/lpr.ts';
import { LPR_DEMONSTRATION, LPR_TABLE } from '../../src/calendar/lpr-table.ts';
import { HOLIDAY_NOTICES } from '../../src/calendar/notices.ts';
import { periodsBetween } from '../../src/calendar/settlement-period.ts';
import { addWorkingDays } from '../../src/calendar/working-days.ts';
import { toPercent } from '../../src/money/rate.ts';

const known = [...LPR_TABLE, ...LPR_DEMONSTRATION];
const look = (tenor: '1Y' | '5Y', date: string, anchor: LprAnchor, quotes = known) =>
  lprOn(quotes, tenor, date, anchor, HOLIDAY_NOTICES);

describe('the LPR table', () => {
  test('it holds every month from 2019-08 to 2025-11 once, in order, all confirmed', () => {
    expect(LPR_TABLE.map((q) => q.month)).toEqual(periodsBetween('2019-08', '2025-11'));
    expect(LPR_TABLE.every((q) => q.confirmed)).toBe(true);
  });

  test('it changes exactly on the days and to the rates that were published', () => {
    const changes = LPR_TABLE.filter((q, i) => {
      const before = LPR_TABLE[i - 1];
      return !before || before.oneYear !== q.oneYear || before.fivePlus !== q.fivePlus;
    });
    expect(changes.map((q) => `${q.publishedOn} ${q.oneYear}/${q.fivePlus}`)).toEqual([
      '2019-08-20 4.25/4.85',
      '2019-09-20 4.20/4.85',
      '2019-11-20 4.15/4.80',
      '2020-02-20 4.05/4.75',
      '2020-04-20 3.85/4.65',
      '2021-12-20 3.80/4.65',
      '2022-01-20 3.70/4.60',
      '2022-05-20 3.70/4.45',
      '2022-08-22 3.65/4.30',
      '2023-06-20 3.55/4.20',
      '2023-08-21 3.45/4.20',
      '2024-02-20 3.45/3.95',
      '2024-07-22 3.35/3.85',
      '2024-10-21 3.10/3.60',
      '2025-05-20 3.00/3.50',
    ]);
  });

  test('a quote is published on the 20th of its month or the first days after, hardly ever on a weekend', () => {
    for (const { month, publishedOn } of known) {
      expect(publishedOn >= `${month}-20` && publishedOn <= `${month}-24`, publishedOn).toBe(true);
    }
    const weekends = known.filter((q) => dayOfWeek(q.publishedOn) > 5).map((q) => q.publishedOn);
    expect(weekends).toEqual(['2021-02-20', '2026-09-20']); // both worked by notice
  });

  test('the demonstration assumes 3.00 and 3.50 and says that it does', () => {
    expect(LPR_DEMONSTRATION.map((q) => q.month)).toEqual(periodsBetween('2025-12', '2026-11'));
    for (const q of LPR_DEMONSTRATION) expect(q).toMatchObject({ oneYear: '3.00', fivePlus: '3.50', confirmed: false });
  });

  test.each([
    ['2026-01', '2026-01-20'],
    ['2026-02', '2026-02-24'], // 春节 until the 23rd
    ['2026-06', '2026-06-22'], // 端午节 until the 21st
    ['2026-09', '2026-09-20'], // a Sunday that is worked
    ['2026-12', '2026-12-21'], // a Sunday
  ])('the LPR of %s is published on %s', (month, day) => {
    expect(lprPublicationDay(month, HOLIDAY_NOTICES)).toBe(day);
    expect(addWorkingDays(`${month}-19`, 1, HOLIDAY_NOTICES).date).toBe(day);
  });

  test('no publication day is computed for a year without notice', () => {
    expect(() => lprPublicationDay('2027-01', HOLIDAY_NOTICES)).toThrow(
      expect.objectContaining({ code: 'NO_HOLIDAY_NOTICE' }),
    );
  });
});

describe('which LPR a rule means', () => {
  test.each<[string, LprAnchor, string, string, string]>([
    ['2024-10-21', 'atSigning', '2024-10', '3.10', '3.60'],
    ['2024-10-20', 'atSigning', '2024-09', '3.35', '3.85'], // the 20th was a Sunday: not yet out
    ['2024-10-31', 'monthBeforeSigning', '2024-09', '3.35', '3.85'],
    ['2024-10-01', 'samePeriod', '2024-10', '3.10', '3.60'],
    ['2024-11-01', 'atSigning', '2024-10', '3.10', '3.60'],
    ['2025-05-19', 'atSigning', '2025-04', '3.10', '3.60'],
    ['2025-05-20', 'atSigning', '2025-05', '3.00', '3.50'],
    ['2020-01-15', 'monthBeforeSigning', '2019-12', '4.15', '4.80'],
    ['2019-08-20', 'atSigning', '2019-08', '4.25', '4.85'],
    ['2026-01-12', 'atSigning', '2025-12', '3.00', '3.50'],
    ['2026-02-23', 'atSigning', '2026-01', '3.00', '3.50'],
  ])('%s, %s: the quote of %s, %s and %s', (date, anchor, month, oneYear, fivePlus) => {
    expect(look('1Y', date, anchor).quote.month).toBe(month);
    expect(toPercent(look('1Y', date, anchor).rate)).toBe(oneYear);
    expect(toPercent(look('5Y', date, anchor).rate)).toBe(fivePlus);
  });

  test.each<[string, LprAnchor, string]>([
    ['2019-08-19', 'atSigning', '2019-07'], // before the reform
    ['2019-08-31', 'monthBeforeSigning', '2019-07'],
    ['2025-12-22', 'atSigning', '2025-12'],
    ['2025-12-22', 'samePeriod', '2025-12'],
    ['2025-12-20', 'atSigning', '2025-12'], // a Saturday; whether it is out cannot be told without a notice of 2025
    ['2026-01-05', 'monthBeforeSigning', '2025-12'],
    ['2026-02-23', 'atSigning', '2026-01'], // February is not out yet, so January is meant
    ['2026-02-24', 'atSigning', '2026-02'],
    ['2027-05-25', 'atSigning', '2027-05'],
  ])('%s, %s: refused, for %s is not in the table', (date, anchor, month) => {
    expect(() => look('1Y', date, anchor, LPR_TABLE)).toThrow(
      expect.objectContaining({ code: 'LPR_MISSING', message: expect.stringContaining(month) }),
    );
  });

  test('up to the day before publication the last known month still answers', () => {
    expect(look('1Y', '2025-12-19', 'atSigning', LPR_TABLE).quote.month).toBe('2025-11');
  });

  test("an operator's correction, later in the table, wins", () => {
    const corrected = { ...LPR_DEMONSTRATION[1]!, oneYear: '2.95', confirmed: true };
    expect(toPercent(look('1Y', '2026-01-20', 'atSigning', [...known, corrected]).rate)).toBe('2.95');
  });
});
