import type { LocalDate } from '../calendar/local-date.ts';
import type { LoanTerms } from '../loans/schedule.ts';
import type { Money } from '../money/money.ts';
import type { CapFacts } from '../policy/kinds/loss-caps.ts';
import type { LossFacts } from '../policy/kinds/loss-condition.ts';
import type { LossEventFacts } from '../policy/kinds/loss-event.ts';
import type { Parties, RecordedParty } from './parties.ts';

/** What a bank asks for (风险补偿申请), as it was sent. Money in 元. */
export interface ClaimedLoss {
  claimedOn: LocalDate;
  poolCode: string;
  bankCode: string;
  enterpriseUscc: string;
  enterpriseName: string;
  contractNo: string;
  dueBillNo: string;
  /** ISO 4217 */
  currency: string;
  unpaidPrincipal: Money;
  countedUnpaid: Money;
  /** What the pool is asked to pay. */
  requested: Money;
  legalRepresentative?: string;
  /** Codes of the papers handed in. */
  papers: readonly string[];
  /** Who bears outside the pool, as stated. */
  parties?: Parties;
  /** In whose name the account is that is to be paid into. */
  payeeName?: string;
}

/** The loan as the register knows it. */
export interface ClaimedLoan {
  poolCode: string;
  bankCode: string;
  enterpriseUscc: string;
  contractNo: string;
  dueBillNo: string;
  status: 'active' | 'paidOff' | 'compensated' | 'revoked';
  principal: Money;
  countedPrincipal: Money;
  outstandingPrincipal: Money;
  /** Maturity as first filed, every extension in order, and as it stands. */
  firstMaturesOn: LocalDate;
  extensions: readonly { maturesOn: LocalDate; newMaturesOn: LocalDate }[];
  maturesOn: LocalDate;
  /** Whether a guarantor stands behind it, and what guarantees are recorded of it. */
  guaranteed: boolean;
  guarantees: readonly RecordedParty[];
  event: LossEventFacts;
  /** what its contract says of its repayment, to the first maturity */
  terms: LoanTerms;
  facts: LossFacts;
}

/** Everything a claim is judged by; what is not known is left out. */
export interface ClaimFacts {
  claim: ClaimedLoss;
  loan?: ClaimedLoan;
  enterprise?: { name: string; legalRepresentative?: string; representativeAtFiling?: string };
  /** Whose account may be paid into, by their registered names: the bank, and a guarantor of the loan. */
  payees: readonly string[];
  /** Other claims for the same loan that were not refused or withdrawn. */
  others: readonly { id: string; status: string }[];
  caps?: CapFacts;
  /** Until when the bank is banned after a refund. */
  bannedUntil?: LocalDate;
}
