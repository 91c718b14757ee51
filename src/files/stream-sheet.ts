import * as hucre from 'hucre/xlsx';
import type { SheetColumn } from './sheet.ts';
import { csvHeadings, csvLine } from './write-csv.ts';
import { cellValue, columnDefs } from './write-xlsx.ts';

/** A long table to download: its rows come one by one, so that it is never held whole. */
export interface SheetStream {
  name: string;
  columns: readonly SheetColumn[];
  rows: AsyncIterable<readonly string[]>;
}

/** The table as XLSX, made while it is read: frozen headings, amounts and dates as `writeXlsx` writes them. */
export function streamXlsx({ name, columns, rows }: SheetStream): ReadableStream<Uint8Array> {
  const titles = columnDefs(columns).map((column, i) => ({ ...column, header: columns[i]!.title }));
  return hucre.writeXlsxStream(cells(columns, rows), { name, columns: titles, freezePane: { rows: 1 } });
}

async function* cells(columns: readonly SheetColumn[], rows: SheetStream['rows']) {
  for await (const row of rows) yield columns.map((column, i) => cellValue(row[i] ?? '', column));
}

/** The table as CSV, as `writeCsv` writes it. */
export function streamCsv({ columns, rows }: SheetStream): ReadableStream<Uint8Array> {
  const lines = csvLines(columns, rows);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await lines.return(undefined);
    },
  });
}

async function* csvLines(columns: readonly SheetColumn[], rows: SheetStream['rows']): AsyncGenerator<string> {
  yield csvHeadings(columns);
  for await (const row of rows) yield csvLine(columns, row);
}
