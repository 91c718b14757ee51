import type { LocalDate } from '../calendar/local-date.ts';
import type { LprQuote } from '../calendar/lpr.ts';
import { LPR_TABLE } from '../calendar/lpr-table.ts';
import { HOLIDAY_NOTICES } from '../calendar/notices.ts';
import type { HolidayNotice } from '../calendar/working-days.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import type { AddedVersion, ClauseCitation } from './clause.ts';
import type { FilingContext } from './filing.ts';

/**
 * Everything a rule may need beside the shipped clauses: approved versions, LPR and holiday tables. With `decidedBy` only what had been
 * approved by that day, for looking at a decision of then.
 */
export function rulebook(tx: Tx, decidedBy?: LocalDate): Promise<Required<FilingContext>> {
  const read = OPEN.get(tx) ?? new Map<string, Promise<Required<FilingContext>>>();
  OPEN.set(tx, read);
  const key = decidedBy ?? '';
  const book = read.get(key) ?? readRulebook(tx, decidedBy);
  read.set(key, book);
  return book;
}

/** Within one transaction the rules are read once: several steps of a use case ask for them. */
const OPEN = new WeakMap<Tx, Map<string, Promise<Required<FilingContext>>>>();

async function readRulebook(tx: Tx, decidedBy?: LocalDate): Promise<Required<FilingContext>> {
  const known = decidedBy ? { decidedOn: { lte: dateToDb(decidedBy) } } : {};
  const versions = await tx.policyVersion.findMany({
    where: { status: 'approved', ...known },
    orderBy: { decidedOn: 'asc' },
  });
  const quotes = await tx.lprQuote.findMany();
  const notices = await tx.holidayNotice.findMany();
  const added = versions.map(
    (v): AddedVersion => ({
      clauseId: v.clauseId,
      effectiveFrom: dateFromDb(v.effectiveFrom),
      expiresOn: v.expiresOn && dateFromDb(v.expiresOn),
      value: v.value,
      citation: v.citation as unknown as ClauseCitation,
    }),
  );
  return {
    added,
    lprQuotes: mergeBy((q) => q.month, LPR_TABLE, quotes.map(asQuote)),
    notices: mergeBy((n) => n.year, HOLIDAY_NOTICES, notices.map(asNotice)),
  };
}

function asQuote(row: {
  month: string;
  publishedOn: Date;
  oneYear: { toFixed(n?: number): string };
  fivePlus: { toFixed(n?: number): string };
  confirmed: boolean;
  source: string;
}): LprQuote {
  return {
    ...row,
    publishedOn: dateFromDb(row.publishedOn),
    oneYear: row.oneYear.toFixed(3).replace(/0$/, ''),
    fivePlus: row.fivePlus.toFixed(3).replace(/0$/, ''),
  };
}

function asNotice(row: { year: number; off: Date[]; worked: Date[]; source: string }): HolidayNotice {
  return { ...row, off: row.off.map(dateFromDb), worked: row.worked.map(dateFromDb) };
}

/** What an operator added stands before what was shipped. */
function mergeBy<T, K>(key: (item: T) => K, shipped: readonly T[], added: T[]): T[] {
  const known = new Set(added.map(key));
  return [...shipped.filter((item) => !known.has(key(item))), ...added];
}
