import { type LedgerTotals, ledgerTotals, totalsByClassification } from '../../src/documents/totals.ts';
import type { MonthlyLedgerRow, MonthlyLedgerView } from '../../src/documents/view-models.ts';
import { CitationIndex, longDate, longMonth, noteText, yuan, yuanInWords } from '../../src/documents/wording.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { citationsHeight, drawCitations, drawParagraph, drawTitle } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSignatures, signatureHeight } from '../shared/signatures.ts';
import { drawTable } from '../shared/table.ts';

/** 月度台账: one row per loan over as many pages as it takes, totals, sums by 五级分类, signatures. */
export async function drawMonthlyLedger(sheet: Sheet, view: MonthlyLedgerView): Promise<void> {
  const total = ledgerTotals(view.rows);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  await drawLoans(sheet, view, total);
  await drawSummary(sheet, view, total);
  sheet.y += 6;
  const words = `贷款余额合计 ${yuan(total.outstandingPrincipal)} 元（大写：${yuanInWords(total.outstandingPrincipal)}），准备金占用额合计 ${yuan(total.reserve)} 元（大写：${yuanInWords(total.reserve)}）。`;
  drawParagraph(sheet, words, { size: 9, indent: 0 });
  for (const [i, note] of view.notes.entries()) {
    drawParagraph(sheet, `说明 ${i + 1}：${noteText(note)}`, { size: 9, indent: 0 });
  }
  const cites = new CitationIndex();
  cites.mark(view.cites);
  const signing = [{ party: `出具单位：${view.issuer}`, roles: ['经办', '复核', '负责人'] }];
  sheet.need(citationsHeight(sheet, cites) + signatureHeight(sheet, signing));
  drawCitations(sheet, '依据', cites);
  drawSignatures(sheet, signing);
}

interface LedgerColumn extends Column {
  cell: (loan: MonthlyLedgerRow, index: number) => string;
  total?: (total: LedgerTotals) => string;
}

const amountColumn = (title: string, key: AmountKey): LedgerColumn => ({
  title,
  align: 'right',
  cell: (loan) => yuan(loan[key]),
  total: (total) => yuan(total[key]),
});
type AmountKey = 'principal' | 'countedPrincipal' | 'outstandingPrincipal' | 'countedOutstanding' | 'reserve';

const BANK: LedgerColumn = { title: '合作银行', wrap: true, cell: (loan) => loan.bank };
const COLUMNS: LedgerColumn[] = [
  { title: '序号', align: 'center', cell: (_, index) => String(index + 1), total: () => '合计' },
  { title: '借据号', cell: (loan) => loan.dueBillNo, total: (total) => `${total.count} 笔` },
  { title: '借款企业', wrap: true, cell: (loan) => loan.enterprise },
  BANK,
  amountColumn('贷款金额', 'principal'),
  amountColumn('备案金额', 'countedPrincipal'),
  { title: '年利率\n（%）', align: 'right', cell: (loan) => loan.annualRate },
  { title: '放款日', align: 'center', cell: (loan) => loan.disbursedOn },
  { title: '到期日', align: 'center', cell: (loan) => loan.maturesOn },
  amountColumn('贷款余额', 'outstandingPrincipal'),
  amountColumn('备案余额', 'countedOutstanding'),
  amountColumn('准备金\n占用额', 'reserve'),
  { title: '五级\n分类', align: 'center', cell: (loan) => loan.classification },
  { title: '逾期\n天数', align: 'right', cell: (loan) => String(loan.overdueDays) },
];

async function drawLoans(sheet: Sheet, view: MonthlyLedgerView, total: LedgerTotals): Promise<void> {
  // A ledger of one bank names it above the table; the names of the enterprises take the room.
  const columns = view.bankName === undefined ? COLUMNS : COLUMNS.filter((column) => column !== BANK);
  const rows: TableRow[] = view.rows.map((loan, i) => ({ cells: columns.map((column) => column.cell(loan, i)) }));
  rows.push({ kind: 'total', cells: columns.map((column) => column.total?.(total) ?? '') });
  const whose = view.bankName === undefined ? view.poolName : `${view.poolName}　　合作银行：${view.bankName}`;
  const when = `结算期：${longMonth(view.period)}　　出具日期：${longDate(view.issuedOn)}`;
  const caption: [string, string] = [`资金池：${whose}　　${when}`, '单位：元'];
  await drawTable(sheet, columns, rows, { size: 7.5, smallest: 5.5, caption });
}

const CLASSIFICATION_ORDER = ['正常', '关注', '次级', '可疑', '损失'];

async function drawSummary(sheet: Sheet, view: MonthlyLedgerView, total: LedgerTotals): Promise<void> {
  const groups = totalsByClassification(view.rows, CLASSIFICATION_ORDER);
  const rows: TableRow[] = groups.map((group) => ({ cells: [group.classification, ...sums(group)] }));
  rows.push({ kind: 'total', cells: ['合计', ...sums(total)] });
  await drawTable(
    sheet,
    [
      { title: '五级分类', align: 'center' },
      { title: '笔数', align: 'right' },
      { title: '贷款余额', align: 'right' },
      { title: '备案余额', align: 'right' },
      { title: '准备金占用额', align: 'right' },
    ],
    rows,
    { size: 8.5, smallest: 7, heading: '分类汇总' },
  );
}

function sums(total: LedgerTotals): string[] {
  return [String(total.count), yuan(total.outstandingPrincipal), yuan(total.countedOutstanding), yuan(total.reserve)];
}
