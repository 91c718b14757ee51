import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths } from '../../src/calendar/local-date.ts';
import { nextPeriod, periodOf, periodsBetween, previousPeriod } from '../../src/calendar/settlement-period.ts';
import { expectedInMonth, type LoanTerms, type RepaymentMethod, schedule } from '../../src/loans/schedule.ts';
import { money, sum, toWire } from '../../src/money/money.ts';
import { ratePercent } from '../../src/money/rate.ts';
import { yuan } from './arbitraries.ts';

const METHODS: RepaymentMethod[] = [
  'monthlyInterest',
  'quarterlyInterest',
  'equalInstallment',
  'equalPrincipal',
  'lumpSum',
];

const loan = (
  repaymentMethod: RepaymentMethod,
  principal: string,
  rate: string,
  disbursedOn: string,
  maturesOn: string,
): LoanTerms => ({
  principal: money(principal),
  annualRate: ratePercent(rate),
  disbursedOn,
  maturesOn,
  dayCountBasis: 'actual360',
  repaymentMethod,
});

const lines = (terms: LoanTerms) =>
  schedule(terms).map((i) => `${i.dueOn} ${toWire(i.principal)} ${toWire(i.interest)} ${toWire(i.outstandingAfter)}`);

describe('what a loan repays', () => {
  test('monthly interest: a stub to the first 21st, whole intervals, a stub to maturity', () => {
    expect(lines(loan('monthlyInterest', '3000000.00', '3.65', '2026-03-05', '2026-05-25'))).toEqual([
      '2026-03-21 0.00 4866.67 3000000.00',
      '2026-04-21 0.00 9429.17 3000000.00',
      '2026-05-21 0.00 9125.00 3000000.00',
      '2026-05-25 3000000.00 1216.67 0.00',
    ]);
  });

  test('a loan drawn on the 21st pays its first interest a month later, one that ends on the 21st its last with the principal', () => {
    expect(lines(loan('monthlyInterest', '3940000.00', '3.00', '2026-03-21', '2026-05-21'))).toEqual([
      '2026-04-21 0.00 10178.33 3940000.00',
      '2026-05-21 3940000.00 9850.00 0.00',
    ]);
  });

  test('quarterly interest: on the 21st of March, June, September and December', () => {
    expect(lines(loan('quarterlyInterest', '2810000.00', '3.00', '2026-02-28', '2026-08-28'))).toEqual([
      '2026-03-21 0.00 4917.50 2810000.00',
      '2026-06-21 0.00 21543.33 2810000.00',
      '2026-08-28 2810000.00 15923.33 0.00',
    ]);
  });

  test('a lump sum: everything at maturity, interest of all days', () => {
    expect(lines(loan('lumpSum', '3000000.00', '3.65', '2026-03-05', '2026-04-21'))).toEqual([
      '2026-04-21 3000000.00 14295.83 0.00',
    ]);
  });

  test('等额本息: equal sums on the day of disbursement, the last takes what rounding left', () => {
    expect(lines(loan('equalInstallment', '3330000.00', '3.85', '2026-04-24', '2026-10-24'))).toEqual([
      '2026-05-24 550565.07 10683.75 2779434.93',
      '2026-06-24 552331.47 8917.35 2227103.46',
      '2026-07-24 554103.53 7145.29 1672999.93',
      '2026-08-24 555881.28 5367.54 1117118.65',
      '2026-09-24 557664.73 3584.09 559453.92',
      '2026-10-24 559453.92 1794.91 0.00',
    ]);
  });

  test('等额本金: equal principal, falling interest', () => {
    expect(lines(loan('equalPrincipal', '1000000.00', '3.60', '2026-01-31', '2026-04-30'))).toEqual([
      '2026-02-28 333333.33 3000.00 666666.67',
      '2026-03-31 333333.33 2000.00 333333.34',
      '2026-04-30 333333.34 1000.00 0.00',
    ]);
  });

  test('a loan repaid within its month falls due once, by actual days, whatever its method', () => {
    for (const method of ['equalInstallment', 'equalPrincipal', 'lumpSum'] as const) {
      expect(lines(loan(method, '360000.00', '3.00', '2026-03-02', '2026-03-30'))).toEqual([
        '2026-03-30 360000.00 840.00 0.00',
      ]);
    }
  });

  test('without interest the principal is still repaid in equal parts', () => {
    expect(lines(loan('equalInstallment', '100.00', '0', '2026-01-10', '2026-04-10'))).toEqual([
      '2026-02-10 33.33 0.00 66.67',
      '2026-03-10 33.33 0.00 33.34',
      '2026-04-10 33.34 0.00 0.00',
    ]);
  });

  test('a loan that does not end after it began is refused', () => {
    const refused = expect.objectContaining({ code: 'LOAN_DATES' });
    const terms = loan('monthlyInterest', '800000.00', '3.45', '2026-03-11', '2026-03-01');
    expect(() => schedule(terms)).toThrow(refused);
    expect(() => expectedInMonth(terms, '2026-03')).toThrow(refused);
    expect(() => schedule({ ...terms, maturesOn: '2026-03-11' })).toThrow(refused);
  });
});

const anyTerms = fc
  .record({
    method: fc.constantFrom(...METHODS),
    basis: fc.constantFrom('actual360' as const, 'actual365' as const),
    fen: fc.oneof(fc.bigInt(1n, 500n), fc.bigInt(1n, 10n ** 12n)),
    rate: fc.integer({ min: 0, max: 2400 }),
    start: fc.nat(1500),
    days: fc.integer({ min: 1, max: 2000 }),
  })
  .map(({ method, basis, fen, rate, start, days }): LoanTerms => {
    const disbursedOn = addDays('2024-01-01', start);
    const percent = `${Math.floor(rate / 100)}.${String(rate % 100).padStart(2, '0')}`;
    return { ...loan(method, yuan(fen), percent, disbursedOn, addDays(disbursedOn, days)), dayCountBasis: basis };
  });

describe('every schedule', () => {
  test('repays exactly the principal, in order, up to maturity, never a negative sum', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const all = schedule(terms);
        expect(toWire(sum(all.map((i) => i.principal)))).toBe(toWire(terms.principal));
        expect(all.at(-1)).toMatchObject({ dueOn: terms.maturesOn });
        expect(all.at(-1)?.outstandingAfter.isZero()).toBe(true);
        all.forEach((line, i) => {
          expect(line.dueOn > (all[i - 1]?.dueOn ?? terms.disbursedOn), line.dueOn).toBe(true);
          expect(line.principal.isNegative() || line.interest.isNegative()).toBe(false);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('is, month by month, what is expected in the month', () => {
    fc.assert(
      fc.property(anyTerms, (terms) => {
        const all = schedule(terms);
        let outstanding = terms.principal;
        for (const period of periodsBetween(periodOf(terms.disbursedOn), periodOf(terms.maturesOn))) {
          const due = all.filter((line) => periodOf(line.dueOn) === period);
          outstanding = due.at(-1)?.outstandingAfter ?? outstanding;
          const expected = expectedInMonth(terms, period);
          expect([expected.principal, expected.interest, expected.outstanding].map(toWire)).toEqual(
            [sum(due.map((line) => line.principal)), sum(due.map((line) => line.interest)), outstanding].map(toWire),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('等额本息 pays the same sum every month but the last, which differs by fen', () => {
    const principals = fc.bigInt(10n ** 7n, 10n ** 11n);
    fc.assert(
      fc.property(principals, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 2, max: 60 }), (fen, rate, months) => {
        const terms = loan('equalInstallment', yuan(fen), String(rate), '2026-01-15', addMonths('2026-01-15', months));
        const paid = schedule(terms).map((line) => line.principal.plus(line.interest));
        expect(paid).toHaveLength(months);
        expect(new Set(paid.slice(0, -1).map(toWire)).size).toBe(1);
        // Half a fen of the payment and of each interest, compounded at no more than 20 % a year.
        expect(
          paid
            .at(-1)!
            .minus(paid[0]!)
            .abs()
            .lte(months * 0.03),
        ).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test('expects nothing and owes nothing before disbursement and after maturity', () => {
    for (const method of METHODS) {
      const terms = loan(method, '3000000.00', '3.65', '2026-03-05', '2026-10-05');
      for (const period of ['2025-03', previousPeriod('2026-03'), nextPeriod('2026-10'), '2030-01']) {
        const { principal, interest, outstanding } = expectedInMonth(terms, period);
        expect([principal, interest, outstanding].map(toWire)).toEqual(['0.00', '0.00', '0.00']);
      }
    }
  });
});
