import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';
import { folder } from './document.ts';
import { interest, premium } from './lines.ts';

const { code, since, unseen } = folder;

const caps = subsidyCaps({
  id: `${code}.caps`,
  title: '补贴限额',
  versions: since(
    {
      caps: [
        { label: '贴息限额', per: 'year', kinds: ['interest'], amount: '500000.00' },
        {
          label: '（一）（二）（三）类保费限额',
          per: 'year',
          kinds: ['premium'],
          classes: ['1', '2', '3'],
          amount: '100000.00',
        },
        { label: '保费限额', per: 'year', kinds: ['premium'], amount: '500000.00' },
      ],
      withOtherMoneyPercent: '100',
    },
    unseen(
      'F',
      '贴息每年不超过 50 万元；保费每年不超过 50 万元，其中前三类合计不超过 10 万元；与其他财政资金合计的限制为示例',
    ),
  ),
  cases: [
    {
      says: '第一类应补 8 万元、第二类 8 万元，合计 10 万元；第四类另计',
      on: '2023-08-17',
      input: {
        lines: [
          { kind: 'premium', cost: '160000.00', amount: '80000.00', facts: { class: '1' } },
          { kind: 'premium', cost: '160000.00', amount: '80000.00', facts: { class: '2' } },
          { kind: 'premium', cost: '400000.00', amount: '200000.00', facts: { class: '4' } },
        ],
      },
      expected: ['50000.00', '50000.00', '200000.00'],
    },
    {
      says: '前三类 10 万元之后，与第四类 60 万元合计再按 50 万元',
      on: '2023-08-17',
      input: {
        lines: [
          { kind: 'premium', cost: '400000.00', amount: '200000.00', facts: { class: '3' } },
          { kind: 'premium', cost: '1200000.00', amount: '600000.00', facts: { class: '4' } },
        ],
      },
      expected: ['71428.57', '428571.43'],
    },
  ],
});

/** 苏州工业园区 2021: interest by the size of the enterprise and the LPR, premiums by class. */
export const suzhouPark = schemeOf(folder, {
  region: {
    names: ['江苏省苏州市', '苏州市'],
    places: ['苏州工业园区', '工业园区'],
    elsewhere: '江苏省苏州市吴江区',
  },
  holder: titleHolder(
    folder,
    ['techSme', 'nationalHighTech', 'gazelle', 'unicorn', 'talent'],
    unseen('F', '重点支持科技型中小企业、国家高新技术企业、瞪羚、独角兽和科技领军人才企业'),
  ),
  caps,
  lines: { interest, premium },
});
