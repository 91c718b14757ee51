import type { Clause } from './clause.ts';
import type { Standing } from './filing.ts';
import type { PanelClause } from './kinds/panel.ts';
import type { Registration, RegistrationInput } from './kinds/registration.ts';
import type { ReviewClocksClause } from './kinds/review-clocks.ts';
import type { StandingAnswer, StandingRequired } from './kinds/standing.ts';
import type { SubsidyAmountClause } from './kinds/subsidy-amount.ts';
import type { SubsidyBudgetClause } from './kinds/subsidy-budget.ts';
import type { SubsidyCapsClause } from './kinds/subsidy-caps.ts';
import type { SubsidyGateClause } from './kinds/subsidy-gate.ts';
import type { SubsidyHolderClause } from './kinds/subsidy-holder.ts';
import type { SubsidyKind } from './kinds/subsidy-line.ts';
import type { SubsidyAllowedClause } from './kinds/subsidy-lines-allowed.ts';
import type { SubsidyPapersClause } from './kinds/subsidy-papers.ts';
import type { SubsidyPeriodClause } from './kinds/subsidy-period.ts';
import type { SubsidyPledgeClause } from './kinds/subsidy-pledge.ts';
import type { SubsidyVouchersClause } from './kinds/subsidy-vouchers.ts';
import type { SubsidyBatchesClause, SubsidyClawbackClause, SubsidyPublicityClause } from './kinds/subsidy-way.ts';
import type { PolicyDocument } from './policy.ts';

/** What one kind of cost is judged and counted by. */
export interface SchemeLine {
  period: SubsidyPeriodClause;
  allowed: SubsidyAllowedClause;
  amount: SubsidyAmountClause;
  /** Of interest: which of what the vouchers show counts. */
  vouchers?: SubsidyVouchersClause;
}

/** One subsidy scheme (补贴政策) as rules: who may apply, for what, how much, and the way to the money. */
export interface Scheme {
  code: string;
  document: PolicyDocument;
  clauses: readonly Clause[];
  registration: Clause<Registration, RegistrationInput, boolean>;
  holder: SubsidyHolderClause;
  /** Left out where the document asks nothing of last year's figures. */
  gate?: SubsidyGateClause;
  standing: Clause<StandingRequired, Standing, StandingAnswer>;
  lines: Partial<Record<SubsidyKind, SchemeLine>>;
  caps: SubsidyCapsClause;
  papers: SubsidyPapersClause;
  pledge: SubsidyPledgeClause;
  batches: SubsidyBatchesClause;
  /** Working days of each step, by its code: recommend, review, audit, decide. */
  clocks: ReviewClocksClause;
  panel: PanelClause;
  budget: SubsidyBudgetClause;
  publicity: SubsidyPublicityClause;
  clawback: SubsidyClawbackClause;
}
