/** Over what a cap adds up, with the words for it. */
export const CAP_SCOPES = {
  loan: '单笔贷款',
  enterprise: '单户企业累计',
  enterpriseYear: '单户企业年度累计',
  bankYear: '单家银行年度累计',
  guarantorYear: '单家担保机构年度累计',
  poolYear: '资金池年度累计',
  pool: '资金池累计',
  poolNet: '资金池累计净额（扣除追偿收回）',
  publicMoney: '各级政策资金叠加',
} as const;
export type CapScope = keyof typeof CAP_SCOPES;

/** What a cap in percent is a percentage of. */
export const CAP_BASES = {
  lastYearBalance: '上年末贷款余额',
  payeeLiability: '受偿方实际承担责任金额',
  guaranteedInYear: '当年解除担保责任金额',
  loss: '本金损失',
} as const;
export type CapBase = keyof typeof CAP_BASES;
