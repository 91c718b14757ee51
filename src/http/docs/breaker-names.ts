import { BREAKER_MEASURES, BREAKER_SCOPES, STOPS } from '../../policy/kinds/breaker-words.ts';

/** Names of fields of breaker, guarantees, capital and revocation. */
export const BREAKER_NAMES: Record<string, string> = {
  scope: '监测范围',
  party: '对象的代码',
  cause: '原因',
  measure: '指标',
  level: '程度',
  stops: '暂停的事项',
  warnLine: '警示线（%）',
  suspendLine: '暂停线（%）',
  since: '开始日期',
  belowSince: '已降至暂停线以下的日期',
  liftedOn: '解除日期',
  endedOn: '结束日期',
  trigger: '触发事项',
  suspensionId: '警示或暂停的编号',
  lifts: '解除的提出与复核',
  proposedOn: '提出日期',
  decision: '复核意见',
  voucherNo: '凭证号',
  payeeAccountNo: '收款账号',
  payees: '各出资方的收款账号',
  contributorName: '出资方名称',
  ground: '情形的代码',
  groundName: '情形',
  grounds: '撤销情形',
  occurredOn: '发生日期',
  loanId: '贷款编号',
  topUp: '应补充的出资',
  order: '退回或终止的编号',
  liability: '担保责任余额',
  paid: '累计代偿',
  movements: '责任余额的变动',
  payouts: '代偿',
  fees: '逐月费用',
  through: '计算至',
  takenIn: '补计入哪个月的结算',
  owedBy: '付费方',
  owedTo: '收费方',
  payout: '代偿的编号',
  recordedOn: '登记日期',
  balance: '余额',
  signedOn: '签订日期',
  floor: '净额不得低于累计出资的百分比',
};

const labels = (of: Record<string, { label: string }>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([code, { label }]) => [code, label]));

const CAUSES = { ratio: '指标达到线', report: '缺报月报' };
const LEVELS = { warn: '警示', suspend: '暂停' };
const TRIGGERS = {
  ...{ report: '余额月报', compensation: '补偿拨付', refund: '退回补偿', payout: '代偿', settlement: '结算' },
  ...{ lift: '解除', day: '每日检查' },
};
const STATES = { ok: '正常', warn: '警示', suspended: '已暂停', lifted: '已解除' };
const EPISODES = { active: '执行中', lifted: '已解除', ended: '已结束' };
const DECISIONS = { proposed: '待复核', confirmed: '已同意', refused: '未同意' };

/** Chinese of their codes, for the docs. */
export const BREAKER_CODES: Record<string, string>[] = [
  ...[BREAKER_SCOPES, labels(BREAKER_MEASURES), CAUSES, LEVELS, STOPS, STATES, EPISODES, DECISIONS],
];

/** The same by the field's name, for downloaded lists. */
export const BREAKER_LABELS: Record<string, Record<string, string>> = {
  ...{ scope: BREAKER_SCOPES, measure: labels(BREAKER_MEASURES), cause: CAUSES, level: LEVELS, stops: STOPS },
  trigger: TRIGGERS,
};
