import { schemeOf } from '../defaults/subsidy.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';
import { example, FROM_2020, FROM_2021, folder, of2020 } from './document.ts';
import { gate, holder, standing } from './eligibility.ts';
import { guaranteeFee, interest, premium, valuationFee } from './lines.ts';

const INTEREST = { label: '贴息限额', per: 'year' as const, kinds: ['interest' as const], amount: '500000.00' };

const caps = subsidyCaps({
  id: `${folder.code}.caps`,
  title: '补贴限额',
  versions: [
    { effectiveFrom: FROM_2020!, value: { caps: [INTEREST], withOtherMoneyPercent: '100' }, citation: of2020 },
    {
      effectiveFrom: FROM_2021!,
      value: {
        caps: [
          INTEREST,
          { label: '担保费限额', per: 'year', kinds: ['guaranteeFee'], amount: '200000.00' },
          { label: '评估费每笔限额', per: 'line', kinds: ['valuationFee'], amount: '30000.00' },
          { label: '评估费限额', per: 'year', kinds: ['valuationFee'], amount: '100000.00' },
          { label: '保费限额', per: 'year', kinds: ['premium'], amount: '300000.00' },
        ],
        withOtherMoneyPercent: '100',
      },
      citation: example(
        '2021',
        '贴息 50 万元沿用 2020 年通知，保费 30 万元参照合肥市，担保费、评估费参照四川省，均为示例',
      ),
    },
  ],
  cases: [
    {
      says: '2020 年：两笔贷款应贴 40 万元和 20 万元，合计按 50 万元比例核减',
      on: '2020-09-01',
      input: {
        lines: [
          { kind: 'interest', cost: '800000.00', amount: '400000.00' },
          { kind: 'interest', cost: '400000.00', amount: '200000.00' },
        ],
      },
      expected: ['333333.33', '166666.67'],
    },
    {
      says: '保费应补 28 万元和 15 万元，合计不超过 30 万元；贴息另计',
      on: '2026-09-01',
      input: {
        lines: [
          { kind: 'premium', cost: '560000.00', amount: '280000.00' },
          { kind: 'premium', cost: '300000.00', amount: '150000.00' },
          { kind: 'interest', cost: '60000.00', amount: '30000.00' },
        ],
      },
      expected: ['195348.84', '104651.16', '30000.00'],
    },
    {
      says: '当年已补保费 25 万元，还能补 5 万元；上年的不占今年的限额',
      on: '2026-09-01',
      input: {
        lines: [{ kind: 'premium', cost: '200000.00', amount: '100000.00' }],
        earlier: [
          { kind: 'premium', thisYear: true, amount: '250000.00' },
          { kind: 'premium', thisYear: false, amount: '300000.00' },
        ],
      },
      expected: ['50000.00'],
    },
    {
      says: '评估费每笔最多 3 万元，全年最多 10 万元',
      on: '2026-09-01',
      input: {
        lines: [
          { kind: 'valuationFee', cost: '80000.00', amount: '40000.00' },
          { kind: 'valuationFee', cost: '40000.00', amount: '20000.00' },
        ],
        earlier: [{ kind: 'valuationFee', thisYear: true, amount: '60000.00' }],
      },
      expected: ['24000.00', '16000.00'],
    },
    {
      says: '保费 10 万元，市里已补 7 万元：本补贴最多 3 万元',
      on: '2026-09-01',
      input: { lines: [{ kind: 'premium', cost: '100000.00', otherMoney: '70000.00', amount: '50000.00' }] },
      expected: ['30000.00'],
    },
  ],
});

/** 宁夏科技金融补助: the notice of 2020 and the schemes of 2021 and 2023 by date; insurance as clauses of its own. */
export const ningxiaTechFinanceSubsidy = schemeOf(folder, {
  region: {
    names: ['宁夏回族自治区', '宁夏'],
    places: ['银川市', '石嘴山市', '吴忠市', '固原市', '中卫市', '宁东'],
    elsewhere: '甘肃省白银市平川区',
    citation: folder.article('第三条第（一）项'),
  },
  ...{ holder, gate, standing, caps },
  lines: { interest, guaranteeFee, valuationFee, premium },
});
