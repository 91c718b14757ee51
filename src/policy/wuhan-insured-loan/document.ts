import type { ClauseCitation } from '../clause.ts';
import { folderOf } from '../folder.ts';

/** The scheme under the name it began with; each year's call is a version of its own. */
export const folder = folderOf(
  'wuhan-insured-loan',
  {
    title: '《武汉市科技型企业保证保险贷款补贴申报通知》',
    issuers: ['武汉市科学技术局'],
    issuedOn: '2019-08-08',
    effectiveFrom: '2019-08-08',
    effectiveFromConfirmed: false,
    source: '2019 年 8 月、2024 年 3 月公开的申报通知；文号未见，施行日期暂按申报起始日',
  },
  '条款待核（条款序号未见）',
);

export const FROM_2024 = '2024-03-12';

/** A part of the call of 2019 that was read in it. */
export const call2019 = (part: string): ClauseCitation => ({
  ...folder.article(`2019 年通知${part}`),
  source: '2019 年科技型企业保证保险贷款补贴申报通知，2019 年 8 月 8 日至 19 日申报',
});

/** The call of 2024, of which only the beginning was seen. */
export const call2024 = (source: string): ClauseCitation => ({
  ...folder.unseen('F', source),
  article: '2024 年通知（条款待核）',
});
