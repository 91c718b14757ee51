import type { Role } from '../../src/access/roles.ts';

/** Made-up parties; names of banks are those that their reports carry. */
export const INSTITUTIONS = [
  { code: 'ningxia-st', name: '宁夏回族自治区科学技术厅', kind: 'regionalAuthority' },
  { code: 'pingluo-st', name: '平罗县科学技术局', kind: 'cooperatingUnit' },
  { code: 'yinchuan-st', name: '银川市科学技术局', kind: 'cooperatingUnit' },
  { code: 'shizuishan-bank', name: '石嘴山银行股份有限公司', kind: 'partnerBank' },
  { code: 'ningxia-bank', name: '宁夏银行股份有限公司', kind: 'partnerBank' },
  { code: 'bank-of-china', name: '中国银行股份有限公司宁夏分行', kind: 'partnerBank' },
  { code: 'saishang-guarantee', name: '宁夏塞上融资担保有限公司', kind: 'guarantor' },
] as const;

const PROGRAMME = '宁夏科技型中小企业风险补偿贷款（宁科贷）';

export const POOLS = [
  {
    ...{ code: 'pingluo', name: '平罗县宁科贷风险补偿资金池', programme: PROGRAMME, policyCode: 'ningkedai-2025', regions: ['石嘴山市平罗县'] },
    ...{ cooperatingUnit: 'pingluo-st', matchingUnit: 'ningxia-st' },
    accounts: [{ accountNo: '6402200155550001', accountName: '平罗县科学技术局', bankName: '石嘴山银行股份有限公司' }],
  },
  {
    ...{ code: 'yinchuan', name: '银川市宁科贷风险补偿资金池', programme: PROGRAMME, policyCode: 'ningkedai-2025', regions: ['银川市'] },
    ...{ cooperatingUnit: 'yinchuan-st', matchingUnit: 'ningxia-st' },
    accounts: [{ accountNo: '6400100155550002', accountName: '银川市科学技术局', bankName: '宁夏银行股份有限公司' }],
  },
];

export const PARTNERSHIPS = [
  { party: 'shizuishan-bank', pool: 'pingluo' },
  { party: 'ningxia-bank', pool: 'yinchuan' },
  { party: 'bank-of-china', pool: 'yinchuan' },
  { party: 'saishang-guarantee', pool: 'yinchuan' },
];

/** Two of each role whose work needs a second person. */
export const KEYS: { role: Role; name: string; institution?: string; uscc?: string }[] = [
  { role: 'finance', name: '财务甲' },
  { role: 'finance', name: '财务乙' },
  { role: 'bank', name: '石嘴山银行系统', institution: 'shizuishan-bank' },
  { role: 'bank', name: '宁夏银行系统', institution: 'ningxia-bank' },
  { role: 'bank', name: '中国银行系统', institution: 'bank-of-china' },
  { role: 'guarantor', name: '塞上担保系统', institution: 'saishang-guarantee' },
  { role: 'countyReviewer', name: '平罗县审核员', institution: 'pingluo-st' },
  { role: 'countyReviewer', name: '银川市审核员', institution: 'yinchuan-st' },
  { role: 'regionalReviewer', name: '自治区审核员甲', institution: 'ningxia-st' },
  { role: 'regionalReviewer', name: '自治区审核员乙', institution: 'ningxia-st' },
  { role: 'auditor', name: '审计员' },
  { role: 'operator', name: '系统管理员甲' },
  { role: 'operator', name: '系统管理员乙' },
  { role: 'enterprise', name: '宁夏沐能精密机械有限公司', uscc: '91640221MA9006026Y' },
];

/** Insurers whose premiums are subsidised, partners of the whole region. */
export const INSURERS = [
  { code: 'picc', name: '人保财险宁夏分公司', kind: 'insurer' },
  { code: 'pingan', name: '平安财险宁夏分公司', kind: 'insurer' },
  { code: 'cpic', name: '太保财险宁夏分公司', kind: 'insurer' },
] as const;

/** What the autonomous region grants for the year's subsidies. */
export const BUDGET = {
  ...{ scheme: 'ningxia-tech-finance-subsidy', year: 2026, name: '2026 年宁夏科技金融补助预算' },
  ...{ document: '自治区财政厅关于下达 2026 年科技金融补助预算的通知（示例）', amount: '18529000.00' },
  ...{ accountNo: '6400100155550009', accountName: '宁夏回族自治区科学技术厅', bankName: '宁夏银行股份有限公司' },
};
