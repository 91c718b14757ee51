import { partlyKnownPolicy } from '../defaults/policy.ts';
import { folderOf } from '../folder.ts';
import { lossCaps } from '../kinds/loss-caps.ts';
import { lossShares } from '../kinds/loss-shares.ts';

const folder = folderOf(
  'xiamen-kexindai',
  {
    title: '《厦门市“科信贷”业务管理办法》',
    issuers: ['厦门市科学技术局'],
    issuedOn: '2020-01-01',
    effectiveFrom: '2020-01-01',
    effectiveFromConfirmed: false,
    source: '原文未见，依同类办法的公开比较；文件名称、印发和施行日期未见，暂按 2020 年首日',
  },
  '条款待核（原文未见）',
);
const { code, since, unseen } = folder;
const answer = (pool: string, bank: string) => [
  { bearer: 'pool', amount: pool },
  { bearer: 'bank', amount: bank },
];

const shares = lossShares({
  id: `${code}.lossShares`,
  title: '风险分担比例',
  versions: since(
    {
      shares: [
        { bearer: 'pool', label: '风险补偿资金', percent: '70' },
        { bearer: 'bank', label: '合作银行', percent: 'rest' },
      ],
    },
    unseen('F', '资金池承担 70%；其余由银行承担为示例'),
  ),
  cases: [
    {
      says: '100 万元损失，资金池 70 万元',
      on: '2026-10-15',
      input: { loss: '1000000.00' },
      expected: answer('700000.00', '300000.00'),
    },
  ],
});

const caps = lossCaps({
  id: `${code}.lossCaps`,
  title: '累计净补偿上限',
  versions: since(
    {
      caps: [{ of: ['pool'], scope: 'poolNet', amount: '30000000.00', fallsOn: { code: 'bank', label: '合作银行' } }],
    },
    unseen('F', '累计净补偿不超过 3000 万元；超出部分由银行承担为示例'),
  ),
  cases: [
    {
      says: '累计补偿 3100 万元、已追回 150 万元，净额 2950 万元，只再补 50 万元',
      on: '2026-10-15',
      input: { parts: answer('700000.00', '300000.00'), used: { poolNet: '29500000.00' } },
      expected: answer('500000.00', '500000.00'),
    },
    {
      says: '追回 100 万元后净额降低，可以全额补偿',
      on: '2026-10-15',
      input: { parts: answer('700000.00', '300000.00'), used: { poolNet: '28500000.00' } },
      expected: answer('700000.00', '300000.00'),
    },
  ],
});

/** 厦门科信贷. */
export const xiamenKexindai = partlyKnownPolicy(folder, { lossShares: shares, lossCaps: caps });
