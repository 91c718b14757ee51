/** Whose statement it is, as papers and pages call it. */
export const PARTY_KINDS = {
  ...{ pool: '资金池', contributor: '出资方', bank: '合作银行' },
  ...{ guarantor: '担保机构', reguarantor: '再担保机构', insurer: '保险公司' },
};
