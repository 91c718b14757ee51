import { DomainError } from '../errors.ts';
import { readDate, readPeriod } from './cells.ts';
import type { Column } from './columns.ts';
import { type Heading, headingName } from './headings.ts';
import { type MappedTable, records } from './map-table.ts';

/** New content for some cells of a row, by field. `row` is the file's own line. */
export interface CorrectedRow {
  row: number;
  cells: Record<string, string>;
}

/**
 * A file's data rows again, with some cells corrected and some rows left out, as CSV. Each row stands on the line it had, so that whoever looks at the
 * first file finds what is said of the second; totals and remarks stay behind. Throws DomainError ROW_UNKNOWN, FIELD_UNKNOWN.
 */
export function correctedFile(
  mapped: MappedTable,
  corrections: CorrectedRow[],
  drop: number[],
): Uint8Array<ArrayBuffer> {
  const changed = new Map(corrections.map(({ row, cells }) => [row, cells]));
  refuseUnknown(mapped, corrections, drop);
  const columns = columnsOf(mapped, corrections);
  const dropped = new Set(drop);
  const lines = [lineOf(['序号', ...columns.map((column) => headingOf(column, mapped.headings))])];
  const blank = '';
  const upTo = (line: number) => {
    while (mapped.headingLine + lines.length < line) lines.push(blank);
  };
  for (const { row, seq, cells } of records(mapped)) {
    if (dropped.has(row)) continue;
    upTo(row);
    const own = columns.map(
      (column) => changed.get(row)?.[column.field] ?? asRead(cells[column.field], column, mapped),
    );
    lines.push(lineOf([seq ?? '', ...own]));
  }
  const above = '\r\n'.repeat(mapped.headingLine - 1);
  return new TextEncoder().encode(`\ufeff${above}${lines.join('\r\n')}\r\n`);
}

/** The file's columns, and those that a correction fills for the first time. */
function columnsOf({ headings, columns }: MappedTable, corrections: CorrectedRow[]): Column[] {
  const held = headings.map(({ column }) => column);
  const filled = new Set(corrections.flatMap(({ cells }) => Object.keys(cells)));
  return [...held, ...columns.filter((column) => filled.has(column.field) && !held.includes(column))];
}

function headingOf(column: Column, headings: Heading[]): string {
  if (column.kind !== 'money') return column.title;
  const unit = headings.find((heading) => heading.column === column)?.unit ?? '元';
  return `${headingName(column)}(${unit})`;
}

/** A day number of a workbook says nothing in a CSV file: it is written as the day. */
function asRead(text = '', { kind, title }: Column, { dateSystem }: MappedTable): string {
  if (!dateSystem || (kind !== 'date' && kind !== 'period')) return text;
  return (kind === 'date' ? readDate : readPeriod)(text, title, dateSystem).value ?? text;
}

/** A line break within a cell would move the rows below it; as a separator it is refused for what it is. */
function lineOf(cells: string[]): string {
  return cells
    .map((cell) => cell.replace(/\r\n?|\n/g, '\u2028'))
    .map((cell) => (/[",;\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

function refuseUnknown({ rows, columns }: MappedTable, corrections: CorrectedRow[], drop: number[]): void {
  const known = new Set(rows.map(({ line }) => line));
  const row = [...corrections.map((c) => c.row), ...drop].find((line) => !known.has(line));
  if (row !== undefined) throw new DomainError('ROW_UNKNOWN', `原文件第${row}行不是数据行，不能更正`);
  const field = corrections.flatMap(({ cells }) => Object.keys(cells)).find((f) => !columns.some((c) => c.field === f));
  if (field !== undefined) throw new DomainError('FIELD_UNKNOWN', `没有字段「${field}」`);
}
