import type { WriteOffSheetView } from '../../src/documents/compensation-views.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import { drawChecks } from '../shared/checks.ts';
import { claimFields } from '../shared/claim.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
import { drawPoints } from '../shared/letter.ts';
import { amount } from '../shared/loan-fields.ts';
import { drawOpinions } from '../shared/opinions.ts';
import { drawCitations, drawHeading, drawRemark, drawTitle, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawTable } from '../shared/table.ts';

/** 核销审核表: what cannot be recovered, contributor by contributor, on what grounds, and a box to sign for everyone who decided. */
export async function drawWriteOffSheet(sheet: Sheet, view: WriteOffSheetView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawHeading(sheet, part('核销事项'), 100);
  const whole = addUp(view.rows.map(wholeOf));
  drawFields(sheet, [
    ...claimFields(view.claim),
    [
      ['补偿支付日', longDate(view.compensatedOn)],
      ['申请核销日', longDate(view.askedOn)],
    ],
    [['核销金额', amount(whole)]],
  ]);
  await drawRows(sheet, part('核销明细'), view);
  drawPoints(sheet, part, '核销理由', view.grounds);
  await drawChecks(sheet, part('审查事项'), view.checks, cites);
  drawOpinions(sheet, part('审批意见'), view.opinions, view.panel);
  sheet.y += 4;
  drawRemark(sheet, '核销后账销案存，列入表外备查，继续追偿；核销后收回的款项按原承担比例分配。');
  drawCitations(sheet, part('依据'), cites);
}

const COLUMNS: Column[] = [
  { title: '出资单位', wrap: true },
  { title: '补偿承担', align: 'right' },
  { title: '已收回', align: 'right' },
  { title: '此前已核销', align: 'right' },
  { title: '本次核销', align: 'right' },
];
/** Where the pool's own payments for the pursuit are written off beside the compensation. */
const COST_COLUMNS: Column[] = [
  { title: '垫付追偿费用', align: 'right' },
  { title: '核销合计', align: 'right' },
];

type Row = WriteOffSheetView['rows'][number];
const FIGURES = ['compensated', 'recovered', 'writtenOff', 'amount'] as const;

/** What a row takes off a contributor's share in all. */
const wholeOf = ({ amount: now, cost = '0.00' }: Pick<Row, 'amount' | 'cost'>): string => addUp([now, cost]);

async function drawRows(sheet: Sheet, heading: string, { rows: parts }: WriteOffSheetView): Promise<void> {
  for (const { party, compensated, recovered, writtenOff, amount: now } of parts)
    assertAddsUp(`${party}补偿`, [recovered, writtenOff, now], compensated);
  const withCost = parts.some(({ cost }) => cost !== undefined);
  const cells = (row: Row) => [
    ...FIGURES.map((name) => row[name]),
    ...(withCost ? [row.cost ?? '0.00', wholeOf(row)] : []),
  ];
  const all = parts.map(cells);
  const sums = all[0]?.map((_, i) => addUp(all.map((row) => row[i]!))) ?? [];
  const rows: TableRow[] = parts.map((row, i) => ({ cells: [row.party, ...all[i]!.map(yuan)] }));
  rows.push({ kind: 'total', cells: ['合计', ...sums.map(yuan)] });
  const more = withCost ? '；核销合计＝本次核销＋垫付追偿费用' : '';
  const caption: [string, string] = [`补偿承担＝已收回＋此前已核销＋本次核销${more}`, '单位：元'];
  const columns = withCost ? [...COLUMNS, ...COST_COLUMNS] : COLUMNS;
  await drawTable(sheet, columns, rows, { size: 9.5, smallest: 7.5, heading, caption });
}
