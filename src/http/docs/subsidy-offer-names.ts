/** What the fields of open subsidies and of their forms are called in Chinese; part of `FIELD_NAMES`. */
export const SUBSIDY_OFFER_NAMES: Record<string, string> = {
  closesOn: '申报截止日',
  counts: '以哪一天为准',
  needs: '必填的字段',
  more: '规定要看的其他字段',
  asks: '须由企业填报的数据',
  classes: '可以补贴的类别',
  rules: '规定',
  inForce: '今日是否施行',
  isNew: '是否由本次导入新建',
};
