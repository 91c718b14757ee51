import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { byClass, lineOf } from '../defaults/subsidy-line.ts';
import { folderOf } from '../folder.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';

const folder = folderOf(
  'hefei-2023',
  {
    title: '《合肥市科技保险补贴政策》（2023 年）',
    issuers: ['合肥市科学技术局'],
    issuedOn: '2023-01-01',
    effectiveFrom: '2023-01-01',
    effectiveFromConfirmed: false,
    source: '2023 年公开的申报通知；文号、条款序号和施行日期未见，暂按当年 1 月 1 日',
  },
  '条款待核（条款序号未见）',
);
const { code, since, unseen } = folder;

const CLASSES = [
  { code: 'I', label: '一类险种' },
  { code: 'II', label: '二类险种' },
  { code: 'III', label: '三类险种' },
];

const premium = lineOf(folder, 'premium', {
  amount: since(
    byClass(
      [
        { class: 'I', label: '一类险种', percent: '50' },
        { class: 'II', label: '二类险种', percent: '30' },
        { class: 'III', label: '三类险种', percent: '10' },
      ],
      'halfUp',
    ),
    unseen('F', '2023 年：一、二、三类险种按实际保费的 50%、30%、10% 补贴'),
  ),
  cases: [
    {
      says: '一类保费 10 万元，补 5 万元',
      on: '2023-06-01',
      input: { class: 'I', paid: '100000.00' },
      expected: { row: '一类险种', counted: '100000.00', amount: '50000.00' },
    },
    {
      says: '三类保费 10 万元，补 1 万元',
      on: '2023-06-01',
      input: { class: 'III', paid: '100000.00' },
      expected: { row: '三类险种', counted: '100000.00', amount: '10000.00' },
    },
  ],
  allowed: { value: { classes: CLASSES, leastMonths: 12 }, citation: unseen('F', '保险期限不少于一年') },
  allowedCases: [
    {
      says: '一年期保单可以',
      on: '2023-06-01',
      input: { class: 'I', termMonths: 12 },
      expected: { against: [], unknown: [] },
    },
    {
      says: '半年期保单不可以',
      on: '2023-06-01',
      input: { class: 'I', termMonths: 6 },
      expected: { against: ['tooShort'], unknown: [] },
    },
  ],
});

const caps = subsidyCaps({
  id: `${code}.caps`,
  title: '补贴限额',
  versions: since(
    {
      caps: [{ label: '保费限额', per: 'year', kinds: ['premium'], amount: '300000.00' }],
      withOtherMoneyPercent: '100',
    },
    unseen('F', '2023 年：每户每年最高 30 万元；与其他财政资金合计的限制为示例'),
  ),
  cases: [
    {
      says: '应补 35 万元，按 30 万元',
      on: '2023-06-01',
      input: { lines: [{ kind: 'premium', cost: '700000.00', amount: '350000.00' }] },
      expected: ['300000.00'],
    },
  ],
});

/** 合肥 2023: insurance premiums by three classes. */
export const hefei2023 = schemeOf(folder, {
  region: { names: ['安徽省合肥市', '合肥市'], places: ['高新区', '蜀山区', '包河区'], elsewhere: '安徽省芜湖市' },
  holder: titleHolder(folder, ['nationalHighTech', 'techSme'], unseen('A', '面向科技型企业；具体资质为示例')),
  caps,
  lines: { premium },
});
