import type { LprQuote } from '../calendar/lpr.ts';
import { LPR_TABLE } from '../calendar/lpr-table.ts';
import { HOLIDAY_NOTICES } from '../calendar/notices.ts';
import type { HolidayNotice } from '../calendar/working-days.ts';
import { DomainError } from '../errors.ts';
import { type AddedVersion, type Clause, parseValue } from '../policy/clause.ts';
import { RULEBOOKS } from '../policy/register.ts';

/** What was entered of policies by some link of the audit chain: approved versions, and of each month and year the last edition. */
export interface KeptPolicies {
  added: AddedVersion[];
  quotes: LprQuote[];
  notices: HolidayNotice[];
}

/** Reads that from records as the archive has them (`{"seal", "subject", "record"}`), so that what is said to be in force rests on nothing else. */
export function keptPolicies(lines: readonly string[]): KeptPolicies {
  const rows = lines
    .map((line) => JSON.parse(line) as { seal: number | null; subject: string; record: unknown })
    .sort((a, b) => (a.seal ?? 0) - (b.seal ?? 0));
  const of = <T>(kind: string) =>
    rows.filter(({ subject }) => subject.startsWith(`${kind}:`)).map(({ record }) => record as T);
  const decisions = of<{ id: string; status: string }>('policyDecision');
  const approved = new Map(decisions.map(({ id, status }, at) => [id, status === 'approved' ? at : -1]));
  const added = of<AddedVersion & { id: string; proposedBy: string }>('policyVersion')
    .filter(({ id }) => (approved.get(id) ?? -1) >= 0)
    .sort((a, b) => approved.get(a.id)! - approved.get(b.id)!)
    .map(({ id: _, proposedBy: __, ...version }) => version);
  const quotes = new Map(of<LprQuote>('lprQuote').map((quote) => [quote.month, quote]));
  const notices = new Map(of<HolidayNotice>('holidayNotice').map((notice) => [notice.year, notice]));
  return { added, quotes: [...quotes.values()], notices: [...notices.values()] };
}

/** A clause with every value it had or has by the end of a year, shipped and added, in words and as data, each with its article. */
export function clausesInForce(added: readonly AddedVersion[], year: number): object[] {
  return RULEBOOKS.flatMap(({ code, document, clauses }) =>
    clauses.map((clause) => ({
      ...{
        id: clause.id,
        policy: code,
        document: document.title,
        number: document.number ?? null,
        title: clause.title,
      },
      versions: versionsOf(clause, added).filter(({ effectiveFrom }) => effectiveFrom <= `${year}-12-31`),
    })),
  );
}

function versionsOf(clause: Clause, added: readonly AddedVersion[]) {
  const own = added.filter(({ clauseId }) => clauseId === clause.id);
  return [
    ...clause.versions.map((version) => ({ ...version, added: false, words: clause.describe(version.value) })),
    ...own.map(({ clauseId: _, ...version }) => ({ ...version, added: true, words: wordsOf(clause, version.value) })),
  ];
}

/** A value in words; of one that somebody put in past every check that it is none, for it must not keep the archive from being made. */
function wordsOf(clause: Clause, value: unknown): string {
  try {
    return clause.describe(parseValue(clause, value));
  } catch (error) {
    if (error instanceof DomainError) return '取值不合条款的格式';
    throw error;
  }
}

/** The LPR of every month, shipped or entered, the entered one before the shipped. */
export function quotesInForce(entered: readonly LprQuote[]): LprQuote[] {
  const plain = entered.map((quote) => ({
    ...quote,
    oneYear: quote.oneYear.replace(/0$/, ''),
    fivePlus: quote.fivePlus.replace(/0$/, ''),
  }));
  return [...new Map([...LPR_TABLE, ...plain].map((quote) => [quote.month, quote])).values()].sort((a, b) =>
    a.month < b.month ? -1 : 1,
  );
}

/** The holiday notice of every year, likewise. */
export function noticesInForce(entered: readonly HolidayNotice[]): HolidayNotice[] {
  return [...new Map([...HOLIDAY_NOTICES, ...entered].map((notice) => [notice.year, notice])).values()].sort(
    (a, b) => a.year - b.year,
  );
}
