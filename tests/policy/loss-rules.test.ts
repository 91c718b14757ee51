import { describe, expect, test } from 'vitest';
import { parseValue } from '../../src/policy/clause.ts';
import { checkFiling } from '../../src/policy/decide.ts';
import { lossCaps } from '../../src/policy/kinds/loss-caps.ts';
import { type Conditions, conditions, judgeConditions, type LossFacts } from '../../src/policy/kinds/loss-condition.ts';
import { zhuhai2022 } from '../../src/policy/zhuhai-2022/index.ts';
import { CONTEXT } from './demo-filings.ts';

describe('a condition of a row', () => {
  test.each<[string, Conditions, LossFacts, ReturnType<typeof judgeConditions>]>([
    ['over is above', [{ creditShare: { over: '50' } }], { creditShare: '50' }, false],
    ['atLeast is from', [{ creditShare: { atLeast: '70' } }], { creditShare: '70.00' }, true],
    ['below is under', [{ revenue: { below: '10000000.00' } }], { revenue: '10000000.00' }, false],
    ['upTo is to and with', [{ revenue: { upTo: '20000000.00' } }], { revenue: '20000000.00' }, true],
    ['a band has two ends', [{ termMonths: { over: '12', upTo: '24' } }], { termMonths: 24 }, true],
    ['any of the titles', [{ titles: ['gazelle', 'techSme'] }], { titles: ['techSme'] }, true],
    ['none of the titles', [{ titles: ['gazelle'] }], { titles: [] }, false],
    ['any of the modes', [{ guaranteeMode: ['credit', 'ipPledge'] }], { guaranteeMode: 'mortgage' }, false],
    ['the size', [{ size: ['micro', 'small'] }], { size: 'small' }, true],
    ['a fact that is not so', [{ firstLoan: false }], { firstLoan: true }, false],
    ['all of one', [{ firstLoan: true, size: ['small'] }], { firstLoan: true, size: 'large' }, false],
    ['any of several', [{ firstLoan: true }, { size: ['large'] }], { firstLoan: false, size: 'large' }, true],
    ['a refuted one needs no more', [{ firstLoan: true, size: ['small'] }], { firstLoan: false }, false],
    [
      'an open one names what is lacking',
      [{ firstLoan: true, size: ['small'] }],
      { firstLoan: true },
      { unknown: ['size'] },
    ],
    ['a true one settles it', [{ size: ['small'] }, { firstLoan: true }], { firstLoan: true }, true],
  ])('%s', (_what, when, facts, expected) => {
    expect(conditions.parse(when)).toEqual(when);
    expect(judgeConditions(when, facts)).toEqual(expected);
  });

  test('needs an end, and something to ask', () => {
    for (const wrong of [[], [{}], [{ revenue: {} }], [{ revenue: { over: '-1' } }], [{ unheardOf: true }]]) {
      expect(conditions.safeParse(wrong).success).toBe(false);
    }
  });
});

describe('caps', () => {
  const clause = lossCaps({ id: 'x.caps', title: '上限', versions: [], cases: [] });
  const bank = { code: 'bank', label: '银行' };
  const cap = (of: string[], amount: string, fallsOn = bank) => ({ of, scope: 'loan' as const, amount, fallsOn });
  const parts = [
    { bearer: 'region', amount: '40.00' },
    { bearer: 'county', amount: '40.00' },
    { bearer: 'bank', amount: '20.00' },
  ];
  const shown = (caps: ReturnType<typeof cap>[]) =>
    clause.apply(parseValue(clause, { caps }), { parts }).map(({ bearer, amount }) => `${bearer} ${amount}`);

  test('cut those who share one in proportion, by largest remainder', () => {
    expect(shown([cap(['region', 'county'], '33.33')])).toEqual(['region 16.67', 'county 16.66', 'bank 66.67']);
  });

  test('one after the other, the excess of the first under the second', () => {
    const county = { code: 'county', label: '县' };
    expect(shown([cap(['region'], '10.00', county), cap(['county'], '50.00')])).toEqual([
      'region 10.00',
      'county 50.00',
      'bank 40.00',
    ]);
  });

  test('may fall on somebody who bore nothing before', () => {
    expect(shown([cap(['region'], '10.00', { code: 'insurer', label: '保险公司' })])).toEqual([
      'region 10.00',
      'county 40.00',
      'bank 20.00',
      'insurer 30.00',
    ]);
  });

  test.each([
    ['whose excess falls on the capped', [cap(['bank'], '1.00')]],
    [
      'whose excess flows back under an earlier one',
      [cap(['county'], '1.00'), cap(['region'], '1.00', { code: 'county', label: '县' })],
    ],
    ['without a limit', [{ ...cap(['region'], '1.00'), amount: undefined }]],
    ['in percent of nothing', [{ ...cap(['region'], '1.00'), percent: '5' }]],
    ['none at all', []],
  ])('%s are refused', (_what, caps) => {
    expect(() => parseValue(clause, { caps })).toThrow(expect.objectContaining({ code: 'POLICY_VALUE_INVALID' }));
  });
});

describe('one active project an enterprise (珠海)', () => {
  const codes = (activeLoans?: number) =>
    checkFiling(zhuhai2022, { filedOn: '2026-04-10', filing: {}, activeLoans }, CONTEXT).map(
      ({ verdict, code }) => `${verdict} ${code}`,
    );

  test('is checked where the number is known', () => {
    expect(codes(0)).toContain('pass ACTIVE_LOANS');
    expect(codes(1)).toContain('fail TOO_MANY_ACTIVE_LOANS');
    expect(codes()).toContain('notChecked ACTIVE_LOANS_NOT_CHECKED');
  });
});
