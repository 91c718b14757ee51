import { exampleAfterLoss } from '../defaults/after-loss.ts';
import { exampleClaimRules } from '../defaults/claims.ts';
import { capRule } from '../kinds/cap.ts';
import { countedRule } from '../kinds/counted.ts';
import { filingDeadlineRule } from '../kinds/filing-deadline.ts';
import { filingModeRule } from '../kinds/filing-mode.ts';
import { loanCountRule } from '../kinds/first-loan.ts';
import { rateCapRule } from '../kinds/rate-cap.ts';
import { registrationRule } from '../kinds/registration.ts';
import { renewalRule } from '../kinds/renewal.ts';
import { sizeRule } from '../kinds/size.ts';
import { standingRule } from '../kinds/standing.ts';
import { termRule } from '../kinds/term.ts';
import { titlesRule } from '../kinds/titles.ts';
import { useRule } from '../kinds/use.ts';
import type { Policy } from '../policy.ts';
import { classification, extension, reporting, settlement } from './after-lending.ts';
import { cap, counted } from './amounts.ts';
import { CODE, document, folder } from './document.ts';
import { registration, size, standing, titles } from './eligibility.ts';
import { filingDeadline, filingMode, loanCount, renewal, review } from './filing.ts';
import { compensated, contributors, leverage, match } from './funds.ts';
import { rateCap, term } from './loan-terms.ts';
import { lossShares } from './risk.ts';
import { use } from './use-of-money.ts';

// Nothing of these articles was seen in the document: they are the programme's example values.
const claim = exampleClaimRules(folder);
const afterLoss = exampleAfterLoss(folder);

/** 宁科贷: the risk-compensation loan of 2025. */
export const ningkedai2025: Policy = {
  code: CODE,
  document,
  clauses: [
    ...[contributors, compensated, match, leverage, lossShares],
    ...[registration, size, titles, standing, use],
    ...[cap, counted, term, rateCap],
    ...[filingMode, filingDeadline, loanCount, renewal, review],
    ...[extension, reporting, settlement, classification],
    ...Object.values(claim),
    ...Object.values(afterLoss),
  ],
  filing: [
    ...[registrationRule(registration), sizeRule(size), titlesRule(titles), standingRule(standing), useRule(use)],
    ...[countedRule(counted), capRule(cap), termRule(term), rateCapRule(rateCap)],
    ...[filingModeRule(filingMode), filingDeadlineRule(filingDeadline), loanCountRule(loanCount), renewalRule(renewal)],
  ],
  leverage,
  match,
  lossShares,
  cap,
  review,
  renewal,
  extension,
  reporting,
  settlement,
  classification,
  claim,
  ...afterLoss,
};
