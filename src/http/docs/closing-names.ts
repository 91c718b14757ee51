import { CLOSING_STATES } from '../../settlement/closing.ts';

/** Names of fields of closings of months and years. */
export const CLOSING_NAMES: Record<string, string> = {
  settlementId: '结算编号',
  settlementStatus: '结算的状态',
  reconciled: '其中已确认对账的专户数',
  exception: '例外理由：未对账仍要结账',
  proposedOn: '提出日期',
  closedBy: '结账复核人',
  checklist: '结账检查表',
  waivable: '是否可以两人说明理由后不办',
  adjustments: '跨期调整：结账以后才入账、属于该月的事项',
};

const CHECK_STATES = { done: '已完成', missing: '未完成', note: '提示' };

/** Chinese of their codes, for the docs. */
export const CLOSING_CODES: Record<string, string>[] = [CLOSING_STATES, CHECK_STATES];
