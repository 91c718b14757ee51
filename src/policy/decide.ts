import type { LocalDate } from '../calendar/local-date.ts';
import { lastDay, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { type Citation, DomainError } from '../errors.ts';
import { Exact, formatYuan, type Money, money, toWire, ZERO } from '../money/money.ts';
import type { Check } from './check.ts';
import { type AddedVersion, type Clause, type ClauseCitation, EVENT_DATES, type EventDate, valueOn } from './clause.ts';
import { derived, type Explanation, given } from './explanation.ts';
import type { FilingContext, FilingFacts, HeldTitle } from './filing.ts';
import type { LoanClassification } from './five-categories.ts';
import { judgeClassification } from './kinds/classification.ts';
import { type ExtensionFacts, judgeExtension } from './kinds/extension.ts';
import { judgeRenewal, type RenewalInput } from './kinds/renewal.ts';
import type { ReviewInput } from './kinds/review-days.ts';
import type { Policy } from './policy.ts';

type Added = readonly AddedVersion[];

/**
 * Judges the filings of one batch: clauses are resolved and rates looked up once per date, so keep the answer for the
 * whole file. Each call answers every check of one filing in article order; a filing may go on when none is `fail`.
 */
export function filingChecker(policy: Policy, context: FilingContext): (facts: FilingFacts) => Check[] {
  const checks = policy.filing.map((rule) => rule.open(context));
  return (facts) => {
    const found: Check[] = [];
    for (const check of checks) for (const verdict of check(facts)) found.push(verdict);
    return found;
  };
}

/** Judges a single filing; see `filingChecker`. */
export function checkFiling(policy: Policy, facts: FilingFacts, context: FilingContext): Check[] {
  return filingChecker(policy, context)(facts);
}

/** Judges an extension (展期) on the day it is asked for. Throws POLICY_OUTSIDE_DATES. */
export function checkExtension(policy: Policy, facts: ExtensionFacts, added?: Added): Check[] {
  return judgeExtension(policy.extension, valueOn(policy.extension, facts.askedOn, added), facts);
}

/** Judges a renewal (续贷) on the day it is filed. Throws POLICY_OUTSIDE_DATES. */
export function checkRenewal(policy: Policy, facts: RenewalInput & { filedOn: LocalDate }, added?: Added): Check {
  return judgeRenewal(policy.renewal, valueOn(policy.renewal, facts.filedOn, added), facts);
}

/** Judges a reported 五级分类 against the days overdue on the report's date. Throws POLICY_OUTSIDE_DATES. */
export function checkClassification(
  policy: Policy,
  facts: { reported: LoanClassification; overdueDays: number; reportedOn: LocalDate },
  added?: Added,
): Check {
  const version = valueOn(policy.classification, facts.reportedOn, added);
  return judgeClassification(policy.classification, version, facts);
}

/** The leverage (放大倍数) in force on a date. Throws POLICY_OUTSIDE_DATES. */
export function leverageOn(
  policy: Policy,
  date: LocalDate,
  added?: Added,
): { multiple: Exact; cites: Citation[]; explanation: Explanation } {
  const { value, citation } = valueOn(policy.leverage, date, added);
  const explanation = derived('放大倍数', `${value} 倍`, [citation], [given('取值日', date)]);
  return { multiple: new Exact(value), cites: [citation], explanation };
}

/** Whether interest and fees of a pool's deposits fall on the contributors by what each has, and the article. Throws POLICY_OUTSIDE_DATES. */
export function depositIncomeOn(
  policy: Policy,
  date: LocalDate,
  added?: Added,
): { byHoldings: boolean; cites: Citation[] } {
  const { value, citation } = valueOn(policy.depositIncome, date, added);
  return { byHoldings: policy.depositIncome.apply(value, 'holdings'), cites: [citation] };
}

/**
 * What is owed in match (配套资金) of a cooperating unit's contribution received on a day, and by when; `by` is the code
 * of who owes it. Throws POLICY_OUTSIDE_DATES.
 */
export function matchOwed(
  policy: Policy,
  contribution: Money,
  contributedOn: LocalDate,
  added?: Added,
): { by: string; amount: Money; dueOn: LocalDate; cites: Citation[]; explanation: Explanation } {
  const { value, citation } = valueOn(policy.match, contributedOn, added);
  const owed = policy.match.apply(value, { amount: toWire(contribution), contributedOn });
  const amount = money(owed.amount);
  const explanation = derived(
    `${value.by.label}应配套金额`,
    `${formatYuan(amount)} 元，${owed.dueOn} 前到位`,
    [citation],
    [
      given('合作单位出资', `${formatYuan(contribution)} 元，${contributedOn} 到账`),
      given('配套比例', `${value.percent}%`),
      given('到位期限', `${value.dueDays} 日`),
    ],
  );
  return { by: value.by.code, amount, dueOn: owed.dueOn, cites: [citation], explanation };
}

/** The last day on which a bank's report of a month is in time. Throws POLICY_OUTSIDE_DATES. */
export function reportDueOn(policy: Policy, period: SettlementPeriod, added?: Added): LocalDate {
  return policy.reporting.apply(valueOn(policy.reporting, lastDay(period), added).value, period);
}

/** The article that says by when something is done for a month. Throws POLICY_OUTSIDE_DATES. */
export function citationOf(clause: Policy['reporting'], period: SettlementPeriod, added?: Added): Citation[] {
  return [valueOn(clause, lastDay(period), added).citation];
}

/** The day a month is settled. Throws POLICY_OUTSIDE_DATES. */
export function settlementDueOn(policy: Policy, period: SettlementPeriod, added?: Added): LocalDate {
  return policy.settlement.apply(valueOn(policy.settlement, lastDay(period), added).value, period);
}

/**
 * Until when a reviewer decides a filing received on a day; the cooperating unit and the region have their own time. Throws POLICY_OUTSIDE_DATES.
 */
export function reviewDueOn(
  policy: Policy,
  filedOn: LocalDate,
  by: ReviewInput['by'],
  { added, notices }: Pick<FilingContext, 'added' | 'notices'>,
): { dueOn: LocalDate; provisional: boolean; explanation: Explanation } {
  const { value, citation } = valueOn(policy.review, filedOn, added);
  const due = policy.review.apply(value, { by, filedOn, notices });
  const explanation = derived(
    '审核时限',
    due.dueOn,
    [citation],
    [given('受理日', filedOn), given('工作日数', `${value[by]} 个工作日`)],
  );
  return { ...due, explanation };
}

/** What an enterprise with these titles may have counted on a day, and what of it is left. Throws POLICY_OUTSIDE_DATES. */
export function capOn(
  policy: Policy,
  { on, titles, counted }: { on: LocalDate; titles: readonly HeldTitle[]; counted: Money },
  added?: Added,
): { cap: Money; left: Money; explanation: Explanation } {
  const { value, citation } = valueOn(policy.cap, on, added);
  const cap = money(policy.cap.apply(value, { on, titles }));
  const left = cap.gt(counted) ? cap.minus(counted) : ZERO;
  const explanation = derived(
    '单户尚可备案金额',
    `${formatYuan(left)} 元`,
    [],
    [
      derived('单户上限', `${formatYuan(cap)} 元`, [citation], [given('取值日', on)]),
      given('已备案（含待审）余额', `${formatYuan(counted)} 元`),
    ],
  );
  return { cap, left, explanation };
}

/** A clause as the policies page shows it; `value`, `text` and `citation` are null outside its dates. Plain JSON. */
export interface ClauseView {
  id: string;
  title: string;
  unit: string | null;
  resolvedBy: EventDate;
  resolvedByText: string;
  value: unknown;
  text: string | null;
  effectiveFrom: LocalDate | null;
  expiresOn: LocalDate | null;
  citation: ClauseCitation | null;
  /** True when the value is shown with PROVISIONAL. */
  provisional: boolean;
  /** Why there is no value on the date. */
  outsideDates: string | null;
}

/** A clause with its value on a date. Throws POLICY_VALUE_INVALID when an added value does not fit. */
export function clauseOn(clause: Clause, date: LocalDate, added?: Added): ClauseView {
  const { id, title, resolvedBy } = clause;
  const head = { id, title, unit: clause.unit ?? null, resolvedBy, resolvedByText: EVENT_DATES[resolvedBy] };
  try {
    const { value, effectiveFrom, expiresOn, citation } = valueOn(clause, date, added);
    const text = clause.describe(value);
    const provisional = !citation.confirmed;
    return {
      ...head,
      value,
      text,
      effectiveFrom,
      expiresOn: expiresOn ?? null,
      citation,
      provisional,
      outsideDates: null,
    };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'POLICY_OUTSIDE_DATES') throw error;
    const nothing = { value: null, text: null, effectiveFrom: null, expiresOn: null, citation: null };
    return { ...head, ...nothing, provisional: false, outsideDates: error.message };
  }
}

/** Every clause of a policy with its value on a date, in article order. */
export function policyOn({ clauses }: { clauses: readonly Clause[] }, date: LocalDate, added?: Added): ClauseView[] {
  return clauses.map((clause) => clauseOn(clause, date, added));
}
