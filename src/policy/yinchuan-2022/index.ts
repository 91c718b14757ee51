import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { lineOf, ofPaid } from '../defaults/subsidy-line.ts';
import { folderOf } from '../folder.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';

const folder = folderOf(
  'yinchuan-2022',
  {
    title: '《银川市高新技术企业和科技小巨人企业研发后补助政策》（2022 年）',
    issuers: ['银川市科学技术局', '银川市财政局'],
    issuedOn: '2022-01-01',
    effectiveFrom: '2022-01-01',
    effectiveFromConfirmed: false,
    source: '2022 年公开的申报通知；文号、条款序号和施行日期未见，暂按当年 1 月 1 日',
  },
  '条款待核（条款序号未见）',
);
const { code, since, unseen } = folder;

const rndProject = lineOf(folder, 'rndProject', {
  amount: since(ofPaid('研发投入', '20'), unseen('A', '首次认定后两年内每年补助一个研发项目；比例未见，20% 为示例')),
  cases: [
    {
      says: '项目研发投入 80 万元，补 16 万元',
      on: '2023-06-01',
      input: { paid: '800000.00' },
      expected: { row: '研发投入', counted: '800000.00', amount: '160000.00' },
    },
  ],
  allowed: { value: { mostPerYear: 1 }, citation: unseen('F', '每年补助一个项目') },
  allowedCases: [
    { says: '当年第一个项目', on: '2023-06-01', input: { linesBefore: 0 }, expected: { against: [], unknown: [] } },
    {
      says: '当年第二个项目不补助',
      on: '2023-06-01',
      input: { linesBefore: 1 },
      expected: { against: ['tooMany'], unknown: [] },
    },
  ],
});

const caps = subsidyCaps({
  id: `${code}.caps`,
  title: '补助限额',
  versions: since(
    {
      caps: [
        {
          label: '每户累计限额',
          per: 'lifetime',
          kinds: ['rndProject'],
          amount: '300000.00',
          unless: [{ label: '国家高新技术企业', when: [{ titles: ['nationalHighTech'] }], amount: '500000.00' }],
        },
      ],
      withOtherMoneyPercent: '100',
    },
    unseen('F', '累计补助：高新技术企业 50 万元，科技小巨人企业 30 万元；与其他财政资金合计的限制为示例'),
  ),
  cases: [
    {
      says: '高新技术企业，上年已补 38 万元，还能补 12 万元',
      on: '2023-06-01',
      input: {
        lines: [
          { kind: 'rndProject', cost: '800000.00', amount: '160000.00', facts: { titles: ['nationalHighTech'] } },
        ],
        earlier: [{ kind: 'rndProject', thisYear: false, amount: '380000.00' }],
      },
      expected: ['120000.00'],
    },
    {
      says: '科技小巨人企业，上年已补 30 万元，不再补',
      on: '2023-06-01',
      input: {
        lines: [{ kind: 'rndProject', cost: '800000.00', amount: '160000.00', facts: { titles: ['techLittleGiant'] } }],
        earlier: [{ kind: 'rndProject', thisYear: false, amount: '300000.00' }],
      },
      expected: ['0.00'],
    },
  ],
});

/** 银川 2022: research subsidised afterwards, a project a year for two years after first recognition. */
export const yinchuan2022 = schemeOf(folder, {
  region: {
    names: ['宁夏回族自治区银川市', '银川市'],
    places: ['兴庆区', '金凤区', '西夏区', '永宁县', '贺兰县', '灵武市'],
    elsewhere: '石嘴山市平罗县',
  },
  holder: titleHolder(
    folder,
    ['nationalHighTech', 'techLittleGiant'],
    unseen('F', '首次认定的高新技术企业、科技小巨人企业，认定后两年内'),
    { withinMonthsOfRecognition: 24 },
  ),
  caps,
  lines: { rndProject },
});
