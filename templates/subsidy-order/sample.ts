import type { SubsidyOrderView } from '../../src/documents/subsidy-views.ts';
import { article, head, REGION, SCHEME, samplePayee } from '../subsidy-application/sample.ts';

export const sample: SubsidyOrderView = {
  ...head('补贴资金拨款单', '宁科补拨', 1, REGION, '2026-10-30'),
  cites: [article('条款待核（预算条款）')],
  ...{ scheme: SCHEME, year: 2026, batchNo: 2, budgetName: '2026年宁夏科技金融补助预算' },
  ...{ orderNo: '宁科金补〔2026〕2号（示例）', total: '487862.07' },
  payer: { name: REGION, bank: '宁夏银行股份有限公司', number: '6400100155550009' },
  payments: [
    { payee: samplePayee, amount: '187862.07' },
    {
      payee: { name: '宁夏沐能精密机械有限公司', bank: '石嘴山银行股份有限公司平罗支行', number: '6402200100007777' },
      amount: '300000.00',
    },
  ],
  classes: [
    { name: '31204 费用补贴', amount: '482538.04' },
    { name: '31205 利息补贴', amount: '5324.03' },
  ],
  hands: [
    { step: '分配预算', by: '财务甲', on: '2026-10-26' },
    { step: '批准', by: '自治区审核员乙', on: '2026-10-28' },
    { step: '下达', by: '财务甲', on: '2026-10-30' },
  ],
};
