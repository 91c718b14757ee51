import { CLOSING_STATES } from '../../settlement/closing.ts';

/** Names of fields of closings of months and years. */
export const CLOSING_NAMES: Record<string, string> = {
  settlementId: '结算编号',
  settlementStatus: '结算的状态',
  reconciled: '其中已确认对账的专户数',
  ledgerHead: '账簿末笔散列值',
  ledgerEntries: '账簿凭证张数',
  exception: '例外理由：未对账仍要结账',
  proposedOn: '提出日期',
  closedBy: '结账复核人',
  checklist: '结账检查表',
  waivable: '是否可以两人说明理由后不办',
  closingId: '结账编号',
  totalInWords: '需签认的余额',
  amounts: '金额（元）',
  monthNames: '各月末余额的名称',
  carried: '结转下年的各科目余额，只在资金池的报表中',
  monthsOfYear: '本年各月的结账状态',
  adjustments: '跨期调整：结账以后才入账、属于该月的事项',
};

const CHECK_STATES = { done: '已完成', missing: '未完成', note: '提示' };

/** Chinese of their codes, for the docs. */
export const CLOSING_CODES: Record<string, string>[] = [CLOSING_STATES, CHECK_STATES, { future: '尚未结束' }];
