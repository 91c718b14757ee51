/** What the fields of a year's summary of subsidies are called in Chinese; part of `SUBSIDY_NAMES`. */
export const SUBSIDY_PAPER_NAMES: Record<string, string> = {
  budgetName: '预算名称',
  budget: '年度预算（元）',
  counts: '户数和项数',
  applicants: '申请企业户数',
  withdrawn: '撤回的申请数',
  refused: '不予补贴的申请数',
  unpaid: '待拨付（元）',
  returned: '退票待重拨（元）',
  byKind: '按补贴项目',
  byRegion: '按地区',
  byTitle: '按企业资质',
};
