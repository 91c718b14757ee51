import type { LocalDate } from '../calendar/local-date.ts';
import type { Clause } from './clause.ts';
import type { FilingRule } from './filing.ts';
import type { BreakerClause } from './kinds/breaker.ts';
import type { Cap, CapInput } from './kinds/cap.ts';
import type { ContributionReturnClause, TopUpClause } from './kinds/capital.ts';
import type { ChecklistClause } from './kinds/checklist.ts';
import type { ClaimBaseClause } from './kinds/claim-base.ts';
import type { ClaimWindowClause } from './kinds/claim-window.ts';
import type { Classification } from './kinds/classification.ts';
import type { Extension } from './kinds/extension.ts';
import type { FeeCeilingsClause } from './kinds/fee-ceilings.ts';
import type { Leverage } from './kinds/leverage.ts';
import type { LossCapsClause } from './kinds/loss-caps.ts';
import type { LossEventClause } from './kinds/loss-event.ts';
import type { LossSharesClause } from './kinds/loss-shares.ts';
import type { Match, MatchInput, MatchOwed } from './kinds/match.ts';
import type { MonthlyDay } from './kinds/monthly-day.ts';
import type { PanelClause } from './kinds/panel.ts';
import type { RecoveryClause } from './kinds/recovery.ts';
import type { RefundClause } from './kinds/refund.ts';
import type { Renewal, RenewalAnswer, RenewalInput } from './kinds/renewal.ts';
import type { ReviewClocksClause } from './kinds/review-clocks.ts';
import type { ReviewDays, ReviewDue, ReviewInput } from './kinds/review-days.ts';
import type { ShortfallClause } from './kinds/shortfall.ts';
import type { Stated } from './kinds/stated.ts';
import type { WriteOffClause } from './kinds/write-off.ts';

/** A policy document: who issued it, its four dates, and what is known of it. */
export interface PolicyDocument {
  title: string;
  /** 文号; left out when not known. */
  number?: string;
  issuers: string[];
  issuedOn: LocalDate;
  effectiveFrom: LocalDate;
  /** Whether `effectiveFrom` was read in the document, or is assumed. */
  effectiveFromConfirmed: boolean;
  expiresOn?: LocalDate;
  repealedOn?: LocalDate;
  predecessor?: string;
  source: string;
}

/**
 * One policy document as rules. `clauses` are all of them in article order; `filing` judges filings in that order; the
 * named ones are those that other parts ask for by their meaning. A programme picks its policy by `code` alone.
 */
export interface Policy {
  code: string;
  document: PolicyDocument;
  clauses: readonly Clause[];
  filing: readonly FilingRule[];
  leverage: Clause<Leverage, string, string>;
  match: Clause<Match, MatchInput, MatchOwed>;
  lossShares: LossSharesClause;
  /** Left out where the document sets no ceiling on what is paid. */
  lossCaps?: LossCapsClause;
  /** Left out where the document says nothing of guarantee fees. */
  feeCeilings?: FeeCeilingsClause;
  cap: Clause<Cap, CapInput, string>;
  review: Clause<ReviewDays, ReviewInput, ReviewDue>;
  reporting: Clause<MonthlyDay, string, LocalDate>;
  settlement: Clause<MonthlyDay, string, LocalDate>;
  renewal: Clause<Renewal, RenewalInput, RenewalAnswer>;
  extension: Clause<Extension, LocalDate, LocalDate>;
  classification: Clause<Classification, number, string>;
  claim: ClaimRules;
  recovery: RecoveryClause;
  writeOff: WriteOffClause;
  breaker: BreakerClause;
  topUp: TopUpClause;
  contributionReturn: ContributionReturnClause;
  /** Whose the interest on a pool's deposits is, and who bears the bank's fees. */
  depositIncome: Clause<Stated, string, boolean>;
  /** Grounds on which a filing is revoked (撤销备案). */
  revocation: Clause<Stated, string, boolean>;
}

/** What a claim for compensation (风险补偿申请) is judged by, in the order of its way. */
export interface ClaimRules {
  event: LossEventClause;
  window: ClaimWindowClause;
  base: ClaimBaseClause;
  /** What is compared automatically, by the codes of the checks. */
  checks: Clause<Stated, string, boolean>;
  /** The papers a claim must have, by their codes. */
  checklist: ChecklistClause;
  clocks: ReviewClocksClause;
  panel: PanelClause;
  shortfall: ShortfallClause;
  refund: RefundClause;
}
