import { codeFromHash } from '../../src/documents/verification-code.ts';
import type { FilingNoticeView } from '../../src/documents/view-models.ts';
import { documentNumber } from '../../src/documents/wording.ts';
import { sampleLoan } from '../consent-letter/sample.ts';

const MEASURES = '《宁夏科技型中小企业风险补偿贷款管理办法》';
const article = (name: string, confirmed = false) => ({ document: MEASURES, article: name, confirmed });
const verificationCode = codeFromHash('91be33f7204d5ca86e1f0d72b9c8a554');

/** A filing refused for its purpose and its rate. */
export const sample: FilingNoticeView = {
  title: '贷款备案通知书',
  number: documentNumber('宁科贷备', 2026, 17),
  programme: '宁夏科技型中小企业风险补偿贷款（宁科贷）',
  issuer: '平罗县科学技术局',
  issuedOn: '2026-04-13',
  provisionalFigures: true,
  cites: [article('第二条', true)],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  addressee: '石嘴山银行股份有限公司',
  poolName: '平罗县风险补偿资金池',
  loan: { ...sampleLoan, annualRate: '5.20', purpose: '偿还他行贷款（转贷）' },
  filedOn: '2026-04-10',
  result: 'refused',
  checks: [
    { name: '统一社会信用代码', verdict: 'pass', value: sampleLoan.uscc, message: '校验位相符，已登记在册', cites: [] },
    {
      name: '企业资质',
      verdict: 'pass',
      value: '科技型中小企业',
      message: '证书有效期至2026年12月31日',
      cites: [article('申请条件条款')],
    },
    {
      name: '备案期限',
      verdict: 'warning',
      value: '2026-03-17 放款',
      message: '放款后第24日报送，在三个月期限内',
      cites: [article('备案期限条款')],
    },
    {
      name: '年利率',
      verdict: 'fail',
      value: '5.20 %',
      message: '高于上限 4.50 %（一年期 LPR 3.00 % 加 150 个基点）',
      cites: [article('利率上限条款')],
    },
    {
      name: '资金用途',
      verdict: 'fail',
      value: '偿还他行贷款（转贷）',
      message: '贷款资金不得用于转贷',
      cites: [article('资金用途条款')],
    },
  ],
  reasons: [
    '年利率 5.20 % 高于本项目贷款利率上限 4.50 %。',
    '贷款用途为转贷，属于禁止的资金用途。',
    '上述情形消除后，可在备案期限内重新报送。',
  ],
};
