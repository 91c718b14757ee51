import type { ClauseCitation } from '../clause.ts';
import { folderOf } from '../folder.ts';

/** First days of the three documents; of 2021 and 2023 the day itself was not seen. */
export const [FROM_2020, FROM_2021, FROM_2023] = ['2020-01-01', '2021-12-01', '2023-11-28'];

const known = folderOf(
  'ningxia-tech-finance-subsidy',
  {
    title: '《宁夏科技金融补助管理暂行办法》（2023 年）',
    issuers: ['宁夏回族自治区科学技术厅', '宁夏回族自治区财政厅'],
    issuedOn: '2023-11-28',
    effectiveFrom: FROM_2023!,
    effectiveFromConfirmed: false,
    predecessor: '《宁夏科技金融补助管理暂行办法》（宁科规发〔2021〕15号）',
    source: '2023 年 11 月 28 日公开发布，公开渠道仅见第一条至第三条；施行日期暂按印发日',
  },
  '条款待核（第四条以后未见）',
);

/** Rules that no version changed hold since the first document. */
export const folder = {
  ...known,
  since: <V>(value: V, citation: ClauseCitation) => [{ effectiveFrom: FROM_2020!, value, citation }],
};

/** The notice of 2020 on finance for science-tech enterprises, part 二. */
export const of2020: ClauseCitation = {
  document: '《关于进一步深化科技金融支持科技型企业的通知》（2020 年）',
  article: '第二部分',
  mark: 'F',
  confirmed: true,
  source: '自治区科技厅、财政厅 2020 年公开发布的通知：2020 年新发放贷款按实际利率 50% 贴息',
};

/** What the call for applications of September 2022 tells of the scheme of 2021. */
export function of2021(article: string): ClauseCitation {
  return {
    document: '《宁夏科技金融补助管理暂行办法》（宁科规发〔2021〕15号）',
    article: `条款待核（见 2022 年 9 月申报通知${article}）`,
    mark: 'F',
    confirmed: true,
    source: '自治区科技厅关于组织申报 2023 年度自治区科技金融补助的通知，2022 年 9 月',
  };
}

/** A figure that neither document shows: the demonstration's example. */
export function example(document: '2021' | '2023', source: string): ClauseCitation {
  const title = document === '2021' ? of2021('').document : known.document.title;
  return { document: title, article: '条款待核（公开内容未见）', mark: 'A', confirmed: false, source };
}

/** A line that the document of 2023 names in an article that was read, at figures that were not. */
export function article2023(name: string): ClauseCitation {
  return { ...known.article(name), confirmed: false };
}
