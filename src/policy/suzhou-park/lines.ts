import { lineOf } from '../defaults/subsidy-line.ts';
import { folder } from './document.ts';

const { since, unseen } = folder;
const LPR = { lprTimes: '1' };

export const interest = lineOf(folder, 'interest', {
  amount: since(
    {
      rows: [
        {
          label: '净资产 1000 万元及以下、销售收入 1 亿元及以下的企业',
          when: [{ netAssets: { upTo: '10000000.00' }, revenue: { upTo: '100000000.00' } }],
          counts: { of: 'interestAt', rate: LPR },
          percent: '50',
        },
        {
          label: '净资产 1000 万元以上 3000 万元及以下、销售收入 1 亿元及以下的企业',
          when: [{ netAssets: { over: '10000000.00', upTo: '30000000.00' }, revenue: { upTo: '100000000.00' } }],
          counts: { of: 'interestAt', rate: LPR },
          percent: '40',
        },
        {
          label: '更大的企业使用园区科技创新产品的',
          when: [{ product: ['科技贷', '园科贷', '园科贷2.0', '扎根贷', '知识贷', '创新积分贷', '技术交易贷'] }],
          counts: { of: 'interestAbove', rate: LPR, atMost: { lprTimes: '0.2' } },
          percent: '100',
        },
      ],
      lpr: { tenor: '1Y', anchor: 'samePeriod' },
      rounding: { unit: '分', mode: 'halfUp' },
    },
    unseen('F', '按同期 LPR 的 50%、40% 贴息；更大的企业补贴 LPR 上浮部分，最高不超过 LPR 的 20%；取一年期为示例'),
  ),
  cases: [
    {
      says: '小企业：利率 4.35% 付息 4.35 万元，LPR 3.45% 折 3.45 万元，补一半',
      on: '2023-09-01',
      input: {
        ...{ paid: '43500.00', annualRate: '4.35', lpr: '3.45' },
        ...{ netAssets: '10000000.00', revenue: '60000000.00' },
      },
      expected: { row: '净资产 1000 万元及以下、销售收入 1 亿元及以下的企业', counted: '34500.00', amount: '17250.00' },
    },
    {
      says: '净资产 2000 万元：补 40%',
      on: '2023-09-01',
      input: {
        ...{ paid: '43500.00', annualRate: '4.35', lpr: '3.45' },
        ...{ netAssets: '20000000.00', revenue: '60000000.00' },
      },
      expected: {
        row: '净资产 1000 万元以上 3000 万元及以下、销售收入 1 亿元及以下的企业',
        counted: '34500.00',
        amount: '13800.00',
      },
    },
    {
      says: '净资产 5000 万元、使用园科贷：利率高出 LPR 0.9 个百分点，只按 LPR 的 20%（0.69 个百分点）计',
      on: '2023-09-01',
      input: {
        ...{ paid: '43500.00', annualRate: '4.35', lpr: '3.45', product: '园科贷' },
        ...{ netAssets: '50000000.00', revenue: '60000000.00' },
      },
      expected: { row: '更大的企业使用园区科技创新产品的', counted: '6900.00', amount: '6900.00' },
    },
  ],
  allowed: { value: { mostYears: 3 }, citation: unseen('F', '每家企业补贴时限不超过 3 年') },
  allowedCases: [
    { says: '第三年可以', on: '2023-09-01', input: { yearsBefore: 2 }, expected: { against: [], unknown: [] } },
    {
      says: '第四年不可以',
      on: '2023-09-01',
      input: { yearsBefore: 3 },
      expected: { against: ['tooManyYears'], unknown: [] },
    },
  ],
});

const CLASSES = ['1', '2', '3', '4', '5'].map((code) => ({
  code,
  label: `（${'一二三四五'[Number(code) - 1]}）类险种`,
}));

export const premium = lineOf(folder, 'premium', {
  amount: since(
    {
      rows: CLASSES.map(({ code, label }) => ({
        label,
        when: [{ class: [code] }],
        counts: { of: 'paid' as const },
        percent: '50',
      })),
      rounding: { unit: '分', mode: 'halfUp' },
    },
    unseen('A', '科技保险费分类补贴；各类比例未见，50% 为示例'),
  ),
  cases: [
    {
      says: '第四类保费 10 万元，补 5 万元',
      on: '2023-09-01',
      input: { class: '4', paid: '100000.00' },
      expected: { row: '（四）类险种', counted: '100000.00', amount: '50000.00' },
    },
  ],
  allowed: {
    value: { classes: CLASSES, mostYears: 3 },
    citation: unseen('F', '分类补贴，每家企业补贴时限不超过 3 年'),
  },
  allowedCases: [
    {
      says: '第四年不可以',
      on: '2023-09-01',
      input: { class: '1', yearsBefore: 3 },
      expected: { against: ['tooManyYears'], unknown: [] },
    },
  ],
});
