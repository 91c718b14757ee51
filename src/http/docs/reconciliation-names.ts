import { STATEMENT_FORMATS } from '../../files/statement.ts';

/** Names of fields of bank statements and reconciliation. */
export const RECONCILIATION_NAMES: Record<string, string> = {
  fileName: '文件名',
  importedOn: '导入日期',
  lines: '笔数',
  newLines: '其中新增的笔数',
  mapping: '列的对应：文件中的列名到字段名，null 表示不读取该列',
  statementId: '对账单编号',
  time: '时间',
  direction: '收支方向',
  ordinal: '同日同向同额中的第几笔',
  serial: '银行流水号',
  counterpartyName: '对方名称',
  counterpartyAccount: '对方账号',
  memo: '摘要',
};

const DIRECTIONS = { in: '收', out: '付' };

/** Chinese of their codes, for the docs. */
export const RECONCILIATION_CODES: Record<string, string>[] = [DIRECTIONS, STATEMENT_FORMATS];

/** The same by the field's name, for downloaded lists. */
export const RECONCILIATION_LABELS: Record<string, Record<string, string>> = { direction: DIRECTIONS };
