import { Chain } from './chain.ts';
import { type Check, rawField, rowsOf, sha256 } from './report.ts';

/** A link of the audit chain as it was hashed: a row of the log, or the digest of something kept. */
type Item =
  | [
      ...[kind: 'audit', seq: number, id: number, at: number, on: number, actor: string, role: string],
      ...[institution: string | null, keyId: string | null, requestId: string | null, action: string, subject: string],
      ...[before: unknown, after: unknown],
    ]
  | [kind: 'evidence', seq: number, id: number, at: number, subject: string, sha256: string, parts: string | null];

/** A digest in the chain. */
export interface Evidence {
  seq: number;
  subject: string;
  sha256: string;
  /** of many lines kept at once the first eight bytes of each, hex */
  parts: string | null;
  file: string;
  line: number;
}

/** A record with the place it stands at. */
export interface Kept<T> {
  file: string;
  line: number;
  /** the link of the audit chain that has its digest, as the archive says; null for none */
  seal: number | null;
  record: T;
}

/** The records of a file as they are. */
export const recordsOf = <T>(check: Check, path: string): Kept<T>[] =>
  [...rowsOf<{ seal: number | null; record: T }>(check, path)].map(({ file, line, value }) => ({
    file,
    line,
    ...value,
  }));

/** Something that somebody did, as the log has it. */
export interface Act {
  seq: number;
  action: string;
  actor: string;
}

/** What the audit chain says: the digests by subject, in their order; what was done about each difference (`difference:7`); its hashes by number. */
export interface Audit {
  evidence: Map<string, Evidence[]>;
  acts: Map<string, Act[]>;
  /** the last link that may have been chained together with acts of the year before, which are in that year's archive only; 0 for none */
  joined: number;
  hashes: ReadonlyMap<number, string>;
}

/** The audit chain: every link, and no row beside it. */
export function checkAudit(check: Check): Audit {
  const chain = new Chain(check, 'audit', '审计链', check.manifest.audit);
  const evidence = new Map<string, Evidence[]>();
  const acts = new Map<string, Act[]>();
  let expected = check.manifest.audit.from;
  let joined = 0;
  // Each sealing chains acts first, and then what was kept by them: a year may begin between the two.
  let beginning = expected > 1;
  for (const row of rowsOf<{ hash: string; item: Item | null }>(check, 'audit/chain')) {
    const { file, line } = row;
    const { hash, item } = row.value;
    const seq = item?.[1] ?? expected;
    const content = rawField(row, 'item');
    if (!item)
      check.find({
        check: 'audit.missing',
        file,
        line,
        about: `审计链 ${seq}`,
        text: '这一条的审计记录已不存在：被删除',
      });
    // What is gone cannot be hashed: that it is gone is said once.
    if (item) chain.link({ seq, hash, content, file, line });
    else chain.lost(seq, hash);
    expected = seq + 1;
    beginning &&= !(item?.[0] === 'audit' && evidence.size > 0);
    if (beginning) joined = seq;
    if (item?.[0] === 'audit' && item[11].startsWith('difference:')) {
      const [, , , , , actor, , , , , action, subject] = item;
      acts.set(subject, [...(acts.get(subject) ?? []), { seq, action, actor }]);
    }
    if (item?.[0] !== 'evidence') continue;
    const [, , , , subject, digest, parts] = item;
    const digests = evidence.get(subject) ?? [];
    digests.push({ seq, subject, sha256: digest, parts, file, line });
    evidence.set(subject, digests);
  }
  chain.end('audit/chain.jsonl');
  for (const { file, line, value } of rowsOf<{ id: number; action: string; subject: string }>(check, 'audit/strays'))
    check.find({
      check: 'audit.stray',
      file,
      line,
      about: `审计记录 ${value.id}`,
      text: `${value.action} ${value.subject} 不在链上：绕过程序写入`,
    });
  return { evidence, acts, joined, hashes: chain.hashes };
}

/** The kinds of records that change while they are worked on: each edition has its digest and its text. */
const EDITIONS = [
  ...['difference', 'loanDifference', 'subsidyObjection', 'subsidyPayment', 'subsidySupplement'],
  ...['subsidyClawback', 'subsidyRemittance', 'subsidyBudgetChange'],
];
/** Of these the texts of older editions were not kept at first: the last one has to be there. */
const LAST_EDITION = ['lprQuote', 'holidayNotice'];

/**
 * The records of a kind, each beside its digest in the chain: the one of its edition, or the first, made when it was kept, for what is kept does not change.
 * Another digest that differs was added to make a change fit. A digest of this book without its record means that the record was taken away.
 */
export function checkRecords<T>(
  check: Check,
  kind: string,
  path: string,
  evidence: Map<string, Evidence[]>,
  book: string = check.manifest.book,
): Kept<T>[] {
  const kept: Kept<T>[] = [];
  const seen = new Set<string>();
  const edited = EDITIONS.includes(kind) || LAST_EDITION.includes(kind);
  for (const row of rowsOf<{ seal: number | null; subject: string; record: T }>(check, path)) {
    const { file, line, value } = row;
    const { subject, seal } = value;
    const digests = evidence.get(subject);
    const digest = edited ? digests?.find(({ seq }) => seq === seal) : digests?.[0];
    seen.add(edited ? `${subject} ${seal}` : subject);
    if (!digest)
      check.find({ check: 'record.stray', file, line, about: subject, text: '审计链上没有它的摘要：绕过程序写入' });
    else if (sha256(rawField(row, 'record')).toString('hex') !== digest.sha256)
      check.find({
        check: 'record.hash',
        file,
        line,
        about: subject,
        text: `与审计链第 ${digest.seq} 条的摘要不符：内容被改动`,
      });
    kept.push({ file, line, seal, record: value.record });
  }
  for (const [subject, digests] of evidence) {
    if (!subject.startsWith(`${kind}:${book}:`)) continue;
    const first = digests[0]!;
    const wanted = LAST_EDITION.includes(kind) ? digests.slice(-1) : edited ? digests : [first];
    for (const { seq } of wanted)
      if (!seen.has(edited ? `${subject} ${seq}` : subject))
        check.find({
          check: 'record.missing',
          file: `${path}.jsonl`,
          about: subject,
          text: `审计链第 ${seq} 条有它的摘要，资料已不存在：被删除`,
        });
    for (const { seq, sha256: other, file, line } of digests.slice(1))
      if (other !== first.sha256 && !edited)
        check.find({
          check: 'record.again',
          ...{ file, line, about: subject },
          text: `审计链第 ${seq} 条的摘要与第 ${first.seq} 条的不同：资料留存以后被改写`,
        });
  }
  return kept;
}
