/** Who answers for a loan. */
export const GUARANTEE_ROLES = { guarantor: '担保机构', reguarantor: '再担保机构', insurer: '保险公司' } as const;
export type GuaranteeRole = keyof typeof GUARANTEE_ROLES;

/** The fee of each role, by its code in the clause. */
export const FEES = { guarantor: 'guaranteeFee', reguarantor: 'reguaranteeFee', insurer: 'insurancePremium' } as const;
