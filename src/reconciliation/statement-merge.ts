import type { LocalDate } from '../calendar/local-date.ts';
import { DomainError } from '../errors.ts';
import type { Direction, StatementRow } from '../files/statement.ts';
import { formatYuan, type Money, toWire } from '../money/money.ts';
import { type CheckedStatement, refusal, signed } from './statement-check.ts';

/** A line of the account that an earlier statement brought. */
export interface KnownLine {
  id: bigint;
  on: LocalDate;
  direction: Direction;
  /** on the wire */
  amount: string;
  /** its place among lines of the same day, direction and amount, from 1 */
  ordinal: number;
  serial: string | null;
  balance: string | null;
}

/** What is known of an account where a statement comes to be added. */
export interface KnownAccount {
  /** lines of the statement's days */
  lines: KnownLine[];
  /** days that earlier statements cover */
  spans: { from: LocalDate; to: LocalDate }[];
  /** the first statement's opening, and its day; null for the first statement of all */
  first: { on: LocalDate; opening: Money } | null;
  /** the balance at the beginning of the statement's first day; null when no statement reaches back so far */
  before: Money | null;
}

/** What a statement adds to an account. */
export interface Merged {
  fresh: { row: StatementRow; ordinal: number }[];
  /** lines known without a number, which this file gives */
  numbered: { id: bigint; serial: string }[];
}

type Identity = Pick<KnownLine, 'on' | 'direction' | 'amount'>;
const identity = ({ on, direction, amount }: Identity): string => `${on} ${direction} ${amount}`;

/**
 * Adds a statement to what is known of its account. A line is known again by day, direction, amount and its place among equals, for formats differ in time,
 * memo and balance; a serial number, where both have one, goes before the place. Nothing is merged that the file itself tells apart.
 * @throws DomainError STATEMENT_GAP where it does not go on from what is known, STATEMENT_CONTRADICTS where it lacks a known line or has one that an earlier
 * statement of the same day has not (409)
 */
export function mergeStatement(statement: CheckedStatement, known: KnownAccount): Merged {
  checkContinuity(statement, known);
  const groups = Map.groupBy(known.lines, identity);
  const own = Map.groupBy(statement.rows, ({ on, direction, amount }) =>
    identity({ on, direction, amount: toWire(amount) }),
  );
  const merged: Merged = { fresh: [], numbered: [] };
  const met = new Set<bigint>();
  for (const [key, rows] of own) {
    const equal = groups.get(key) ?? [];
    let next = equal.reduce((most, { ordinal }) => Math.max(most, ordinal), 0);
    for (const [row, line] of pairs(rows, equal)) {
      if (!line) {
        next += 1;
        merged.fresh.push({ row, ordinal: next });
        continue;
      }
      met.add(line.id);
      if (row.serial && !line.serial) merged.numbered.push({ id: line.id, serial: row.serial });
    }
  }
  checkAgreement(statement, known, merged, met);
  const place = new Map(statement.rows.map((row, i) => [row, i]));
  merged.fresh.sort((a, b) => place.get(a.row)! - place.get(b.row)!);
  return merged;
}

/** Rows and known lines of one identity: by serial number first, then those that agree in balance, then by place. Numbers that differ never meet. */
function pairs(rows: StatementRow[], lines: KnownLine[]): [StatementRow, KnownLine | undefined][] {
  const sorted = lines.toSorted((a, b) => a.ordinal - b.ordinal);
  const used = new Set<KnownLine>();
  const found = new Map<StatementRow, KnownLine>();
  const pass = (keyOf: (row: StatementRow) => string | null, lineKey: (line: KnownLine) => string | null) => {
    const queues = Map.groupBy(
      sorted.filter((line) => !used.has(line) && lineKey(line) !== null),
      (line) => lineKey(line)!,
    );
    for (const row of rows) {
      const key = found.has(row) ? null : keyOf(row);
      const line = key === null ? undefined : queues.get(key)?.shift();
      if (!line) continue;
      used.add(line);
      found.set(row, line);
    }
  };
  const balanced = (row: StatementRow) => row.balance && toWire(row.balance);
  pass(
    ({ serial }) => serial,
    ({ serial }) => serial,
  );
  pass(
    (row) => balanced(row),
    ({ balance, serial }) => (serial ? null : balance),
  );
  pass(
    (row) => (row.serial ? null : balanced(row)),
    ({ balance }) => balance,
  );
  pass(
    ({ serial }) => serial && '',
    ({ serial }) => (serial ? null : ''),
  );
  pass(
    ({ serial }) => (serial ? null : ''),
    () => '',
  );
  return rows.map((row) => [row, found.get(row)]);
}

function checkContinuity({ from, to, opening, rows }: CheckedStatement, { first, before }: KnownAccount): void {
  if (before !== null && !before.eq(opening)) {
    const gap = formatYuan(opening.minus(before).abs());
    const message = `对账单 ${from} 的期初余额 ${formatYuan(opening)} 与此前对账单的余额 ${formatYuan(before)} 不符，相差 ${gap} 元；请先导入其间的对账单，每份应从一日的开始起`;
    throw new DomainError('STATEMENT_GAP', message, { status: 409 });
  }
  if (!first || from >= first.on) return;
  const reached = rows.filter(({ on }) => on < first.on).reduce((sum, row) => sum.plus(signed(row)), opening);
  if (reached.eq(first.opening)) return;
  const message = `对账单（${from} 至 ${to}）的余额 ${formatYuan(reached)} 与已导入的 ${first.on} 的期初余额 ${formatYuan(first.opening)} 不符；请先导入其间的对账单`;
  throw new DomainError('STATEMENT_GAP', message, { status: 409 });
}

/** Two statements of the same days say the same; only the last day of one may have gone on after it was made. */
function checkAgreement(statement: CheckedStatement, known: KnownAccount, merged: Merged, met: Set<bigint>): void {
  const lacking = known.lines.find(({ id, on }) => !met.has(id) && on < statement.to);
  if (lacking) {
    const what = `${lacking.on} ${lacking.direction === 'in' ? '贷方' : '借方'} ${lacking.amount}${lacking.serial ? `（${lacking.serial}）` : ''}`;
    throw new DomainError(
      'STATEMENT_CONTRADICTS',
      `已导入的对账单有一笔 ${what}，这份没有；两份对账单互相矛盾，未导入`,
      { status: 409 },
    );
  }
  for (const { row } of merged.fresh) {
    const span = known.spans.find(({ from, to }) => row.on >= from && row.on < to);
    if (!span) continue;
    const { message, errors } = refusal(
      'STATEMENT_CONTRADICTS',
      row.row,
      `第${row.row}行（${row.on} ${toWire(row.amount)}）在已导入的对账单（${span.from} 至 ${span.to}）中没有`,
    );
    throw new DomainError('STATEMENT_CONTRADICTS', message, { status: 409, errors });
  }
}
