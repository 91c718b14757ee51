import { DomainError } from '../errors.ts';
import type { Mapping } from './headings.ts';

/** One row of an uploaded table. `line` is what a person sees: the line of the editor, or the row number of the sheet. */
export interface TableRow {
  line: number;
  /** Cells as text, from the first column; shorter than the widest row where the rest is empty. */
  cells: string[];
}

/** An uploaded file as text cells. Rows without any content are left out (their line numbers stay used up). */
export interface Table {
  format: 'csv' | 'xlsx';
  rows: TableRow[];
  /** The day that serial numbers count from (XLSX only): a bare 46086 is a date there and nowhere else. */
  dateSystem?: DateSystem;
  /** Name of the sheet that was read (XLSX only). */
  sheet?: string;
  /** What its sender says of headings that we do not know. */
  mapping?: Mapping;
  /** What was not read, in Chinese, e.g. further sheets. */
  notes: string[];
}

/** Excel's two ways to number days: 1900-01-01 is 1, or 1904-01-01 is 0 (ECMA-376 part 1, 18.17.4.1). */
export type DateSystem = '1900' | '1904';

/** What an upload may weigh. A filing file of 100,000 loans has 25 MB as CSV, 10 MB as XLSX. */
export const LIMITS = {
  bytes: 64_000_000,
  rows: 200_000,
  columns: 64,
  /** Cells in all: a filing file of 200,000 rows has 3.4 million. */
  cells: 4_000_000,
  cellChars: 2_000,
  /** Of a workbook, all parts together, after inflating. */
  inflatedBytes: 256_000_000,
  zipEntries: 1_000,
  /** A part may inflate to at most this many times its packed size (beyond 1 MB); XML of cells reaches 10–40. */
  zipRatio: 200,
} as const;

/**
 * Collects rows within the limits: keeps those with content, cuts empty cells at the end.
 * Throws DomainError TABLE_TOO_LONG (413), TABLE_TOO_WIDE and CELL_TOO_LONG (422).
 */
export class RowCollector {
  readonly rows: TableRow[] = [];
  private cells = 0;

  add(line: number, cells: string[]): void {
    let width = cells.length;
    while (width > 0 && isBlank(cells[width - 1]!)) width--;
    if (width === 0) return;
    cells.length = width;
    if (width > LIMITS.columns) throw tooWide(line);
    for (let i = 0; i < width; i++) if (cells[i]!.length > LIMITS.cellChars) throw tooLong(line, i + 1);
    this.cells += width;
    if (this.rows.length === LIMITS.rows || this.cells > LIMITS.cells) {
      const size = this.cells > LIMITS.cells ? `${LIMITS.cells} 个单元格` : `${LIMITS.rows} 行`;
      throw new DomainError('TABLE_TOO_LONG', `文件超过 ${size}，请拆分后分别上传`, { status: 413 });
    }
    this.rows.push({ line, cells });
  }
}

/** True for empty text and for text of spaces only. */
export function isBlank(text: string): boolean {
  return text === '' || text.trim() === '';
}

/** The refusal of a row with more columns than the limit. */
export function tooWide(line: number): DomainError {
  return new DomainError('TABLE_TOO_WIDE', `第${line}行超过 ${LIMITS.columns} 列，请删除多余的列后重新上传`);
}

/** The refusal of a cell with more text than the limit; `column` counts from 1. */
export function tooLong(line: number, column: number): DomainError {
  return new DomainError(
    'CELL_TOO_LONG',
    `第${line}行第${column}列的内容超过 ${LIMITS.cellChars} 字，请检查引号是否成对、内容是否贴错`,
  );
}
