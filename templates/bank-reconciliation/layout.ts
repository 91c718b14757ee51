import type { BankReconciliationView, BridgeRow } from '../../src/documents/bridge-views.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
import { citationsHeight, drawCitations, drawRemark, drawTitle } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSignatures, signatureHeight } from '../shared/signatures.ts';
import { drawAuditHead, drawLedgerHead, LEDGER_HEAD, TABLE } from '../shared/statement.ts';
import { drawTable } from '../shared/table.ts';

const COLUMNS: Column[] = [
  { title: '单位账面', wrap: true },
  { title: '金额', align: 'right' },
  { title: '银行对账单', wrap: true },
  { title: '金额', align: 'right' },
];
const negative = (amount: string): string => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

/** 银行存款余额调节表: the unit's books at the left, the bank at the right, each led on by what only the other has, to one balance. */
export async function drawBankReconciliation(sheet: Sheet, view: BankReconciliationView): Promise<void> {
  const cites = new CitationIndex();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawFields(sheet, [
    [
      ['账套', view.poolName],
      ['截止日期', longDate(view.asOf)],
    ],
    [
      ['户名', view.account.name],
      ['开户银行', view.account.bank],
    ],
    [
      ['账号', view.account.number],
      ['已核对明细', `${view.matched} 笔`],
    ],
    [
      ['制表', `${view.prepared.by} ${longDate(view.prepared.on)}`],
      ['复核', `${view.checked.by} ${longDate(view.checked.on)}`],
    ],
  ]);
  sheet.y += 8;
  await drawTable(sheet, COLUMNS, rows(view), { ...TABLE, caption: ['', '单位：元'] });
  drawRemark(sheet, '两边调节后余额相等。各项后注明凭证号或银行流水号；对方以后入账的，注明入账日期。');
  const signer = [{ party: `单位：${view.issuer}`, roles: ['制表', '复核', '负责人'] }];
  const articles = view.cites.length > 0 ? citationsHeight(sheet, cites) : 0;
  sheet.need(articles + (view.audit ? 2 : 1) * LEDGER_HEAD + signatureHeight(sheet, signer));
  if (view.cites.length > 0) drawCitations(sheet, '依据', cites);
  drawLedgerHead(sheet, view.ledger);
  if (view.audit) drawAuditHead(sheet, view.audit);
  drawSignatures(sheet, signer);
}

/** Both sides line by line. @throws DomainError PAPER_DOES_NOT_ADD_UP where they do not meet */
function rows(view: BankReconciliationView): TableRow[] {
  const sum = (of: BridgeRow[]) => addUp(of.map(({ amount }) => amount));
  const adjusted = addUp([view.ledgerClosing, sum(view.bankReceived), negative(sum(view.bankPaid))]);
  assertAddsUp(
    '银行对账单余额与单位已收、已付',
    [view.bankClosing, sum(view.bookReceived), negative(sum(view.bookPaid))],
    adjusted,
  );
  return [
    total(['账面余额', view.ledgerClosing], ['银行对账单余额', view.bankClosing]),
    total(['加：银行已收，单位未收', sum(view.bankReceived)], ['加：单位已收，银行未收', sum(view.bookReceived)]),
    ...beside(view.bankReceived, view.bookReceived),
    total(['减：银行已付，单位未付', sum(view.bankPaid)], ['减：单位已付，银行未付', sum(view.bookPaid)]),
    ...beside(view.bankPaid, view.bookPaid),
    { ...total(['调节后余额', adjusted], ['调节后余额', adjusted]), kind: 'total' },
  ];
}

type Balance = [name: string, amount: string];
const total = (left: Balance, right: Balance): TableRow => ({
  kind: 'section',
  cells: [left[0], yuan(left[1]), right[0], yuan(right[1])],
});

function beside(left: BridgeRow[], right: BridgeRow[]): TableRow[] {
  const cells = (row: BridgeRow | undefined) => (row ? [textOf(row), yuan(row.amount)] : ['', '']);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => ({
    cells: [...cells(left[i]), ...cells(right[i])],
  }));
}

function textOf({ on, text, voucher, settledOn }: BridgeRow): string {
  const about = [voucher, settledOn === null ? '' : `对方 ${settledOn} 入账`].filter(Boolean).join('，');
  return `${on} ${text}${about && `（${about}）`}`;
}
