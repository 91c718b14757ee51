/** What the log's subjects begin with, as people call it. */
const KINDS: Record<string, string> = {
  archive: '审计档案',
  attachment: '附件',
  bankMatch: '核对',
  bankStatement: '银行对账单',
  binding: '绑定码',
  'capital-order': '退回出资或终止',
  claim: '补偿申请',
  closing: '结账',
  contribution: '出资',
  demonstration: '演示',
  difference: '差异',
  loanDifference: '三方对账差异',
  loanReconciliation: '三方对账',
  document: '单据',
  enterprise: '企业',
  filing: '备案',
  guarantee: '担保',
  holidays: '节假日安排',
  import: '上传',
  institution: '机构',
  invitation: '邀请',
  job: '任务',
  key: '密钥',
  ledger: '账簿',
  loan: '贷款',
  lpr: 'LPR',
  payout: '应付款拨付',
  policyVersion: '条款版本',
  pool: '资金池',
  reconciliation: '银行对账',
  registration: '企业注册',
  report: '余额月报',
  settlement: '结算',
  statementProfile: '对账单格式',
  subsidyApplication: '补贴申请',
  subsidyBatch: '补贴批次',
  subsidyBudget: '补贴预算',
  subsidyClawback: '补贴追回',
  subsidyObjection: '公示异议',
  subsidyPayment: '补贴拨付',
  subsidyScheme: '补贴政策',
  subsidySupplement: '补贴补差',
  suspension: '暂停',
  user: '用户',
  yearClosing: '年终结账',
};
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** 备案 41, 用户 财务甲, 单据 44ed32c9…: a subject of the log in words; what is not known stays as it is. */
export function subjectText(subject: string, name: string | null): string {
  const [kind = '', ...rest] = subject.split(':');
  const known = KINDS[kind];
  if (!known) return subject;
  const id = rest.join(':');
  return `${known} ${name ?? (UUID.test(id) ? `${id.slice(0, 8)}…` : id)}`.trim();
}

/** 平罗县宁科贷风险补偿资金池 2026-10: what is done to a book's month or year tells in its content which; null where it does not. */
export function monthOf(content: unknown, bookName: (code: string) => string): string | null {
  const { poolCode, period, year } = (content ?? {}) as Record<string, unknown>;
  const span = period ?? year;
  return typeof poolCode === 'string' && span !== undefined ? `${bookName(poolCode)} ${span}` : null;
}
