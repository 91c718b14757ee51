import { assertStatementFoots } from '../../src/documents/totals.ts';
import type { SettlementStatementView } from '../../src/documents/view-models.ts';
import { CitationIndex, longDate, longMonth, noteText, yuan, yuanInWords } from '../../src/documents/wording.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
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

/** 结算单: balances of the month, the amounts signed for, ratios, loans to watch, notes, articles, signatures. */
export async function drawSettlementStatement(sheet: Sheet, view: SettlementStatementView): Promise<void> {
  assertStatementFoots(view);
  const cites = new CitationIndex();
  cites.mark(view.cites);
  const part = numbered();

  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawFields(sheet, [
    [
      ['资金池', view.poolName],
      ['结算期', longMonth(view.period)],
    ],
    [
      ['结算对象', `${view.partyName}（${view.partyKind}）`],
      ['出具日期', longDate(view.issuedOn)],
    ],
  ]);

  await drawTable(sheet, SECTION_COLUMNS, sectionRows(view, cites), {
    ...TABLE,
    heading: part('本期结算'),
    caption: ['期初余额＋本期变动＝期末余额', '单位：元'],
  });

  if (view.totalInWords.length > 0) {
    await drawTable(
      sheet,
      [
        { title: '项目', wrap: true },
        { title: '小写（元）', align: 'right' },
        { title: '大写', wrap: true },
      ],
      view.totalInWords.map(({ name, amount }) => ({ cells: [name, yuan(amount), yuanInWords(amount)] })),
      { ...TABLE, heading: part('结算金额') },
    );
  }
  if (view.ratios.length > 0) {
    await drawTable(
      sheet,
      [{ title: '指标' }, { title: '数值', align: 'right' }, { title: '说明', wrap: true }],
      view.ratios.map(({ name, value, note }) => ({ cells: [name, value, note] })),
      { ...TABLE, heading: part('监测指标') },
    );
  }
  await drawWatchList(sheet, view, part);
  if (view.notes.length > 0) {
    drawHeading(sheet, part('说明'), 20);
    for (const [i, note] of view.notes.entries()) {
      drawParagraph(sheet, `${i + 1}. ${noteText(note)}`, { size: 9, indent: 0 });
    }
  }
  const signing = signers(view);
  sheet.need(citationsHeight(sheet, cites) + LEDGER_HEAD + signatureHeight(sheet, signing));
  drawCitations(sheet, part('依据'), cites);
  drawLedgerHead(sheet, view);
  drawSignatures(sheet, signing);
}

const TABLE = { size: 9, smallest: 7 };

const SECTION_COLUMNS: Column[] = [
  { title: '项目', wrap: true },
  { title: '期初余额', align: 'right' },
  { title: '本期变动', align: 'right' },
  { title: '期末余额', align: 'right' },
  { title: '依据', align: 'center' },
];

function sectionRows(view: SettlementStatementView, cites: CitationIndex): TableRow[] {
  return view.sections.flatMap((section) => [
    {
      kind: 'section' as const,
      cells: [section.name, yuan(section.opening), yuan(section.movements), yuan(section.closing), ''],
    },
    ...section.lines.map((line) => ({
      indent: 14,
      cells: [line.name, '', yuan(line.amount), '', cites.mark(line.cites)],
    })),
  ]);
}

async function drawWatchList(
  sheet: Sheet,
  view: SettlementStatementView,
  part: (title: string) => string,
): Promise<void> {
  if (view.watchList.length === 0) return;
  await drawTable(
    sheet,
    [
      { title: '借据号' },
      { title: '借款企业', wrap: true },
      { title: '贷款余额', align: 'right' },
      { title: '逾期天数', align: 'right' },
      { title: '五级分类', align: 'center' },
    ],
    view.watchList.map((loan) => ({
      cells: [loan.dueBillNo, loan.enterprise, yuan(loan.outstanding), String(loan.overdueDays), loan.classification],
    })),
    { ...TABLE, heading: part('关注贷款'), caption: [`共 ${view.watchList.length} 笔`, '单位：元'] },
  );
}

/** The issuer, and the party unless the pool itself is settled: then nobody stands opposite. */
function signers(view: SettlementStatementView): Signer[] {
  const roles = ['经办', '复核', '负责人'];
  const issuer = { party: `出具单位：${view.issuer}`, roles };
  if (view.partyName === view.poolName) return [issuer];
  return [issuer, { party: `${view.partyKind}（核对无误）：${view.partyName}`, roles }];
}

/** Height of the two lines below. */
const LEDGER_HEAD = 32;

/** The chain's head anchors the books outside the system: whoever holds the paper can prove a later change. */
function drawLedgerHead(sheet: Sheet, view: SettlementStatementView): void {
  const hash = view.ledger.head.replace(/(.{8})(?=.)/g, '$1 ');
  sheet.y += 6;
  drawRemark(sheet, `账簿校验：截至出具时共 ${view.ledger.entries} 笔记账凭证，末笔散列值：\n${hash}`);
}
