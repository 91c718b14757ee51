import type { ClaimApprovalView } from '../../src/documents/compensation-views.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { article, COUNTY, PROGRAMME, REGION, sampleClaim, sampleEvent, sampleShares } from '../claim-letter/sample.ts';

const verificationCode = codeFromHash('d6203c97ae514bf88e07d53b16c94a20');
const check = (name: string, message: string, articleName: string) => ({
  ...{ name, value: '', message, verdict: 'pass' as const },
  cites: [article(articleName)],
});

export const sample: ClaimApprovalView = {
  title: '风险补偿审批表',
  number: documentNumber('宁科贷审', 2026, 1),
  programme: PROGRAMME,
  issuer: REGION,
  issuedOn: '2026-10-10',
  provisionalFigures: true,
  cites: [article('第二条', true)],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  claim: sampleClaim,
  event: sampleEvent,
  checks: [
    check('申请要素', '企业、银行、资金池、合同号和借据号均与备案一致', '申请审查条款'),
    check('风险事件', '风险事件于 2026-09-11 成立', '风险事件条款'),
    check('申请期限', '申请日 2026-09-14 不晚于最后日 2027-01-09', '申请期限条款'),
    check('补偿金额', '申请金额 1,912,000.00 元，按分担比例应为 1,912,000.00 元', '第三条（分担比例）'),
    {
      ...{ name: '法定代表人', value: '', verdict: 'warning' as const },
      message: '法定代表人自备案以来已变更，须人工复核',
      cites: [article('申请审查条款')],
    },
    check('申请材料', '申请材料齐全', '申请材料条款'),
  ],
  shares: sampleShares,
  result: 'approved',
  approved: '1912000.00',
  opinions: [
    {
      ...{ step: '合作单位审核', unit: COUNTY, by: '平罗县审核员', on: '2026-09-24', verdict: '同意' },
      text: '材料齐全，已实地核查，借款企业停产，法定代表人变更系正常股权转让，同意按规定补偿。',
    },
    {
      ...{ step: '主管部门审核', unit: REGION, by: '自治区审核员甲', on: '2026-10-10', verdict: '同意' },
      text: '符合补偿条件，同意补偿 1,912,000.00 元。',
    },
  ],
};
