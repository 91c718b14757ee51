import { interest } from '../calendar/day-count.ts';
import { addDays, addMonths, daysBetween, type LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { type LoanTerms, schedule } from '../loans/schedule.ts';
import { formatYuan, type Money, sum, toWire, ZERO } from '../money/money.ts';
import { roundFen } from '../money/rounding.ts';
import type { ClauseCitation } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { SubsidyVouchers } from '../policy/kinds/subsidy-vouchers.ts';

/** 利息种类 as a voucher shows it. */
export const INTEREST_KINDS = {
  normal: '正常利息',
  penalty: '罚息',
  compound: '复利',
  breach: '违约金',
  overdue: '逾期利息',
} as const;
export type InterestKind = keyof typeof INTEREST_KINDS;

/** 付息凭证: one line of a bank's receipts. The first day counts and the last does not (算头不算尾). */
export interface Voucher {
  voucherNo: string;
  paidOn: LocalDate;
  from: LocalDate;
  to: LocalDate;
  kind: InterestKind;
  amount: Money;
}

/** A loan as its contract and its balances tell it. */
export interface VoucherLoan {
  terms: LoanTerms;
  /** What was owed from a day on, in order, by the loan's own balances; the drawdown is left out. null: they are not known. */
  balances: readonly { on: LocalDate; outstanding: Money }[] | null;
  /** From this day on it is overdue (逾期): interest of these days never counts. */
  overdueFrom?: LocalDate;
}

/** What a voucher comes to, beside what it should be: the voucher rules. */
export interface CountedVoucher {
  voucher: Voucher;
  counted: Money;
  /** Why it does not count, or not wholly; null where it does. */
  left: 'excludedKind' | 'outsideYear' | 'beforeLoan' | 'overdue' | 'tooManyMonths' | null;
  /** What the contract's arithmetic gives for its days, where it can be told. */
  byContract: Money | null;
  /** The same on what was owed day by day, where the loan's own balances are known. */
  byBalances: Money | null;
  /** The better known of the two. */
  computed: Money | null;
  /** Voucher less what was computed. */
  difference: Money | null;
  explanation: Explanation;
}

/**
 * Counts the interest that a bank's vouchers show for one loan. Excluded kinds, days while overdue and days beyond the months that count fall away; a
 * voucher that runs across such a day counts for its days before it. Never recomputed: the arithmetic is shown beside it, with the difference. Of a loan
 * that nobody told (null) there is neither arithmetic nor an end.
 * @param year first and last day on which a voucher must have been paid
 */
export function countVouchers(
  { value, citation }: { value: SubsidyVouchers; citation: ClauseCitation },
  loan: VoucherLoan | null,
  vouchers: readonly Voucher[],
  year: { from: LocalDate; to: LocalDate },
): { lines: CountedVoucher[]; total: Money } {
  const lines = vouchers.map((voucher) => countVoucher({ value, citation }, loan, voucher, year));
  return { lines, total: sum(lines.map(({ counted }) => counted)) };
}

function countVoucher(
  { value, citation }: { value: SubsidyVouchers; citation: ClauseCitation },
  loan: VoucherLoan | null,
  voucher: Voucher,
  year: { from: LocalDate; to: LocalDate },
): CountedVoucher {
  const { kind, amount, paidOn } = voucher;
  const known = kind === 'normal' ? loan : null;
  const byContract = known && contractInterest(known.terms, voucher);
  const byBalances = known?.balances ? balanceInterest(known.terms, known.balances, voucher) : null;
  const computed = byBalances ?? byContract;
  const difference = computed && amount.minus(computed);
  const { counted, left } = value.excluded.some(({ code }) => code === kind)
    ? { counted: ZERO, left: 'excludedKind' as const }
    : paidOn < year.from || paidOn > year.to
      ? { counted: ZERO, left: 'outsideYear' as const }
      : loan
        ? beforeEnd(value, loan, voucher)
        : { counted: amount, left: null };
  const inputs = [
    given('凭证', `${voucher.voucherNo}，${paidOn} 付，${voucher.from} 至 ${voucher.to}`),
    given(INTEREST_KINDS[kind], yuan(amount)),
  ];
  if (byContract) inputs.push(given('按合同计算', yuan(byContract)));
  if (byBalances) inputs.push(given('按贷款余额逐日计算', yuan(byBalances)));
  if (difference && !difference.isZero()) inputs.push(given('差额（以凭证为准）', yuan(difference)));
  if (left) inputs.push(given('不计入的原因', WHY[left]));
  return {
    voucher,
    counted,
    left,
    ...{ byContract, byBalances, computed, difference },
    explanation: derived('计入利息', yuan(counted), [citation], inputs),
  };
}

const WHY = {
  excludedKind: '罚息、复利、违约金和逾期利息不予补贴',
  outsideYear: '付息日期不在受理期间内',
  beforeLoan: '计息期间在贷款发放之前，不属于该笔贷款',
  overdue: '逾期期间的利息不予补贴',
  tooManyMonths: '超过补贴期限的部分不予补贴',
};

function beforeEnd(
  { mostMonths }: SubsidyVouchers,
  { terms, overdueFrom }: VoucherLoan,
  { from, to, amount }: Voucher,
): { counted: Money; left: CountedVoucher['left'] } {
  if (to <= terms.disbursedOn) return { counted: ZERO, left: 'beforeLoan' };
  const months = mostMonths === undefined ? undefined : addMonths(terms.disbursedOn, mostMonths);
  const late = overdueFrom !== undefined && overdueFrom < terms.maturesOn ? overdueFrom : terms.maturesOn;
  const end = months !== undefined && months < late ? months : late;
  if (to <= end) return { counted: amount, left: null };
  const left = end === late ? ('overdue' as const) : ('tooManyMonths' as const);
  if (from >= end) return { counted: ZERO, left };
  const part = amount.times(daysBetween(from, end)).div(daysBetween(from, to));
  return { counted: roundFen(part, 'halfUp'), left };
}

/**
 * Vouchers of ordinary interest that share days, each with the first one it shares them with. Two may have paid one month together, or the same was handed
 * in twice under another number: whoever reviews looks.
 */
export function sharedDays(vouchers: readonly Voucher[]): [Voucher, Voucher][] {
  const own = vouchers.filter(({ kind }) => kind === 'normal');
  return own.flatMap((voucher, i): [Voucher, Voucher][] => {
    const first = own.slice(0, i).find((other) => other.from < voucher.to && voucher.from < other.to);
    return first ? [[first, voucher]] : [];
  });
}

/** What the contract gives for the days of a voucher: an instalment of its schedule, or interest on the whole principal. */
function contractInterest(terms: LoanTerms, voucher: Voucher): Money | null {
  if (!isWithin(terms, voucher)) return null;
  if (isByInstalments(terms)) return schedule(terms).find(({ dueOn }) => dueOn === voucher.to)?.interest ?? null;
  return interest(terms.principal, terms.annualRate, voucher.from, voucher.to, terms.dayCountBasis);
}

/** What was owed, day by day, gives for the days of a voucher. Instalments are by their schedule alone. */
function balanceInterest(
  terms: LoanTerms,
  balances: NonNullable<VoucherLoan['balances']>,
  { from, to }: Voucher,
): Money | null {
  if (!isWithin(terms, { from, to }) || isByInstalments(terms)) return null;
  const changes = balances.filter(({ on }) => on > from && on < to);
  const opening = balances.findLast(({ on }) => on <= from)?.outstanding ?? terms.principal;
  const steps = [{ on: from, outstanding: opening }, ...changes];
  // A line is rounded once: its balances, each times its days, are as if owed for a single day.
  const dayBalances = steps.map(({ on, outstanding }, i) => outstanding.times(daysBetween(on, steps[i + 1]?.on ?? to)));
  return interest(sum(dayBalances), terms.annualRate, from, addDays(from, 1), terms.dayCountBasis);
}

const isWithin = ({ disbursedOn }: LoanTerms, { from, to }: Pick<Voucher, 'from' | 'to'>): boolean =>
  from >= disbursedOn && to > from;
const isByInstalments = ({ repaymentMethod }: LoanTerms): boolean =>
  repaymentMethod === 'equalInstallment' || repaymentMethod === 'equalPrincipal';

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;

/** A voucher as it is kept and sent: amounts as text, the reason in words, the article. */
export interface VoucherView extends Omit<Voucher, 'amount'> {
  amount: string;
  counted: string;
  left: CountedVoucher['left'];
  reason: string | null;
  byContract: string | null;
  byBalances: string | null;
  computed: string | null;
  difference: string | null;
  cites: Citation[];
  explanation: Explanation;
}

/** A counted voucher as it is kept and sent. */
export function voucherView({ voucher, counted, left, explanation, ...amounts }: CountedVoucher): VoucherView {
  const { byContract, byBalances, computed, difference } = amounts;
  const text = (amount: Money | null) => amount && toWire(amount);
  return {
    ...{ ...voucher, amount: toWire(voucher.amount), counted: toWire(counted), left, reason: left && WHY[left] },
    ...{ byContract: text(byContract), byBalances: text(byBalances), computed: text(computed) },
    ...{ difference: text(difference), cites: explanation.cites, explanation },
  };
}
