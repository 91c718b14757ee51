import type { SubsidyPublicityView } from '../../src/documents/subsidy-views.ts';
import { article, ENTERPRISE, head, REGION, SCHEME } from '../subsidy-application/sample.ts';

export const sample: SubsidyPublicityView = {
  ...head('2026年第2批拟补贴名单公示', '宁科补示', 1, REGION, '2026-10-16'),
  cites: [article('条款待核（公示条款）')],
  ...{ scheme: SCHEME, year: 2026, batchNo: 2, publishedOn: '2026-10-16', objectionsTo: '2026-10-23' },
  ...{ workingDays: 5, provisionalClock: false, total: '547000.00' },
  rows: [
    { enterprise: ENTERPRISE, project: '科技保险保费补贴、贷款贴息', amount: '247000.00' },
    { enterprise: '宁夏沐能精密机械有限公司', project: '科技保险保费补贴', amount: '300000.00' },
  ],
};
