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
  const whole = addUp(view.rows.map((row) => row.amount));
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

async function drawRows(sheet: Sheet, heading: string, { rows: parts }: WriteOffSheetView): Promise<void> {
  for (const { party, compensated, recovered, writtenOff, amount: now } of parts)
    assertAddsUp(`${party}补偿`, [recovered, writtenOff, now], compensated);
  const cells = (of: Omit<WriteOffSheetView['rows'][number], 'party'>) =>
    [of.compensated, of.recovered, of.writtenOff, of.amount].map(yuan);
  const total = (of: 'compensated' | 'recovered' | 'writtenOff' | 'amount') => addUp(parts.map((row) => row[of]));
  const sums = {
    ...{ compensated: total('compensated'), recovered: total('recovered') },
    ...{ writtenOff: total('writtenOff'), amount: total('amount') },
  };
  const rows: TableRow[] = parts.map((row) => ({ cells: [row.party, ...cells(row)] }));
  rows.push({ kind: 'total', cells: ['合计', ...cells(sums)] });
  const caption: [string, string] = ['补偿承担＝已收回＋此前已核销＋本次核销', '单位：元'];
  await drawTable(sheet, COLUMNS, rows, { size: 9.5, smallest: 7.5, heading, caption });
}
