import { partlyKnownPolicy } from '../defaults/policy.ts';
import { folderOf } from '../folder.ts';
import { activeLoans, activeLoansRule } from '../kinds/active-loans.ts';
import type { Conditions } from '../kinds/loss-condition.ts';
import { lossShares } from '../kinds/loss-shares.ts';

const folder = folderOf(
  'zhuhai-2022',
  {
    title: '《珠海市科技信贷风险补偿金管理办法》',
    issuers: ['发文机关待核'],
    // Only the year is known.
    issuedOn: '2022-01-01',
    effectiveFrom: '2022-01-01',
    effectiveFromConfirmed: false,
    source: '原文未见，依 2022 年公开的补偿标准说明；文件名称、发文机关、印发和施行日期待核，日期暂按 2022 年首日',
  },
  '条款待核（原文未见）',
);
const { code, since, unseen } = folder;

const row = (label: string, percent: string, when: Conditions) => ({
  label,
  when,
  shares: [
    { bearer: 'pool', label: '科技信贷风险补偿金', percent },
    { bearer: 'bank', label: '合作银行', percent: 'rest' as const },
  ],
});
const answer = (pool: string, bank: string) => [
  { bearer: 'pool', amount: pool },
  { bearer: 'bank', amount: bank },
];

const shares = lossShares({
  id: `${code}.lossShares`,
  title: '风险补偿比例',
  versions: since(
    {
      rows: [
        row('信用贷款占比超过 50%', '50', [{ creditShare: { over: '50' } }]),
        row('信用贷款占比 70% 及以上', '70', [{ creditShare: { atLeast: '70' } }]),
        row('首笔贷款', '90', [{ firstTimeBorrower: true }]),
      ],
      pick: 'highest',
    },
    unseen('F', '信用占比超过 50% 的补偿 50%，70% 及以上的补偿 70%，首笔贷款补偿 90%，同时符合的从高'),
  ),
  cases: [
    {
      says: '信用占比 69.99%：50%',
      on: '2026-10-15',
      input: { loss: '1000000.00', creditShare: '69.99', firstTimeBorrower: false },
      expected: answer('500000.00', '500000.00'),
    },
    {
      says: '信用占比恰好 70%，两档都符合，从高为 70%',
      on: '2026-10-15',
      input: { loss: '1000000.00', creditShare: '70', firstTimeBorrower: false },
      expected: answer('700000.00', '300000.00'),
    },
    {
      says: '全部信用又是首贷，从高为 90%',
      on: '2026-10-15',
      input: { loss: '1000000.00', creditShare: '100', firstTimeBorrower: true },
      expected: answer('900000.00', '100000.00'),
    },
    {
      says: '首贷 90%，不论信用占比',
      on: '2026-10-15',
      input: { loss: '1000000.00', firstTimeBorrower: true },
      expected: answer('900000.00', '100000.00'),
    },
  ],
});

const active = activeLoans({
  id: `${code}.activeLoans`,
  title: '在库笔数',
  versions: since({ most: 1 }, unseen('F', '每家企业同一时期只能有一个项目入库')),
  cases: [
    { says: '没有其他在库贷款，可以', on: '2026-04-10', input: 0, expected: true },
    { says: '已有一笔在库，不可以', on: '2026-04-10', input: 1, expected: false },
  ],
});

/** 珠海科技信贷风险补偿金 2022. */
export const zhuhai2022 = partlyKnownPolicy(folder, { lossShares: shares, filing: [activeLoansRule(active)] });
