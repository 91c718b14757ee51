import type { LocalDate } from '../calendar/local-date.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { Money } from '../money/money.ts';

/** Money into the account (贷 on a bank's statement) or out of it (借). */
export type Direction = 'in' | 'out';

/** One line of a bank's statement as its file gives it, whatever the layout. */
export interface StatementRow {
  /** physical line of the file (XML: of the element) */
  row: number;
  on: LocalDate;
  /** HH:MM:SS */
  time: string | null;
  direction: Direction;
  /** positive */
  amount: Money;
  /** after this line */
  balance: Money | null;
  serial: string | null;
  counterpartyName: string | null;
  counterpartyAccount: string | null;
  counterpartyBank: string | null;
  memo: string;
}

/** A balance that the file states outside its lines. */
export interface StatedBalance {
  row: number;
  amount: Money;
}

/** Sums that the file states of its lines: of all above, or of the part since the sums before. */
export interface StatedTotal {
  row: number;
  label: string;
  rowsAbove: number;
  in: Money | null;
  out: Money | null;
}

export const STATEMENT_FORMATS = { csv: 'CSV', xlsx: 'XLSX', camt053: 'camt.053', mt940: 'MT940' } as const;
export type StatementFormat = keyof typeof STATEMENT_FORMATS;

/** A bank's statement as read, before anything is believed of it. */
export interface StatementFile {
  format: StatementFormat;
  /** null where the file does not say or a spreadsheet has spoilt it */
  accountNo: string | null;
  from: LocalDate | null;
  to: LocalDate | null;
  opening: StatedBalance | null;
  closing: StatedBalance | null;
  totals: StatedTotal[];
  /** in the file's order */
  rows: StatementRow[];
  warnings: Fault[];
}

/** Faults listed in a refusal; a file with more is the wrong file. */
const MOST_FAULTS = 100;

/** Refuses a file for what is wrong with its rows. @throws DomainError STATEMENT_ROWS with each of them */
export function refuseRows(faults: Fault[]): void {
  const first = faults[0];
  if (!first) return;
  const more = faults.length > 1 ? `，共${faults.length}处` : '';
  throw new DomainError('STATEMENT_ROWS', `第${first.row}行：${first.message}${more}；对账单未导入`, {
    errors: faults.slice(0, MOST_FAULTS),
  });
}

/** Text as banks write it, on one line, without what cannot be seen, at most 200 characters; null for nothing. */
export function plainText(text: string): string | null {
  const plain = text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return plain === '' || /^[-—/\\]+$/.test(plain) ? null : plain.slice(0, 200);
}

/** What a line is about, from the columns that say it: each once, and none that another one says in full. */
export function memoOf(texts: readonly string[]): string {
  const parts = texts.flatMap((text) => plainText(text) ?? []);
  const kept = parts.filter(
    (part, i) => !parts.some((other, j) => other.includes(part) && (other.length > part.length || j < i)),
  );
  return kept.join(' ').slice(0, 200);
}
