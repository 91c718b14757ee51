import { byClass, lineOf, ofPaid, SAME_YEAR } from '../defaults/subsidy-line.ts';
import type { SubsidyAmount } from '../kinds/subsidy-amount.ts';
import type { SchemeLine } from '../scheme.ts';
import { article2023, example, FROM_2020, FROM_2021, FROM_2023, folder, of2020, of2021 } from './document.ts';

const HALF_OF_INTEREST = ofPaid('利息', '50');
/** Half of the interest, as at most at 1.4 times the one-year LPR. */
const CAPPED_INTEREST: SubsidyAmount = {
  rows: [{ label: '利息', counts: { of: 'interest', atMost: { lprTimes: '1.4' } }, percent: '50' }],
  lpr: { tenor: '1Y', anchor: 'atSigning' },
  rounding: { unit: '分', mode: 'halfUp' },
};
const PARTNERS = { partnerOnly: true };
const PARTNER_ONLY = of2021('申报条件第 4 项');
const PARTNER_CASES = [
  { says: '合作机构办理的业务', on: '2026-09-01', input: { partner: true }, expected: { against: [], unknown: [] } },
  {
    says: '不是合作机构办理的不补贴',
    on: '2026-09-01',
    input: { partner: false },
    expected: { against: ['partner' as const], unknown: [] },
  },
  {
    says: '是否合作机构未核实的，如实列出',
    on: '2026-09-01',
    input: {},
    expected: { against: [], unknown: ['partner' as const] },
  },
];

const OF_2020 = { ...of2020, confirmed: false, source: '2020 年通知未限定贷款机构和笔数' };

const interestOf2020 = lineOf(folder, 'interest', {
  amount: [
    { effectiveFrom: FROM_2020!, value: HALF_OF_INTEREST, citation: of2020 },
    {
      effectiveFrom: FROM_2021!,
      value: CAPPED_INTEREST,
      citation: example('2021', '实际支付利息的 50%、利率最高按 LPR 的 1.4 倍计为示例'),
    },
    {
      effectiveFrom: FROM_2023!,
      value: CAPPED_INTEREST,
      citation: { ...article2023('第二条'), source: '补助利息见第二条；50%、利率最高按 LPR 的 1.4 倍计为示例' },
    },
  ],
  cases: [
    {
      says: '2020 年：付息 62,050.00 元，按实际利率贴一半',
      on: '2020-09-01',
      input: { paid: '62050.00', annualRate: '4.35' },
      expected: { row: '利息', counted: '62050.00', amount: '31025.00' },
    },
    {
      says: '2026 年：利率 3.65% 低于 LPR 的 1.4 倍（4.2%），按实付利息的一半',
      on: '2026-09-01',
      input: { paid: '52122.00', annualRate: '3.65', lpr: '3.00' },
      expected: { row: '利息', counted: '52122.00', amount: '26061.00' },
    },
    {
      says: '2026 年：利率 6%，只按 4.2% 计：六万元利息计四万二千元，贴二万一千元',
      on: '2026-09-01',
      input: { paid: '60000.00', annualRate: '6', lpr: '3.00' },
      expected: { row: '利息', counted: '42000.00', amount: '21000.00' },
    },
  ],
  allowed: { value: {}, citation: OF_2020 },
  // What comes after the last batch counts as the next year's, so that interest of the year before may still be claimed.
  period: {
    value: { ...SAME_YEAR, from: { yearsBefore: 1, monthDay: '01-01' } },
    citation: example('2021', '按上年和申报年度内的付息凭证计算为示例'),
  },
  periodCases: [
    {
      says: '上年付的利息可以',
      on: '2026-09-01',
      input: { year: 2026, dates: { paidOn: '2025-01-01' } },
      expected: null,
    },
    {
      says: '前年付的利息不可以',
      on: '2026-09-01',
      input: { year: 2026, dates: { paidOn: '2024-12-31' } },
      expected: 'early',
    },
  ],
  interestMonths: 12,
});

/** From 2021 on, as every kind of cost, only what a cooperating institution lent. */
export const interest: SchemeLine = {
  ...interestOf2020,
  allowed: {
    ...interestOf2020.allowed,
    versions: [
      { effectiveFrom: FROM_2020!, value: {}, citation: OF_2020 },
      { effectiveFrom: FROM_2021!, value: PARTNERS, citation: PARTNER_ONLY },
    ],
    cases: [
      {
        says: '2020 年不限贷款银行',
        on: '2020-09-01',
        input: { partner: false },
        expected: { against: [], unknown: [] },
      },
      ...PARTNER_CASES,
    ],
  },
};

export const guaranteeFee = lineOf(folder, 'guaranteeFee', {
  amount: [
    {
      effectiveFrom: FROM_2021!,
      value: ofPaid('担保费', '50'),
      citation: example('2021', '担保费 50% 参照四川省做法，为示例'),
    },
    {
      effectiveFrom: FROM_2023!,
      value: ofPaid('担保费', '50'),
      citation: { ...article2023('第二条'), source: '补助担保费见第二条；50% 参照四川省做法，为示例' },
    },
  ],
  cases: [
    {
      says: '担保费 3 万元，补一半',
      on: '2026-09-01',
      input: { paid: '30000.00' },
      expected: { row: '担保费', counted: '30000.00', amount: '15000.00' },
    },
  ],
  allowed: { value: PARTNERS, citation: PARTNER_ONLY },
  allowedCases: PARTNER_CASES,
});

export const valuationFee = lineOf(folder, 'valuationFee', {
  amount: [
    {
      effectiveFrom: FROM_2021!,
      value: ofPaid('评估费', '50'),
      citation: example('2021', '评估费 50% 参照四川省做法，为示例'),
    },
    {
      effectiveFrom: FROM_2023!,
      value: ofPaid('评估费', '50'),
      citation: { ...article2023('第二条'), source: '补助知识产权评估费见第二条；50% 参照四川省做法，为示例' },
    },
  ],
  cases: [
    {
      says: '评估费 4.5 万元，补一半（每笔上限另计）',
      on: '2026-09-01',
      input: { paid: '45000.00' },
      expected: { row: '评估费', counted: '45000.00', amount: '22500.00' },
    },
  ],
  allowed: { value: PARTNERS, citation: PARTNER_ONLY },
  allowedCases: PARTNER_CASES,
});

/** The readable text of 2023 does not name insurance: it rests on this clause of its own. */
export const premium = lineOf(folder, 'premium', {
  amount: [
    {
      effectiveFrom: FROM_2021!,
      value: byClass(
        [
          { class: 'I', label: 'Ⅰ类险种', percent: '50' },
          { class: 'II', label: 'Ⅱ类险种', percent: '30' },
          { class: 'III', label: 'Ⅲ类险种', percent: '10' },
        ],
        'halfEven',
      ),
      citation: example(
        '2021',
        '补贴科技保险见 2022 年 9 月申报通知；50%、30%、10% 参照合肥市 2023 年做法，尾数按 GB/T 8170—2008 修约，为示例；2023 年办法可读部分未提及保险',
      ),
    },
  ],
  cases: [
    {
      says: 'Ⅰ类保费 357,165.96 元，补 50%',
      on: '2026-09-01',
      input: { class: 'I', paid: '357165.96' },
      expected: { row: 'Ⅰ类险种', counted: '357165.96', amount: '178582.98' },
    },
    {
      says: 'Ⅱ类保费 123,696.06 元，补 30%：37,108.818 元修约为 37,108.82 元',
      on: '2026-09-01',
      input: { class: 'II', paid: '123696.06' },
      expected: { row: 'Ⅱ类险种', counted: '123696.06', amount: '37108.82' },
    },
    {
      says: 'Ⅰ类保费 348,736.25 元，一半是 174,368.125 元，五前为偶数的舍去',
      on: '2026-09-01',
      input: { class: 'I', paid: '348736.25' },
      expected: { row: 'Ⅰ类险种', counted: '348736.25', amount: '174368.12' },
    },
    {
      says: 'Ⅲ类保费 1 万元，补 10%',
      on: '2026-09-01',
      input: { class: 'III', paid: '10000.00' },
      expected: { row: 'Ⅲ类险种', counted: '10000.00', amount: '1000.00' },
    },
  ],
  allowed: {
    value: {
      classes: [
        { code: 'I', label: 'Ⅰ类险种（研发责任、研发费用损失、关键研发设备等）' },
        { code: 'II', label: 'Ⅱ类险种（产品责任、产品质量保证、团体健康等）' },
        { code: 'III', label: 'Ⅲ类险种（企业财产、雇主责任等）' },
      ],
      partnerOnly: true,
    },
    citation: { ...PARTNER_ONLY, confirmed: false, source: '合作机构见 2022 年 9 月申报通知；险种分类为示例' },
  },
  allowedCases: [
    {
      says: '合作保险公司的Ⅰ类险种',
      on: '2026-09-01',
      input: { class: 'I', partner: true },
      expected: { against: [], unknown: [] },
    },
    {
      says: '车险不在补贴范围内',
      on: '2026-09-01',
      input: { class: 'motor', partner: true },
      expected: { against: ['class'], unknown: [] },
    },
  ],
});
