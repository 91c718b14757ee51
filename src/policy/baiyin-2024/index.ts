import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { lineOf, ofPaid } from '../defaults/subsidy-line.ts';
import { PRO_RATA_CASES } from '../defaults/subsidy-way.ts';
import { folderOf } from '../folder.ts';
import { subsidyBudget } from '../kinds/subsidy-budget.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';

const folder = folderOf(
  'baiyin-2024',
  {
    title: '《科技保险保费补贴工作暂行办法》',
    issuers: ['白银高新技术产业开发区管理委员会'],
    issuedOn: '2024-11-28',
    effectiveFrom: '2024-11-28',
    effectiveFromConfirmed: false,
    source: '白银高新区管委会 2024 年 11 月 28 日公开报道；条款序号未见，施行日期暂按报道日',
  },
  '条款待核（条款序号未见）',
);
const { code, since, unseen } = folder;

const premium = lineOf(folder, 'premium', {
  amount: since(ofPaid('保费', '50'), unseen('F', '按实际保费支出最高不超过 50% 补贴')),
  cases: [
    {
      says: '保费 6 万元，补 3 万元',
      on: '2025-06-01',
      input: { paid: '60000.00' },
      expected: { row: '保费', counted: '60000.00', amount: '30000.00' },
    },
  ],
});

const caps = subsidyCaps({
  id: `${code}.caps`,
  title: '补贴限额',
  versions: since(
    { caps: [{ label: '每户限额', per: 'year', amount: '50000.00' }], withOtherMoneyPercent: '100' },
    unseen('F', '单家企业每年最高 5 万元；与其他财政资金合计的限制为示例'),
  ),
  cases: [
    {
      says: '两份保单应补 4 万元和 4 万元，合计 5 万元',
      on: '2025-06-01',
      input: {
        lines: [
          { kind: 'premium', cost: '80000.00', amount: '40000.00' },
          { kind: 'premium', cost: '80000.00', amount: '40000.00' },
        ],
      },
      expected: ['25000.00', '25000.00'],
    },
  ],
});

const budget = subsidyBudget({
  id: `${code}.budget`,
  title: '预算控制',
  versions: since(
    { mode: 'proRata', rest: 'lapses', partial: true, leastBudget: '500000.00' },
    unseen('F', '年度预算不低于 50 万元；超出预算时按比例核减为示例'),
  ),
  cases: PRO_RATA_CASES,
});

/** 白银高新区 2024: premiums of the high-tech zone. */
export const baiyin2024 = schemeOf(folder, {
  region: {
    names: ['甘肃省白银市', '白银市'],
    places: ['白银高新区', '白银高新技术产业开发区', '白银区'],
    elsewhere: '甘肃省兰州市',
  },
  holder: titleHolder(
    folder,
    [
      ...(['nationalHighTech', 'provincialInnovative', 'techSme'] as const),
      ...(['innovativeSme', 'specializedNew', 'specializedNewGiant'] as const),
    ],
    unseen('F', '重点涵盖国家高新技术企业、省级科技创新型企业、科技型中小企业、创新型和专精特新企业'),
  ),
  ...{ caps, budget },
  lines: { premium },
});
