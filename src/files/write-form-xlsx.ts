import * as hucre from 'hucre/xlsx';
import { neutral, type SheetColumn } from './sheet.ts';
import { cellValue, columnDefs, FORMATS } from './write-xlsx.ts';

/** A table laid out as a form that is printed and signed: title, what it is of, the table with its sums, and what stands below. */
export interface FormSheet {
  name: string;
  title: string;
  /** Lines between title and table. */
  above: string[];
  columns: readonly SheetColumn[];
  rows: readonly (readonly string[])[];
  /** The sums: a text for each column, amounts as on the wire, '' for none. Amounts become formulas over the rows with this as their value. */
  totals: readonly string[];
  /** Lines below the table, e.g. the total in 大写, and who signs. */
  below: string[];
  orientation: 'portrait' | 'landscape';
}

const LINE = { style: 'thin', color: { rgb: '8A97A5' } } as const;
const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE };
const TITLE = { font: { bold: true, size: 16 }, alignment: { horizontal: 'center', vertical: 'center' } } as const;
const HEAD = {
  ...{ font: { bold: true }, border: BORDER },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DCE6F1' } },
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
} as const;
const TOTAL = {
  ...{ font: { bold: true }, border: BORDER },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'F3F5F7' } },
} as const;
const TEXT = { alignment: { vertical: 'center', wrapText: true } } as const;

type Written = Parameters<typeof hucre.writeXlsx>[0]['sheets'][number];
type Cells = NonNullable<Written['cells']>;
type Cell = Cells extends Map<string, infer C> ? C : never;
type Style = NonNullable<Cell['style']>;

/** A book of forms for people who check, print and sign it: styled, headings on every printed page, sums as formulas that hold their values. */
export async function writeFormXlsx(sheets: readonly FormSheet[]): Promise<Uint8Array> {
  return hucre.writeXlsx({ sheets: sheets.map(formSheet) });
}

function formSheet(form: FormSheet): Written {
  const { columns, above, rows, below } = form;
  const last = columns.length - 1;
  const cells: Cells = new Map();
  const put = (row: number, column: number, cell: Cell) => cells.set(`${row},${column}`, cell);
  const lines = [form.title, ...above];
  for (const [row, text] of lines.entries()) put(row, 0, { value: neutral(text), style: row === 0 ? TITLE : TEXT });
  const head = lines.length;
  for (const [i, column] of columns.entries()) put(head, i, { value: neutral(column.title), style: HEAD });
  for (const [n, row] of rows.entries()) {
    for (const [i, column] of columns.entries()) {
      put(head + 1 + n, i, { value: cellValue(row[i] ?? '', column), style: styleOf(column) });
    }
  }
  const sums = head + 1 + rows.length;
  for (const [i, column] of columns.entries()) {
    put(sums, i, totalCell(form.totals[i] ?? '', column, i, [head + 2, sums]));
  }
  for (const [n, text] of below.entries()) put(sums + 1 + n, 0, { value: neutral(text), style: TEXT });
  const height = sums + 1 + below.length;
  const across = (row: number) => ({ startRow: row, startCol: 0, endRow: row, endCol: last });
  return {
    // The rows repeated in print are named by the sheet: a name of letters and digits needs no quotes there.
    name: form.name.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 31),
    columns: columnDefs(columns).map(({ width }) => ({ width })),
    rows: Array.from({ length: height }, () => []),
    cells,
    merges: [...lines.keys(), ...below.map((_, n) => sums + 1 + n)].map(across),
    rowDefs: new Map([
      [0, { height: 30 }],
      [head, { height: 32 }],
      ...below.map((_, n): [number, { height: number }] => [sums + 1 + n, { height: 24 }]),
    ]),
    freezePane: { rows: head + 1 },
    pageSetup: {
      ...{ paperSize: 'a4', orientation: form.orientation, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      ...{ printTitlesRow: `$${head + 1}:$${head + 1}`, horizontalCentered: true },
      margins: { top: 0.7, bottom: 0.7, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  };
}

const styleOf = ({ kind }: SheetColumn): Style => ({
  border: BORDER,
  numFmt: FORMATS[kind],
  alignment: {
    vertical: 'center',
    wrapText: kind === 'text',
    horizontal: kind === 'money' || kind === 'rate' ? 'right' : kind === 'text' ? 'left' : 'center',
  },
});

/** A sum over the rows, first and last as Excel counts them; of no rows its value alone. */
function totalCell(total: string, column: SheetColumn, i: number, [first, last]: [number, number]): Cell {
  const style: Style = { ...styleOf(column), ...TOTAL };
  const value = cellValue(total, column);
  if (column.kind !== 'money' || typeof value !== 'number' || last < first) return { value, style };
  return { value, formula: `SUM(${letter(i)}${first}:${letter(i)}${last})`, formulaResult: value, style };
}

/** A, B … Z, AA: what Excel calls a column. */
const letter = (i: number): string =>
  (i < 26 ? '' : letter(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26));
