/** What the fields of the boards and trials of subsidies are called in Chinese; part of `SUBSIDY_NAMES`. */
export const SUBSIDY_DESK_NAMES: Record<string, string> = {
  batchId: '批次编号',
  heldLines: '因异议暂缓的项目数',
  states: '各状态的申请',
  previewed: '是否为分配试算',
  sharing: '预算分配规则',
  unshared: '分配后剩余（元）',
  toSettle: '未满足的部分尚未办理的申请数',
  deferred: '转下一年度的金额（元）',
  gaining: '增加的申请数',
  losing: '减少的申请数',
  cancelMine: '撤销是否由本人提出',
};
