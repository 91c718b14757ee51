import * as hucre from 'hucre/xlsx';
import { daysBetween } from '../calendar/local-date.ts';
import { isNumber, neutral, type Sheet, type SheetColumn } from './sheet.ts';

const HEADING = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F4E79' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
} as const;

/** Number formats; '@' keeps what people type below it text, so that account numbers survive. */
export const FORMATS = { text: '@', money: '#,##0.00', rate: '0.00####', integer: '0', date: 'yyyy-mm-dd' } as const;
/** Excel keeps no more in a cell. */
const LONGEST = 32_767;
/** Day 0 of Excel's calendar, as it counts from March 1900 on (ECMA-376 part 1, 18.17.4.1). */
const DAY_ZERO = '1899-12-30';

/**
 * A table as one sheet: styled and frozen heading, amounts as numbers, formulas neutralised. Excel computes with
 * 15 significant digits, so a longer amount is written as text and stays exact.
 */
export async function writeXlsx({ name, columns, rows }: Sheet): Promise<Uint8Array> {
  const body = Array.from(rows, (row) => columns.map((column, i) => cellValue(row[i] ?? '', column)));
  const head = columns.map((column) => neutral(column.title));
  return hucre.writeXlsx({
    sheets: [
      {
        // Excel's own limits for the name of a sheet.
        name: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
        columns: columnDefs(columns),
        rows: [head, ...body],
        cells: new Map(head.map((value, i) => [`0,${i}`, { value, style: HEADING }])),
        freezePane: { rows: 1 },
      },
    ],
  });
}

/** Formats and widths of the columns. */
export function columnDefs(columns: readonly SheetColumn[]) {
  return columns.map(({ kind, title, width }) => ({
    numFmt: FORMATS[kind],
    width: width ?? Math.max(12, title.length * 2.2),
  }));
}

/** A cell as Excel holds it: exact, or text. A day is the number of days that Excel shows as a date. */
export function cellValue(text: string, { kind }: SheetColumn): string | number | null {
  if (text === '') return null;
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(text) && text > '1900-03-01') return daysBetween(DAY_ZERO, text);
  if (kind === 'text' || !isNumber(text)) return escaped(neutral(text)).slice(0, LONGEST);
  return text.replace(/\D/g, '').length <= 15 ? Number(text) : text;
}

/** Excel reads "_x0041_" as "A" (ECMA-376 part 1, 22.9.2.19): the underscore itself is escaped. */
function escaped(text: string): string {
  return text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text;
}
