import { LOAN_DIFFERENCE_KINDS, LOAN_DIFFERENCE_STATUSES } from '../../reconciliation/three-way.ts';

/** Names of fields of 三方对账 that have none elsewhere. */
export const THREE_WAY_NAMES: Record<string, string> = {
  agreed: '三方一致的贷款笔数',
  reportedLoans: '银行月报中的笔数',
  registered: '台账余额（主管部门）',
  ledgerReserve: '准备金账面余额（资金池）',
  foundOn: '发现日期',
  closedOn: '一致日期',
};

/** Chinese of their codes, for the docs. */
export const THREE_WAY_CODES: Record<string, string>[] = [
  LOAN_DIFFERENCE_KINDS,
  LOAN_DIFFERENCE_STATUSES,
  { comment: '说明', explain: '说明原因', reopen: '撤回说明' },
];
