import type { Row } from './types.ts';

/** What was corrected of a file: cells by row and field, and rows not to be sent again. Kept as a draft. */
export interface Draft {
  rows: Record<string, Record<string, string>>;
  drop: number[];
}

/** The corrections with one more cell; back to the file's own text it is none. */
export function edited(draft: Draft, { row, cells }: Row, field: string, text: string): Draft {
  const { [field]: _, ...others } = draft.rows[row] ?? {};
  const own = text === (cells[field] ?? '') ? others : { ...others, [field]: text };
  const { [row]: __, ...rows } = draft.rows;
  return { ...draft, rows: Object.keys(own).length > 0 ? { ...rows, [row]: own } : rows };
}

/** The corrections with a row taken out, or back in. */
export const toggled = (draft: Draft, row: number): Draft => ({
  ...draft,
  drop: draft.drop.includes(row) ? draft.drop.filter((one) => one !== row) : [...draft.drop, row],
});

/** As the API takes them; a row that is dropped needs no corrections. */
export const wireOf = ({ rows, drop }: Draft) => ({
  rows: Object.entries(rows).flatMap(([row, cells]) =>
    drop.includes(Number(row)) ? [] : [{ row: Number(row), cells }],
  ),
  drop,
});
