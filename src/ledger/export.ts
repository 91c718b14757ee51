import { addDays } from '../calendar/local-date.ts';
import { Exact } from '../money/money.ts';
import { beancount } from './export-beancount.ts';
import { type Dialect, type ExportEntry, type ExportFrame, signed } from './export-frame.ts';
import { hledger, ledger } from './export-journal.ts';
import type { ExportFormat } from './export-names.ts';
import type { PostedEntry } from './journal-entry.ts';

/** What an article that is not confirmed carries wherever it is named. */
const UNCONFIRMED = '（示例参数，未经主管部门核实）';

const DIALECTS: Record<ExportFormat, Dialect> = { hledger, ledger, beancount };

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

/** One entry of an export that is no entry of ours: a movement as the bank has it. */
export function exportEntry(format: ExportFormat, entry: ExportEntry): string {
  return DIALECTS[format].entry(entry);
}

/** The end of an export, or of a month of it: every balance as the reader must find it. */
export function exportEnd(format: ExportFormat, frame: ExportFrame): string {
  return DIALECTS[format].end(frame);
}

function asExported(entry: PostedEntry): ExportEntry {
  const { occurredOn, seq, memo, reference, kind, belongsTo, reverses, actor, recordedAt, hash } = entry;
  const cites = entry.cites.map((c) => `${c.document}${c.article}${c.confirmed ? '' : UNCONFIRMED}`).join('；');
  const tags = Object.entries({ reference, kind, cites, belongsTo, reverses, actor, recordedAt, hash });
  return {
    occurredOn,
    seq,
    memo,
    tags: tags.filter((tag): tag is [string, string] => Boolean(tag[1])),
    lines: entry.lines.map((l) => ({ ...l, amount: signed(l.amount, l.side === 'debit') })),
  };
}
