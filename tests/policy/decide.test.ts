import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money, sum, toWire } from '../../src/money/money.ts';
import type { AddedVersion } from '../../src/policy/clause.ts';
import {
  checkClassification,
  checkExtension,
  checkRenewal,
  leverageOn,
  matchOwed,
  reportDueOn,
  settlementDueOn,
} from '../../src/policy/decide.ts';
import { citesOf, derived, given, isProvisional } from '../../src/policy/explanation.ts';
import { ningkedai2025 as policy } from '../../src/policy/ningkedai-2025/index.ts';

describe('an extension', () => {
  const asked = { askedOn: '2027-02-01', maturesOn: '2027-03-05', newMaturesOn: '2027-09-05', previousExtensions: 0 };
  const codes = (changes: Partial<typeof asked>) => checkExtension(policy, { ...asked, ...changes }).map((c) => c.code);

  test('asked before maturity, once, for at most six months is allowed', () => {
    expect(codes({})).toEqual(['EXTENSION']);
    expect(checkExtension(policy, asked)[0]!.message).toBe('可以展期至 2027-09-05，最迟可至 2027-09-05');
  });

  test.each([
    ['on the day of maturity', { askedOn: '2027-03-05' }, ['EXTENSION_AFTER_MATURITY']],
    ['a second time', { previousExtensions: 1 }, ['EXTENSION_REPEATED']],
    ['by more than six months', { newMaturesOn: '2027-09-06' }, ['EXTENSION_TOO_LONG']],
    ['to no later day', { newMaturesOn: '2027-03-05' }, ['EXTENSION_NOT_LATER']],
    [
      'late and too long',
      { askedOn: '2027-04-01', newMaturesOn: '2028-01-01' },
      ['EXTENSION_AFTER_MATURITY', 'EXTENSION_TOO_LONG'],
    ],
  ])('asked %s is refused', (_how, changes, expected) => {
    expect(codes(changes)).toEqual(expected);
  });
});

test('a renewal is judged on the day it is filed', () => {
  const input = { filedOn: '2026-11-20', contractNo: 'B2', renewsContractNo: 'B1' };
  expect(checkRenewal(policy, { ...input, renewed: { sameEnterprise: true, consented: true } }).verdict).toBe('pass');
  expect(checkRenewal(policy, input).code).toBe('RENEWAL_UNKNOWN');
});

describe('五级分类 against the days overdue', () => {
  const judge = (reported: 'normal' | 'specialMention' | 'substandard' | 'doubtful' | 'loss', overdueDays: number) =>
    checkClassification(policy, { reported, overdueDays, reportedOn: '2026-10-31' });

  test('a loan 141 days overdue is at least 次级', () => {
    expect(judge('specialMention', 141)).toMatchObject({
      verdict: 'fail',
      code: 'CLASSIFICATION_TOO_GOOD',
      field: 'classification',
      message: '逾期 141 天，五级分类报为关注，至少应归为次级',
      cites: [{ article: '第十条至第十三条', confirmed: true }],
    });
    expect(judge('substandard', 141).verdict).toBe('pass');
    expect(judge('loss', 0).verdict).toBe('pass');
  });
});

describe('what a pool asks of its policy', () => {
  const added: AddedVersion = {
    clauseId: 'ningkedai-2025.leverage',
    effectiveFrom: '2026-11-01',
    value: '8',
    citation: { document: '《补充通知》', article: '第三条', mark: 'F', confirmed: true },
  };

  test('the leverage of a day, with an approved version from its day on', () => {
    expect(leverageOn(policy, '2026-10-31', [added]).multiple.toFixed()).toBe('10');
    const changed = leverageOn(policy, '2026-11-01', [added]);
    expect(changed.multiple.toFixed()).toBe('8');
    expect(isProvisional(changed.explanation)).toBe(false);
  });

  test('the match owed for a contribution, with its due day and its reason', () => {
    const owed = matchOwed(policy, money('500000.00'), '2026-10-09');
    expect(owed).toMatchObject({ by: 'region', dueOn: '2027-01-07' });
    expect(toWire(owed.amount)).toBe('500000.00');
    expect(isProvisional(owed.explanation)).toBe(true);
  });

  test('the days of reporting and of settlement', () => {
    expect(reportDueOn(policy, '2026-12')).toBe('2027-01-10');
    expect(settlementDueOn(policy, '2026-10')).toBe('2026-11-10');
  });
});

test('the parts of a loss always add up to the loss', () => {
  const { value } = policy.lossShares.versions[0]!;
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (fen) => {
      const loss = `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
      const parts = policy.lossShares.apply(value, { loss }).map(({ amount }) => money(amount));
      expect(toWire(sum(parts))).toBe(toWire(money(loss)));
    }),
    { numRuns: 300 },
  );
});

describe('an explanation', () => {
  const [firm, open] = [
    { document: '《甲办法》', article: '第一条', confirmed: true },
    { document: '《乙办法》', article: '第二条', confirmed: false },
  ];
  const tree = derived(
    '上限',
    '3',
    [firm],
    [derived('加点', '1', [open], []), given('基数', '2'), derived('再', '1', [firm])],
  );

  test('lists its articles once each, the topmost first', () => {
    expect(citesOf(tree)).toEqual([firm, open]);
  });

  test('is provisional when anything under it is', () => {
    expect(isProvisional(tree)).toBe(true);
    expect(isProvisional(derived('上限', '3', [firm], [given('基数', '3')]))).toBe(false);
  });
});
