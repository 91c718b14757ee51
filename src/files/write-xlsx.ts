import * as hucre from 'hucre/xlsx';
import { isNumber, neutral, type Sheet, type SheetColumn } from './sheet.ts';

const HEADING = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: '1F4E79' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
} as const;

/** Number formats; '@' keeps what people type below it text, so that account numbers survive. */
const FORMATS = { text: '@', money: '#,##0.00', integer: '0' } as const;

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
        columns: columns.map(({ kind, title, width }) => ({
          numFmt: FORMATS[kind],
          width: width ?? Math.max(12, title.length * 2.2),
        })),
        rows: [head, ...body],
        cells: new Map(head.map((value, i) => [`0,${i}`, { value, style: HEADING }])),
        freezePane: { rows: 1 },
      },
    ],
  });
}

function cellValue(text: string, { kind }: SheetColumn): string | number | null {
  if (text === '') return null;
  if (kind === 'text' || !isNumber(text)) return escaped(neutral(text));
  return text.replace(/\D/g, '').length <= 15 ? Number(text) : text;
}

/** Excel reads "_x0041_" as "A" (ECMA-376 part 1, 22.9.2.19): the underscore itself is escaped. */
function escaped(text: string): string {
  return text.includes('_x') ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_') : text;
}
