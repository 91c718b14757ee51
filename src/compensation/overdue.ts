import type { LocalDate } from '../calendar/local-date.ts';
import { type LoanTerms, type RepaymentMethod, schedule } from '../loans/schedule.ts';
import type { Money } from '../money/money.ts';
import { type Check, checksOf } from '../policy/check.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import type { Policy } from '../policy/policy.ts';
import type { ClaimedLoan } from './claim.ts';

const BY_INSTALMENT: readonly RepaymentMethod[] = ['equalInstallment', 'equalPrincipal'];

/** What a loan may still owe at the end of a day by its contract; what was due last is due at the maturity as it was extended. */
export function owedByContract(terms: LoanTerms, maturesOn: LocalDate, on: LocalDate): Money {
  const lines = schedule(terms);
  const passed = lines.filter(({ dueOn }, i) => (i === lines.length - 1 ? maturesOn : dueOn) <= on);
  return passed.at(-1)?.outstandingAfter ?? terms.principal;
}

/**
 * NOT_OVERDUE where nothing of the principal that is unpaid was due on the day since when it is said to be overdue: a loan repaid at maturity is not overdue before
 * its maturity, a loan by instalments not while it is repaid as scheduled, and an agreed extension is not overdue. Nothing where it was.
 */
export function judgeOverdue(
  policy: Policy,
  { event, terms, extensions, maturesOn, outstandingPrincipal }: ClaimedLoan,
  claimedOn: LocalDate,
  added?: readonly AddedVersion[],
): Check | undefined {
  const since = event.overdueSince;
  if (since === undefined || outstandingPrincipal.isZero()) return undefined;
  if (outstandingPrincipal.gt(owedByContract(terms, maturesOn, since))) return undefined;
  const extended = extensions.length > 0;
  const { event: clause } = policy.claim;
  const version = valueOn(clause, claimedOn, added);
  const cites = [version.citation, ...(extended ? [valueOn(policy.extension, claimedOn, added).citation] : [])];
  const until = extended ? `本金展期至 ${maturesOn} 到期，经同意的展期不属于逾期` : `本金于 ${maturesOn} 到期`;
  const why = BY_INSTALMENT.includes(terms.repaymentMethod) ? `按还款计划至 ${since} 应还的本金均已归还` : until;
  return checksOf(clause, version).fail('NOT_OVERDUE', `${why}，${since} 本金没有逾期`, {
    field: 'overdueSince',
    value: since,
    cites,
  });
}
