import { face, type Weight } from './fonts.ts';
import type { Sheet } from './sheet.ts';
import { fit } from './text.ts';

/** Space between a cell's text and its borders, points. */
export const PADDING = { x: 4, y: 3.2 };
/** Line height of a cell's text, in its size. */
const LEADING = 1.32;

export interface CellStyle {
  size: number;
  smallest: number;
  /** Lines before the text is made smaller; it may still take more when it is smallest. */
  maxLines: number;
  align: 'left' | 'center' | 'right';
  weight?: Weight;
  /** Points the text is moved in from the left. */
  indent?: number;
}

/** A text fitted into a cell of a known width. */
export interface FittedCell {
  lines: string[];
  size: number;
  height: number;
}

/** Fits a text into a cell `width` points wide, borders included. */
export function fitCell(text: string, width: number, style: CellStyle): FittedCell {
  const { lines, size } = fit(text, width - 2 * PADDING.x - (style.indent ?? 0), style);
  return cellOf(lines, size);
}

function cellOf(lines: string[], size: number): FittedCell {
  return { lines, size, height: Math.max(lines.length, 1) * size * LEADING + 2 * PADDING.y };
}

/** The lines of a cell that fit `height` (at least one), and those that do not. */
export function splitCell(cell: FittedCell, height: number): [now: FittedCell, later: FittedCell] {
  const count = Math.max(1, Math.floor((height - 2 * PADDING.y) / (cell.size * LEADING)));
  return [cellOf(cell.lines.slice(0, count), cell.size), cellOf(cell.lines.slice(count), cell.size)];
}

/** Prints a fitted cell, its lines in the middle of `height`. */
export function paintCell(
  sheet: Sheet,
  cell: FittedCell,
  box: { x: number; y: number; width: number; height: number },
  style: CellStyle,
): void {
  const lead = cell.size * LEADING;
  const x = {
    left: box.x + PADDING.x + (style.indent ?? 0),
    center: box.x + box.width / 2,
    right: box.x + box.width - PADDING.x,
  }[style.align];
  const first = box.y + (box.height - cell.lines.length * lead) / 2;
  for (const [i, text] of cell.lines.entries()) {
    const baseline = first + i * lead + lead / 2 + cell.size * 0.36; // half the height of a Chinese character's face
    sheet.line(text, x, baseline, { size: cell.size, weight: style.weight ?? 'regular', align: style.align });
  }
}

/** The width a text takes on one line in a cell, padding included. */
export function naturalWidth(text: string, size: number, weight: Weight = 'regular'): number {
  return face(weight).width(text, size) + 2 * PADDING.x + 0.5;
}
