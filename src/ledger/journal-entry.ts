import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { type Citation, DomainError } from '../errors.ts';
import { type Money, sum, toWire, ZERO } from '../money/money.ts';

/** Codes of 《政府会计制度》; 91xx stay off the balance sheet and mirror each other. */
export const ACCOUNTS = {
  deposit: '1002',
  recoveryReceivable: '1218',
  otherPayable: '2307',
  contribution: '2901',
  reserve: '9101',
  reserveMirror: '9102',
} as const;

/** 分录行: whose account (`key`: bank account number, contributor or bank) takes how much on which side. */
export interface Line {
  code: string;
  key: string;
  side: 'D' | 'C';
  amount: Money;
  /** what it is about, e.g. a 借据号 */
  subject?: string;
}

/** 记账凭证 before it is posted. `reference` is the business event's own key: it is posted once, whoever repeats it. */
export interface JournalEntry {
  reference: string;
  occurredOn: LocalDate;
  kind: string;
  memo: string;
  cites: Citation[];
  lines: Line[];
  belongsTo?: SettlementPeriod | null;
  reverses?: string;
}

/**
 * The first of the two checks that an entry balances (the database makes the other at commit): positive amounts, two lines or more, debit = credit
 * within and off the balance sheet.
 * @throws DomainError LEDGER_UNBALANCED
 */
export function assertBalanced(entry: JournalEntry): void {
  const side = (off: boolean, which: 'D' | 'C') =>
    sum(entry.lines.filter((l) => l.code.startsWith('9') === off && l.side === which).map((l) => l.amount));
  const positive = entry.lines.every((l) => l.amount.greaterThan(ZERO));
  if (entry.lines.length < 2 || !positive || [true, false].some((off) => !side(off, 'D').equals(side(off, 'C')))) {
    throw new DomainError('LEDGER_UNBALANCED', `凭证 ${entry.reference} 借贷不平或金额不为正`);
  }
}

/** 红字冲销: the same lines on the other side, citing what they reverse. */
export function reversalOf(original: JournalEntry, at: { occurredOn: LocalDate; belongsTo: SettlementPeriod | null; reason: string }): JournalEntry {
  return {
    ...original,
    reference: `${original.reference}:reversal`,
    reverses: original.reference,
    occurredOn: at.occurredOn,
    belongsTo: at.belongsTo,
    memo: `红字冲销：${original.memo}（${at.reason}）`,
    lines: original.lines.map((line) => ({ ...line, side: line.side === 'D' ? 'C' : 'D' })),
  };
}

/**
 * Where a fact of `date` is posted: on its own day while its month is open; else today, naming the month it belongs to. A closed month never changes.
 */
export function placeInOpenMonth(
  date: LocalDate,
  today: LocalDate,
  lockedThrough: SettlementPeriod | null,
): { occurredOn: LocalDate; belongsTo: SettlementPeriod | null } {
  const period = periodOf(date);
  return lockedThrough !== null && period <= lockedThrough ? { occurredOn: today, belongsTo: period } : { occurredOn: date, belongsTo: null };
}

/** Lines as the arrays that `ledger.post` takes. */
export function asArrays(lines: Line[]) {
  return {
    codes: lines.map((l) => l.code),
    keys: lines.map((l) => l.key),
    sides: lines.map((l) => l.side as string),
    amounts: lines.map((l) => toWire(l.amount)),
    subjects: lines.map((l) => l.subject ?? null),
  };
}
