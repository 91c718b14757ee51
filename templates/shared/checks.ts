import type { PrintedCheck } from '../../src/documents/parts.ts';
import type { CitationIndex } from '../../src/documents/wording.ts';
import type { Column } from './columns.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

const VERDICTS: Record<PrintedCheck['verdict'], string> = { pass: '符合', warning: '提示', fail: '不符合' };

const COLUMNS: Column[] = [
  { title: '序号', align: 'center' },
  { title: '审查事项', wrap: true },
  { title: '填报内容', wrap: true },
  { title: '结论', align: 'center' },
  { title: '说明', wrap: true },
  { title: '依据', align: 'center' },
];

/** What was examined, one row each, with its verdict, why, and the number of its articles. A column without any entry is left out. */
export async function drawChecks(
  sheet: Sheet,
  heading: string,
  checks: PrintedCheck[],
  cites: CitationIndex,
): Promise<void> {
  const valued = checks.some(({ value }) => value !== '');
  const shown = (cells: string[] | Column[]) => (valued ? cells : cells.toSpliced(2, 1));
  await drawTable(
    sheet,
    shown(COLUMNS) as Column[],
    checks.map(({ name, value, verdict, message, cites: articles }, i) => ({
      cells: shown([`${i + 1}`, name, value, VERDICTS[verdict], message, cites.mark(articles)]) as string[],
    })),
    { size: 9.5, smallest: 7.5, heading },
  );
}
