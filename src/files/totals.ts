import type { Fault } from '../errors.ts';
import { Exact, formatYuan, ZERO } from '../money/money.ts';
import { readMoney } from './cells.ts';
import type { Heading } from './headings.ts';
import type { MappedTable, TotalRow } from './map-table.ts';
import { isBlank } from './table.ts';

/**
 * Compares the sums a file gives with the sums of its rows while these go by: `add` each row's values in order, then
 * ask for the warnings (TOTAL_DIFFERS, TOTAL_UNREADABLE). A total may stand above, below or between its rows and may
 * be of everything so far or of the part since the total before: it is doubted only when none of these fits.
 */
export class TotalsCheck {
  private readonly mapped: MappedTable;
  private readonly amounts: Heading[];
  /** Running sums per amount column; a copy is kept where each total row stands. */
  private sums: Exact[];
  private unread: number[];
  private readonly marks: { sums: Exact[]; unread: number[] }[] = [];
  private seen = 0;

  constructor(mapped: MappedTable) {
    this.mapped = mapped;
    this.amounts = mapped.totals.length > 0 ? mapped.headings.filter((h) => h.column.kind === 'money') : [];
    this.sums = this.amounts.map(() => ZERO);
    this.unread = this.amounts.map(() => 0);
  }

  /** Takes the values of the next data row. */
  add(values: Record<string, unknown>): void {
    if (this.amounts.length === 0) return;
    this.mark();
    this.seen++;
    for (let i = 0; i < this.amounts.length; i++) {
      const value = values[this.amounts[i]!.column.field];
      if (value instanceof Exact) this.sums[i] = this.sums[i]!.plus(value);
      else this.unread[i]!++;
    }
  }

  /** The doubts, once all rows have been added. */
  warnings(): Fault[] {
    this.mark();
    return this.mapped.totals.flatMap((total, t) =>
      this.amounts.flatMap((heading, i) => this.compare(total, t, heading, i)),
    );
  }

  private mark(): void {
    while (this.mapped.totals[this.marks.length]?.rowsAbove === this.seen) {
      this.marks.push({ sums: [...this.sums], unread: [...this.unread] });
    }
  }

  private compare(total: TotalRow, t: number, { column, title, index, unit }: Heading, i: number): Fault[] {
    const text = total.cells[index] ?? '';
    if (isBlank(text)) return [];
    const where = { row: total.line, field: column.field, value: text.slice(0, 200) };
    const read = readMoney(text, `第${total.line}行${total.label}的${title}`, unit);
    if (read.fault) return [{ ...where, code: 'TOTAL_UNREADABLE', message: `${read.fault.message}，未作核对` }];
    const above = this.marks[t]!.sums[i]!;
    const before = t > 0 ? this.marks[t - 1]!.sums[i]! : ZERO;
    const part = above.minus(before);
    if ([above, part, this.sums[i]!].some((sum) => sum.eq(read.value))) return [];
    const expected = total.partial ? part : total.rowsAbove === 0 ? this.sums[i]! : above;
    const gap = formatYuan(read.value.minus(expected).abs());
    const unread = this.unread[i]! > 0 ? `（另有${this.unread[i]}行金额无法识别，未计入）` : '';
    const message = `第${total.line}行${total.label}的${title}为${formatYuan(read.value)}元，与各行之和${formatYuan(expected)}元相差${gap}元${unread}`;
    return [{ ...where, code: 'TOTAL_DIFFERS', message }];
  }
}
