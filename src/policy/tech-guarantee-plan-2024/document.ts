import { folderOf } from '../folder.ts';

export const folder = folderOf(
  'tech-guarantee-plan-2024',
  {
    title: '《支持科技创新专项担保计划》',
    number: '财金〔2024〕60号',
    issuers: ['财政部'],
    // Only the year is known, from the number.
    issuedOn: '2024-01-01',
    effectiveFrom: '2024-01-01',
    effectiveFromConfirmed: false,
    source: '原文未见，依公开报道整理；联合发文机关、印发和施行日期待核，日期暂按文号年份首日',
  },
  '条款待核（条款序号未见）',
);
