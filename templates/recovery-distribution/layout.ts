import type { RecoveryDistributionView } from '../../src/documents/compensation-views.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import { claimFields, voucherField } from '../shared/claim.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
import { amount } from '../shared/loan-fields.ts';
import { citationsHeight, drawCitations, drawHeading, drawTitle, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSignatures, signatureHeight } from '../shared/signatures.ts';
import { drawTable } from '../shared/table.ts';

const TABLE = { size: 8.5, smallest: 7 };
/** Height of the field above the signatures. */
const TOTAL = 26;

/** 追偿分配单: what was remitted, cost first, then every bearer's part up to now; signed by the issuer and the bank. */
export async function drawRecoveryDistribution(sheet: Sheet, view: RecoveryDistributionView): Promise<void> {
  const received = addUp(view.receipts.map((receipt) => receipt.amount));
  const cites = new CitationIndex();
  const part = numbered();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawHeading(sheet, part('补偿事项'), 100);
  drawFields(sheet, [
    ...claimFields(view.claim),
    [
      ['补偿支付日', longDate(view.compensatedOn)],
      ['补偿金额', `¥ ${yuan(view.compensation)}`],
    ],
    [voucherField(view.voucher)],
  ]);
  await drawReceipts(sheet, part('追偿到账'), view, received);
  await drawDistribution(sheet, part('分配明细'), view, received, cites);
  const roles = ['经办', '复核', '负责人'];
  const signing = [
    { party: `出具单位：${view.issuer}`, roles },
    { party: `合作银行（核对无误）：${view.claim.bank}`, roles },
  ];
  // The amount stands with the signatures, on whatever page they are.
  sheet.need(citationsHeight(sheet, cites) + TOTAL + signatureHeight(sheet, signing));
  drawCitations(sheet, part('依据'), cites);
  sheet.y += 6;
  drawFields(sheet, [[['本次分配合计', amount(received)]]]);
  drawSignatures(sheet, signing);
}

const RECEIPT_COLUMNS: Column[] = [
  { title: '到账日', align: 'center' },
  { title: '回单号', wrap: true },
  { title: '汇缴口径', align: 'center' },
  { title: '到账金额', align: 'right' },
  { title: '追偿费用', align: 'right' },
  { title: '费用垫付方', wrap: true },
];

async function drawReceipts(
  sheet: Sheet,
  heading: string,
  { receipts }: RecoveryDistributionView,
  received: string,
): Promise<void> {
  const rows: TableRow[] = receipts.map((receipt) => ({
    cells: [
      ...[receipt.receivedOn, receipt.receiptNo, receipt.basis === 'gross' ? '未扣费用' : '已扣费用'],
      ...[yuan(receipt.amount), yuan(receipt.cost), receipt.paidBy || '—'],
    ],
  }));
  const cost = addUp(receipts.map((receipt) => receipt.cost));
  rows.push({ kind: 'total', cells: ['合计', `${receipts.length} 笔`, '', yuan(received), yuan(cost), ''] });
  await drawTable(sheet, RECEIPT_COLUMNS, rows, { ...TABLE, heading, caption: ['', '单位：元'] });
}

const COLUMNS: Column[] = [
  { title: '归属', wrap: true },
  { title: '单位', wrap: true },
  { title: '原承担', align: 'right' },
  { title: '此前已收回', align: 'right' },
  { title: '本次分配', align: 'right' },
  { title: '尚未收回', align: 'right' },
  { title: '账务处理', wrap: true },
  { title: '依据', align: 'center' },
];

async function drawDistribution(
  sheet: Sheet,
  heading: string,
  { costs, rows: bearers }: RecoveryDistributionView,
  received: string,
  cites: CitationIndex,
): Promise<void> {
  const now = [...costs, ...bearers].map((row) => row.amount);
  assertAddsUp('追偿分配', now, received);
  const rows: TableRow[] = costs.map((cost) => ({
    cells: [
      '追偿费用',
      cost.party,
      '—',
      '—',
      yuan(cost.amount),
      '—',
      cost.use ?? '先行归还垫付方',
      cites.mark(cost.cites),
    ],
  }));
  for (const { bearer, party, borne, before, amount: got, left, use, cites: articles } of bearers) {
    if (left !== null) assertAddsUp(`${party}承担`, [before, got, left], borne);
    const shares = left === null ? ['—', yuan(before), yuan(got), '—'] : [borne, before, got, left].map(yuan);
    rows.push({ cells: [bearer, party, ...shares, use, cites.mark(articles)] });
  }
  rows.push({ kind: 'total', cells: ['合计', '', '', '', yuan(received), '', '', ''] });
  await drawTable(sheet, COLUMNS, rows, {
    ...TABLE,
    heading,
    caption: ['原承担＝此前已收回＋本次分配＋尚未收回', '单位：元'],
  });
}
