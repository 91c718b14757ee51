import type {
  ClaimLetterView,
  PrintedClaim,
  PrintedLossEvent,
  PrintedShare,
} from '../../src/documents/compensation-views.ts';
import type { PrintedAccount } from '../../src/documents/parts.ts';
import { codeFromHash } from '../../src/documents/verification-code.ts';
import { documentNumber } from '../../src/documents/wording.ts';

const MEASURES = '《宁夏科技型中小企业风险补偿贷款管理办法》';
const verificationCode = codeFromHash('4be81a06d92f37c5580e6a1c9d7fb342');

/** An article of the sample programme; examples unless told. */
export const article = (name: string, confirmed = false) => ({ document: MEASURES, article: name, confirmed });
export const PROGRAMME = '宁夏科技型中小企业风险补偿贷款（宁科贷）';
export const BANK = '石嘴山银行股份有限公司';
export const COUNTY = '平罗县科学技术局';
export const REGION = '宁夏回族自治区科学技术厅';
export const POOL = '平罗县宁科贷风险补偿资金池';

/** The loss of the demonstration: 2,390,000.00 unpaid, of which the pool bears four fifths. */
export const sampleClaim: PrintedClaim = {
  claimNo: '1',
  bank: BANK,
  poolName: POOL,
  loan: {
    enterprise: '宁夏源微数据服务有限公司',
    uscc: '91640221MA9556271K',
    contractNo: 'SZSJK2026170896',
    dueBillNo: 'SZSJJ202636414424',
    principal: '2390000.00',
    countedPrincipal: '2390000.00',
    annualRate: '4.05',
    disbursedOn: '2026-01-12',
    maturesOn: '2026-06-12',
    repaymentMethod: '按月付息到期还本',
    guaranteeMode: '信用',
    purpose: '技术改造',
  },
  claimedOn: '2026-09-14',
  unpaidPrincipal: '2390000.00',
  countedUnpaid: '2390000.00',
  requested: '1912000.00',
};

export const sampleEvent: PrintedLossEvent = {
  happenedOn: '2026-09-11',
  overdueSince: '2026-06-12',
  overdueDays: 94,
  classification: '次级',
  demandedOn: '2026-09-11',
  claimableUntil: '2027-01-09',
};

const shares = [article('第三条（分担比例）')];
export const sampleShares: PrintedShare[] = [
  { bearer: '自治区', party: REGION, percent: '40 %', amount: '956000.00', from: 'pool', cites: shares },
  { bearer: '合作单位', party: COUNTY, percent: '40 %', amount: '956000.00', from: 'pool', cites: shares },
  { bearer: '合作银行', party: BANK, percent: '20 %', amount: '478000.00', from: 'own', cites: shares },
];

export const samplePayee: PrintedAccount = {
  name: BANK,
  bank: '石嘴山银行股份有限公司平罗支行',
  number: '6402200100008888',
};

const paper = (label: string, name: string, start: string) => ({ label, name, sha256: start.repeat(8) });

export const sample: ClaimLetterView = {
  title: '风险补偿申请函',
  number: documentNumber('宁科贷申', 2026, 1),
  programme: PROGRAMME,
  issuer: BANK,
  issuedOn: '2026-09-14',
  provisionalFigures: true,
  cites: [article('第二条', true), article('风险事件条款'), article('申请期限条款')],
  verificationCode,
  verifyUrl: `https://ningkedai.example.cn/verify/${verificationCode}`,
  addressee: COUNTY,
  claim: sampleClaim,
  event: sampleEvent,
  shares: sampleShares,
  payee: samplePayee,
  papers: [
    paper('借款合同（借据、展期协议）', '借款合同 SZSJK2026170896.pdf', '3fa9c10e'),
    paper('债务人基本资料', '企业营业执照及章程.pdf', '9b0d72e4'),
    paper('贷款用途证明', '设备采购发票.pdf', '51c8ee3a'),
    paper('催收或起诉材料', '催收通知书及签收回执 2026-09-11.pdf', 'c7740b19'),
    paper('放款和还款凭证', '放款还款流水.xlsx', 'e2f16d58'),
    paper('收款账户', '收款账户证明.pdf', '08a4bb97'),
  ],
};
