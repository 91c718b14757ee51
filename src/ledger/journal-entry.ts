import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { type Citation, DomainError } from '../errors.ts';
import { type Money, sum, toWire, ZERO } from '../money/money.ts';

/** Codes of 《政府会计制度》; 91xx stay off the balance sheet and mirror each other. */
export const ACCOUNTS = {
  deposit: '1002',
  recoveryReceivable: '1218',
  treasuryPayable: '2103',
  subsidyPayable: '2303',
  otherPayable: '2307',
  contribution: '2901',
  fiscalIncome: '4001',
  subsidyExpense: '5001',
  reserve: '9101',
  reserveMirror: '9102',
  borne: '9201',
  borneMirror: '9202',
  writtenOff: '9301',
  writtenOffMirror: '9302',
  guarantee: '9401',
  guaranteeMirror: '9402',
  budgetCommitted: '9501',
  budgetCommittedMirror: '9502',
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
 * The first of the two checks that an entry balances (the database makes the other at commit): two lines or more, positive amounts of whole fen,
 * debit = credit within and off the balance sheet.
 * @throws DomainError LEDGER_AMOUNT, LEDGER_UNBALANCED
 */
export function assertBalanced(entry: JournalEntry): void {
  const wrong = entry.lines.find(({ amount: a }) => !a.isFinite() || !a.greaterThan(ZERO) || a.decimalPlaces() > 2);
  if (wrong) {
    throw new DomainError(
      'LEDGER_AMOUNT',
      `凭证 ${entry.reference} 的金额 ${wrong.amount} 不符合要求：应大于零，最多两位小数`,
    );
  }
  const total = (off: boolean, side: 'D' | 'C') =>
    sum(entry.lines.filter((l) => l.code.startsWith('9') === off && l.side === side).map((l) => l.amount));
  if (entry.lines.length < 2 || [true, false].some((off) => !total(off, 'D').equals(total(off, 'C')))) {
    throw new DomainError('LEDGER_UNBALANCED', `凭证 ${entry.reference} 借贷不平或不足两行`);
  }
}

/** 红字冲销: the same lines on the other side, citing what they reverse. */
export function reversalOf(
  original: JournalEntry,
  at: { occurredOn: LocalDate; belongsTo: SettlementPeriod | null; reason: string },
): JournalEntry {
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
  return lockedThrough !== null && period <= lockedThrough
    ? { occurredOn: today, belongsTo: period }
    : { occurredOn: date, belongsTo: null };
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

/** 账套 as it stands: how many entries, and the hash of the last. */
export interface BookRow {
  poolCode: string;
  name: string;
  entries: number;
  head: string;
}

/** 分录行 as posted. */
export interface PostedLine {
  lineNo: number;
  code: string;
  name: string;
  key: string;
  offBalance: boolean;
  side: 'debit' | 'credit';
  amount: string;
  subject: string | null;
}

/** 记账凭证 as posted. */
export interface PostedEntry {
  poolCode: string;
  seq: number;
  reference: string;
  occurredOn: LocalDate;
  /** when it was posted, Asia/Shanghai, ISO 8601 */
  recordedAt: string;
  kind: string;
  memo: string;
  cites: Citation[];
  belongsTo: SettlementPeriod | null;
  reverses: string | null;
  /** reference of the 红字冲销 that took it back */
  reversedBy: string | null;
  actor: string;
  hash: string;
  lines: PostedLine[];
}
