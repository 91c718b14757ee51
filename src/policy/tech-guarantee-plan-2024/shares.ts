import { lossCaps } from '../kinds/loss-caps.ts';
import { lossShares } from '../kinds/loss-shares.ts';
import type { LossShares } from '../kinds/loss-shares-value.ts';
import { folder } from './document.ts';

const { code, since, unseen } = folder;

type Row = NonNullable<LossShares['rows']>[number];

/** The national fund's part by the kind of enterprise; the province and the bank at their least, the guarantor the rest. */
function row(label: string, fund: string, when: Row['when']): Row {
  return {
    label,
    when,
    shares: [
      {
        bearer: 'nationalFund',
        label: '国家融资担保基金',
        percent: fund,
        agreeable: { atMost: fund },
        pays: 'own',
        to: 'reguarantor',
      },
      {
        bearer: 'reguarantor',
        label: '省级再担保机构',
        percent: '20',
        agreeable: { atLeast: '20' },
        to: 'guarantor',
      },
      { bearer: 'guarantor', label: '担保机构', percent: 'rest' },
      { bearer: 'bank', label: '合作银行', percent: '20', agreeable: { atLeast: '20' } },
    ],
  };
}

export const shares = lossShares({
  id: `${code}.lossShares`,
  title: '风险分担比例',
  versions: since(
    {
      rows: [
        row('专精特新「小巨人」、专精特新中小企业、承担国家科技项目的中小企业', '40', [
          { titles: ['specializedNewGiant', 'specializedNew'] },
          { projectKinds: ['nationalProject'] },
        ]),
        row('高新技术企业、依托「创新积分制」筛选的科技型中小企业', '35', [
          { titles: ['nationalHighTech', 'innovationPoints'] },
        ]),
        row('科技型中小企业、创新型中小企业', '30', [{ titles: ['techSme', 'innovativeSme'] }]),
      ],
    },
    unseen(
      'A',
      '银行不低于 20%、担保体系不高于 80%，国家融资担保基金按企业类型 40%、35%、30%，省级再担保机构不低于 20%，见公开报道；各档对应的企业类型为示例',
    ),
  ),
  cases: [
    {
      says: '专精特新企业 1000 万元损失：基金 40、再担保 20、担保机构 20、银行 20',
      on: '2026-10-15',
      input: { loss: '10000000.00', titles: ['specializedNew', 'nationalHighTech'] },
      expected: [
        { bearer: 'nationalFund', amount: '4000000.00' },
        { bearer: 'reguarantor', amount: '2000000.00' },
        { bearer: 'guarantor', amount: '2000000.00' },
        { bearer: 'bank', amount: '2000000.00' },
      ],
    },
    {
      says: '高新技术企业：基金 35，担保机构 25',
      on: '2026-10-15',
      input: { loss: '10000000.00', titles: ['nationalHighTech'], projectKinds: [] },
      expected: [
        { bearer: 'nationalFund', amount: '3500000.00' },
        { bearer: 'reguarantor', amount: '2000000.00' },
        { bearer: 'guarantor', amount: '2500000.00' },
        { bearer: 'bank', amount: '2000000.00' },
      ],
    },
    {
      says: '科技型中小企业：基金 30；银行约定承担 30，担保机构相应减为 20',
      on: '2026-10-15',
      input: { loss: '10000000.00', titles: ['techSme'], projectKinds: [], agreed: { bank: '30' } },
      expected: [
        { bearer: 'nationalFund', amount: '3000000.00' },
        { bearer: 'reguarantor', amount: '2000000.00' },
        { bearer: 'guarantor', amount: '2000000.00' },
        { bearer: 'bank', amount: '3000000.00' },
      ],
    },
  ],
});

export const caps = lossCaps({
  id: `${code}.lossCaps`,
  title: '代偿率上限',
  versions: since(
    {
      caps: [
        {
          of: ['nationalFund'],
          scope: 'guarantorYear',
          percent: '5',
          base: 'guaranteedInYear',
          fallsOn: { code: 'guarantor', label: '担保机构' },
        },
      ],
    },
    unseen(
      'A',
      '代偿率上限 5%，见公开报道；以当年解除担保责任金额为基数、约束国家融资担保基金、超过部分由担保机构承担均为示例',
    ),
  ),
  cases: [
    {
      says: '当年解除责任 1 亿元，上限 500 万元，已代偿 400 万元，本笔基金只再承担 100 万元',
      on: '2026-10-15',
      input: {
        parts: [
          { bearer: 'nationalFund', amount: '4000000.00' },
          { bearer: 'reguarantor', amount: '2000000.00' },
          { bearer: 'guarantor', amount: '2000000.00' },
          { bearer: 'bank', amount: '2000000.00' },
        ],
        used: { guarantorYear: '4000000.00' },
        bases: { guaranteedInYear: '100000000.00' },
      },
      expected: [
        { bearer: 'nationalFund', amount: '1000000.00' },
        { bearer: 'reguarantor', amount: '2000000.00' },
        { bearer: 'guarantor', amount: '5000000.00' },
        { bearer: 'bank', amount: '2000000.00' },
      ],
    },
  ],
});
