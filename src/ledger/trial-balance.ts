import type { LocalDate } from '../calendar/local-date.ts';
import { Exact, type Money, sum, toWire, ZERO } from '../money/money.ts';

/** 会计科目 of a book with its balance on a day, on its normal side; negative when it stands on the other. */
export interface AccountBalance {
  poolCode: string;
  code: string;
  name: string;
  /** whose: bank account number, contributor, bank */
  key: string;
  normalSide: 'D' | 'C';
  offBalance: boolean;
  balance: string;
}

/** A row of the 试算平衡表: the balance in the column of the side it stands on. */
export interface TrialBalanceRow extends AccountBalance {
  debit: string;
  credit: string;
}

export interface Totals {
  totalDebit: string;
  totalCredit: string;
  /** 0.00, or the books are broken */
  difference: string;
}

/** 试算平衡表. What stands on the balance sheet and what stands off it each balance by themselves. */
export interface TrialBalance extends Totals {
  asOf: LocalDate;
  rows: TrialBalanceRow[];
  onBalance: Totals;
  offBalance: Totals;
}

/** Lays balances out as a trial balance; amounts in 元. */
export function trialBalance(asOf: LocalDate, balances: AccountBalance[]): TrialBalance {
  const rows = balances.map((account) => {
    const balance = new Exact(account.balance);
    const debit = account.normalSide === 'D' ? balance : balance.negated();
    return { ...account, debit: toWire(positive(debit)), credit: toWire(positive(debit.negated())) };
  });
  const off = rows.filter((r) => r.offBalance);
  const on = rows.filter((r) => !r.offBalance);
  return { asOf, rows, ...totals(rows), onBalance: totals(on), offBalance: totals(off) };
}

function totals(rows: TrialBalanceRow[]): Totals {
  const debit = sum(rows.map((r) => new Exact(r.debit)));
  const credit = sum(rows.map((r) => new Exact(r.credit)));
  return { totalDebit: toWire(debit), totalCredit: toWire(credit), difference: toWire(debit.minus(credit)) };
}

const positive = (amount: Money): Money => (amount.greaterThan(ZERO) ? amount : ZERO);
