import type { Fault } from '../errors.ts';
import type { Column } from './columns.ts';
import { headingReader, headingRow, mapRow, SEARCHED_ROWS } from './headings.ts';
import { isBlank, type Table, type TableRow } from './table.ts';

/** What a file's headings are taken for, for whoever says what the others mean. */
export interface Inspection {
  /** the line that people see; null when no row looks like headings */
  headingLine: number | null;
  headings: { index: number; title: string; field: string | null }[];
  columns: { field: string; title: string; required: boolean; kind: string }[];
  /** fields that the file must have and has not */
  missing: string[];
  /** what keeps these headings from being read: two for one field, a unit we do not know */
  faults: Fault[];
  /** the first rows below, as the file has them */
  sample: string[][];
}

const SAMPLE = 5;

/** Looks at a table's headings without refusing any. Where we know none of them, the row with the most words is taken for the headings. */
export function inspectHeadings(table: Table, columns: readonly Column[]): Inspection {
  const lookUp = headingReader(columns, table.mapping);
  const known = headingRow(table.rows, lookUp);
  const at = known < 0 ? wordiest(table.rows) : known;
  const asked = columns.map(({ field, title, required = false, kind }) => ({ field, title, required, kind }));
  const required = asked.filter((column) => column.required).map(({ field }) => field);
  if (at < 0) return { headingLine: null, headings: [], columns: asked, missing: required, faults: [], sample: [] };
  const { line, headings, faults } = mapRow(table.rows, at, lookUp);
  const fields = new Map(headings.map(({ index, column }) => [index, column.field]));
  return {
    headingLine: line,
    headings: table.rows[at]!.cells.flatMap((cell, index) =>
      isBlank(cell) ? [] : [{ index, title: cell.trim(), field: fields.get(index) ?? null }],
    ),
    columns: asked,
    missing: required.filter((field) => ![...fields.values()].includes(field)),
    faults,
    sample: table.rows.slice(at + 1, at + 1 + SAMPLE).map(({ cells }) => cells),
  };
}

/** Headings are words without digits; a title above them is one cell. */
function wordiest(rows: TableRow[]): number {
  let at = -1;
  let most = 1;
  rows.slice(0, SEARCHED_ROWS).forEach(({ cells }, i) => {
    const words = cells.filter((cell) => !isBlank(cell) && !/\d/.test(cell)).length;
    if (words > most) [at, most] = [i, words];
  });
  return at;
}
