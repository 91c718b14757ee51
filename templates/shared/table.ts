import { setImmediate as breathe } from 'node:timers/promises';
import { type CellStyle, type FittedCell, fitCell, paintCell, splitCell } from './cell.ts';
import { type Column, columnWidths, type TableOptions, type TableRow } from './columns.ts';
import { captionHeight, drawCaption, drawHeading } from './pieces.ts';
import { INK, type Sheet } from './sheet.ts';

const GROUND = '#f0f0ee';
const RULE = 0.4;

/**
 * Draws a ruled table from the cursor on, over as many pages as it needs, with the headings on each. Rows stay whole
 * (only one higher than a page is broken), columns take the width of their contents. Lets other work run at every page.
 */
export async function drawTable(
  sheet: Sheet,
  columns: Column[],
  rows: TableRow[],
  options: TableOptions,
): Promise<void> {
  const { widths, size } = columnWidths(columns, rows, sheet.width, options);
  const styles = columns.map((column): CellStyle => cellStyle(column, size, options.smallest));
  const headings = columns.map((column, i) =>
    fitCell(column.title, widths[i]!, { ...styles[i]!, align: 'center', weight: 'bold', maxLines: 2 }),
  );
  const table: Table = {
    sheet,
    widths,
    styles,
    headings,
    headHeight: tallest(headings),
    top: sheet.y,
    rules: [],
  };

  const first = rows[0] ? tallest(fitRow(table, rows[0])) : 0;
  const start = table.headHeight + Math.min(first, (sheet.bottom - sheet.top) / 2); // a higher one may be broken here
  const caption = options.caption === undefined ? 0 : captionHeight(sheet, options.caption);
  if (options.heading !== undefined) drawHeading(sheet, options.heading, caption + start);
  else sheet.need(caption + start);
  if (options.caption !== undefined) drawCaption(sheet, options.caption);
  paintHead(table);
  for (const [i, row] of rows.entries()) {
    let rest: FittedCell[] | undefined = fitRow(table, row);
    while (rest) {
      const follows = row.kind === 'section' && rows[i + 1] ? tallest(fitRow(table, rows[i + 1]!)) : 0;
      if (sheet.y + tallest(rest) + follows > sheet.bottom && sheet.y > table.top + table.headHeight) {
        closePage(table);
        await breathe();
        sheet.newPage();
        paintHead(table);
      }
      const [now, later]: [FittedCell[], FittedCell[] | undefined] = splitRow(rest, sheet.bottom - sheet.y);
      paintRow(table, row, now);
      rest = later;
    }
  }
  closePage(table);
}

interface Table {
  sheet: Sheet;
  widths: number[];
  styles: CellStyle[];
  headings: FittedCell[];
  headHeight: number;
  /** Where the table starts on the current page, and where its rows do. */
  top: number;
  rules: number[];
}

function cellStyle(column: Column, size: number, smallest: number): CellStyle {
  const { align = 'left', wrap = false } = column;
  return wrap
    ? { align, size, smallest: Math.max(smallest, size - 1), maxLines: 2 }
    : { align, size, smallest: 4, maxLines: 1 };
}

function rowStyle(style: CellStyle, row: TableRow, column: number): CellStyle {
  if (row.kind === undefined && row.indent === undefined) return style;
  return {
    ...style,
    weight: row.kind === undefined ? 'regular' : 'bold',
    indent: column === 0 ? (row.indent ?? 0) : 0,
  };
}

function fitRow(table: Table, row: TableRow): FittedCell[] {
  return table.styles.map((style, i) => fitCell(row.cells[i] ?? '', table.widths[i]!, rowStyle(style, row, i)));
}

function tallest(cells: FittedCell[]): number {
  return Math.max(...cells.map((cell) => cell.height));
}

/** The lines of a row that fit `height`, and those that do not: only a row higher than a whole page has any. */
function splitRow(cells: FittedCell[], height: number): [FittedCell[], FittedCell[] | undefined] {
  if (tallest(cells) <= height) return [cells, undefined];
  const parts = cells.map((cell) => splitCell(cell, height));
  const later = parts.map(([, rest]) => rest);
  return [parts.map(([now]) => now), later.some((cell) => cell.lines.length > 0) ? later : undefined];
}

function paintHead(table: Table): void {
  const { sheet, widths, styles, headings, headHeight } = table;
  table.top = sheet.y;
  sheet.doc.rect(sheet.left, sheet.y, sheet.width, headHeight).fill(GROUND);
  let x = sheet.left;
  for (const [i, width] of widths.entries()) {
    const style: CellStyle = { ...styles[i]!, align: 'center', weight: 'bold' };
    paintCell(sheet, headings[i]!, { x, y: sheet.y, width, height: headHeight }, style);
    x += width;
  }
  sheet.y += headHeight;
  table.rules = [];
}

function paintRow(table: Table, row: TableRow, cells: FittedCell[]): void {
  const { sheet, widths, styles } = table;
  const height = tallest(cells);
  if (row.kind !== undefined) sheet.doc.rect(sheet.left, sheet.y, sheet.width, height).fill(GROUND);
  let x = sheet.left;
  for (const [i, width] of widths.entries()) {
    paintCell(sheet, cells[i]!, { x, y: sheet.y, width, height }, rowStyle(styles[i]!, row, i));
    x += width;
  }
  table.rules.push(sheet.y);
  sheet.y += height;
}

/** Draws the rules and the frame of what stands on this page: last, for the grounds would hide them. */
function closePage(table: Table): void {
  const { sheet, top, rules } = table;
  for (const y of rules) sheet.doc.moveTo(sheet.left, y).lineTo(sheet.right, y);
  let x = sheet.left;
  for (const width of table.widths.slice(0, -1)) {
    x += width;
    sheet.doc.moveTo(x, top).lineTo(x, sheet.y);
  }
  sheet.doc.lineWidth(RULE).strokeColor(INK).stroke();
  sheet.doc
    .rect(sheet.left, top, sheet.width, sheet.y - top)
    .lineWidth(0.9)
    .stroke();
}
