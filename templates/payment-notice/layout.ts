import type { PaymentNoticeView } from '../../src/documents/compensation-views.ts';
import { assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import { voucherField } from '../shared/claim.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields, type Field } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { amount } from '../shared/loan-fields.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawTable } from '../shared/table.ts';

/** 拨付通知: the compensation leaves the pool's account for the bank's, contributor by contributor. */
export async function drawPaymentNotice(sheet: Sheet, view: PaymentNoticeView): Promise<void> {
  const { claim } = view;
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  openLetter(
    sheet,
    view,
    `你行${longDate(claim.claimedOn)}就${claim.loan.enterprise}贷款提出的风险补偿申请，已于${longDate(view.approvedOn)}经审批同意（${view.approvalNumber}）。` +
      `按照有关规定${marks}，补偿资金已于${longDate(view.paidOn)}拨付，请查收并入账。`,
  );
  drawHeading(sheet, part('拨付事项'), 100);
  drawFields(sheet, paymentFields(view));
  await drawParts(sheet, part('资金来源'), view, cites);
  drawPoints(sheet, part, '有关要求', view.duties);
  closeLetter(sheet, view, part, cites, '特此通知。');
}

function paymentFields({ claim, payer, payee, ...view }: PaymentNoticeView): Field[][] {
  return [
    [['拨付金额', amount(view.amount)]],
    [
      ['付款户名', payer.name],
      ['收款户名', payee.name],
    ],
    [
      ['付款账号', payer.number],
      ['收款账号', payee.number],
    ],
    [
      ['付款开户行', payer.bank],
      ['收款开户行', payee.bank],
    ],
    [['拨付日期', longDate(view.paidOn)], voucherField(view.voucher)],
    [
      ['借款企业', claim.loan.enterprise],
      ['统一社会信用代码', claim.loan.uscc],
    ],
    [
      ['借款合同号', claim.loan.contractNo],
      ['借据号', claim.loan.dueBillNo],
    ],
    [
      ['申请编号', claim.claimNo],
      ['资金池', claim.poolName],
    ],
  ];
}

const COLUMNS: Column[] = [
  { title: '出资单位', wrap: true },
  { title: '金额', align: 'right' },
  { title: '依据', align: 'center' },
];

async function drawParts(
  sheet: Sheet,
  heading: string,
  { parts, amount: whole }: PaymentNoticeView,
  cites: CitationIndex,
): Promise<void> {
  assertAddsUp(
    '资金来源',
    parts.map((part) => part.amount),
    whole,
  );
  const rows: TableRow[] = parts.map(({ party, amount: of, cites: articles }) => ({
    cells: [party, yuan(of), cites.mark(articles)],
  }));
  rows.push({ kind: 'total', cells: ['合计', yuan(whole), ''] });
  await drawTable(sheet, COLUMNS, rows, { size: 9.5, smallest: 7.5, heading, caption: ['', '单位：元'] });
}
