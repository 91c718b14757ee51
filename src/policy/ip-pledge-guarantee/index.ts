import { partlyKnownPolicy } from '../defaults/policy.ts';
import { folderOf } from '../folder.ts';
import { lossShares } from '../kinds/loss-shares.ts';

const folder = folderOf(
  'ip-pledge-guarantee',
  {
    title: '《银川市知识产权质押融资担保基金管理办法》',
    issuers: ['银川市科学技术局'],
    issuedOn: '2020-01-01',
    effectiveFrom: '2020-01-01',
    effectiveFromConfirmed: false,
    source: '原文未见；文件名称、印发和施行日期待核，暂按 2020 年首日',
  },
  '条款待核（原文未见）',
);
const { code, since, unseen } = folder;
const answer = (pool: string, bank: string) => [
  { bearer: 'pool', amount: pool },
  { bearer: 'bank', amount: bank },
];

/** Pure pledge: `ipShare` 100. Mixed pledge: only the certified share of intellectual property counts. */
const shares = lossShares({
  id: `${code}.lossShares`,
  title: '风险分担比例',
  versions: since(
    {
      shares: [
        { bearer: 'pool', label: '知识产权质押融资担保基金', percent: '80' },
        { bearer: 'bank', label: '合作银行', percent: '20' },
      ],
      countsOnly: { fact: 'ipShare', restOn: { code: 'bank', label: '合作银行' } },
    },
    unseen('T', '混合质押只计知识产权部分参照北京、济南；基金 80、银行 20 沿用科技担保基金的示例'),
  ),
  cases: [
    {
      says: '纯知识产权质押，100 万元损失全部分担',
      on: '2026-10-15',
      input: { loss: '1000000.00', ipShare: '100' },
      expected: answer('800000.00', '200000.00'),
    },
    {
      says: '混合质押，知识产权占 40%：只分担 40 万元，其余 60 万元归银行',
      on: '2026-10-15',
      input: { loss: '1000000.00', ipShare: '40' },
      expected: answer('320000.00', '680000.00'),
    },
    {
      says: '知识产权占三分之一，四舍五入到分',
      on: '2026-10-15',
      input: { loss: '100.00', ipShare: '33.333333' },
      expected: answer('26.66', '73.34'),
    },
  ],
});

/** 知识产权质押融资担保基金. */
export const ipPledgeGuarantee = partlyKnownPolicy(folder, { lossShares: shares });
