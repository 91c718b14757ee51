import { folderOf } from '../folder.ts';

export const folder = folderOf(
  'tech-guarantee-plan-2024',
  {
    title: '《支持科技创新专项担保计划》',
    number: '财金〔2024〕60号',
    issuers: ['财政部', '科技部', '工业和信息化部', '金融监管总局'],
    issuedOn: '2024-07-24',
    effectiveFrom: '2024-07-24',
    effectiveFromConfirmed: false,
    source: '2024 年 7 月公开发布；依公开报道整理，条款序号未见，施行日期暂按印发日',
  },
  '条款待核（条款序号未见）',
);
