import { z } from 'zod';
import { type LocalDate, localDate } from '../calendar/local-date.ts';
import { type Citation, DomainError } from '../errors.ts';

/** Where a value comes from: F found in a public document, T typical of a named programme, A our assumption. */
export type Mark = 'F' | 'T' | 'A';

/** The article behind a version of a clause. `confirmed` only for what the document in force, or a statute, says. */
export interface ClauseCitation extends Citation {
  mark: Mark;
}

/** One value of a clause and the days it is in force, the first and the last (有效期至) included. Plain JSON data. */
export interface ClauseVersion<V> {
  effectiveFrom: LocalDate;
  expiresOn?: LocalDate | null;
  value: V;
  citation: ClauseCitation;
}

/** A version an operator added and a second person approved. `clauseId` lets one list serve a whole policy. */
export interface AddedVersion extends ClauseVersion<unknown> {
  clauseId?: string;
}

/** The event whose own date picks a clause's version, with the words for it. */
export const EVENT_DATES = {
  filedOn: '备案日',
  signedOn: '合同签订日（未填报时按放款日，不晚于备案日）',
  contributedOn: '出资到账日',
  askedOn: '申请日',
  claimedOn: '补偿申请日',
  reportedOn: '报送期末日',
  occurredOn: '事件发生日',
} as const;
export type EventDate = keyof typeof EVENT_DATES;

/** A worked example of a clause, in words a finance officer checks: on this date this input gives this answer. */
export interface ClauseCase<I, O> {
  says: string;
  on: LocalDate;
  input: I;
  expected: O;
}

/**
 * A rule of a policy document: its values by date, each with its article, the function that applies a value, and
 * worked cases. Money and rates inside values, inputs and answers are text ("5000000.00", percent "4.50").
 */
export interface Clause<V = unknown, I = unknown, O = unknown> {
  /** `<policy code>.<name>`, stable: versions an operator adds refer to it. */
  id: string;
  title: string;
  unit?: string;
  resolvedBy: EventDate;
  schema: z.ZodType<V>;
  versions: readonly ClauseVersion<V>[];
  cases: readonly ClauseCase<I, O>[];
  /** A value in words, Chinese, one sentence without a full stop. */
  describe(value: V): string;
  apply(value: V, input: I): O;
}

/** What a policy folder states of a clause; a kind adds the rest. */
export type ClauseSpec<V, I, O> = Pick<Clause<V, I, O>, 'id' | 'title' | 'versions' | 'cases'>;

/**
 * The version of a clause in force on the date of an event. The latest `effectiveFrom` not after the date counts, an
 * added version before a shipped one of the same day; it replaces the earlier ones for good, also once it has expired.
 * Throws DomainError POLICY_OUTSIDE_DATES before the first version and after an expiry, POLICY_VALUE_INVALID when an
 * added value does not fit the clause, DATE_FORMAT when the date is none.
 */
export function valueOn<V>(clause: Clause<V>, date: LocalDate, added: readonly AddedVersion[] = []): ClauseVersion<V> {
  localDate(date);
  const shipped = latest(clause.versions, date);
  const replaced = latest(
    added.filter((version) => version.clauseId === undefined || version.clauseId === clause.id),
    date,
  );
  const isAdded = replaced !== undefined && (!shipped || replaced.effectiveFrom >= shipped.effectiveFrom);
  const found = isAdded ? replaced : shipped;
  if (!found || (found.expiresOn && date > found.expiresOn)) throw outsideDates(clause, date, found);
  return isAdded ? { ...found, value: parseValue(clause, found.value) } : (found as ClauseVersion<V>);
}

/** Reads a clause's value as an operator sent it. Throws DomainError POLICY_VALUE_INVALID naming each fault. */
export function parseValue<V>(clause: Clause<V>, value: unknown): V {
  return read(clause, clause.schema, value, 'value');
}

const day = z.string().refine(isDate, { error: '应为真实存在的日期，格式为 YYYY-MM-DD' });
const addedVersion = z.strictObject({
  effectiveFrom: day,
  expiresOn: day.nullish(),
  value: z.unknown(),
  citation: z.strictObject({
    document: z.string().trim().min(1, { error: '请填写文件名称和文号' }),
    article: z.string().trim().min(1, { error: '请填写条、款、项' }),
    confirmed: z.boolean(),
    mark: z.enum(['F', 'T', 'A']),
    source: z.string().optional(),
  }),
});

/**
 * Reads a version an operator proposes: dates, value by the clause's own schema, citation. Throws DomainError
 * POLICY_VALUE_INVALID naming each fault. Only what a document says (mark F) may be called confirmed.
 */
export function parseVersion<V>(clause: Clause<V>, raw: unknown): ClauseVersion<V> {
  const version = read(clause, addedVersion, raw, '');
  const fault = (field: string, message: string) =>
    new DomainError('POLICY_VALUE_INVALID', message, {
      errors: [{ code: 'POLICY_VALUE_INVALID', field, message }],
    });
  if (version.expiresOn && version.expiresOn < version.effectiveFrom) {
    throw fault('expiresOn', `有效期至 ${version.expiresOn} 早于施行日 ${version.effectiveFrom}`);
  }
  if (version.citation.confirmed && version.citation.mark !== 'F') {
    throw fault('citation.confirmed', '只有公开文件载明的数值（标记 F）才能标为已核实');
  }
  return { ...version, value: parseValue(clause, version.value) };
}

function latest<T extends { effectiveFrom: LocalDate }>(versions: readonly T[], date: LocalDate): T | undefined {
  let found: T | undefined;
  for (const version of versions) {
    if (version.effectiveFrom <= date && (!found || version.effectiveFrom >= found.effectiveFrom)) found = version;
  }
  return found;
}

function outsideDates(clause: Clause, date: LocalDate, expired?: ClauseVersion<unknown>): DomainError {
  const first = clause.versions[0]!;
  const { citation } = expired ?? first;
  const why = expired
    ? `自 ${expired.effectiveFrom} 起施行，有效期至 ${expired.expiresOn}，此后尚无接续的规定`
    : `自 ${first.effectiveFrom} 起施行`;
  return new DomainError(
    'POLICY_OUTSIDE_DATES',
    `${citation.document}「${clause.title}」${why}，${date} 不在施行期内，无法据以判断`,
    { cites: [citation] },
  );
}

function read<V>(clause: Clause, schema: z.ZodType<V>, raw: unknown, under: string): V {
  const result = schema.safeParse(raw, { error: z.locales.zhCN().localeError });
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({
    code: 'POLICY_VALUE_INVALID',
    field: [under, ...issue.path].filter((part) => part !== '').join('.'),
    message: issue.message,
  }));
  const list = errors.map((e) => `${e.field ? `${e.field}：` : ''}${e.message}`).join('；');
  throw new DomainError('POLICY_VALUE_INVALID', `条款「${clause.title}」的取值不符合要求：${list}`, { errors });
}

function isDate(text: string): boolean {
  try {
    localDate(text);
    return true;
  } catch {
    return false;
  }
}
