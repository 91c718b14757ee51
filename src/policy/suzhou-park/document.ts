import { folderOf } from '../folder.ts';

export const folder = folderOf(
  'suzhou-park',
  {
    title: '《苏州工业园区优化创新科技金融服务实施细则》（2021 版）',
    number: '苏园科〔2021〕70号',
    issuers: ['苏州工业园区科技创新委员会'],
    issuedOn: '2021-01-01',
    effectiveFrom: '2021-01-01',
    effectiveFromConfirmed: false,
    source: '2023 年 8 月 17 日申报通知、2025 年 6 月 6 日问答；条款序号和施行日期未见，暂按当年 1 月 1 日',
  },
  '条款待核（条款序号未见）',
);
