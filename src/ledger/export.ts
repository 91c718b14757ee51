import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { Exact, toWire } from '../money/money.ts';
import { beancount } from './export-beancount.ts';
import { hledger, ledger } from './export-journal.ts';
import type { ExportFormat } from './export-names.ts';
import type { BookRow, PostedEntry } from './query-store.ts';
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

const DIALECTS: Record<ExportFormat, Dialect> = { hledger, ledger, beancount };

/** File names and programs of the formats. */
export const FORMATS: Record<ExportFormat, { extension: string }> = {
  hledger: { extension: 'hledger' },
  ledger: { extension: 'ledger' },
  beancount: { extension: 'beancount' },
};

/** The beginning of an export: who and what, declarations, and the opening entry when it does not begin with the book. */
export function exportHead(format: ExportFormat, frame: ExportFrame): string {
  const { head, entry } = DIALECTS[format];
  const lines = frame.opening
    .filter((a) => !new Exact(a.balance).isZero())
    .map((a) => ({ ...a, amount: signed(a.balance, a.normalSide === 'D'), subject: null }));
  if (frame.from === null || lines.length === 0) return head(frame);
  return head(frame) + entry({ occurredOn: addDays(frame.from, -1), seq: 0, memo: '期初余额', tags: [], lines });
}

/** Entries of an export. */
export function exportEntries(format: ExportFormat, entries: PostedEntry[]): string {
  return entries.map((e) => DIALECTS[format].entry(asExported(e))).join('');
}

/** The end of an export: every balance as the reader must find it. */
export function exportEnd(format: ExportFormat, frame: ExportFrame): string {
  return DIALECTS[format].end(frame);
}

function asExported(entry: PostedEntry): ExportEntry {
  const { occurredOn, seq, memo, reference, kind, belongsTo, reverses, actor, recordedAt, hash } = entry;
  const cites = entry.cites.map((c) => `${c.document}${c.article}`).join('；');
  const tags: [string, string | null][] = [
    ...([['reference', reference], ['kind', kind], ['cites', cites], ['belongsTo', belongsTo]] as [string, string | null][]),
    ...([['reverses', reverses], ['actor', actor], ['recordedAt', recordedAt], ['hash', hash]] as [string, string | null][]),
  ];
  return {
    ...{ occurredOn, seq, memo },
    tags: tags.filter((tag): tag is [string, string] => Boolean(tag[1])),
    lines: entry.lines.map((l) => ({ ...l, amount: signed(l.amount, l.side === 'debit') })),
  };
}

/** Debit is positive in these programs. */
function signed(amount: string, debit: boolean): string {
  const value = new Exact(amount);
  return toWire(debit ? value : value.negated());
}

/** An account's balance as these programs count it. */
export const debitBalance = (account: AccountBalance): string => signed(account.balance, account.normalSide === 'D');

/** What the head of each format says in a comment. */
export function preamble({ book, from, to }: ExportFrame): string[] {
  return [
    `账套 ${book.poolCode} ${book.name}`,
    `${from ?? '开账'} 至 ${to}，金额单位：元，借方为正`,
    `导出时凭证 ${book.entries} 笔，账套头 ${book.head}`,
  ];
}

/** The tags an export may carry. */
export const TAGS = ['reference', 'kind', 'cites', 'belongsTo', 'reverses', 'actor', 'recordedAt', 'hash', 'subject'];
