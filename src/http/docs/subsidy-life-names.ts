import { BUDGET_CHANGES, CHANGE_STATUSES } from '../../subsidies/budget-change.ts';
import { CLAWBACK_GROUNDS, CLAWBACK_STATUSES } from '../../subsidies/clawback.ts';
import { CORRECTION_CAUSES } from '../../subsidies/correction.ts';
import { OBJECTION_STATUSES, OBJECTORS } from '../../subsidies/steps.ts';
import { SUPPLEMENT_STATUSES } from '../../subsidies/supplement.ts';

/** What the fields of a subsidy's life after its decision are called in Chinese; part of `FIELD_NAMES`. */
export const SUBSIDY_LIFE_NAMES: Record<string, string> = {
  lineKind: '补贴类别',
  lineName: '项目名称',
  evidence: '证据材料',
  outstanding: '待收回金额（元）',
  remitted: '缴回财政（元）',
  clawedBack: '追回金额（元）',
  recovered: '追回后已到账（元）',
  creditedTo: '去向：expense 冲减当年支出，treasury 应缴财政',
  cancelling: '是否已提出撤销',
  bannedUntil: '何日起可再申报',
  ban: '禁止申报',
  allSchemes: '是否限制各项补贴',
  cancelReason: '撤销原因',
  cancelProposedOn: '提出撤销日期',
  cancelProposedByName: '提出撤销的人员',
  cancelledOn: '撤销日期',
  cancelledByName: '复核撤销的人员',
  remittances: '缴回财政',
  remittance: '缴款编号',
  orderedByName: '下达人员',
  continuesId: '由哪项申请转入',
  continuedAs: '转入后的申请编号',
  rest: '预算控制方式',
  continued: '转下一年度的申请',
  lapsed: '不再结转的申请',
  amountBefore: '原按规定应得（元）',
  amountAfter: '更正后按规定应得（元）',
  decidedBefore: '原核定（元）',
  decidedAfter: '更正后核定（元）',
  clawbackId: '追回编号',
  receipts: '到账记录',
  line: '明细',
  initial: '年初预算（元）',
  toMove: '须转出的到账资金（元）',
  moved: '已转出的资金（元）',
  adjusted: '更正调整（元）',
  claimable: '尚可追回（元）',
  supplements: '补充分配',
  reserved: '因异议预留（元）',
  raisedOn: '收到异议的日期',
  recordedByName: '登记人员',
  objector: '异议人',
  objectorKind: '异议人类别',
  objectorName: '异议人（遮掩）',
  objectorContact: '异议人联系方式（遮掩）',
  contact: '联系方式',
  supplementId: '补充分配编号，null 为批次本身的拨付',
};

/** Chinese of its codes; part of `CODE_LABELS`. */
export const SUBSIDY_LIFE_CODES: Record<string, string>[] = [
  ...[CLAWBACK_GROUNDS, CLAWBACK_STATUSES, OBJECTION_STATUSES, OBJECTORS, SUPPLEMENT_STATUSES],
  ...[CORRECTION_CAUSES, BUDGET_CHANGES, CHANGE_STATUSES],
];
