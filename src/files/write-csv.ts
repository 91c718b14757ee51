import { isNumber, neutral, type Sheet, type SheetColumn } from './sheet.ts';

/** A table as CSV that Excel opens without a question: UTF-8 with BOM, CRLF, quotes where needed, formulas neutralised. */
export function writeCsv({ columns, rows }: Sheet): Uint8Array {
  const lines = [csvHeadings(columns)];
  for (const row of rows) lines.push(csvLine(columns, row));
  return new TextEncoder().encode(lines.join(''));
}

/** The first line, with the BOM before it. */
export function csvHeadings(columns: readonly SheetColumn[]): string {
  return `\ufeff${columns.map(({ title }) => quoted(neutral(title))).join(',')}\r\n`;
}

/** One row as a line with its end. */
export function csvLine(columns: readonly SheetColumn[], row: readonly string[]): string {
  const cells = columns.map(({ kind }, i) => {
    const cell = row[i] ?? '';
    return kind !== 'text' && isNumber(cell) ? cell : quoted(neutral(cell));
  });
  return `${cells.join(',')}\r\n`;
}

function quoted(text: string): string {
  return /[",\r\n\t;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
