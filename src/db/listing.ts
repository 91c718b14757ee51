import { type Actor, ownFilter } from '../access/context.ts';
import { localDate } from '../calendar/local-date.ts';
import { DomainError } from '../errors.ts';
import type { Tx } from './client.ts';

/** An expression that a list can be put in order by; with the join it needs, if any. A `nullable` one comes last, whichever way the order goes. */
export interface SortField {
  sql: string;
  type: keyof typeof READABLE;
  nullable?: true;
  join?: string;
}

/** What a list is read from. */
export interface Listing {
  /** tables with their aliases */
  from: string;
  /** unique: it ends every order, and it is what `readKeys` answers */
  key: SortField;
  /** by the names that `sort` takes */
  fields: Record<string, SortField>;
  /** the texts that `q` looks into; what stands in another table as a condition on the patterns, which is cheaper than a look at each row */
  search: (string | ((patterns: string) => string))[];
  /** the order when none is asked for, as `sort` writes it */
  order: string;
}

/**
 * What a list is asked for: `sort` is "field,-field", `-` the other way round; `q` is part of one of the texts; `take` rows after `cursor`. Whoever has
 * counted already gives the `total`.
 */
export interface ListAsk {
  sort?: string;
  q?: string;
  cursor?: string;
  take: number;
  total?: number;
}

/** A page of a list. `total` counts all that the filter lets through. */
export interface Listed<T> {
  items: T[];
  total: number;
  nextCursor: string | null;
}

/** SQL with a `?` for each of its values; where one of them is undefined, nothing is asked. */
export type Condition = readonly [sql: string, ...values: unknown[]];

/** Chinese as people look it up: by pinyin. */
export const chinese = (sql: string): string => `(${sql}) COLLATE "zh-Hans-CN-x-icu"`;

/** Types as the database names them, each with what a value of it in a cursor looks like. */
const READABLE = {
  bigint: (text: string) => /^-?\d{1,18}$/.test(text),
  numeric: (text: string) => /^-?\d{1,18}(\.\d{1,18})?$/.test(text),
  date: (text: string) => localDate(text) !== '',
  uuid: (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  timestamptz: (text: string) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?\+00$/.test(text),
  text: (text: string) => !text.includes('\0') && text.isWellFormed(),
};

type Place = (string | null)[];
interface Step extends SortField {
  down: boolean;
}

/**
 * The keys of one page of a list, in order, with the cursor of the next page and the number of all. A page begins where the values of the row before it
 * stood (keyset), so that rows written or changed meanwhile shift nothing. Names in `sort` are those of `fields`; whoever takes them from outside checks them.
 * @throws DomainError CURSOR_INVALID
 */
export async function readKeys(
  tx: Tx,
  listing: Listing,
  conditions: readonly Condition[],
  ask: ListAsk,
): Promise<Listed<string>> {
  const steps = stepsOf(listing, ask.sort || listing.order);
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = conditions
    .filter(([, ...asked]) => !asked.includes(undefined))
    .map(([sql, ...asked]) => asked.reduce((text: string, value) => text.replace('?', bind(value)), sql));
  if (ask.q) where.push(matching(listing.search, ask.q, bind));
  const total = ask.total ?? (await count(tx, `${listing.from}${clause(where)}`, values));
  if (ask.cursor !== undefined) where.push(beyond(steps, placeOf(ask.cursor, steps), bind));
  const order = steps.map(
    ({ sql, down, nullable }) => `${sql}${down ? ' DESC' : ''}${nullable && down ? ' NULLS LAST' : ''}`,
  );
  const joins = new Set(steps.flatMap(({ join }) => join ?? []));
  const rows = await tx.$queryRawUnsafe<{ place: Place }[]>(
    `SELECT ARRAY[${steps.map(({ sql }) => `(${sql})::text`)}] AS place FROM ${[listing.from, ...joins].join(' ')}${clause(where)} ORDER BY ${order} LIMIT ${bind(ask.take + 1)}`,
    ...values,
  );
  const shown = rows.slice(0, ask.take).map(({ place }) => place);
  return {
    items: shown.map((place) => place.at(-1)!),
    total,
    nextCursor: rows.length > ask.take ? cursorOf(shown.at(-1)!) : null,
  };
}

async function count(tx: Tx, from: string, values: unknown[]): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ total: number }[]>(`SELECT count(*)::int AS total FROM ${from}`, ...values);
  return row!.total;
}

/** Rows in the order of the keys that `readKeys` answered. */
export function inOrder<T>(keys: string[], rows: T[], keyOf: (row: T) => string): T[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** The actor's own rows of a table that has bank, pool and enterprise, so that its list uses their indexes; row-level security stands behind it. */
export function ownRows(actor: Actor, alias: string): Condition[] {
  const { bankCode, poolCode, enterpriseUscc } = ownFilter(actor);
  return [
    [`${alias}.bank_code = ?`, bankCode],
    [`${alias}.pool_code = ANY (?::text[])`, poolCode?.in],
    [`${alias}.enterprise_uscc = ?`, enterpriseUscc],
  ];
}

const clause = (where: string[]): string => (where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '');

function stepsOf({ fields, key }: Listing, sort: string): Step[] {
  const steps: Step[] = sort.split(',').map((word) => {
    const down = word.startsWith('-');
    return { ...fields[down ? word.slice(1) : word]!, down };
  });
  const unique = steps.findIndex(({ sql }) => sql === key.sql);
  return unique >= 0 ? steps.slice(0, unique + 1) : [...steps, { ...key, down: steps.at(-1)!.down }];
}

/** The pattern of LIKE for a part of a text: `%`, `_` and `\` stand for themselves. */
export const partOf = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/**
 * Part of one of the texts: as typed, with widths folded, in capitals and in small letters. That is a fraction of what ILIKE costs, which folds each row,
 * and finds numbers and codes however they are typed.
 */
function matching(search: Listing['search'], q: string, bind: (value: unknown) => string): string {
  const folded = q.normalize('NFKC');
  const forms = new Set([q, folded, folded.toUpperCase(), folded.toLowerCase()]);
  const patterns = `${bind([...forms].map(partOf))}::text[]`;
  const ways = search.map((text) => (typeof text === 'string' ? `${text} LIKE ANY (${patterns})` : text(patterns)));
  return `(${ways.join(' OR ')})`;
}

/** What comes after a place: further in the first step, or level there and further in the next, and so on. */
function beyond(steps: Step[], place: Place, bind: (value: unknown) => string): string {
  const level: string[] = [];
  const ways: string[] = [];
  steps.forEach(({ sql, type, down, nullable }, i) => {
    const at = place[i] === null ? null : `${bind(place[i])}::${type}`;
    const further = at === null ? 'false' : `(${sql} ${down ? '<' : '>'} ${at}${nullable ? ` OR ${sql} IS NULL` : ''})`;
    ways.push([...level, further].join(' AND '));
    level.push(at === null ? `${sql} IS NULL` : `${sql} = ${at}`);
  });
  return `(${ways.join(' OR ')})`;
}

/** A key alone travels as it is, a place in another order as base64url of its values. */
function cursorOf(place: Place): string {
  if (place.length === 1) return place[0]!;
  const bytes = new TextEncoder().encode(JSON.stringify(place));
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) => ({ '+': '-', '/': '_' })[c] ?? '');
}

function placeOf(cursor: string, steps: Step[]): Place {
  try {
    const place: unknown = steps.length === 1 ? [cursor] : JSON.parse(fromBase64(cursor));
    if (!Array.isArray(place) || place.length !== steps.length) throw invalid();
    const fits = place.every((text, i) =>
      text === null ? steps[i]!.nullable : typeof text === 'string' && READABLE[steps[i]!.type](text),
    );
    if (!fits) throw invalid();
    return place;
  } catch {
    throw invalid();
  }
}

function fromBase64(text: string): string {
  const binary = atob(text.replace(/[-_]/g, (c) => (c === '-' ? '+' : '/')));
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
}

function invalid(): DomainError {
  return new DomainError('CURSOR_INVALID', '游标不正确，请使用上一页给出的 nextCursor');
}
