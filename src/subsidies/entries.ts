import { ACCOUNTS, type Line } from '../ledger/journal-entry.ts';
import type { Money } from '../money/money.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';

/** 部门预算支出经济分类 of what is paid: interest by its own, everything else a subsidy of costs. */
export const ECONOMIC_CLASS: Record<SubsidyKind, string> = {
  premium: '31204 费用补贴',
  interest: '31205 利息补贴',
  guaranteeFee: '31204 费用补贴',
  valuationFee: '31204 费用补贴',
  rndProject: '31204 费用补贴',
};

type Amounts = readonly { code: string; key: string; amount: Money }[];
const entry = (debit: Amounts, credit: Amounts, subject?: string): Line[] => [
  ...debit.map((line): Line => ({ ...line, side: 'D', subject })),
  ...credit.map((line): Line => ({ ...line, side: 'C', subject })),
];

/** Budget money comes in. */
export function received(accountNo: string, amount: Money, document: string): Line[] {
  const from = { code: ACCOUNTS.fiscalIncome, key: document, amount };
  return entry([{ code: ACCOUNTS.deposit, key: accountNo, amount }], [from]);
}

/** What a batch is to get is tied up off the balance sheet until it is approved; `released` is the other way. */
export function committed(batch: string, amount: Money, released = false): Line[] {
  const tied = [{ code: ACCOUNTS.budgetCommitted, key: batch, amount }];
  const mirror = [{ code: ACCOUNTS.budgetCommittedMirror, key: batch, amount }];
  return released ? entry(mirror, tied) : entry(tied, mirror);
}

/** Approved: an expense by its economic class, owed to the enterprise. */
export function approved(uscc: string, parts: readonly { kind: SubsidyKind; amount: Money }[], total: Money): Line[] {
  const classes = Map.groupBy(parts, ({ kind }) => ECONOMIC_CLASS[kind]);
  const expense = [...classes].map(([key, own]) => ({
    ...{ code: ACCOUNTS.subsidyExpense, key },
    amount: own.map((part) => part.amount).reduce((a, b) => a.plus(b)),
  }));
  return entry(expense, [{ code: ACCOUNTS.subsidyPayable, key: uscc, amount: total }], uscc);
}

/** Paid to the enterprise; `returned`: the bank sent it back, and it is owed again. */
export function paid(uscc: string, accountNo: string, amount: Money, returned = false): Line[] {
  const owed = [{ code: ACCOUNTS.subsidyPayable, key: uscc, amount }];
  const deposit = [{ code: ACCOUNTS.deposit, key: accountNo, amount }];
  return returned ? entry(deposit, owed, uscc) : entry(owed, deposit, uscc);
}

/** The same the other way round. */
export function released(lines: readonly Line[]): Line[] {
  return lines.map((line) => ({ ...line, side: line.side === 'D' ? 'C' : 'D' }));
}

/** Where a clawback goes: the year's expense is less (`expense`), or what is expected belongs to the treasury. */
export type ClawbackCredit = 'expense' | 'treasury';

/** A clawback is ordered: the enterprise owes it. */
export function clawbackOrdered(uscc: string, kind: SubsidyKind, amount: Money, credit: ClawbackCredit): Line[] {
  const to =
    credit === 'expense'
      ? { code: ACCOUNTS.subsidyExpense, key: ECONOMIC_CLASS[kind], amount }
      : { code: ACCOUNTS.treasuryPayable, key: uscc, amount };
  return entry([{ code: ACCOUNTS.recoveryReceivable, key: uscc, amount }], [to], uscc);
}

/** What was ordered back comes in. */
export function clawbackReceived(uscc: string, accountNo: string, amount: Money): Line[] {
  const owed = { code: ACCOUNTS.recoveryReceivable, key: uscc, amount };
  return entry([{ code: ACCOUNTS.deposit, key: accountNo, amount }], [owed], uscc);
}

/** What came back of an earlier year's expense is handed over to the treasury. */
export function remitted(uscc: string, accountNo: string, amount: Money): Line[] {
  const due = { code: ACCOUNTS.treasuryPayable, key: uscc, amount };
  return entry([due], [{ code: ACCOUNTS.deposit, key: accountNo, amount }], uscc);
}
