import type { SubsidyRefusalView } from '../../src/documents/subsidy-views.ts';
import { CitationIndex, longDate } from '../../src/documents/wording.ts';
import { drawFields } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { applicationFields, cited } from '../shared/subsidy.ts';

/** 不予补贴告知书: what stands against the application, by which articles, and how to object. */
export async function drawSubsidyRefusal(sheet: Sheet, view: SubsidyRefusalView): Promise<void> {
  const { application: of } = view;
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  openLetter(
    sheet,
    view,
    `你单位${longDate(of.appliedOn)}提出的 ${of.year}年第${of.batchNo}批补贴申请（受理顺序号 ${of.receivedNo}）收悉。` +
      `经审核，该申请不符合补贴条件，按照有关规定${marks}，决定不予补贴。现将有关事项告知如下：`,
  );
  drawHeading(sheet, part('申请事项'), 60);
  drawFields(sheet, applicationFields(of));
  const reasons = view.reasons.map(({ text, cites: articles }) => cited(text, cites.mark(articles)));
  drawPoints(sheet, part, '不予补贴的原因', reasons.length > 0 ? reasons : ['不符合申报条件。']);
  drawPoints(sheet, part, '救济途径', [cited(view.remedy.text, cites.mark(view.remedy.cites))]);
  closeLetter(sheet, view, part, cites, '特此告知。');
}
