import type { Renderer } from '../src/documents/renderer.ts';
import type { DocumentKind, ViewModels } from '../src/documents/view-models.ts';
import { drawAnnualContributor } from './annual-contributor/layout.ts';
import { drawAnnualPool } from './annual-pool/layout.ts';
import { drawBankReconciliation } from './bank-reconciliation/layout.ts';
import { drawBreakerNotice } from './breaker-notice/layout.ts';
import { drawClaimApproval } from './claim-approval/layout.ts';
import { drawClaimLetter } from './claim-letter/layout.ts';
import { drawConsentLetter } from './consent-letter/layout.ts';
import { drawContributionConfirmation } from './contribution-confirmation/layout.ts';
import { drawFilingNotice } from './filing-notice/layout.ts';
import { drawMonthlyLedger } from './monthly-ledger/layout.ts';
import { drawPaymentNotice } from './payment-notice/layout.ts';
import { drawRecoveryDistribution } from './recovery-distribution/layout.ts';
import { drawSettlementStatement } from './settlement-statement/layout.ts';
import { type Orientation, Sheet } from './shared/sheet.ts';
import { drawSubsidyApplication } from './subsidy-application/layout.ts';
import { drawSubsidyClawback } from './subsidy-clawback/layout.ts';
import { drawSubsidyDecision } from './subsidy-decision/layout.ts';
import { drawSubsidyOrder } from './subsidy-order/layout.ts';
import { drawSubsidyPublicity } from './subsidy-publicity/layout.ts';
import { drawSubsidyRefusal } from './subsidy-refusal/layout.ts';
import { drawSubsidyReview } from './subsidy-review/layout.ts';
import { drawSubsidySummary } from './subsidy-summary/layout.ts';
import { drawWriteOffSheet } from './write-off-sheet/layout.ts';

interface Template<K extends DocumentKind> {
  orientation: Orientation;
  draw: (sheet: Sheet, view: ViewModels[K]) => Promise<void>;
}

const TEMPLATES: { [K in DocumentKind]: Template<K> } = {
  settlementStatement: { orientation: 'portrait', draw: drawSettlementStatement },
  monthlyLedger: { orientation: 'landscape', draw: drawMonthlyLedger },
  consentLetter: { orientation: 'portrait', draw: drawConsentLetter },
  filingNotice: { orientation: 'portrait', draw: drawFilingNotice },
  annualContributor: { orientation: 'portrait', draw: drawAnnualContributor },
  annualPool: { orientation: 'portrait', draw: drawAnnualPool },
  bankReconciliation: { orientation: 'portrait', draw: drawBankReconciliation },
  breakerNotice: { orientation: 'portrait', draw: drawBreakerNotice },
  claimApproval: { orientation: 'portrait', draw: drawClaimApproval },
  claimLetter: { orientation: 'portrait', draw: drawClaimLetter },
  contributionConfirmation: { orientation: 'portrait', draw: drawContributionConfirmation },
  paymentNotice: { orientation: 'portrait', draw: drawPaymentNotice },
  recoveryDistribution: { orientation: 'portrait', draw: drawRecoveryDistribution },
  subsidyApplication: { orientation: 'portrait', draw: drawSubsidyApplication },
  subsidyClawback: { orientation: 'portrait', draw: drawSubsidyClawback },
  subsidyDecision: { orientation: 'portrait', draw: drawSubsidyDecision },
  subsidyOrder: { orientation: 'portrait', draw: drawSubsidyOrder },
  subsidyPublicity: { orientation: 'portrait', draw: drawSubsidyPublicity },
  subsidyRefusal: { orientation: 'portrait', draw: drawSubsidyRefusal },
  subsidyReview: { orientation: 'portrait', draw: drawSubsidyReview },
  subsidySummary: { orientation: 'portrait', draw: drawSubsidySummary },
  writeOffSheet: { orientation: 'portrait', draw: drawWriteOffSheet },
};

/**
 * Renders a document with pdfkit, on Node. Fonts (20 MB) are read at the first call and kept; a long ledger gives way
 * to other work at every page. See the port for what it promises and what it rejects.
 */
export const render: Renderer = async (kind, view) => {
  const template = TEMPLATES[kind];
  const sheet = new Sheet(view, template.orientation);
  await template.draw(sheet, view);
  return sheet.finish();
};
