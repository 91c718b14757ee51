/** 会计科目 as the ledger has them, for filters and headings. */
export const ACCOUNTS: Record<string, string> = {
  '1002': '1002 银行存款',
  '1218': '1218 应收追偿款',
  '2103': '2103 应缴财政款',
  '2303': '2303 应付补贴款',
  '2307': '2307 其他应付款',
  '2901': '2901 各方出资',
  '4001': '4001 财政补助收入',
  '5001': '5001 业务活动费用（补贴）',
  '9101': '9101 准备金占用额',
  '9102': '9102 准备金占用额（对应）',
  '9201': '9201 池外各方已承担损失',
  '9202': '9202 池外各方已承担损失（对应）',
  '9301': '9301 账销案存',
  '9302': '9302 账销案存（对应）',
  '9401': '9401 担保责任余额',
  '9402': '9402 担保责任余额（对应）',
  '9501': '9501 补贴预算占用额',
  '9502': '9502 补贴预算占用额（对应）',
};

/** Kinds of entries in Chinese. */
export const KINDS: Record<string, string> = {
  ...{
    contribution: '出资',
    contributionReturn: '退回出资',
    reserve: '准备金',
    admission: '入池',
    revocation: '撤销备案',
  },
  ...{ disbursement: '放款', repayment: '还款', extension: '展期', compensation: '风险补偿', recovery: '追偿回款' },
  ...{ recoveryCost: '追偿费用', cost: '追偿费用', writeOff: '核销', payout: '拨付应付款', reversal: '红字冲销' },
  ...{ budgetReceived: '预算资金到账', subsidyAllocated: '补贴预算分配', subsidyReleased: '解除补贴预算占用' },
  ...{ subsidyApproved: '批准补贴', subsidyPaid: '拨付补贴', subsidyReturned: '补贴退票' },
  ...{ subsidyWithdrawn: '企业撤回补贴', subsidyCorrected: '更正核减补贴' },
  ...{ budgetReturned: '预算资金收回', budgetCarried: '预算资金结转' },
  ...{ clawbackOrdered: '决定追回补贴', clawbackReceived: '追回资金到账', clawbackRemitted: '追回资金缴回财政' },
};

/** The options of a select from a table of codes. */
export const optionsOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

interface Place {
  poolCode?: string;
  account?: string;
  key?: string;
  subject?: string;
  from?: string;
  to?: string;
  belongsTo?: string;
  kind?: string;
  q?: string;
}

/** The address of the entries behind a figure. */
export function entriesOf(place: Place): string {
  const search = new URLSearchParams(Object.entries(place).filter(([, value]) => value) as [string, string][]);
  return `/ledger?${search}`;
}

/** The address of one entry. */
export const entryAt = (poolCode: string, reference: string): string =>
  `/ledger/${poolCode}/${encodeURIComponent(reference)}`;
