import type { LoanFacts } from '../../src/documents/parts.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import type { ConsentLetterView } from '../../src/documents/view-models.ts';
import { documentNumber } from '../../src/documents/wording.ts';

const MEASURES = '《宁夏科技型中小企业风险补偿贷款管理办法》';
const verificationCode = codeFromHash('c05d17a8be42f6903b7d1e6a5f48c2d9');

export const sampleLoan: LoanFacts = {
  enterprise: '宁夏禾纳生物科技有限公司',
  uscc: '91640221MA17572206',
  contractNo: 'SZSJK2026800789',
  dueBillNo: 'SZSJJ202694538727',
  principal: '4550000.00',
  countedPrincipal: '3640000.00',
  annualRate: '3.45',
  disbursedOn: '2026-03-17',
  maturesOn: '2026-12-17',
  repaymentMethod: '按月付息到期还本',
  guaranteeMode: '信用',
  purpose: '中试线设备采购',
};

export const sample: ConsentLetterView = {
  title: '贷款同意函',
  number: documentNumber('宁科贷函', 2026, 3),
  programme: '宁夏科技型中小企业风险补偿贷款（宁科贷）',
  issuer: '平罗县科学技术局',
  issuedOn: '2026-04-13',
  provisionalFigures: true,
  cites: [
    { document: MEASURES, article: '第二条', confirmed: true },
    { document: MEASURES, article: '第三条', confirmed: true },
    { document: MEASURES, article: '放大倍数条款', confirmed: false },
  ],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  addressee: '石嘴山银行股份有限公司',
  poolName: '平罗县风险补偿资金池',
  loan: sampleLoan,
  reserve: '364000.00',
  leverage: '10',
  conditions: [
    '贷款资金须用于备案所列用途，不得用于转贷、委托贷款、民间借贷、资本市场投资和个人消费。',
    '请于每月5日前报送上月末贷款余额、五级分类和逾期情况；企业还款后，占用的准备金随贷款余额相应释放。',
    '企业资质在贷款期内失效、迁出本区或者挪用贷款资金的，本函自撤销备案之日起失效。',
  ],
};
