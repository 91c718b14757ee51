import type { Fault } from '../errors.ts';
import { foldLabel } from './cell.ts';
import type { Column } from './columns.ts';
import { findHeadings, type Heading } from './headings.ts';
import { type DateSystem, isBlank, type Table, type TableRow } from './table.ts';

/** A table whose columns are known, with its data apart from everything around it. */
export interface MappedTable<C extends readonly Column[] = readonly Column[]> {
  columns: C;
  headings: Heading[];
  headingLine: number;
  seqIndex: number;
  /** Data rows only; their cells are still in the file's order. */
  rows: TableRow[];
  totals: TotalRow[];
  /** Unknown headings, skipped remarks, what was not read of the file. */
  warnings: Fault[];
  dateSystem?: DateSystem;
}

/** A row of sums. */
export interface TotalRow {
  line: number;
  /** As the file says it: 合计, 本页小计 … */
  label: string;
  /** Of a part of the table (小计, 本页合计) rather than of everything. */
  partial: boolean;
  /** How many data rows stand above it. */
  rowsAbove: number;
  cells: string[];
}

/** A data row as text by field; '' where the cell is empty or the file has no such column. */
export interface TableRecord {
  row: number;
  seq?: string;
  cells: Record<string, string>;
}

/**
 * Understands a table as one of the known kinds: headings, data rows, total rows, and what is neither (repeated
 * headings, remarks, the template's example), which is named in `warnings`. Throws as `findHeadings` does.
 */
export function mapTable<const C extends readonly Column[]>(table: Table, columns: C): MappedTable<C> {
  const { at, line, headings, seqIndex, warnings } = findHeadings(table.rows, columns, table.sheet, table.mapping);
  const identity = headings.find((heading) => heading.column.identity)?.index ?? 0;
  const identityHeading = table.rows[at]!.cells[identity]!;
  const mapped: MappedTable<C> = {
    columns,
    headings,
    headingLine: line,
    seqIndex,
    rows: [],
    totals: [],
    warnings,
    dateSystem: table.dateSystem,
  };
  for (const note of table.notes) warnings.push({ code: 'NOT_READ', message: note });
  for (let i = at + 1; i < table.rows.length; i++) {
    const row = table.rows[i]!;
    const key = row.cells[identity] ?? '';
    if (key === identityHeading) continue;
    const label = totalLabel(row, key);
    if (label !== undefined) {
      mapped.totals.push(totalRow(row, label, mapped.rows.length));
      continue;
    }
    const skipped = skipReason(row, key, seqIndex);
    if (skipped === undefined) mapped.rows.push(row);
    else warnings.push({ code: 'ROW_SKIPPED', row: row.line, message: `第${row.line}行${skipped}，已跳过` });
  }
  return mapped;
}

/** The data rows as text by field, made one at a time. */
export function* records(mapped: MappedTable): Generator<TableRecord> {
  for (const row of mapped.rows) {
    const cells: Record<string, string> = {};
    for (const { column, index } of mapped.headings) cells[column.field] = row.cells[index] ?? '';
    yield { row: row.line, seq: seqOf(mapped, row), cells };
  }
}

/** The 序号 of a row as the file gives it; undefined when it gives none. */
export function seqOf(mapped: MappedTable, row: TableRow): string | undefined {
  if (mapped.seqIndex < 0) return undefined;
  const seq = row.cells[mapped.seqIndex]?.trim();
  return seq ? seq.slice(0, 64) : undefined;
}

/** What the template puts under 序号 of its example. */
const EXAMPLE = /^\s*示?例\s*$/;
const TOTAL =
  /^(本页|本表|本月|本期|全部|以上|全表|各行|银行|分行)?(合计|总计|小计|共计|累计|总和)(?:数|金额|额)?:?(?:\(?\d*[笔户家条行]?\)?)$/;
const REMARK = /^(?:单位|备?注|说明|填[表报]|制表|编制|复核|审核|经办|负责人|单位负责|联系|打印|盖章|第\d+页)/;

/** 「合计」 in the first cell or in place of the identity; in any cell where the identity is empty. */
function totalLabel(row: TableRow, key: string): string | undefined {
  const first = row.cells.find((cell) => cell !== '') ?? '';
  if (isTotal(first)) return first;
  if (!isBlank(key)) return isTotal(key) ? key : undefined;
  return row.cells.find(isTotal);
}

function isTotal(cell: string): boolean {
  if (cell.length > 24 || !/[计总]/.test(cell)) return false;
  return TOTAL.test(foldLabel(cell));
}

function totalRow(row: TableRow, label: string, rowsAbove: number): TotalRow {
  const folded = foldLabel(label);
  const partial = /小计|本页/.test(folded);
  return { line: row.line, label: folded, partial, rowsAbove, cells: row.cells };
}

/** Why a row is no data: the template's example, a line of words between or under the rows, a bare number in advance. */
function skipReason({ cells }: TableRow, key: string, seqIndex: number): string | undefined {
  if (seqIndex >= 0 && EXAMPLE.test(cells[seqIndex] ?? '')) return '是示例';
  const first = cells.find((cell) => !isBlank(cell))!;
  // 「制表：张三」 may have its second half in the column of the identity; a name like 「联系科技」 has no colon.
  if (!isBlank(key) && !/[:：]/.test(first)) return undefined;
  const filled = cells.filter((cell) => !isBlank(cell)).length;
  const shown = `“${first.trim().slice(0, 60)}”`;
  if (filled <= 4 && REMARK.test(foldLabel(first))) return `${shown}是说明文字`;
  return filled === 1 && isBlank(key) ? `只有${shown}一格内容` : undefined;
}
