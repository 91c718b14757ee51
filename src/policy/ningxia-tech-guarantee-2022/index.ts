import { partlyKnownPolicy } from '../defaults/policy.ts';
import { folderOf } from '../folder.ts';
import { feeCeilings } from '../kinds/fee-ceilings.ts';
import { lossShares } from '../kinds/loss-shares.ts';
import { stated } from '../kinds/stated.ts';

const folder = folderOf(
  'ningxia-tech-guarantee-2022',
  {
    title: '《宁夏科技担保基金管理办法》',
    number: '宁财规发〔2022〕5号',
    issuers: ['宁夏回族自治区财政厅'],
    // Only the year is known, from the number.
    issuedOn: '2022-01-01',
    effectiveFrom: '2022-01-01',
    effectiveFromConfirmed: false,
    source:
      '原文未见，依石嘴山市「科技创新贷」2025 年公开材料所引文号；文件名称、印发和施行日期待核，日期暂按文号年份首日',
  },
  '条款待核（原文未见）',
);
const { code, since, unseen } = folder;

/** The sub-fund: three deposits and what they earn, dedicated and limited. */
const contributors = stated({
  id: `${code}.contributors`,
  title: '子基金的组成',
  resolvedBy: 'contributedOn',
  sentence: (labels) => `科技担保子基金由${labels}及其收益组成，专款专用、有限担保`,
  versions: since(
    {
      oneOf: [
        { code: 'fund', label: '宁夏科技担保基金' },
        { code: 'city', label: '市级风险保证金' },
        { code: 'guarantorDeposit', label: '担保机构的担保保证金' },
      ],
    },
    unseen(
      'F',
      '石嘴山市「科技创新贷」2025 年公开材料：由基金、市级风险保证金、担保保证金及其收益组成，有限担保、专款专用',
    ),
  ),
  cases: [
    { says: '市级风险保证金是子基金的一部分', on: '2026-01-05', input: 'city', expected: true },
    { says: '银行不出资', on: '2026-01-05', input: 'bank', expected: false },
  ],
});

const shares = lossShares({
  id: `${code}.lossShares`,
  title: '风险分担比例',
  versions: since(
    {
      shares: [
        { bearer: 'pool', label: '科技担保子基金', percent: '80' },
        { bearer: 'bank', label: '合作银行', percent: '20' },
      ],
    },
    unseen('T', '银行 20、担保体系 80 参照同类担保办法；子基金内部按各方保证金余额（含收益）分担为示例'),
  ),
  cases: [
    {
      says: '100 万元损失，子基金 80 万元，银行 20 万元',
      on: '2026-10-15',
      input: { loss: '1000000.00' },
      expected: [
        { bearer: 'pool', amount: '800000.00' },
        { bearer: 'bank', amount: '200000.00' },
      ],
    },
  ],
});

const fees = feeCeilings({
  id: `${code}.feeCeilings`,
  title: '担保费',
  versions: since(
    {
      fees: [
        {
          code: 'guaranteeFee',
          label: '担保费',
          from: { code: 'borrower', label: '借款企业' },
          to: { code: 'guarantor', label: '担保机构' },
          bands: [{ upTo: null, percent: '1' }],
        },
      ],
    },
    unseen('T', '担保费率不超过 1% 参照同类担保办法'),
  ),
  cases: [
    {
      says: '担保费年费率最高 1%',
      on: '2026-03-05',
      input: { fee: 'guaranteeFee', guaranteed: '5000000.00' },
      expected: '1',
    },
    {
      says: '未规定再担保费',
      on: '2026-03-05',
      input: { fee: 'reguaranteeFee', guaranteed: '5000000.00' },
      expected: null,
    },
  ],
});

/** 宁夏科技担保子基金: the guarantee that stands behind 石嘴山「科技创新贷」. */
export const ningxiaTechGuarantee2022 = partlyKnownPolicy(folder, {
  contributors,
  lossShares: shares,
  feeCeilings: fees,
});
