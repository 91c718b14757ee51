import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { lineOf, ofPaid } from '../defaults/subsidy-line.ts';
import { folderOf } from '../folder.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';

const folder = folderOf(
  'sichuan-ip',
  {
    title: '《四川省知识产权质押融资补贴政策》',
    issuers: ['四川省知识产权服务促进中心'],
    issuedOn: '2022-01-01',
    effectiveFrom: '2022-01-01',
    effectiveFromConfirmed: false,
    source: '公开报道整理；文号、条款序号和施行日期未见，暂按 2022 年 1 月 1 日',
  },
  '条款待核（条款序号未见）',
);
const { code, since, unseen } = folder;

const half = (kind: 'interest' | 'guaranteeFee' | 'valuationFee' | 'premium', label: string, source: string) =>
  lineOf(folder, kind, {
    amount: since(ofPaid(label, '50'), unseen(source.includes('示例') ? 'A' : 'F', source)),
    cases: [
      {
        says: `${label} 3 万元，补一半`,
        on: '2023-06-01',
        input: { paid: '30000.00' },
        expected: { row: label, counted: '30000.00', amount: '15000.00' },
      },
    ],
  });

const caps = subsidyCaps({
  id: `${code}.caps`,
  title: '补贴限额',
  versions: since(
    {
      caps: [
        { label: '贴息限额', per: 'year', kinds: ['interest'], amount: '500000.00' },
        { label: '担保费限额', per: 'year', kinds: ['guaranteeFee'], amount: '200000.00' },
        { label: '评估费每笔限额', per: 'line', kinds: ['valuationFee'], amount: '30000.00' },
        { label: '评估费限额', per: 'year', kinds: ['valuationFee'], amount: '100000.00' },
        { label: '保费限额', per: 'year', kinds: ['premium'], amount: '200000.00' },
      ],
      withOtherMoneyPercent: '100',
    },
    unseen('F', '担保费每年 20 万元，评估费每笔 3 万元、每年 10 万元；利息、保费限额和合计限制为示例'),
  ),
  cases: [
    {
      says: '担保费应补 25 万元，按 20 万元；四笔评估费各 3 万元，全年 10 万元',
      on: '2023-06-01',
      input: {
        lines: [
          { kind: 'guaranteeFee', cost: '500000.00', amount: '250000.00' },
          ...Array.from({ length: 4 }, () => ({ kind: 'valuationFee' as const, cost: '80000.00', amount: '40000.00' })),
        ],
      },
      expected: ['200000.00', '25000.00', '25000.00', '25000.00', '25000.00'],
    },
  ],
});

/** 四川: the four costs of a loan on intellectual property. */
export const sichuanIp = schemeOf(folder, {
  region: { names: ['四川省', '四川'], places: ['成都市', '绵阳市', '德阳市', '宜宾市'], elsewhere: '重庆市渝北区' },
  holder: titleHolder(folder, ['nationalHighTech', 'techSme', 'specializedNew'], unseen('A', '具体资质为示例'), {
    on: 'signedOn',
  }),
  caps,
  lines: {
    interest: half('interest', '利息', '利息的补贴比例未见，50% 为示例'),
    guaranteeFee: half('guaranteeFee', '担保费', '担保费补贴 50%'),
    valuationFee: half('valuationFee', '评估费', '评估费补贴 50%'),
    premium: half('premium', '保证保险费', '保险费的补贴比例未见，50% 为示例'),
  },
});
