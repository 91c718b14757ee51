import type { ConsentLetterView } from '../../src/documents/view-models.ts';
import { CitationIndex } from '../../src/documents/wording.ts';
import { drawFields } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { amount, loanFields } from '../shared/loan-fields.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';

/** 贷款同意函: the department's consent to a loan, addressed to the bank that filed it. */
export async function drawConsentLetter(sheet: Sheet, view: ConsentLetterView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  openLetter(
    sheet,
    view,
    `你行报送的${view.loan.enterprise}贷款备案材料收悉。经审查，该笔贷款符合有关规定${cites.mark(view.cites)}，` +
      `同意纳入${view.poolName}风险补偿范围。现将有关事项函告如下：`,
  );
  drawHeading(sheet, part('贷款要素'), 120);
  drawFields(sheet, [
    ...loanFields(view.loan),
    [['准备金占用额', amount(view.reserve)]],
    [
      ['资金池', view.poolName],
      ['放大倍数', `${view.leverage} 倍`],
    ],
  ]);
  drawPoints(sheet, part, '同意条件', view.conditions);
  closeLetter(sheet, view, part, cites, '特此函告。');
}
