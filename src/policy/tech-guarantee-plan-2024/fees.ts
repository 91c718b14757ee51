import { feeCeilings } from '../kinds/fee-ceilings.ts';
import { folder } from './document.ts';

const { code, since, unseen } = folder;

export const fees = feeCeilings({
  id: `${code}.feeCeilings`,
  title: '担保费和再担保费',
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
        {
          code: 'reguaranteeFee',
          label: '再担保费',
          from: { code: 'reguarantor', label: '省级再担保机构' },
          to: { code: 'nationalFund', label: '国家融资担保基金' },
          bands: [
            { upTo: '5000000.00', percent: '0.3' },
            { upTo: null, percent: '0.5' },
          ],
        },
      ],
    },
    unseen(
      'F',
      '担保费率逐步降至 1% 以下；再担保费率 500 万元以上不高于 0.5%，500 万元及以下不高于 0.3%；收付双方为示例',
    ),
  ),
  cases: [
    {
      says: '单笔恰好 500 万元，再担保费最高 0.3%',
      on: '2026-03-05',
      input: { fee: 'reguaranteeFee', guaranteed: '5000000.00' },
      expected: '0.3',
    },
    {
      says: '超过 500 万元一分，再担保费最高 0.5%',
      on: '2026-03-05',
      input: { fee: 'reguaranteeFee', guaranteed: '5000000.01' },
      expected: '0.5',
    },
    {
      says: '担保费最高 1%',
      on: '2026-03-05',
      input: { fee: 'guaranteeFee', guaranteed: '30000000.00' },
      expected: '1',
    },
  ],
});
