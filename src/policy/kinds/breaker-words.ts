/** What is measured, with its numerator and denominator in words. */
export const BREAKER_MEASURES = {
  nonPerforming: { label: '不良率', over: '不良贷款余额', under: '贷款余额' },
  compensation: { label: '风险补偿率', over: '累计补偿金额', under: '累计备案贷款金额' },
  payout: { label: '代偿率', over: '累计代偿金额', under: '累计解除担保责任金额' },
} as const;
export type BreakerMeasure = keyof typeof BREAKER_MEASURES;

/** Whose loans are added up. */
export const BREAKER_SCOPES = {
  bank: '合作银行',
  cooperatingUnit: '合作单位',
  pool: '资金池',
  guarantor: '担保机构',
} as const;
export type BreakerScope = keyof typeof BREAKER_SCOPES;

/** What stops at the suspending line. */
export const STOPS = { filings: '受理新备案', claims: '受理补偿申请' } as const;
