import { folderOf } from '../folder.ts';

export const folder = folderOf(
  // Programmes pick the policy by this, clause ids begin with it.
  'ningkedai-2025',
  {
    title: '《宁夏科技型中小企业风险补偿贷款管理办法》',
    issuers: ['宁夏回族自治区科学技术厅', '宁夏回族自治区财政厅', '中国人民银行宁夏回族自治区分行'],
    issuedOn: '2025-10-15',
    // Not readable in the published text: taken as the day of issue until the article is seen.
    effectiveFrom: '2025-10-15',
    effectiveFromConfirmed: false,
    predecessor: '《宁夏科技型中小微企业风险补偿专项资金管理办法》',
    source: '2025 年 10 月 15 日公开发布，公开渠道仅见第一条至第三条：https://www.ndkjcx.com/detail.thtml?id=9910',
  },
  '条款待核（原文第四条以后未见）',
);

export const { code: CODE, document, article, unseen, since } = folder;
