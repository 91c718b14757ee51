import type { LocalDate } from '../calendar/local-date.ts';
import type { Money } from '../money/money.ts';
import { readDate, readMoney } from './cells.ts';
import type { StatedBalance } from './statement.ts';
import { isBlank, type TableRow } from './table.ts';

/** What stands around the lines of a statement: whose it is, of which days, what it opens and closes with. */
export interface Frame {
  accountNo: { no: string; row: number } | null;
  from: LocalDate | null;
  to: LocalDate | null;
  opening: StatedBalance | null;
  closing: StatedBalance | null;
}

const DAY = String.raw`(\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日|\d{4}))`;
const SPAN = new RegExp(`${DAY}\\s*(?:至|到|-{1,2}|—{1,2}|~|～)\\s*${DAY}`);
const ACCOUNT = /(?:^|[^方手])(?:账|帐)\s*号?[^\d]{0,8}?[:：]?\s*(\d{6,40})(?!\d)/;

/** What the rows above the headings say. */
export function frameOf(rows: readonly TableRow[]): Frame {
  const frame: Frame = { accountNo: null, from: null, to: null, opening: null, closing: null };
  for (const row of rows) {
    const text = textOf(row);
    const [, no] = ACCOUNT.exec(text) ?? [];
    if (no) frame.accountNo ??= { no, row: row.line };
    const [, from, to] = SPAN.exec(text) ?? [];
    const span = from && to ? [readDate(from, '').value, readDate(to, '').value] : [];
    if (span[0] && span[1]) [frame.from, frame.to] = [frame.from ?? span[0], frame.to ?? span[1]];
    edgeOf(row, frame);
  }
  return frame;
}

/** Takes the balances that a row of words states into the frame. */
export function edgeOf(row: TableRow, frame: Frame): void {
  const text = textOf(row);
  frame.opening ??= stated(/(?:期初|上期|承前页?|上页|昨日|上日)(?:账户)?余?额?/, text, row.line);
  frame.closing ??= stated(/(?:期末|本期末?|截止|截至)(?:账户)?余额/, text, row.line);
}

/** The amount after these words: 「期初余额：6,000,000.00」, also where its separators have cut it into cells. */
function stated(words: RegExp, text: string, row: number): StatedBalance | null {
  const at = words.exec(text);
  const [, found] = at
    ? (/^[^\d-]{0,12}(-?\d{1,3}(?:[, ]\d{3})+(?:\.\d{1,2})?|-?\d+(?:\.\d{1,2})?)(?![\d-])/.exec(
        text.slice(at.index + at[0].length),
      ) ?? [])
    : [];
  const amount = found ? amountOf(found.replaceAll(' ', ',')) : undefined;
  return amount ? { row, amount } : null;
}

function amountOf(text: string): Money | undefined {
  const amount = readMoney(text.replace(/^-/, ''), '').value;
  return text.startsWith('-') ? amount?.neg() : amount;
}

const textOf = ({ cells }: TableRow): string =>
  cells
    .filter((cell) => !isBlank(cell))
    .join(' ')
    .normalize('NFKC');
