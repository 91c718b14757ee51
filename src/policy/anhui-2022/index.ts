import { partlyKnownPolicy } from '../defaults/policy.ts';
import { folderOf } from '../folder.ts';
import { lossCaps } from '../kinds/loss-caps.ts';
import { lossShares } from '../kinds/loss-shares.ts';

const folder = folderOf(
  'anhui-2022',
  {
    title: '《安徽省科技企业贷款风险补偿资金池管理办法》',
    issuers: ['发文机关待核'],
    issuedOn: '2022-01-01',
    effectiveFrom: '2022-01-01',
    effectiveFromConfirmed: false,
    source: '原文未见，依 2022 年公开的补偿标准说明；文件名称、发文机关、印发和施行日期待核，日期暂按 2022 年首日',
  },
  '条款待核（原文未见）',
);
const { code, since, unseen } = folder;

const POOL = { bearer: 'pool', label: '风险补偿资金池' };

const shares = lossShares({
  id: `${code}.lossShares`,
  title: '风险补偿比例',
  versions: since(
    {
      rows: [
        {
          label: '担保贷款',
          when: [{ guaranteed: true }],
          shares: [
            { ...POOL, percent: '20', to: 'guarantor' },
            { bearer: 'guarantor', label: '担保机构', percent: 'rest' },
            { bearer: 'bank', label: '合作银行', percent: 'agreed', agreeable: {} },
          ],
        },
        {
          label: '直接贷款',
          when: [{ guaranteed: false }],
          shares: [
            { ...POOL, percent: '30' },
            { bearer: 'bank', label: '合作银行', percent: 'rest' },
          ],
        },
      ],
      bonus: {
        to: 'pool',
        items: [
          {
            label: '首笔贷款或纯信用、知识产权质押贷款',
            when: [{ firstTimeBorrower: true }, { guaranteeMode: ['credit', 'ipPledge'] }],
            points: '5',
          },
        ],
      },
    },
    unseen(
      'F',
      '直接贷款 30%、担保贷款给担保机构 20%，首笔贷款或纯信用、知识产权质押提高 5 个百分点；银行和担保机构之间依其合同为示例',
    ),
  ),
  cases: [
    {
      says: '直接贷款、房产抵押、非首贷：资金池 30%',
      on: '2026-10-15',
      input: { loss: '1000000.00', guaranteed: false, guaranteeMode: 'mortgage', firstTimeBorrower: false },
      expected: [
        { bearer: 'pool', amount: '300000.00' },
        { bearer: 'bank', amount: '700000.00' },
      ],
    },
    {
      says: '直接贷款、纯信用：资金池 35%；又是首贷也只加一次',
      on: '2026-10-15',
      input: { loss: '1000000.00', guaranteed: false, guaranteeMode: 'credit', firstTimeBorrower: true },
      expected: [
        { bearer: 'pool', amount: '350000.00' },
        { bearer: 'bank', amount: '650000.00' },
      ],
    },
    {
      says: '担保贷款又是首贷，提高 5 个百分点：资金池补偿担保机构 25%，担保机构自担 55%',
      on: '2026-10-15',
      input: {
        ...{ loss: '1000000.00', guaranteed: true, guaranteeMode: 'guarantee', firstTimeBorrower: true },
        agreed: { bank: '20' },
      },
      expected: [
        { bearer: 'pool', amount: '250000.00' },
        { bearer: 'guarantor', amount: '550000.00' },
        { bearer: 'bank', amount: '200000.00' },
      ],
    },
    {
      says: '担保贷款，合同约定银行承担 20%：资金池补偿担保机构 20%，担保机构自担 60%',
      on: '2026-10-15',
      input: {
        ...{ loss: '1000000.00', guaranteed: true, guaranteeMode: 'guarantee', firstTimeBorrower: false },
        agreed: { bank: '20' },
      },
      expected: [
        { bearer: 'pool', amount: '200000.00' },
        { bearer: 'guarantor', amount: '600000.00' },
        { bearer: 'bank', amount: '200000.00' },
      ],
    },
  ],
});

const caps = lossCaps({
  id: `${code}.lossCaps`,
  title: '政策资金叠加上限',
  versions: since(
    {
      caps: [
        {
          of: ['pool'],
          scope: 'publicMoney',
          percent: '80',
          base: 'payeeLiability',
          fallsOn: { code: 'payee', label: '受偿方' },
        },
      ],
    },
    unseen('F', '各级政策资金累计补偿不超过受偿方实际承担责任金额的 80%'),
  ),
  cases: [
    {
      says: '银行承担 100 万元，市里已补 60 万元，省资金池最多再补 20 万元',
      on: '2026-10-15',
      input: {
        parts: [
          { bearer: 'pool', amount: '350000.00' },
          { bearer: 'bank', amount: '650000.00' },
        ],
        used: { publicMoney: '600000.00' },
        bases: { payeeLiability: '1000000.00' },
      },
      expected: [
        { bearer: 'pool', amount: '200000.00' },
        { bearer: 'bank', amount: '800000.00' },
      ],
    },
    {
      says: '没有其他政策资金，照比例补偿',
      on: '2026-10-15',
      input: {
        parts: [
          { bearer: 'pool', amount: '350000.00' },
          { bearer: 'bank', amount: '650000.00' },
        ],
        used: { publicMoney: '0.00' },
        bases: { payeeLiability: '1000000.00' },
      },
      expected: [
        { bearer: 'pool', amount: '350000.00' },
        { bearer: 'bank', amount: '650000.00' },
      ],
    },
  ],
});

/** 安徽科技企业贷款风险补偿资金池 2022. */
export const anhui2022 = partlyKnownPolicy(folder, { lossShares: shares, lossCaps: caps });
