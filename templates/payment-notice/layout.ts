import type { PaymentNoticeView } from '../../src/documents/compensation-views.ts';
import { assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import { accountFields, claimFields } from '../shared/claim.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
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
  drawHeading(sheet, part('拨付金额'), 100);
  drawFields(sheet, [
    [['拨付金额', amount(view.amount)]],
    ...accountFields('付款', view.payer),
    ...accountFields('收款', view.payee),
    [
      ['拨付日期', longDate(view.paidOn)],
      ['记账凭证', view.voucher],
    ],
  ]);
  drawHeading(sheet, part('补偿事项'), 60);
  drawFields(sheet, claimFields(claim));
  await drawParts(sheet, part('资金来源'), view, cites);
  drawPoints(sheet, part, '有关要求', view.duties);
  closeLetter(sheet, view, part, cites, '特此通知。');
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
