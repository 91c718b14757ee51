import type { SubsidyDecisionView } from '../../src/documents/subsidy-views.ts';
import { assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan, yuanInWords } from '../../src/documents/wording.ts';
import { accountFields } from '../shared/claim.ts';
import { drawFields } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { cited, drawSubsidyLines, totalOf } from '../shared/subsidy.ts';

/** 补贴决定书: what is granted line by line, how the budget was shared, where it goes, and how to object. */
export async function drawSubsidyDecision(sheet: Sheet, view: SubsidyDecisionView): Promise<void> {
  const { application: of, lines } = view;
  assertAddsUp('核定补贴', [totalOf(lines, 'decided')], view.decided);
  assertAddsUp('补贴', [totalOf(lines, 'granted')], view.granted);
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  openLetter(
    sheet,
    view,
    `你单位${longDate(of.appliedOn)}提出的 ${of.year}年第${of.batchNo}批补贴申请（受理顺序号 ${of.receivedNo}）收悉。` +
      `经审核推荐、形式审查、审计、核定和公示，按照有关规定${marks}，决定给予你单位补贴 ${yuan(view.granted)} 元（大写：${yuanInWords(view.granted)}）。现将有关事项通知如下：`,
  );
  const columns = ['item', 'cost', 'amount', 'decided', 'granted', 'reason'] as const;
  await drawSubsidyLines(sheet, part('补贴项目和金额'), lines, [...columns], cites);
  drawPoints(sheet, part, '预算安排', view.notes);
  drawHeading(sheet, part('收款账户'), 40);
  drawFields(sheet, accountFields('收款', view.payee));
  drawPoints(sheet, part, '有关要求', view.duties);
  drawPoints(sheet, part, '救济途径', [cited(view.remedy.text, cites.mark(view.remedy.cites))]);
  closeLetter(sheet, view, part, cites, '特此通知。');
}
