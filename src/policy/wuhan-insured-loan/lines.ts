import { lineOf } from '../defaults/subsidy-line.ts';
import type { SubsidyAmount } from '../kinds/subsidy-amount.ts';
import { call2019, call2024, FROM_2024, folder } from './document.ts';

const band = (label: string, amount: string, when: { atLeast?: string; below?: string }, overCost?: string) => ({
  label,
  when: [{ principal: when }],
  counts: { of: 'sum' as const, amount, byMonth: false, ...(overCost ? { overCost } : {}) },
  percent: '100',
});

const FIXED_2019: SubsidyAmount = {
  rows: [
    band('贷款 100 万元以下', '50000.00', { below: '1000000.00' }, '50000.00'),
    band('贷款 100 万元至 200 万元', '70000.00', { atLeast: '1000000.00', below: '2000000.00' }),
    band('贷款 200 万元至 300 万元', '130000.00', { atLeast: '2000000.00', below: '3000000.00' }),
    band('贷款 300 万元及以上', '200000.00', { atLeast: '3000000.00' }),
  ],
  rounding: { unit: '分', mode: 'halfUp' },
};

const BY_MONTH_2024: SubsidyAmount = {
  rows: [
    {
      label: '贷款 100 万元及以内',
      when: [{ principal: { upTo: '1000000.00' } }],
      counts: { of: 'principal', byMonth: true },
      percent: '7',
    },
    { label: '贷款 100 万元以上', counts: { of: 'principal', byMonth: true }, percent: '5' },
  ],
  lpr: { tenor: '1Y', anchor: 'atSigning' },
  leastRate: { lprTimes: '1' },
  rounding: { unit: '分', mode: 'halfUp' },
};

export const interest = lineOf(folder, 'interest', {
  amount: [
    { effectiveFrom: folder.document.effectiveFrom, value: FIXED_2019, citation: call2019('第三部分') },
    {
      effectiveFrom: FROM_2024,
      value: BY_MONTH_2024,
      citation: call2024(
        '以一年期为标准按月折算，100 万元及以内为本金的 7%，利率低于 LPR 的不补；100 万元以上的标准未见，5% 为示例',
      ),
    },
  ],
  cases: [
    {
      says: '2019 年：贷款 80 万元，利息和保费 5.2 万元，补 5 万元',
      on: '2019-08-08',
      input: { principal: '800000.00', paid: '52000.00' },
      expected: { row: '贷款 100 万元以下', counted: '50000.00', amount: '50000.00' },
    },
    {
      says: '2019 年：贷款 80 万元，利息和保费刚好 5 万元，未超过，不补',
      on: '2019-08-08',
      input: { principal: '800000.00', paid: '50000.00' },
      expected: { row: '贷款 100 万元以下', counted: '0.00', amount: '0.00' },
    },
    {
      says: '2019 年：贷款恰好 100 万元，补 7 万元',
      on: '2019-08-08',
      input: { principal: '1000000.00', paid: '80000.00' },
      expected: { row: '贷款 100 万元至 200 万元', counted: '70000.00', amount: '70000.00' },
    },
    {
      says: '2019 年：贷款 300 万元，补 20 万元',
      on: '2019-08-08',
      input: { principal: '3000000.00', paid: '210000.00' },
      expected: { row: '贷款 300 万元及以上', counted: '200000.00', amount: '200000.00' },
    },
    {
      says: '2024 年：贷款 90 万元用了 8 个月，按 12 分之 8 的 7% 补 4.2 万元',
      on: '2024-03-12',
      input: { principal: '900000.00', paid: '30000.00', annualRate: '5', lpr: '3.45', months: 8 },
      expected: { row: '贷款 100 万元及以内', counted: '600000.00', amount: '42000.00' },
    },
    {
      says: '2024 年：利率 3.4% 低于 LPR 3.45%，不补',
      on: '2024-03-12',
      input: { principal: '900000.00', paid: '20000.00', annualRate: '3.4', lpr: '3.45', months: 12 },
      expected: { row: '贷款 100 万元及以内', counted: '0.00', amount: '0.00' },
    },
  ],
  allowed: {
    value: { mostPerYear: 1, settledOnly: true, noOtherMoney: true },
    citation: call2019('第二、三部分'),
  },
  allowedCases: [
    {
      says: '已经结清、未获其他支持的第一笔',
      on: '2019-08-08',
      input: { linesBefore: 0, settled: true, otherMoney: false },
      expected: { against: [], unknown: [] },
    },
    {
      says: '同一年的第二笔，且还没有结清',
      on: '2019-08-08',
      input: { linesBefore: 1, settled: false, otherMoney: false },
      expected: { against: ['tooMany', 'notSettled'], unknown: [] },
    },
  ],
  period: {
    value: {
      counts: 'startsOn',
      from: { yearsBefore: 2, monthDay: '09-20' },
      to: { yearsBefore: 0, monthDay: '07-31' },
    },
    citation: call2019('第二部分'),
  },
  periodCases: [
    {
      says: '2017 年 9 月 20 日发放的贷款可以',
      on: '2019-08-08',
      input: { year: 2019, dates: { startsOn: '2017-09-20' } },
      expected: null,
    },
    {
      says: '2017 年 9 月 19 日发放的不可以',
      on: '2019-08-08',
      input: { year: 2019, dates: { startsOn: '2017-09-19' } },
      expected: 'early',
    },
    {
      says: '2019 年 8 月发放的不可以',
      on: '2019-08-08',
      input: { year: 2019, dates: { startsOn: '2019-08-01' } },
      expected: 'late',
    },
  ],
});
