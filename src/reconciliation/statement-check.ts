import type { LocalDate } from '../calendar/local-date.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { StatementFile, StatementRow } from '../files/statement.ts';
import { formatYuan, type Money, ZERO } from '../money/money.ts';

/** A statement that adds up: lines oldest first, between the balances before and after them. */
export interface CheckedStatement {
  from: LocalDate;
  to: LocalDate;
  opening: Money;
  closing: Money;
  rows: StatementRow[];
}

/** What moved, seen from the account: positive for 贷 on the bank's statement. */
export const signed = ({ direction, amount }: Pick<StatementRow, 'direction' | 'amount'>): Money =>
  direction === 'in' ? amount : amount.neg();

/**
 * Holds a statement to its own figures: opening + in − out = closing, the balance of every row, the sums it states, its days. A file with the newest line
 * first is turned round. `span`: its days where the file does not say them.
 * @throws DomainError STATEMENT_EMPTY, STATEMENT_NO_BALANCE, STATEMENT_UNBALANCED, STATEMENT_DAYS (422), each with the row
 */
export function checkStatement(file: StatementFile, span: { from?: LocalDate; to?: LocalDate } = {}): CheckedStatement {
  const { rows, opening, closing } = inOrder(file);
  checkTotals(file);
  const days = rows.map(({ on }) => on).sort();
  const from = file.from ?? span.from ?? days[0];
  const to = file.to ?? span.to ?? days.at(-1);
  if (!from || !to) throw new DomainError('STATEMENT_EMPTY', '对账单没有交易，也没有写明起止日期');
  if (from > to) throw new DomainError('STATEMENT_DAYS', `对账单的起始日期 ${from} 晚于截止日期 ${to}`);
  const stray = rows.find(({ on }) => on < from || on > to);
  if (stray)
    throw refusal('STATEMENT_DAYS', stray.row, `第${stray.row}行的日期 ${stray.on} 不在对账单期间 ${from} 至 ${to} 内`);
  return { from, to, opening, closing, rows };
}

/**
 * What a statement can tell by a day: one that was made before its period was over speaks of days up to its last line, whatever period it names, so that the rest may
 * still come. @throws DomainError STATEMENT_DAYS (422) for what is not yet
 */
export function toldBy(statement: CheckedStatement, today: LocalDate): CheckedStatement {
  const { from, to, rows } = statement;
  if (to <= today) return statement;
  if (from > today) throw new DomainError('STATEMENT_DAYS', `对账单的起始日期 ${from} 晚于今天 ${today}`);
  const early = rows.find(({ on }) => on > today);
  if (early) throw refusal('STATEMENT_DAYS', early.row, `第${early.row}行的日期 ${early.on} 晚于今天 ${today}`);
  return { ...statement, to: rows.map(({ on }) => on).reduce((last, on) => (on > last ? on : last), from) };
}

interface Chain {
  rows: StatementRow[];
  opening: Money;
  closing: Money;
}
interface Break {
  row: number;
  message: string;
}

function inOrder(file: StatementFile): Chain {
  const forward = chain(file, file.rows);
  if (!('row' in forward)) return forward;
  const backward = chain(file, file.rows.toReversed());
  if (!('row' in backward)) return backward;
  const newestFirst = (file.rows[0]?.on ?? '') > (file.rows.at(-1)?.on ?? '');
  const { row, message } = newestFirst ? backward : forward;
  throw refusal('STATEMENT_UNBALANCED', row, message);
}

/** Goes from the opening balance line by line to the closing one, or to where they part. */
function chain(file: StatementFile, rows: StatementRow[]): Chain | Break {
  const opening = file.opening?.amount ?? openingOf(rows);
  const last = rows.at(-1)?.balance ?? null;
  if (!opening || (!file.closing && !last && rows.length > 0)) throw noBalance(opening ? rows.at(-1) : undefined);
  let running = opening;
  let before = file.opening ? '期初余额' : '上一行余额';
  for (const line of rows) {
    running = running.plus(signed(line));
    if (line.balance && !line.balance.eq(running)) {
      const gap = formatYuan(line.balance.minus(running).abs());
      const message = `第${line.row}行的余额 ${formatYuan(line.balance)} 与${before}加减本行发生额所得 ${formatYuan(running)} 不符，相差 ${gap} 元`;
      return { row: line.row, message };
    }
    before = '上一行余额';
  }
  if (file.closing && !file.closing.amount.eq(running)) {
    const { row, amount } = file.closing;
    const message = `第${row}行的期末余额 ${formatYuan(amount)} 与期初余额 ${formatYuan(opening)} 加减各行发生额所得 ${formatYuan(running)} 不符`;
    return { row, message };
  }
  return { rows, opening, closing: running };
}

/** The balance before the first line, from the first balance that is given. */
function openingOf(rows: StatementRow[]): Money | undefined {
  const at = rows.findIndex(({ balance }) => balance !== null);
  if (at < 0) return undefined;
  return rows.slice(0, at + 1).reduce((left, row) => left.minus(signed(row)), rows[at]!.balance!);
}

/** Sums count what is above them, or the part since the sums before. */
function checkTotals({ totals, rows }: StatementFile): void {
  if (totals.length === 0) return;
  const sums = { in: upTo(rows, 'in'), out: upTo(rows, 'out') };
  totals.forEach(({ row, label, rowsAbove, ...stated }, i) => {
    for (const direction of ['in', 'out'] as const) {
      const given = stated[direction];
      const all = sums[direction][rowsAbove === 0 ? rows.length : rowsAbove]!;
      const part = all.minus(sums[direction][totals[i - 1]?.rowsAbove ?? 0]!);
      if (!given || given.eq(all) || given.eq(part)) continue;
      const side = direction === 'in' ? '贷方' : '借方';
      const message = `第${row}行“${label}”的${side} ${formatYuan(given)} 与各行之和 ${formatYuan(all)} 不符`;
      throw refusal('STATEMENT_UNBALANCED', row, message);
    }
  });
}

/** The sum of the first n rows on one side, for every n. */
function upTo(rows: StatementRow[], direction: 'in' | 'out'): Money[] {
  const sums = [ZERO];
  for (const row of rows) sums.push(row.direction === direction ? sums.at(-1)!.plus(row.amount) : sums.at(-1)!);
  return sums;
}

/** Half a line at the end has lost its balance; a layout without balances has none at all. */
function noBalance(last: StatementRow | undefined): DomainError {
  if (last) return refusal('STATEMENT_NO_BALANCE', last.row, `第${last.row}行没有余额，文件可能不完整`);
  return new DomainError('STATEMENT_NO_BALANCE', '对账单没有余额，无法核对是否完整；请导出含余额的对账单');
}

/** A refusal that names its row; nothing of the file is imported. */
export function refusal(code: string, row: number, message: string): DomainError {
  const fault: Fault = { code, row, message };
  return new DomainError(code, `${message}；对账单未导入`, { errors: [fault] });
}
