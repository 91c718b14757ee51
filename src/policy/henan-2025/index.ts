import { partlyKnownPolicy } from '../defaults/policy.ts';
import { folderOf } from '../folder.ts';
import { lossCaps } from '../kinds/loss-caps.ts';
import type { Conditions } from '../kinds/loss-condition.ts';
import { lossShares } from '../kinds/loss-shares.ts';

const folder = folderOf(
  'henan-2025',
  {
    title: '《河南省科技金融“科技贷”业务实施方案》',
    issuers: ['发文机关待核'],
    // Only the year is known.
    issuedOn: '2025-01-01',
    effectiveFrom: '2025-01-01',
    effectiveFromConfirmed: false,
    source:
      '原文未见，依 2025 年公开的补偿标准说明；文件名称、文号、发文机关、印发和施行日期待核，日期暂按 2025 年首日',
  },
  '条款待核（条款序号未见）',
);
const { code, since, unseen } = folder;

const row = (label: string, percent: string, when: Conditions) => ({
  label,
  when,
  shares: [
    { bearer: 'pool', label: '科技信贷准备金', percent },
    { bearer: 'bank', label: '合作银行', percent: 'rest' as const },
  ],
});
const answer = (pool: string, bank: string) => [
  { bearer: 'pool', amount: pool },
  { bearer: 'bank', amount: bank },
];

const shares = lossShares({
  id: `${code}.lossShares`,
  title: '损失补偿比例',
  versions: since(
    {
      rows: [
        row('产学研合作且营业收入 1000 万元以下', '80', [
          { projectKinds: ['industryUniversity'], revenue: { below: '10000000.00' } },
        ]),
        row('营业收入 2000 万元及以下', '60', [{ revenue: { upTo: '20000000.00' } }]),
        row('营业收入 2000 万元至 5000 万元', '50', [{ revenue: { upTo: '50000000.00' } }]),
        row('营业收入 5000 万元至 1 亿元', '40', [{ revenue: { upTo: '100000000.00' } }]),
        row('营业收入 1 亿元以上', '30', [{ revenue: { over: '100000000.00' } }]),
      ],
    },
    unseen('F', '按借款企业营业收入分档 60%、50%、40%、30%，产学研合作且收入 1000 万元以下 80%'),
  ),
  cases: [
    {
      says: '产学研合作、收入 999 万元：80%',
      on: '2026-10-15',
      input: { loss: '1000000.00', revenue: '9990000.00', projectKinds: ['industryUniversity'] },
      expected: answer('800000.00', '200000.00'),
    },
    {
      says: '产学研合作、收入恰好 1000 万元：回到 60%',
      on: '2026-10-15',
      input: { loss: '1000000.00', revenue: '10000000.00', projectKinds: ['industryUniversity'] },
      expected: answer('600000.00', '400000.00'),
    },
    {
      says: '收入恰好 2000 万元：60%',
      on: '2026-10-15',
      input: { loss: '1000000.00', revenue: '20000000.00' },
      expected: answer('600000.00', '400000.00'),
    },
    {
      says: '收入 2000 万元零 1 分：50%',
      on: '2026-10-15',
      input: { loss: '1000000.00', revenue: '20000000.01' },
      expected: answer('500000.00', '500000.00'),
    },
    {
      says: '收入恰好 1 亿元：40%',
      on: '2026-10-15',
      input: { loss: '1000000.00', revenue: '100000000.00' },
      expected: answer('400000.00', '600000.00'),
    },
    {
      says: '收入 1 亿元零 1 分：30%',
      on: '2026-10-15',
      input: { loss: '1000000.00', revenue: '100000000.01' },
      expected: answer('300000.00', '700000.00'),
    },
  ],
});

const caps = lossCaps({
  id: `${code}.lossCaps`,
  title: '年度补偿上限',
  versions: since(
    {
      caps: [
        {
          of: ['pool'],
          scope: 'bankYear',
          amount: '10000000.00',
          percent: '2',
          base: 'lastYearBalance',
          fallsOn: { code: 'bank', label: '合作银行' },
        },
      ],
    },
    unseen('F', '每家银行每年不超过上年末「科技贷」余额的 2%，且不超过 1000 万元'),
  ),
  cases: [
    {
      says: '上年末余额 3 亿元，上限 600 万元，已补 580 万元，只再补 20 万元',
      on: '2026-10-15',
      input: {
        parts: answer('600000.00', '400000.00'),
        used: { bankYear: '5800000.00' },
        bases: { lastYearBalance: '300000000.00' },
      },
      expected: answer('200000.00', '800000.00'),
    },
    {
      says: '上年末余额 8 亿元，2% 为 1600 万元，仍以 1000 万元为限',
      on: '2026-10-15',
      input: {
        parts: answer('600000.00', '400000.00'),
        used: { bankYear: '9900000.00' },
        bases: { lastYearBalance: '800000000.00' },
      },
      expected: answer('100000.00', '900000.00'),
    },
    {
      says: '额度已用完，全部由银行承担',
      on: '2026-10-15',
      input: {
        parts: answer('600000.00', '400000.00'),
        used: { bankYear: '10000000.00' },
        bases: { lastYearBalance: '800000000.00' },
      },
      expected: answer('0.00', '1000000.00'),
    },
  ],
});

/** 河南「科技贷」2025. */
export const henan2025 = partlyKnownPolicy(folder, { lossShares: shares, lossCaps: caps });
