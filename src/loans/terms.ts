/** 担保方式, code on the wire and Chinese in files and on paper. */
export const GUARANTEE_MODES = {
  credit: '信用',
  ipPledge: '知识产权质押',
  guarantee: '保证',
  mortgage: '抵押',
  pledge: '质押',
  combination: '组合',
} as const;

/** 还款方式 */
export const REPAYMENT_METHODS = {
  monthlyInterest: '按月付息到期还本',
  quarterlyInterest: '按季付息到期还本',
  equalInstallment: '等额本息',
  equalPrincipal: '等额本金',
  lumpSum: '到期一次还本付息',
} as const;

/** 资金用途 */
export const PURPOSES = {
  rnd: '研发投入',
  conversion: '成果转化',
  pilotLine: '中试线设备采购',
  materials: '购买原材料',
  upgrade: '技术改造',
  other: '其他',
} as const;

/** 计息基础 */
export const DAY_COUNT_BASES = { actual360: '实际/360', actual365: '实际/365' } as const;
