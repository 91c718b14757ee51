import { type DayCountBasis, interest } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { formatYuan, type Money, sum, toWire } from '../money/money.ts';
import { type Rate, ratePercent, toPercent } from '../money/rate.ts';
import { type Check, checksOf } from '../policy/check.ts';
import type { ClauseVersion } from '../policy/clause.ts';
import { derived, given } from '../policy/explanation.ts';
import type { Fee, FeeCeilings, FeeCeilingsClause } from '../policy/kinds/fee-ceilings.ts';
import type { Due } from './dues.ts';

/** What a fee agreement says of one loan. */
export interface FeeTerms {
  /** Code of the fee in the clause: guaranteeFee, reguaranteeFee … */
  fee: string;
  /** The guaranteed amount of the loan, which picks the band. */
  guaranteed: Money;
  annualRate: Rate;
  dayCountBasis: DayCountBasis;
}

/** A stretch of time over which the guaranteed balance stood still: first day counted, last not. */
export interface FeeInterval {
  from: LocalDate;
  to: LocalDate;
  balance: Money;
}

/** Codes: FEE_RATE, FEE_ABOVE_CEILING; FEE_NOT_REGULATED where the document sets no ceiling for this fee. */
export function judgeFee(
  clause: FeeCeilingsClause,
  version: ClauseVersion<FeeCeilings>,
  { fee, guaranteed, annualRate }: Pick<FeeTerms, 'fee' | 'guaranteed' | 'annualRate'>,
): Check {
  const { cites, pass, fail, notChecked } = checksOf(clause, version);
  const ceiling = clause.apply(version.value, { fee, guaranteed: toWire(guaranteed) });
  if (ceiling === null) return notChecked('FEE_NOT_REGULATED', `办法未规定「${fee}」的费率上限`);
  const { label } = feeOf(version.value, fee)!;
  const explanation = derived(`${label}费率上限`, `${ceiling}%`, cites, [
    given('单笔担保金额', `${formatYuan(guaranteed)} 元`),
  ]);
  const rate = toPercent(annualRate);
  if (annualRate.gt(ratePercent(ceiling))) {
    const message = `${label}年费率 ${rate}% 高于上限 ${ceiling}%`;
    return fail('FEE_ABOVE_CEILING', message, { field: 'annualRate', value: rate, explanation });
  }
  return pass('FEE_RATE', `${label}年费率 ${rate}% 不高于上限 ${ceiling}%`, { explanation });
}

/**
 * What is owed for a fee over some intervals: balance × yearly rate × days ÷ basis, half up to the fen once an interval;
 * null when the document does not say who owes whom, or nothing is owed. Throws DATE_ORDER.
 */
export function feeDue(value: FeeCeilings, terms: FeeTerms, intervals: readonly FeeInterval[]): Due | null {
  const fee = feeOf(value, terms.fee);
  if (!fee) return null;
  const amount = sum(
    intervals.map(({ from, to, balance }) => interest(balance, terms.annualRate, from, to, terms.dayCountBasis)),
  );
  return amount.isZero() ? null : { from: fee.from.code, to: fee.to.code, amount };
}

function feeOf({ fees }: FeeCeilings, code: string): Fee | undefined {
  return fees.find((fee) => fee.code === code);
}
