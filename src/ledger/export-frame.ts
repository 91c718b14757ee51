import type { LocalDate } from '../calendar/local-date.ts';
import { Exact, toWire } from '../money/money.ts';
import type { BookRow } from './journal-entry.ts';
import type { AccountBalance } from './trial-balance.ts';

/** What an export says before and after its entries. Balances before `from` make an opening entry; those at the end are asserted, so the reader proves them. */
export interface ExportFrame {
  book: BookRow;
  from: LocalDate | null;
  to: LocalDate;
  /** the day from which accounts exist */
  opened: LocalDate;
  /** all zero without `from` */
  opening: AccountBalance[];
  closing: AccountBalance[];
  /** what the head says instead of the book, where it is no book of ours */
  says?: string[];
}

/** How one program's file is written: its head with declarations, one entry, its end with the balances to be met. */
export interface Dialect {
  head(frame: ExportFrame): string;
  entry(entry: ExportEntry): string;
  end(frame: ExportFrame): string;
}

/** What of an entry goes out; an opening entry has no tags. */
export interface ExportEntry {
  occurredOn: LocalDate;
  seq: number;
  memo: string;
  /** name and value, in order */
  tags: [string, string][];
  lines: { code: string; key: string; offBalance: boolean; amount: string; subject: string | null }[];
}

/** Debit is positive in these programs. */
export function signed(amount: string, debit: boolean): string {
  const value = new Exact(amount);
  return toWire(debit ? value : value.negated());
}

/** An account's balance as these programs count it. */
export const debitBalance = (account: AccountBalance): string => signed(account.balance, account.normalSide === 'D');

/** What the head of each format says in a comment. */
export function preamble({ book, from, to, says }: ExportFrame): string[] {
  if (says) return says;
  return [
    `账套 ${book.poolCode} ${book.name}`,
    `${from ?? '开账'} 至 ${to}，金额单位：元，借方为正`,
    `导出时凭证 ${book.entries} 笔，账套头 ${book.head}`,
  ];
}

/** The tags an export may carry. */
export const TAGS = ['reference', 'kind', 'cites', 'belongsTo', 'reverses', 'actor', 'recordedAt', 'hash', 'subject'];
