import type { SubsidyRefusalView } from '../../src/documents/subsidy-views.ts';
import { article, ENTERPRISE, head, REGION, sampleApplication, sampleRemedy } from '../subsidy-application/sample.ts';

export const sample: SubsidyRefusalView = {
  ...head('不予补贴告知书', '宁科补告', 3, REGION, '2026-09-24'),
  ...{ addressee: ENTERPRISE, application: sampleApplication },
  reasons: [
    {
      text: '企业没有在申报日有效的资质：国家高新技术企业证书已于2026年4月30日到期。',
      cites: [article('第三条第（一）项')],
    },
    {
      text: '上年营业收入增长 1%，研发费用占营业收入 1.2%，未达到 5% 或 2% 的要求。',
      cites: [article('条款待核（公开内容未见）')],
    },
  ],
  remedy: { ...sampleRemedy, text: sampleRemedy.text.replaceAll('决定书', '告知书') },
};
