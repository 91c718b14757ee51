import { STATEMENT_FORMATS } from '../../files/statement.ts';
import { BRIDGE_KINDS } from '../../reconciliation/bridge.ts';
import { DIFFERENCE_KINDS, DIFFERENCE_STATUSES, RESOLUTIONS } from '../../reconciliation/difference.ts';
import { RULES } from '../../reconciliation/match.ts';
import { OTHER_RULES } from '../../reconciliation/match-list-service.ts';
import { MONTH_STATES } from '../../reconciliation/months-service.ts';
import { ARCHIVE_NAMES } from './archive-names.ts';
import { CLOSING_CODES, CLOSING_NAMES } from './closing-names.ts';

/** Names of fields of bank statements and reconciliation. */
export const RECONCILIATION_NAMES: Record<string, string> = {
  ...ARCHIVE_NAMES,
  ...CLOSING_NAMES,
  importedOn: '导入日期',
  newLines: '其中新增的笔数',
  moneyIn: '收入合计',
  moneyOut: '支出合计',
  statementId: '对账单编号',
  time: '时间',
  direction: '收支方向',
  ordinal: '同日同向同额中的第几笔',
  serial: '银行流水号',
  counterpartyName: '对方名称',
  counterpartyAccount: '对方账号',
  bankClosing: '银行对账单余额',
  ledgerClosing: '账面余额',
  unexplained: '未说明的差额',
  bridge: '余额调节表：从银行对账单余额到账面余额的各项',
  matched: '本月已核对的笔数',
  runOn: '对账日期',
  coveredTo: '对账单截止日期',
  leg: '凭证号与分录行号',
  legs: '分录',
  rule: '核对依据',
  ruleLabel: '核对依据',
  confidence: '把握（%）',
  same: '是否逐字节相同',
  bytes: '字节数',
  age: '账龄（天）',
  lineId: '银行明细编号',
  lineIds: '银行明细编号',
  owner: '经办人的编号，不填为本人',
  resolution: '处理办法',
  comments: '说明',
  identified: '待查款项的归属',
  by: '提出人',
  writtenBy: '填写人',
  writtenOn: '填写日期',
  matchedOn: '核对日期',
  matchedBy: '核对人',
  undoneOn: '取消日期',
  undoneReason: '取消的理由',
  live: '是否仍然有效',
  runId: '对账编号',
  as: '处理办法',
  months: '各月',
  coveredFrom: '对账单起始日期',
  undecided: '尚未处理的差异项数',
  differenceId: '差异编号',
  differenceStatus: '差异的状态',
  beyond: '是否在月末以后',
  bookedOn: '记账日期',
  openLines: '未核对的银行明细笔数',
  openLegs: '未核对的分录笔数',
  options: '可以采用的处理办法',
  pairs: '可能对应的另一方',
  keyName: '明细名称',
};

const DIRECTIONS = { in: '收', out: '付' };
const SIDES = { bank: '银行', ledger: '账面' };
const labels = (of: Record<string, { label: string }>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).map(([code, { label }]) => [code, label]));

/** Chinese of their codes, for the docs. */
export const RECONCILIATION_CODES: Record<string, string>[] = [
  ...CLOSING_CODES,
  ...[DIRECTIONS, SIDES, STATEMENT_FORMATS, BRIDGE_KINDS, DIFFERENCE_KINDS, DIFFERENCE_STATUSES, labels(RESOLUTIONS)],
  ...[{ ...labels(RULES), ...OTHER_RULES }, { open: '未确认', confirmed: '已确认' }, MONTH_STATES],
];

/** The same by the field's name, for downloaded lists. */
export const RECONCILIATION_LABELS: Record<string, Record<string, string>> = {
  ...{ direction: DIRECTIONS, side: SIDES, resolution: labels(RESOLUTIONS) },
};
