import { partlyKnownPolicy } from '../defaults/policy.ts';
import { folderOf } from '../folder.ts';
import { cap } from '../kinds/cap.ts';
import { lossShares } from '../kinds/loss-shares.ts';

const folder = folderOf(
  'anhui-4321',
  {
    title: '《安徽省「4321」新型政银担风险分担试点方案》',
    issuers: ['安徽省人民政府金融工作办公室', '安徽省信用担保集团有限公司'],
    issuedOn: '2015-01-01',
    effectiveFrom: '2015-01-01',
    effectiveFromConfirmed: false,
    source: '原文未见，依公开报道（试点自 2014 年底起）；文件名称、印发和施行日期未见，暂按 2015 年首日',
  },
  '条款待核（原文未见）',
);
const { code, since, unseen } = folder;

const shares = lossShares({
  id: `${code}.lossShares`,
  title: '风险分担比例',
  versions: since(
    {
      shares: [
        { bearer: 'guarantor', label: '担保机构', percent: '40' },
        { bearer: 'reguarantor', label: '再担保机构', percent: '30', to: 'guarantor' },
        { bearer: 'bank', label: '合作银行', percent: '20' },
        { bearer: 'pool', label: '地方财政', percent: '10' },
      ],
    },
    unseen('F', '担保机构、再担保机构、银行、地方财政按 4:3:2:1 分担；再担保机构向担保机构履行为示例'),
  ),
  cases: [
    {
      says: '100 万元损失，四方各担 40、30、20、10 万元',
      on: '2026-10-15',
      input: { loss: '1000000.00' },
      expected: [
        { bearer: 'guarantor', amount: '400000.00' },
        { bearer: 'reguarantor', amount: '300000.00' },
        { bearer: 'bank', amount: '200000.00' },
        { bearer: 'pool', amount: '100000.00' },
      ],
    },
    {
      says: '0.05 元：各 2、1.5、1、0.5 分，余数相同的按次序先归再担保机构',
      on: '2026-10-15',
      input: { loss: '0.05' },
      expected: [
        { bearer: 'guarantor', amount: '0.02' },
        { bearer: 'reguarantor', amount: '0.02' },
        { bearer: 'bank', amount: '0.01' },
        { bearer: 'pool', amount: '0.00' },
      ],
    },
  ],
});

const enterpriseCap = cap({
  id: `${code}.enterpriseCap`,
  title: '单户上限',
  versions: since(
    { standard: '20000000.00', byTitle: [], withRelated: false },
    unseen('F', '单户在保余额 2000 万元（含）以下'),
  ),
  cases: [
    { says: '单户 2000 万元', on: '2026-04-10', input: { on: '2026-04-10', titles: [] }, expected: '20000000.00' },
  ],
});

/** 4321 新型政银担: guarantor, re-guarantor, bank and local treasury. */
export const anhui4321 = partlyKnownPolicy(folder, { lossShares: shares, cap: enterpriseCap });
