import type { LocalDate } from '../calendar/local-date.ts';
import type { Clause } from './clause.ts';
import type { FilingRule } from './filing.ts';
import type { Cap, CapInput } from './kinds/cap.ts';
import type { Classification } from './kinds/classification.ts';
import type { Extension } from './kinds/extension.ts';
import type { Leverage } from './kinds/leverage.ts';
import type { LossShares } from './kinds/loss-shares.ts';
import type { Match, MatchInput, MatchOwed } from './kinds/match.ts';
import type { MonthlyDay } from './kinds/monthly-day.ts';
import type { Renewal, RenewalAnswer, RenewalInput } from './kinds/renewal.ts';
import type { ReviewDays, ReviewDue, ReviewInput } from './kinds/review-days.ts';

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
  lossShares: Clause<LossShares, string, { bearer: string; amount: string }[]>;
  cap: Clause<Cap, CapInput, string>;
  review: Clause<ReviewDays, ReviewInput, ReviewDue>;
  reporting: Clause<MonthlyDay, string, LocalDate>;
  settlement: Clause<MonthlyDay, string, LocalDate>;
  renewal: Clause<Renewal, RenewalInput, RenewalAnswer>;
  extension: Clause<Extension, LocalDate, LocalDate>;
  classification: Clause<Classification, number, string>;
}
