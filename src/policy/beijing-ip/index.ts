import { schemeOf } from '../defaults/subsidy.ts';
import { titleHolder } from '../defaults/subsidy-holder.ts';
import { lineOf } from '../defaults/subsidy-line.ts';
import { folderOf } from '../folder.ts';
import { subsidyCaps } from '../kinds/subsidy-caps.ts';

const folder = folderOf(
  'beijing-ip',
  {
    title: '《关于建立实施中关村知识产权质押融资成本分担和风险补偿机制的若干措施》',
    issuers: ['北京市科学技术委员会', '中关村科技园区管理委员会', '北京市知识产权局'],
    issuedOn: '2021-03-01',
    effectiveFrom: '2021-03-01',
    effectiveFromConfirmed: false,
    source: '2021 年 3 月印发；北京市人民政府网站 2021 年 5 月 18 日政策问答；条款序号未见，日期暂按当月 1 日',
  },
  '条款待核（条款序号未见）',
);
const { code, since, unseen } = folder;

const interest = lineOf(folder, 'interest', {
  amount: since(
    {
      rows: [{ label: '质押贷款利息', counts: { of: 'interest', atMost: { lprTimes: '1.4' } }, percent: '40' }],
      lpr: { tenor: '1Y', anchor: 'atSigning' },
      ipShareOnly: true,
      rounding: { unit: '分', mode: 'halfUp' },
    },
    unseen('F', '利率上浮不超过同期一年期 LPR 的 40%，按实际利息的 40% 贴息；混合质押只计知识产权部分'),
  ),
  cases: [
    {
      says: '纯知识产权质押，利率 4% 未超 LPR 的 1.4 倍，利息 10 万元贴 4 万元',
      on: '2026-06-01',
      input: { paid: '100000.00', annualRate: '4', lpr: '3.00', ipShare: '100' },
      expected: { row: '质押贷款利息', counted: '100000.00', amount: '40000.00' },
    },
    {
      says: '利率 5%，最高按 4.2% 计：10 万元利息只计 8.4 万元',
      on: '2026-06-01',
      input: { paid: '100000.00', annualRate: '5', lpr: '3.00', ipShare: '100' },
      expected: { row: '质押贷款利息', counted: '84000.00', amount: '33600.00' },
    },
    {
      says: '混合质押，知识产权占 60%，只计 60%',
      on: '2026-06-01',
      input: { paid: '100000.00', annualRate: '4', lpr: '3.00', ipShare: '60' },
      expected: { row: '质押贷款利息', counted: '60000.00', amount: '24000.00' },
    },
  ],
});

const RETAINED = { titles: ['specializedNew', 'specializedNewGiant'] };

const premium = lineOf(folder, 'premium', {
  amount: since(
    {
      rows: [
        { label: '首次投保', when: [{ ordinal: { from: 1, to: 1 } }], counts: { of: 'paid' }, percent: '100' },
        {
          label: '专精特新企业再次投保',
          when: [{ ordinal: { from: 2, to: 2 }, ...RETAINED }],
          counts: { of: 'paid' },
          percent: '90',
        },
        { label: '再次投保', when: [{ ordinal: { from: 2, to: 2 } }], counts: { of: 'paid' }, percent: '80' },
      ],
      rounding: { unit: '分', mode: 'halfUp' },
    },
    unseen('F', '北京市知识产权保险试点：首次投保全额，第二次 80% 或 90%；两档如何区分未见，为示例'),
  ),
  cases: [
    {
      says: '第一次投保，全额',
      on: '2026-06-01',
      input: { paid: '20000.00', ordinal: 1, titles: ['nationalHighTech'] },
      expected: { row: '首次投保', counted: '20000.00', amount: '20000.00' },
    },
    {
      says: '专精特新企业第二次投保，90%',
      on: '2026-06-01',
      input: { paid: '20000.00', ordinal: 2, titles: ['specializedNew'] },
      expected: { row: '专精特新企业再次投保', counted: '20000.00', amount: '18000.00' },
    },
    {
      says: '其他企业第二次投保，80%',
      on: '2026-06-01',
      input: { paid: '20000.00', ordinal: 2, titles: ['nationalHighTech'] },
      expected: { row: '再次投保', counted: '20000.00', amount: '16000.00' },
    },
  ],
});

const caps = subsidyCaps({
  id: `${code}.caps`,
  title: '补贴限额',
  versions: since(
    {
      caps: [{ label: '贴息限额', per: 'year', kinds: ['interest'], amount: '500000.00' }],
      withOtherMoneyPercent: '100',
    },
    unseen('F', '单家企业年度利息补贴不超过 50 万元；与其他财政资金合计的限制为示例'),
  ),
  cases: [
    {
      says: '应贴 60 万元，按 50 万元；保费不占贴息限额',
      on: '2026-06-01',
      input: {
        lines: [
          { kind: 'interest', cost: '1500000.00', amount: '600000.00' },
          { kind: 'premium', cost: '20000.00', amount: '20000.00' },
        ],
      },
      expected: ['500000.00', '20000.00'],
    },
  ],
});

/** 北京 (中关村): intellectual-property pledges and insurance. */
export const beijingIp = schemeOf(folder, {
  region: { names: ['北京市', '北京'], places: ['海淀区', '朝阳区', '丰台区', '石景山区'], elsewhere: '河北省廊坊市' },
  holder: titleHolder(
    folder,
    ['nationalHighTech', 'techSme', 'specializedNew', 'specializedNewGiant'],
    unseen('A', '面向年收入 2 亿元及以下的科技型中小微企业；具体资质为示例'),
    { on: 'signedOn' },
  ),
  caps,
  lines: { interest, premium },
});
