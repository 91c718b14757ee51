import type { SubsidyOrderView } from '../../src/documents/subsidy-views.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import { accountFields } from '../shared/claim.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields, type Field } from '../shared/fields.ts';
import { amount } from '../shared/loan-fields.ts';
import { citationsHeight, drawCitations, drawHeading, drawTitle, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSignatures, type Signer, signatureHeight } from '../shared/signatures.ts';
import { drawTable } from '../shared/table.ts';

/** 补贴资金拨款单: from which account, how much in figures and 大写, to whom, by which economic class; two sign it, and the bank receipts it. */
export async function drawSubsidyOrder(sheet: Sheet, view: SubsidyOrderView): Promise<void> {
  assertAddsUp('收款单位', [addUp(view.payments.map((payment) => payment.amount))], view.total);
  assertAddsUp('经济分类', [addUp(view.classes.map((one) => one.amount))], view.total);
  const cites = new CitationIndex();
  const part = numbered();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawHeading(sheet, part('拨款事项'), 120);
  drawFields(sheet, orderFields(view));
  const classes: TableRow[] = view.classes.map(({ name, amount: of }) => ({ cells: [name, yuan(of)] }));
  await drawTable(sheet, CLASSES, [...classes, { kind: 'total', cells: ['合计', yuan(view.total)] }], {
    ...{ size: 9.5, smallest: 8, heading: part('支出经济分类'), caption: ['', '单位：元'] },
  });
  const payments: TableRow[] = view.payments.map(({ payee, amount: of }, i) => ({
    cells: [`${i + 1}`, payee.name, payee.bank, payee.number, yuan(of)],
  }));
  await drawTable(sheet, PAYMENTS, [...payments, { kind: 'total', cells: ['', '合计', '', '', yuan(view.total)] }], {
    ...{ size: 9.5, smallest: 7.5, heading: part('收款单位') },
    caption: [`共 ${view.payments.length} 笔`, '单位：元'],
  });
  const signers: Signer[] = [
    { party: `下达单位：${view.payer.name}`, roles: ['经办人', '复核人', '负责人'] },
    { party: `代理银行：${view.payer.bank}`, roles: ['受理人', '复核人'] },
  ];
  // Signatures never stand alone on a page.
  sheet.need(citationsHeight(sheet, cites) + signatureHeight(sheet, signers));
  drawCitations(sheet, part('依据'), cites);
  drawSignatures(sheet, signers);
}

function orderFields(view: SubsidyOrderView): Field[][] {
  const { hands, insteadOf } = view;
  return [
    [['补贴政策', view.scheme]],
    [
      ['批次', `${view.year}年第${view.batchNo}批`],
      ['下达文号', view.orderNo],
    ],
    [['预算项目', view.budgetName]],
    ...accountFields('付款', view.payer),
    [['拨款金额', amount(view.total)]],
    ...(insteadOf
      ? [
          [
            [
              '退票重拨',
              `原收款账号 ${insteadOf.payeeAccount}，${longDate(insteadOf.returnedOn)}退票，原因：${insteadOf.reason}`,
            ],
          ] as Field[],
        ]
      : []),
    [['系统记载', hands.map(({ step, by, on }) => `${step}：${by}，${longDate(on)}`).join('；')]],
  ];
}

const CLASSES: Column[] = [
  { title: '部门预算支出经济分类', wrap: true },
  { title: '金额', align: 'right' },
];
const PAYMENTS: Column[] = [
  { title: '序号', align: 'center' },
  { title: '收款单位', wrap: true },
  { title: '开户银行', wrap: true },
  { title: '收款账号' },
  { title: '金额', align: 'right' },
];
