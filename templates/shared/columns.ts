import { naturalWidth, PADDING } from './cell.ts';
import { face, printable } from './fonts.ts';

export interface Column {
  /** May hold a line break. */
  title: string;
  align?: 'left' | 'center' | 'right';
  /** Names and sentences: may take several lines and give way to the columns that may not. */
  wrap?: boolean;
}

export interface TableRow {
  cells: string[];
  /** A section opens a group, a total closes one: both bold on a light ground. */
  kind?: 'section' | 'total';
  /** Points the first cell's text is moved in. */
  indent?: number;
}

export interface TableOptions {
  /** Points; the whole table takes smaller type when its columns do not fit, down to `smallest`. */
  size: number;
  smallest: number;
  /** Stands above the table and stays with its first row. */
  heading?: string;
  /** A line between heading and table: what it holds at the left, the unit of its amounts at the right. */
  caption?: [left: string, right: string];
}

/** What a wrapping column keeps when the others need the room: this many characters, or a word up to that many. */
const NARROWEST = 6;
const LONGEST_WORD = 13;

/**
 * Widths in points that add up to `available`, and the type size they hold for. Amounts, dates and numbers take what
 * their longest value needs, names share the rest by their lengths; when that is too little the type gets smaller.
 */
export function columnWidths(
  columns: Column[],
  rows: TableRow[],
  available: number,
  options: TableOptions,
): { widths: number[]; size: number } {
  const longest = columns.map((_, i) => longestCell(rows, i));
  for (let size = options.size; ; size -= 0.5) {
    const wanted = columns.map((column, i) =>
      Math.max(headingWidth(column, size), longest[i]!.ems * size + longest[i]!.indent + 2 * PADDING.x + 0.5),
    );
    const least = columns.map((column, i) => {
      const kept = Math.max(NARROWEST, Math.min(longest[i]!.word, LONGEST_WORD)) * size + 2 * PADDING.x + 0.5;
      return column.wrap ? Math.min(wanted[i]!, kept) : wanted[i]!;
    });
    const needed = total(least);
    if (needed <= available) return { widths: share(columns, least, wanted, available), size };
    if (size - 0.5 < options.smallest) {
      return { widths: least.map((width) => (width * available) / needed), size }; // the cells shrink one by one
    }
  }
}

/** Hands out what is left over the least widths: to the names up to what they want, then to the names, or to all. */
function share(columns: Column[], least: number[], wanted: number[], available: number): number[] {
  const missing = wanted.map((width, i) => width - least[i]!);
  const spare = available - total(least);
  if (total(missing) > spare) return least.map((width, i) => width + (missing[i]! * spare) / total(missing));
  const names = wanted.map((width, i) => (columns[i]!.wrap ? width : 0));
  const weights = total(names) > 0 ? names : wanted;
  return wanted.map((width, i) => width + (weights[i]! * (spare - total(missing))) / total(weights));
}

/** The widest text of a column and its widest code or number, in multiples of the type size; its indent in points. */
function longestCell(rows: TableRow[], column: number): { ems: number; word: number; indent: number } {
  const longest = { ems: 0, word: 0, indent: 0 };
  for (const row of rows) {
    const { width } = face(row.kind === undefined ? 'regular' : 'bold');
    for (const line of printable(row.cells[column] ?? '').split('\n')) {
      const ems = width(line, 1);
      if (ems <= longest.ems) continue;
      longest.ems = ems;
      longest.indent = column === 0 ? (row.indent ?? 0) : 0;
    }
    for (const word of row.cells[column]?.match(/[A-Za-z0-9]{6,}/g) ?? []) {
      longest.word = Math.max(longest.word, width(word, 1));
    }
  }
  return longest;
}

/** Headings may stand on two lines, broken where their author put the line break. */
function headingWidth(column: Column, size: number): number {
  return Math.max(...column.title.split('\n').map((line) => naturalWidth(line, size, 'bold')));
}

function total(widths: number[]): number {
  return widths.reduce((all, width) => all + width, 0);
}
