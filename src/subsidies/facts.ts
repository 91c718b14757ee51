import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import type { Money } from '../money/money.ts';
import type { HeldTitle, Standing } from '../policy/filing.ts';
import type { EarlierAmount } from '../policy/kinds/subsidy-caps.ts';
import type { LineDate, SubsidyKind } from '../policy/kinds/subsidy-line.ts';

/** 禁止申报 that a clawback brought, from the day it was decided to the day before `until`, with the clause of the scheme that it was got from. */
export interface Ban {
  from: LocalDate;
  until: LocalDate;
  allSchemes: boolean;
  /** the scheme's document */
  title: string;
  citation: Citation;
}

/** What is known of an enterprise that applies. What nobody stated is left out, never guessed. Amounts in 元. */
export interface Applicant {
  uscc: string;
  registeredAt: string;
  titles: readonly HeldTitle[];
  revenue?: Money;
  previousRevenue?: Money;
  profit?: Money;
  previousProfit?: Money;
  rndExpense?: Money;
  netAssets?: Money;
  /** micro, small, medium or large */
  size?: string;
  /** The year of its last prize in a contest (创新创业大赛). */
  contestYear?: number;
  /** Whether a reviewer found the prize; left out: nobody has looked. */
  contestConfirmed?: boolean;
  standing?: Standing;
  /** It may not apply: a subsidy was got by false papers. */
  ban?: Ban;
}

/** One cost that a subsidy is asked for: a policy, a loan's interest, a fee, a project. */
export interface SubsidyItem {
  kind: SubsidyKind;
  /** What people call it: the kind of insurance, the bank and contract. */
  name: string;
  dates: Partial<Record<Exclude<LineDate, 'appliedOn'>, LocalDate>>;
  /** What was paid and can count: of interest what the vouchers leave. */
  cost: Money;
  /** What other public money has paid of it. */
  otherMoney: Money;
  /** Whether the insurer, bank, guarantor or valuer is on the register of partners; left out where it was not looked up. */
  partner?: boolean;
  class?: string;
  ordinal?: number;
  yearOrdinal?: number;
  firstLoan?: boolean;
  product?: string;
  principal?: Money;
  /** Percent a year. */
  annualRate?: string;
  termMonths?: number;
  /** Months of the loan that count where a sum is by the month. */
  months?: number;
  /** Percent of the pledge that is intellectual property. */
  ipShare?: string;
  insuredSum?: Money;
  renewed?: { unbroken: boolean };
  settled?: boolean;
}

/** What the enterprise was granted before, by this scheme. */
export interface SubsidyHistory {
  earlier: readonly EarlierAmount[];
  /** Other lines of the year, by kind, that stand before this application. */
  linesBefore?: Partial<Record<SubsidyKind, number>>;
  /** Earlier years with a grant, by kind. */
  yearsBefore?: Partial<Record<SubsidyKind, number>>;
}

/** One application as it is judged. `year` is the year whose budget it asks of. */
export interface ApplicationFacts {
  appliedOn: LocalDate;
  year: number;
  applicant: Applicant;
  items: readonly SubsidyItem[];
  history: SubsidyHistory;
}
