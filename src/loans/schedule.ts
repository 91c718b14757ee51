import { type DayCountBasis, interest } from '../calendar/day-count.ts';
import { addMonths, type LocalDate } from '../calendar/local-date.ts';
import { periodOf, periodsBetween, previousPeriod, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { DomainError } from '../errors.ts';
import { divideHalfUp, fromFen, toFen, toIntegers } from '../money/fen.ts';
import { type Money, sum, ZERO } from '../money/money.ts';
import type { Rate } from '../money/rate.ts';

/** 按月付息到期还本, 按季付息到期还本, 等额本息, 等额本金, 到期一次还本付息. */
export type RepaymentMethod =
  | 'monthlyInterest'
  | 'quarterlyInterest'
  | 'equalInstallment'
  | 'equalPrincipal'
  | 'lumpSum';

/** What a contract says about when a loan is repaid; `annualRate` as a fraction. */
export interface LoanTerms {
  principal: Money;
  annualRate: Rate;
  disbursedOn: LocalDate;
  maturesOn: LocalDate;
  dayCountBasis: DayCountBasis;
  repaymentMethod: RepaymentMethod;
}

/** One payment due under the contract. */
export interface Instalment {
  dueOn: LocalDate;
  principal: Money;
  interest: Money;
  outstandingAfter: Money;
}

/**
 * Every payment of a loan, in order, by the contract's own arithmetic; principals add up to the loan, the last is due
 * at maturity. Interest methods: actual days to the 21st (of each month, or of Mar, Jun, Sep, Dec), the rest at
 * maturity. 等额本息 and 等额本金: one payment a month on the day of disbursement, interest = balance × annual ÷ 12.
 * Interest is rounded half up to the fen once a line. Throws DomainError LOAN_DATES unless maturity follows disbursement.
 */
export function schedule(terms: LoanTerms): Instalment[] {
  const months = monthsOf(terms);
  if (!isAmortised(terms, months)) {
    return periodsBetween(periodOf(terms.disbursedOn), periodOf(terms.maturesOn)).flatMap((p) => dueIn(terms, p));
  }
  return [...amortise(terms, months)].map((line, i) => ({
    dueOn: i + 1 === months ? terms.maturesOn : addMonths(terms.disbursedOn, i + 1),
    principal: fromFen(line.principal),
    interest: fromFen(line.interest),
    outstandingAfter: fromFen(line.after),
  }));
}

/**
 * What a loan should repay within a month and still owe at its end, were everything paid as the contract says; the
 * sums of `schedule` for that month, without building it. Nothing is due and owed before disbursement and after
 * maturity. Throws as `schedule` does.
 */
export function expectedInMonth(
  terms: LoanTerms,
  period: SettlementPeriod,
): { principal: Money; interest: Money; outstanding: Money } {
  const months = monthsOf(terms);
  if (period < periodOf(terms.disbursedOn) || period > periodOf(terms.maturesOn)) {
    return { principal: ZERO, interest: ZERO, outstanding: ZERO };
  }
  if (isAmortised(terms, months)) return amortisedInMonth(terms, months, period);
  const lines = dueIn(terms, period);
  return {
    principal: sum(lines.map((line) => line.principal)),
    interest: sum(lines.map((line) => line.interest)),
    outstanding: period === periodOf(terms.maturesOn) ? ZERO : terms.principal,
  };
}

/** Calendar months from disbursement to maturity: the number of instalments of an amortised loan. */
function monthsOf(terms: LoanTerms): number {
  if (terms.maturesOn <= terms.disbursedOn) {
    throw new DomainError('LOAN_DATES', `到期日期 ${terms.maturesOn} 必须晚于放款日期 ${terms.disbursedOn}`);
  }
  return monthsBetween(periodOf(terms.disbursedOn), periodOf(terms.maturesOn));
}

function monthsBetween(from: SettlementPeriod, to: SettlementPeriod): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));
}

/** A loan repaid within its month has no monthly instalment: it falls due once, at maturity, by actual days. */
function isAmortised(terms: LoanTerms, months: number): boolean {
  return months > 0 && (terms.repaymentMethod === 'equalInstallment' || terms.repaymentMethod === 'equalPrincipal');
}

/** The lines of a loan that repays its principal at maturity which fall due within a month: none, one or two. */
function dueIn(terms: LoanTerms, period: SettlementPeriod): Instalment[] {
  const { principal, annualRate, disbursedOn, maturesOn, dayCountBasis } = terms;
  const lines: Instalment[] = [];
  const until = (dueOn: LocalDate): Money =>
    interest(principal, annualRate, interestStart(terms, dueOn), dueOn, dayCountBasis);
  const day = interestDay(period);
  if (paysInterest(terms, period) && day > disbursedOn && day < maturesOn) {
    lines.push({ dueOn: day, principal: ZERO, interest: until(day), outstandingAfter: principal });
  }
  if (period === periodOf(maturesOn)) {
    lines.push({ dueOn: maturesOn, principal, interest: until(maturesOn), outstandingAfter: ZERO });
  }
  return lines;
}

/** Where the interest that falls due on a day begins: at the interest day before it, or at disbursement. */
function interestStart(terms: LoanTerms, dueOn: LocalDate): LocalDate {
  let period = periodOf(dueOn);
  while (interestDay(period) > terms.disbursedOn) {
    if (interestDay(period) < dueOn && paysInterest(terms, period)) return interestDay(period);
    period = previousPeriod(period);
  }
  return terms.disbursedOn;
}

/** Interest is settled to the 20th and taken on the 21st, so an interval ends on the 21st. */
function interestDay(period: SettlementPeriod): LocalDate {
  return `${period}-21`;
}

function paysInterest(terms: LoanTerms, period: SettlementPeriod): boolean {
  if (terms.repaymentMethod === 'quarterlyInterest') return Number(period.slice(5)) % 3 === 0;
  return terms.repaymentMethod === 'monthlyInterest';
}

function amortisedInMonth(terms: LoanTerms, months: number, period: SettlementPeriod) {
  let left = monthsBetween(periodOf(terms.disbursedOn), period);
  if (left === 0) return { principal: ZERO, interest: ZERO, outstanding: terms.principal };
  for (const line of amortise(terms, months)) {
    left -= 1;
    if (left > 0) continue;
    return {
      principal: fromFen(line.principal),
      interest: fromFen(line.interest),
      outstanding: fromFen(line.after),
    };
  }
  throw new RangeError(`no instalment in ${period}`); // months and period come from the same dates
}

/** The instalments of an amortised loan in whole fen, one by one; the last takes what rounding left. */
function* amortise(
  terms: LoanTerms,
  months: number,
): Generator<{ principal: bigint; interest: bigint; after: bigint }> {
  const { integers, scale } = toIntegers([terms.annualRate]);
  const rate = integers[0]!;
  const year = 12n * scale; // monthly rate = rate ÷ year
  let balance = toFen(terms.principal);
  const each = terms.repaymentMethod === 'equalPrincipal' ? divideHalfUp(balance, BigInt(months)) : undefined;
  const payment = each ?? annuity(balance, rate, year, months);
  for (let k = 1; k <= months; k++) {
    const interest = divideHalfUp(balance * rate, year);
    const due = each ?? payment - interest;
    const principal = k === months || due > balance ? balance : due;
    balance -= principal;
    yield { principal, interest, after: balance };
  }
}

/** The level payment P·i·(1+i)ⁿ ÷ ((1+i)ⁿ − 1) in fen with i = rate ÷ year, computed exactly and rounded half up. */
function annuity(principal: bigint, rate: bigint, year: bigint, months: number): bigint {
  const n = BigInt(months);
  if (rate === 0n) return divideHalfUp(principal, n);
  const grown = (year + rate) ** n;
  return divideHalfUp(principal * rate * grown, year * (grown - year ** n));
}
