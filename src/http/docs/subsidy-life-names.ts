import { CLAWBACK_GROUNDS, CLAWBACK_STATUSES } from '../../subsidies/clawback.ts';

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
};

/** Chinese of its codes; part of `CODE_LABELS`. */
export const SUBSIDY_LIFE_CODES: Record<string, string>[] = [CLAWBACK_GROUNDS, CLAWBACK_STATUSES];
