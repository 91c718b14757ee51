import type { SubsidySummaryView } from '../../src/documents/subsidy-views.ts';
import { article, head, REGION, SCHEME } from '../subsidy-application/sample.ts';

const row = (name: string, enterprises: number, demand: string, granted: string, paid: string, clawedBack = '0.00') => {
  return { name, enterprises, demand, granted, paid, clawedBack };
};

export const sample: SubsidySummaryView = {
  ...head('2026年度补贴资金汇总表', '宁科补汇', 1, REGION, '2026-12-31'),
  cites: [article('条款待核（预算条款）')],
  ...{ scheme: SCHEME, year: 2026, asOf: '2026-12-31' },
  sentence: '2026 年 87 家企业获得补贴 1852.9 万元。',
  counts: [
    { name: '申请', value: '96 项' },
    { name: '申请企业', value: '96 户' },
    { name: '获补贴企业', value: '87 户' },
    { name: '不予补贴', value: '9 项' },
  ],
  amounts: [
    { name: '年度预算', amount: '18529000.00' },
    { name: '核定需求', amount: '24361738.02' },
    { name: '安排补贴', amount: '18529000.00' },
    { name: '已拨付', amount: '18529000.00' },
    { name: '退票待重拨', amount: '0.00' },
    { name: '已追回', amount: '0.00' },
  ],
  groups: [
    {
      name: '补贴项目',
      rows: [
        row('科技保险保费补贴', 80, '20361738.02', '15529000.00', '15529000.00'),
        row('贷款贴息', 12, '4000000.00', '3000000.00', '3000000.00'),
      ],
    },
    {
      name: '地区',
      rows: [
        row('银川市金凤区', 60, '20361738.02', '15529000.00', '15529000.00'),
        row('石嘴山市平罗县', 27, '4000000.00', '3000000.00', '3000000.00'),
      ],
    },
  ],
  total: row('合计', 87, '24361738.02', '18529000.00', '18529000.00'),
  notes: ['注：一户企业有多个补贴项目的，各项目分别计户，合计按一户计。'],
};
