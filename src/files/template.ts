import type { Column } from './columns.ts';
import type { Sheet } from './sheet.ts';

/** Rows that are prepared as text, so that a spreadsheet does not spoil the numbers typed into them. */
const PREPARED_ROWS = 500;

/**
 * An empty file to fill in: the headings, one example, prepared rows. `mapTable` skips the example by its 序号 「示例」,
 * so that nobody files it by mistake.
 */
export function importTemplate(columns: readonly Column[]): Sheet {
  const blank = ['', ...columns.map(() => '')];
  return {
    name: '填报',
    // Text everywhere: what people type stays as they typed it, and the readers take it from there.
    columns: [
      { title: '序号', kind: 'text', width: 8 },
      ...columns.map(({ title }) => ({ title, kind: 'text', width: Math.max(14, title.length * 2.4) }) as const),
    ],
    rows: [['示例', ...columns.map((column) => column.example)], ...Array.from({ length: PREPARED_ROWS }, () => blank)],
  };
}
