import { checkRecords, type Evidence, type Kept } from './records.ts';
import { type Check, rawField, rowsOf, sha256 } from './report.ts';

interface Version {
  id: string;
  clauseId: string;
  effectiveFrom: string;
  expiresOn: string | null;
  value: unknown;
  citation: unknown;
}
interface Clause {
  id: string;
  versions: (Omit<Version, 'id' | 'clauseId'> & { added: boolean })[];
}

/** A record that was kept in an earlier year: its digest stands in that year's archive. */
export interface EarlierRecord {
  subject: string;
  seal: number;
  sha256: string;
  file: string;
  line: number;
}

/** The kinds of records that are of no book, and their files. */
const KINDS = {
  ...{ policyVersion: 'policies/versions', policyDecision: 'policies/decisions' },
  ...{ lprQuote: 'policies/quotes', holidayNotice: 'policies/notices' },
};

/** What was entered of policies, each beside its digest; `linked` (format 2): what is said to be in force is what was entered and approved, no more and no less. @returns what earlier years' archives have the digests of */
export function checkPolicies(check: Check, evidence: Map<string, Evidence[]>, linked: boolean): EarlierRecord[] {
  const own = Object.entries(KINDS).map(([kind, path]) => checkRecords(check, kind, path, evidence, '-'));
  if (!linked) return [];
  const rows = [...rowsOf<{ seal: number; subject: string; record: unknown }>(check, 'policies/earlier')];
  for (const { value, file, line } of rows)
    if (!(value.seal < check.manifest.audit.from))
      check.find({ check: 'policy.earlier', file, line, about: value.subject, text: '不是以前年度录入的资料' });
  const kept = <T>(at: number) => [
    ...rows
      .filter(({ value }) => value.subject.startsWith(`${Object.keys(KINDS)[at]}:`))
      .map(({ file, line, value }) => ({ file, line, seal: value.seal, record: value.record as T })),
    ...(own[at] as Kept<T>[]),
  ];
  checkVersions(check, kept<Version>(0), kept<{ id: string; status: string }>(1));
  checkTable(check, 'policies/lpr', kept<{ month: string }>(2), ({ month }) => month);
  checkTable(check, 'policies/holidays', kept<{ year: number }>(3), ({ year }) => `${year}`);
  return rows.map(({ file, line, value, bytes }) => ({
    ...{ subject: value.subject, seal: value.seal, file, line },
    sha256: sha256(rawField({ bytes }, 'record')).toString('hex'),
  }));
}

/** Every version that somebody added was approved, and every one that was approved is there as it was approved. */
function checkVersions(
  check: Check,
  versions: Kept<Version>[],
  decisions: Kept<{ id: string; status: string }>[],
): void {
  const approved = new Set(decisions.flatMap(({ record }) => (record.status === 'approved' ? [record.id] : [])));
  const wordsOf = (clause: string, { effectiveFrom, expiresOn, value, citation }: Omit<Version, 'id' | 'clauseId'>) =>
    JSON.stringify([clause, effectiveFrom, expiresOn ?? null, value, citation]);
  const due = new Map<string, Kept<Version>>();
  for (const kept of versions) {
    const { record } = kept;
    if (approved.has(record.id) && record.effectiveFrom <= `${check.manifest.year}-12-31`)
      due.set(wordsOf(record.clauseId, record), kept);
  }
  for (const { file, line, value } of rowsOf<Clause>(check, 'policies/clauses'))
    for (const version of value.versions) {
      if (!version.added || due.delete(wordsOf(value.id, version))) continue;
      const text = `${version.effectiveFrom} 起的取值没有经批准的录入`;
      check.find({ check: 'policy.version', file, line, about: `条款 ${value.id}`, text });
    }
  for (const { record, file, line } of due.values())
    check.find({
      check: 'policy.version',
      ...{ file, line, about: `条款 ${record.clauseId}` },
      text: `${record.effectiveFrom} 起经批准的取值不在条款表中，或内容不同`,
    });
}

/** What was entered last for a month or a year stands in the table as it was entered; rates but for a zero at the end. */
function checkTable<T>(check: Check, path: string, entered: Kept<T>[], keyOf: (item: T) => string): void {
  const plain = (item: T) =>
    JSON.stringify(
      Object.entries(item as object)
        .map(([name, value]) => [name, typeof value === 'string' ? value.replace(/^(\d+\.\d\d)0$/, '$1') : value])
        .sort(([a], [b]) => (a! < b! ? -1 : 1)),
    );
  const table = new Map([...rowsOf<T>(check, path)].map(({ value }) => [keyOf(value), plain(value)]));
  const last = new Map(entered.map((kept) => [keyOf(kept.record), kept]));
  for (const [key, { record, file, line }] of last)
    if (table.get(key) !== plain(record))
      check.find({ check: 'policy.table', file, line, about: key, text: `${path}.jsonl 中没有它，或内容不同` });
}
