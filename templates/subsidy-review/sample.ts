import type { SubsidyReviewView } from '../../src/documents/subsidy-views.ts';
import { head, REGION, sampleApplication, sampleLines } from '../subsidy-application/sample.ts';

const said = (step: string, unit: string, by: string, on: string, verdict: string, text = '') => {
  return { step, unit, by, on, verdict, text };
};

export const sample: SubsidyReviewView = {
  ...head('补贴审核意见表', '宁科补审', 17, REGION, '2026-10-15'),
  ...{ application: sampleApplication, lines: sampleLines.map((line) => ({ ...line, granted: null })) },
  ...{ amount: '247147.92', decided: '247000.00', result: 'granted', reasons: [] },
  opinions: [
    said('审核推荐', '银川市科学技术局', '银川市审核员', '2026-09-22', '材料齐全，同意推荐'),
    said('形式审查', REGION, '自治区审核员甲', '2026-09-28', '审查通过', '材料齐全，内容一致。'),
    said('审计', REGION, '财务甲', '2026-10-12', '审核通过', '保费凭证与申报一致。'),
    said('核定', REGION, '自治区审核员乙', '2026-10-15', '同意补贴', '核定补贴金额 247,000.00 元。'),
  ],
};
