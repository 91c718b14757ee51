import type { LocalDate } from '../calendar/local-date.ts';
import { Exact, type Money, sum, ZERO } from '../money/money.ts';
import { roundFen } from '../money/rounding.ts';
import type { GuaranteeRole } from './roles.ts';

/** A guarantee of a loan on which something was paid (代偿), by it or by another. Days as they are booked. */
export interface PaidGuarantee {
  loanId: bigint;
  role: GuaranteeRole;
  party: string;
  bank: string;
  percent: Exact;
  /** first day it answered; the day it was cancelled */
  since: LocalDate;
  until: LocalDate | null;
  /** below zero where a payment was taken back */
  paid: { on: LocalDate; amount: Money }[];
}

/** What one party has paid another by the end of a day, in all. */
export interface PaidOut {
  party: string;
  /** the bank, or for a re-guarantor the guarantor it stands behind */
  to: string;
  amount: Money;
}

/** What a re-guarantor came to owe a guarantor because that paid, and what of it has been paid, both in all. */
export interface ReguaranteeDue {
  from: string;
  to: string;
  arisen: Money;
  paid: Money;
}

/** Everything paid up to and including a day, by payer and payee. */
export function paidThrough(all: readonly PaidGuarantee[], day: LocalDate): PaidOut[] {
  const found = new Map<string, PaidOut>();
  for (const g of all) {
    const to = payeeOf(all, g);
    const before = found.get(`${g.party} ${to}`)?.amount ?? ZERO;
    found.set(`${g.party} ${to}`, { party: g.party, to, amount: before.plus(paidBy(g, day)) });
  }
  return [...found.values()].filter(({ amount }) => !amount.isZero());
}

/**
 * What re-guarantors owe guarantors after 代偿 up to and including a day, loan by loan: of what a guarantor paid, the re-guarantor's percentage against
 * that of all guarantors of the loan, half up to the fen once for all payments together. Its own payments meet it, guarantor by guarantor, never more than is due.
 */
export function reguaranteeDues(all: readonly PaidGuarantee[], day: LocalDate): ReguaranteeDue[] {
  const found = new Map<string, ReguaranteeDue>();
  for (const re of all.filter(({ role }) => role === 'reguarantor')) {
    const guarantors = guarantorsOf(all, re);
    const whole = sum(guarantors.map(({ percent }) => percent));
    let left = paidBy(re, day);
    for (const g of guarantors) {
      const arisen = roundFen(paidBy(g, day, re).times(re.percent).div(whole), 'halfUp');
      const paid = Exact.min(arisen, left);
      left = left.minus(paid);
      const key = `${re.party} ${g.party}`;
      const before = found.get(key) ?? { from: re.party, to: g.party, arisen: ZERO, paid: ZERO };
      found.set(key, { ...before, arisen: before.arisen.plus(arisen), paid: before.paid.plus(paid) });
    }
  }
  return [...found.values()].filter(({ arisen }) => !arisen.isZero());
}

const guarantorsOf = (all: readonly PaidGuarantee[], { loanId }: PaidGuarantee): PaidGuarantee[] =>
  all.filter((g) => g.loanId === loanId && g.role === 'guarantor');

function payeeOf(all: readonly PaidGuarantee[], g: PaidGuarantee): string {
  return (g.role === 'reguarantor' ? guarantorsOf(all, g)[0]?.party : undefined) ?? g.bank;
}

/** What was paid on a guarantee up to a day; `beside`: only what was paid while that other one stood. */
function paidBy({ paid }: PaidGuarantee, day: LocalDate, beside?: PaidGuarantee): Money {
  const counts = (on: LocalDate) =>
    on <= day && (!beside || (on >= beside.since && (beside.until === null || on < beside.until)));
  return sum(paid.filter(({ on }) => counts(on)).map(({ amount }) => amount));
}
