import type { ConsentLetterView } from '../../src/documents/view-models.ts';
import { CitationIndex, longDate } from '../../src/documents/wording.ts';
import { drawFields } from '../shared/fields.ts';
import { amount, loanFields } from '../shared/loan-fields.ts';
import {
  citationsHeight,
  drawCitations,
  drawHeading,
  drawParagraph,
  drawTitle,
  paragraphHeight,
} from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSubscription, subscriptionHeight } from '../shared/signatures.ts';

const BODY = { size: 12 };

/** 贷款同意函: the department's consent to a loan, addressed to the bank that filed it. */
export async function drawConsentLetter(sheet: Sheet, view: ConsentLetterView): Promise<void> {
  const cites = new CitationIndex();
  const marks = cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  sheet.y += 6;
  drawParagraph(sheet, `${view.addressee}：`, { ...BODY, indent: 0, weight: 'bold' });
  drawParagraph(
    sheet,
    `你行报送的${view.loan.enterprise}贷款备案材料收悉。经审查，该笔贷款符合有关规定${marks}，` +
      `同意纳入${view.poolName}风险补偿范围。现将有关事项函告如下：`,
    BODY,
  );
  drawHeading(sheet, '一、贷款要素', 120);
  drawFields(sheet, [
    ...loanFields(view.loan),
    [['准备金占用额', amount(view.reserve)]],
    [
      ['资金池', view.poolName],
      ['放大倍数', `${view.leverage} 倍`],
    ],
  ]);
  if (view.conditions.length > 0) {
    drawHeading(sheet, '二、同意条件', 40);
    for (const [i, condition] of view.conditions.entries()) drawParagraph(sheet, `（${i + 1}）${condition}`, BODY);
  }
  const closing = '特此函告。';
  const end = 6 + paragraphHeight(sheet, closing, BODY) + subscriptionHeight(sheet, view.issuer);
  sheet.need(citationsHeight(sheet, cites, 10) + end);
  drawCitations(sheet, view.conditions.length > 0 ? '三、依据' : '二、依据', cites, 10);
  sheet.need(end);
  sheet.y += 6;
  drawParagraph(sheet, closing, BODY);
  drawSubscription(sheet, view.issuer, longDate(view.issuedOn));
}
