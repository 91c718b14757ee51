import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addDays } from '../../src/calendar/local-date.ts';
import { type AddedVersion, type Clause, parseVersion, valueOn } from '../../src/policy/clause.ts';

const citation = { document: '《测试办法》', article: '第一条', mark: 'A' as const, confirmed: false, source: '测试' };

function clauseOf(versions: { from: string; to?: string; value: number }[]): Clause<number, null, number> {
  return {
    id: 'test.number',
    title: '数值',
    resolvedBy: 'occurredOn',
    schema: z.number(),
    versions: versions.map(({ from, to, value }) => ({ effectiveFrom: from, expiresOn: to, value, citation })),
    cases: [],
    describe: String,
    apply: (value) => value,
  };
}
const added = (from: string, value: unknown, more: Partial<AddedVersion> = {}): AddedVersion => ({
  effectiveFrom: from,
  value,
  citation,
  ...more,
});
const outside = expect.objectContaining({ code: 'POLICY_OUTSIDE_DATES' });

describe('the version of a clause on a date', () => {
  const clause = clauseOf([
    { from: '2026-01-01', value: 1 },
    { from: '2026-07-01', to: '2026-12-31', value: 2 },
  ]);

  test('a later version takes over on its first day', () => {
    expect(valueOn(clause, '2026-06-30').value).toBe(1);
    expect(valueOn(clause, '2026-07-01').value).toBe(2);
  });

  test('the last day of validity still counts, the day after does not, and the earlier version does not come back', () => {
    expect(valueOn(clause, '2026-12-31').value).toBe(2);
    expect(() => valueOn(clause, '2027-01-01')).toThrow(outside);
    expect(() => valueOn(clause, '2027-01-01')).toThrow(/有效期至 2026-12-31/);
  });

  test('an added version supersedes from its day, also one of the same day', () => {
    expect(valueOn(clause, '2026-06-30', [added('2026-03-01', 9)]).value).toBe(9);
    expect(valueOn(clause, '2026-07-01', [added('2026-03-01', 9)]).value).toBe(2);
    expect(valueOn(clause, '2026-07-01', [added('2026-07-01', 9)]).value).toBe(9);
  });

  test('an added version may reach back before the shipped ones, or go on after they end', () => {
    expect(valueOn(clause, '2025-05-05', [added('2025-01-01', 9)]).value).toBe(9);
    expect(valueOn(clause, '2027-02-01', [added('2027-01-01', 9)]).value).toBe(9);
  });

  test('of two added versions of one day the later approved, which stands later in the list, counts', () => {
    expect(valueOn(clause, '2026-08-01', [added('2026-08-01', 8), added('2026-08-01', 9)]).value).toBe(9);
  });

  test('an added version of another clause does not touch this one', () => {
    expect(valueOn(clause, '2026-08-01', [added('2026-08-01', 9, { clauseId: 'test.other' })]).value).toBe(2);
    expect(valueOn(clause, '2026-08-01', [added('2026-08-01', 9, { clauseId: 'test.number' })]).value).toBe(9);
  });

  test('an added value that does not fit the clause is refused, never used', () => {
    expect(() => valueOn(clause, '2026-08-01', [added('2026-08-01', 'nine')])).toThrow(
      expect.objectContaining({ code: 'POLICY_VALUE_INVALID' }),
    );
  });

  test('a date that does not exist is refused', () => {
    expect(() => valueOn(clause, '2026-02-31')).toThrow(expect.objectContaining({ code: 'DATE_FORMAT' }));
  });

  test('for any versions the answer is the latest that has begun, and never a guess outside the dates', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => addDays('2026-01-01', n));
    const version = fc.record({ from: day, length: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }) });
    const list = fc.array(version, { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 5 }), list, day, (shipped, later, on) => {
        const end = (v: { from: string; length?: number }) =>
          v.length === undefined ? undefined : addDays(v.from, v.length);
        const subject = clauseOf(shipped.map((v, i) => ({ from: v.from, to: end(v), value: i })));
        const extra = later.map((v, i) => added(v.from, 100 + i, { expiresOn: end(v) }));
        // Shipped before added and in list order: a stable sort then leaves the one that counts at the end.
        const everything = [...subject.versions, ...extra].sort((a, b) =>
          a.effectiveFrom.localeCompare(b.effectiveFrom),
        );
        const expected = everything.findLast((v) => v.effectiveFrom <= on);
        if (expected && (!expected.expiresOn || on <= expected.expiresOn)) {
          expect(valueOn(subject, on, extra).value).toBe(expected.value);
        } else {
          expect(() => valueOn(subject, on, extra)).toThrow(outside);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a version an operator proposes', () => {
  const clause = clauseOf([{ from: '2026-01-01', value: 1 }]);
  const good = { effectiveFrom: '2026-12-01', value: 3, citation: { ...citation, mark: 'F', confirmed: true } };

  test('is read with its dates, value and article', () => {
    expect(parseVersion(clause, good)).toEqual(good);
  });

  test.each([
    ['a date that does not exist', { ...good, effectiveFrom: '2026-02-30' }, 'effectiveFrom'],
    ['a value of another shape', { ...good, value: '3' }, 'value'],
    ['no article', { ...good, citation: { ...good.citation, article: ' ' } }, 'citation.article'],
    ['an end before its beginning', { ...good, expiresOn: '2026-11-30' }, 'expiresOn'],
    ['an assumption called confirmed', { ...good, citation: { ...good.citation, mark: 'A' } }, 'citation.confirmed'],
    ['a member nobody knows', { ...good, remark: 'x' }, ''],
  ])('is refused with %s, naming the field in Chinese', (_what, raw, field) => {
    expect(() => parseVersion(clause, raw)).toThrow(
      expect.objectContaining({
        code: 'POLICY_VALUE_INVALID',
        message: expect.stringMatching(/\p{Script=Han}/u),
        errors: [expect.objectContaining({ field })],
      }),
    );
  });
});
