import { lossShares as lossSharesKind } from '../kinds/loss-shares.ts';
import { article, CODE, since } from './document.ts';

/** 第三条 names who shares the risk; the published text breaks off before the proportions. */
export const lossShares = lossSharesKind({
  id: `${CODE}.lossShares`,
  title: '风险分担比例',
  versions: since(
    {
      shares: [
        { bearer: 'region', label: '自治区风险补偿资金', percent: '40' },
        { bearer: 'cooperatingUnit', label: '合作单位', percent: '40' },
        { bearer: 'bank', label: '合作银行', percent: '20' },
      ],
    },
    {
      ...article('第三条'),
      mark: 'A',
      confirmed: false,
      source: '第三条比例未见；40/40/20 依 2014—2019 年试点（李哲等，1673-1069(2020)02-0069-02），沿用为示例',
    },
  ),
  cases: [
    {
      says: '239 万元本金损失，自治区、合作单位各承担 95.6 万元，银行承担 47.8 万元',
      on: '2026-10-15',
      input: { loss: '2390000.00' },
      expected: [
        { bearer: 'region', amount: '956000.00' },
        { bearer: 'cooperatingUnit', amount: '956000.00' },
        { bearer: 'bank', amount: '478000.00' },
      ],
    },
    {
      says: '0.04 元也分得尽，尾差按余数大小、同余按次序归属',
      on: '2026-10-15',
      input: { loss: '0.04' },
      expected: [
        { bearer: 'region', amount: '0.02' },
        { bearer: 'cooperatingUnit', amount: '0.01' },
        { bearer: 'bank', amount: '0.01' },
      ],
    },
  ],
});
