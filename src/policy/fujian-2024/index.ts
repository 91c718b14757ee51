import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { byClass, lineOf } from '../defaults/subsidy-line.ts';
import { folderOf } from '../folder.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';

const folder = folderOf(
  'fujian-2024',
  {
    title: '《关于进一步加强科技保险有关工作的通知》',
    issuers: ['福建省科学技术厅', '福建省工业和信息化厅', '福建金融监管局'],
    issuedOn: '2024-07-05',
    effectiveFrom: '2024-07-05',
    effectiveFromConfirmed: false,
    source: '福建日报 2024 年 7 月 5 日报道；文号、条款序号未见，印发和施行日期暂按报道日',
  },
  '条款待核（条款序号未见）',
);
const { code, since, unseen } = folder;
const REPORT = '福建日报 2024 年 7 月 5 日';

const premium = lineOf(folder, 'premium', {
  amount: since(
    byClass(
      [
        { class: 'A', label: 'A 类险种', percent: '50' },
        { class: 'B', label: 'B 类险种', percent: '10' },
      ],
      'halfUp',
    ),
    unseen('F', `${REPORT}：A 类险种补贴比例提高至 50%；B 类险种（产品责任保险）10%`),
  ),
  cases: [
    {
      says: '研发中断保险（A 类）保费 8 万元，补 4 万元',
      on: '2024-09-01',
      input: { class: 'A', paid: '80000.00' },
      expected: { row: 'A 类险种', counted: '80000.00', amount: '40000.00' },
    },
    {
      says: '产品责任保险（B 类）保费 8 万元，补 0.8 万元',
      on: '2024-09-01',
      input: { class: 'B', paid: '80000.00' },
      expected: { row: 'B 类险种', counted: '80000.00', amount: '8000.00' },
    },
  ],
  allowed: {
    value: {
      classes: [
        { code: 'A', label: 'A 类险种（关键研发设备、产品质量保证、研发责任、研发中断、成果转化费用损失等九种）' },
        { code: 'B', label: 'B 类险种（产品责任保险）' },
      ],
    },
    citation: unseen('F', REPORT),
  },
  allowedCases: [
    {
      says: '不在十个险种内的不补贴',
      on: '2024-09-01',
      input: { class: 'property' },
      expected: { against: ['class'], unknown: [] },
    },
  ],
});

const caps = subsidyCaps({
  id: `${code}.caps`,
  title: '补贴限额',
  versions: since(
    {
      caps: [{ label: '保费限额', per: 'year', kinds: ['premium'], amount: '500000.00' }],
      withOtherMoneyPercent: '100',
    },
    unseen('F', `${REPORT}：每户每年由 20 万元提高至 50 万元；与其他财政资金合计的限制为示例`),
  ),
  cases: [
    {
      says: 'A 类应补 48 万元、B 类应补 4 万元，合计 50 万元',
      on: '2024-09-01',
      input: {
        lines: [
          { kind: 'premium', cost: '960000.00', amount: '480000.00' },
          { kind: 'premium', cost: '400000.00', amount: '40000.00' },
        ],
      },
      expected: ['461538.46', '38461.54'],
    },
  ],
});

/** 福建 2024: ten kinds of insurance in two classes. */
export const fujian2024 = schemeOf(folder, {
  region: { names: ['福建省', '福建'], places: ['福州市', '泉州市', '漳州市', '莆田市'], elsewhere: '江西省南昌市' },
  holder: titleHolder(
    folder,
    [
      ...(['nationalHighTech', 'techSme', 'advancedService', 'gazelle', 'chainLeader'] as const),
      ...(['specializedNewGiant', 'innovativeSme', 'specializedNew'] as const),
    ],
    unseen('F', REPORT),
    { on: 'startsOn' },
  ),
  caps,
  lines: { premium },
});
