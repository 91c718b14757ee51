import type { AnnualStatementView } from '../../src/documents/annual-views.ts';
import { assertStatementFoots } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, longMonth, yuan } from '../../src/documents/wording.ts';
import { drawFields } from './fields.ts';
import { citationsHeight, drawCitations, drawTitle, numbered } from './pieces.ts';
import type { Sheet } from './sheet.ts';
import { drawSignatures, type Signer, signatureHeight } from './signatures.ts';
import {
  drawAmountsInWords,
  drawLedgerHead,
  drawNotes,
  drawRatios,
  drawSections,
  LEDGER_HEAD,
  TABLE,
} from './statement.ts';
import { drawTable } from './table.ts';

/** 年度报表: balances and what moved them over the year, its main figures, month by month, what carries over, ratios, notes, signatures. */
export async function drawAnnual(sheet: Sheet, view: AnnualStatementView, signers: Signer[]): Promise<void> {
  assertStatementFoots(view);
  const cites = new CitationIndex();
  cites.mark(view.cites);
  const part = numbered();
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawFields(sheet, [
    [
      ['资金池', view.poolName],
      ['年度', `${view.year} 年（${longMonth(view.first)}至${longMonth(view.last)}）`],
    ],
    [
      ['报表对象', `${view.partyName}（${view.partyKind}）`],
      ['出具日期', longDate(view.issuedOn)],
    ],
  ]);
  await drawSections(sheet, view.sections, cites, { heading: part('年度变动'), span: '年' });
  await drawFigures(sheet, view, part('全年要项'));
  await drawMonths(sheet, view, part('各月末余额'));
  if (view.carried.length > 0) await drawCarried(sheet, view, part('结转下年'));
  if (view.totalInWords.length > 0) await drawAmountsInWords(sheet, view.totalInWords, part('年末余额'));
  if (view.ratios.length > 0) await drawRatios(sheet, view.ratios, part('监测指标'));
  if (view.notes.length > 0) drawNotes(sheet, view.notes, part('说明'));
  sheet.need(citationsHeight(sheet, cites) + LEDGER_HEAD + signatureHeight(sheet, signers));
  drawCitations(sheet, part('依据'), cites);
  drawLedgerHead(sheet, view.ledger);
  drawSignatures(sheet, signers);
}

/** Two figures to a row: they are short. */
async function drawFigures(sheet: Sheet, { figures }: AnnualStatementView, heading: string): Promise<void> {
  const half = Math.ceil(figures.length / 2);
  const rows = figures.slice(0, half).map(({ name, amount }, i) => {
    const beside = figures[half + i];
    return { cells: [name, yuan(amount), beside?.name ?? '', beside ? yuan(beside.amount) : ''] };
  });
  const pair = [
    { title: '项目', wrap: true },
    { title: '金额', align: 'right' as const },
  ];
  await drawTable(sheet, [...pair, ...pair], rows, { ...TABLE, heading, caption: ['', '单位：元'] });
}

async function drawMonths(sheet: Sheet, { monthNames, months }: AnnualStatementView, heading: string): Promise<void> {
  await drawTable(
    sheet,
    [{ title: '月份' }, ...monthNames.map((title) => ({ title, align: 'right' as const }))],
    months.map(({ period, amounts }) => ({ cells: [longMonth(period), ...amounts.map(yuan)] })),
    { ...TABLE, heading, caption: ['', '单位：元'] },
  );
}

async function drawCarried(sheet: Sheet, { carried }: AnnualStatementView, heading: string): Promise<void> {
  await drawTable(
    sheet,
    [
      { title: '科目' },
      { title: '科目名称', wrap: true },
      { title: '明细', wrap: true },
      { title: '余额', align: 'right' },
    ],
    carried.map(({ code, name, owner, amount }) => ({ cells: [code, name, owner, yuan(amount)] })),
    { ...TABLE, heading, caption: ['9 开头的为表外科目', '单位：元'] },
  );
}
