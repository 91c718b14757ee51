import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CLASSIFICATIONS,
  isBetter,
  isNonPerforming,
  type LoanClassification,
} from '../../src/policy/five-categories.ts';
import { policyByCode } from '../../src/policy/register.ts';

const { classification } = policyByCode('ningkedai-2025');
const floorFor = (days: number) => classification.apply(classification.versions[0]!.value, days) as LoanClassification;

describe('五级分类', () => {
  test.each([
    [0, '正常'],
    [1, '关注'],
    [18, '关注'],
    [90, '关注'],
    [91, '次级'],
    [141, '次级'],
    [270, '次级'],
    [271, '可疑'],
    [360, '可疑'],
    [361, '损失'],
    [4000, '损失'],
  ])('%i days overdue is at least %s', (days, label) => {
    expect(CLASSIFICATIONS.find((c) => c.code === floorFor(days))?.label).toBe(label);
  });

  test('national codes run from 01 to 05, and the last three are 不良', () => {
    expect(CLASSIFICATIONS.map((c) => c.nationalCode)).toEqual(['01', '02', '03', '04', '05']);
    expect(CLASSIFICATIONS.filter((c) => isNonPerforming(c.code)).map((c) => c.label)).toEqual([
      '次级',
      '可疑',
      '损失',
    ]);
  });

  test('a report is better than its overdue days when its class stands before the floor', () => {
    expect(isBetter('specialMention', floorFor(141))).toBe(true);
    expect(isBetter('substandard', floorFor(141))).toBe(false);
    expect(isBetter('loss', floorFor(0))).toBe(false);
  });

  test('more days overdue never allow a better class', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        expect(isBetter(floorFor(Math.max(a, b)), floorFor(Math.min(a, b)))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('what is no number of days is refused', () => {
    expect(() => floorFor(-1)).toThrow(RangeError);
    expect(() => floorFor(1.5)).toThrow(RangeError);
    expect(() => floorFor(Number.NaN)).toThrow(RangeError);
  });
});
