import type { LocalDate } from '../calendar/local-date.ts';
import type { LprQuote } from '../calendar/lpr.ts';
import type { HolidayNotice } from '../calendar/working-days.ts';
import { DomainError } from '../errors.ts';
import type { Money } from '../money/money.ts';
import type { Rate } from '../money/rate.ts';
import { type Check, checksOf } from './check.ts';
import { type AddedVersion, type Clause, type ClauseVersion, valueOn } from './clause.ts';

export interface HeldTitle {
  kind: string;
  certificateNo: string;
  validFrom: LocalDate;
  validTo: LocalDate;
}

/** What is known of an enterprise's record; a member left out is not known. `true` is bad news. */
export interface Standing {
  abnormalOperation?: boolean;
  seriousDishonesty?: boolean;
  majorBreach?: boolean;
  representativeBadCredit?: boolean;
}

/**
 * What a filing is judged by. Whatever could not be read or is not known is left out: the checks that need it are
 * then left out too, so that a bad row still gets every fault it has. Money in 元.
 */
export interface FilingFacts {
  /** The day the server received it. */
  filedOn: LocalDate;
  filing: {
    contractNo?: string;
    principal?: Money;
    countedPrincipal?: Money;
    annualRate?: Rate;
    /** 合同签订日, where the bank states it; the day of drawdown stands in for it. */
    signedOn?: LocalDate;
    disbursedOn?: LocalDate;
    maturesOn?: LocalDate;
    purpose?: string;
    purposeText?: string | null;
    firstLoan?: boolean;
    renewsContractNo?: string | null;
  };
  enterprise?: {
    registeredAt?: string;
    staff?: number;
    revenue?: Money;
    assets?: Money;
    titles: readonly HeldTitle[];
    /** Listed in the 融资需求库. */
    inDemandRegister?: boolean;
    standing?: Standing;
  };
  /** Where the pool lends, as the enterprise register writes places (["石嘴山市平罗县"]); none: the whole region. */
  poolRegions?: readonly string[];
  /** Counted outstanding of the enterprise in all banks and pools, consented and pending, without this filing. */
  enterpriseCounted?: Money;
  /** The same of its related enterprises (关联企业), where they have been declared. */
  relatedCounted?: Money;
  /** Loans of the enterprise consented in the programme before this filing. */
  previousLoans?: number;
  /** Other loans of the enterprise that are in the programme now. */
  activeLoans?: number;
  /** What `renewsContractNo` was found to be; left out: no such contract. */
  renewed?: { sameEnterprise: boolean; consented: boolean };
}

/** What stays the same over a batch of filings. */
export interface FilingContext {
  added?: readonly AddedVersion[];
  lprQuotes: LprQuote[];
  notices: HolidayNotice[];
}

/** Judges one filing by one version of a clause. Answers nothing where the facts it needs are missing. */
export type FilingCheck = (facts: FilingFacts) => readonly Check[];

/** A clause that judges filings. `open` resolves its versions once per date of a batch. */
export interface FilingRule {
  clause: Clause;
  open(context: FilingContext): FilingCheck;
}

export const NO_CHECKS: readonly Check[] = Object.freeze([]);

/**
 * Binds a clause to the check it makes. `prepare` runs once per event date of a batch, so parsing values and looking
 * rates up belongs there. A clause out of its dates, or an LPR month that is missing, fails the filings of that date.
 */
export function filingRule<V, I, O>(
  clause: Clause<V, I, O>,
  prepare: (version: ClauseVersion<V>, context: FilingContext, on: LocalDate) => FilingCheck,
): FilingRule {
  return {
    clause,
    open(context) {
      const byDate = new Map<LocalDate, FilingCheck>();
      return (facts) => {
        const on = clause.resolvedBy === 'signedOn' ? signingDate(facts) : facts.filedOn;
        if (on === undefined) return NO_CHECKS;
        let check = byDate.get(on);
        if (check === undefined) {
          check = prepareOrFail(clause, on, context, prepare);
          byDate.set(on, check);
        }
        return check(facts);
      };
    },
  };
}

/** The day the loan's terms were agreed: signing, else drawdown; a drawdown still to come counts as agreed at filing. */
export function signingDate({ filing, filedOn }: FilingFacts): LocalDate | undefined {
  const agreed = filing.signedOn ?? filing.disbursedOn;
  return agreed !== undefined && agreed > filedOn ? filedOn : agreed;
}

function prepareOrFail<V, I, O>(
  clause: Clause<V, I, O>,
  on: LocalDate,
  context: FilingContext,
  prepare: (version: ClauseVersion<V>, context: FilingContext, on: LocalDate) => FilingCheck,
): FilingCheck {
  try {
    return prepare(valueOn(clause, on, context.added), context, on);
  } catch (error) {
    if (!(error instanceof DomainError) || !['POLICY_OUTSIDE_DATES', 'LPR_MISSING'].includes(error.code)) throw error;
    const field = clause.resolvedBy === 'signedOn' ? 'disbursedOn' : 'filedOn';
    const { fail } = checksOf(clause, clause.versions[0]!);
    const more = error.cites.length > 0 ? { field, value: on, cites: error.cites } : { field, value: on };
    const failed = [fail(error.code, error.message, more)];
    return () => failed;
  }
}
