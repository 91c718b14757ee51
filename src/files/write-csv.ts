import { isNumber, neutral, type Sheet } from './sheet.ts';

/** A table as CSV that Excel opens without a question: UTF-8 with BOM, CRLF, quotes where needed, formulas neutralised. */
export function writeCsv({ columns, rows }: Sheet): Uint8Array {
  const lines = [columns.map((column) => quoted(neutral(column.title))).join(',')];
  for (const row of rows) {
    lines.push(
      columns
        .map(({ kind }, i) => {
          const cell = row[i] ?? '';
          return kind !== 'text' && isNumber(cell) ? cell : quoted(neutral(cell));
        })
        .join(','),
    );
  }
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}

function quoted(text: string): string {
  return /[",\r\n\t;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
