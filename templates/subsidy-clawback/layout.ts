import type { SubsidyClawbackView } from '../../src/documents/subsidy-views.ts';
import { CitationIndex, longDate, yuan, yuanInWords } from '../../src/documents/wording.ts';
import { accountFields } from '../shared/claim.ts';
import { drawFields } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { amount } from '../shared/loan-fields.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { applicationFields, cited } from '../shared/subsidy.ts';

/** 补贴追回决定书: what was found, what is claimed back, to which account, and how to object. */
export async function drawSubsidyClawback(sheet: Sheet, view: SubsidyClawbackView): Promise<void> {
  const { application: of, decisionNumber } = view;
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  openLetter(
    sheet,
    view,
    `你单位${longDate(of.appliedOn)}申请的 ${of.year}年第${of.batchNo}批补贴${decisionNumber ? `（${decisionNumber}）` : ''}已经拨付。` +
      `经查，存在${view.ground}的情形，按照有关规定${marks}，决定追回补贴 ${yuan(view.amount)} 元（大写：${yuanInWords(view.amount)}）。现将有关事项通知如下：`,
  );
  drawHeading(sheet, part('追回事项'), 100);
  drawFields(sheet, [
    ...applicationFields(of),
    [['补贴项目', view.item]],
    [['已拨付金额', amount(view.paid)]],
    [['追回金额', amount(view.amount)]],
    [['追回事由', view.ground]],
  ]);
  drawPoints(sheet, part, '事实', view.facts);
  drawPoints(sheet, part, '退回要求', view.demands);
  drawHeading(sheet, part('退回账户'), 40);
  drawFields(sheet, accountFields('收款', view.account));
  drawPoints(sheet, part, '救济途径', [cited(view.remedy.text, cites.mark(view.remedy.cites))]);
  closeLetter(sheet, view, part, cites, '特此决定。');
}
