import type { SubsidyDecisionView } from '../../src/documents/subsidy-views.ts';
import {
  ENTERPRISE,
  head,
  REGION,
  sampleApplication,
  sampleLines,
  samplePayee,
  sampleRemedy,
} from '../subsidy-application/sample.ts';

export const sample: SubsidyDecisionView = {
  ...head('补贴决定书', '宁科补决', 17, REGION, '2026-10-28'),
  ...{ addressee: ENTERPRISE, application: sampleApplication, lines: sampleLines, payee: samplePayee },
  ...{ decided: '247000.00', granted: '187862.07', remedy: sampleRemedy },
  notes: [
    '本批核定补贴合计 24,361,738.02 元，2026年10月26日分配时可用预算 18,529,000.00 元。年度预算总额控制，超出预算时按比例核减；未满足的部分不再结转。',
    '你单位核定补贴 247,000.00 元，本批安排 187,862.07 元。',
  ],
  duties: [
    '补贴资金应当按照国家统一的会计制度核算，有关凭证和资料妥善保存，配合科技、财政、审计部门的监督检查。',
    '弄虚作假骗取补贴的，追回已拨付的资金，3 年内不得申报。',
  ],
};

/** The same corrected: a fact was put right, and the line brings less. */
export const sampleCorrection: SubsidyDecisionView = {
  ...{ ...sample, title: '补贴更正决定书', lines: sampleLines.slice(0, 1), granted: '-38026.07' },
  correction: {
    ...{ before: '240000.00', after: '190000.00', difference: '-38026.07' },
    ...{ reason: '所报保险费金额有误，保险公司已出具更正说明', decisionNumber: '宁科补决〔2026〕17号' },
  },
};
