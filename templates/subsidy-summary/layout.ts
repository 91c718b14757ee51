import type { PrintedSummaryRow, SubsidySummaryView } from '../../src/documents/subsidy-views.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields, type Field } from '../shared/fields.ts';
import {
  citationsHeight,
  drawCitations,
  drawHeading,
  drawParagraph,
  drawRemark,
  drawTitle,
  numbered,
} from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSignatures, type Signer, signatureHeight } from '../shared/signatures.ts';
import { drawTable } from '../shared/table.ts';

/** 补贴年度汇总表: the year in one sentence, then by kind, by region and by class of enterprise; every table adds up to the same totals. */
export async function drawSubsidySummary(sheet: Sheet, view: SubsidySummaryView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawParagraph(sheet, `截至${longDate(view.asOf)}，${view.sentence}`, { size: 12 });
  drawHeading(sheet, part('总体情况'), 80);
  drawFields(
    sheet,
    pairs([
      ...view.counts.map(({ name, value }): Field => [name, value]),
      ...view.amounts.map(({ name, amount }): Field => [name, `¥ ${yuan(amount)}`]),
    ]),
  );
  for (const { name, rows } of view.groups) {
    for (const column of SUMMED) {
      assertAddsUp(`${name}：${column}`, [addUp(rows.map((row) => row[column]))], view.total[column]);
    }
    await drawTable(sheet, columnsOf(name), [...rows.map(cellsOf), { ...cellsOf(view.total), kind: 'total' }], {
      ...{ size: 9.5, smallest: 7.5, heading: part(`按${name}`), caption: ['', '单位：元'] },
    });
  }
  for (const note of view.notes) drawRemark(sheet, note);
  const signers: Signer[] = [{ party: `编制单位：${view.issuer}`, roles: ['编制人', '复核人', '负责人'] }];
  // Signatures never stand alone on a page.
  sheet.need(citationsHeight(sheet, cites) + signatureHeight(sheet, signers));
  drawCitations(sheet, part('依据'), cites);
  drawSignatures(sheet, signers);
}

const SUMMED = ['demand', 'granted', 'paid', 'clawedBack'] as const;

const columnsOf = (name: string): Column[] => [
  { title: name, wrap: true },
  { title: '获补贴\n企业户数', align: 'right' },
  { title: '核定需求', align: 'right' },
  { title: '安排补贴', align: 'right' },
  { title: '已拨付', align: 'right' },
  { title: '决定追回', align: 'right' },
];

const cellsOf = (row: PrintedSummaryRow): TableRow => ({
  cells: [row.name, `${row.enterprises}`, ...SUMMED.map((column) => yuan(row[column]))],
});

const pairs = (fields: Field[]): Field[][] =>
  Array.from({ length: Math.ceil(fields.length / 2) }, (_, i) => fields.slice(2 * i, 2 * i + 2));
