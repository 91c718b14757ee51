import type { FilingNoticeView } from '../../src/documents/view-models.ts';
import { CitationIndex, FILING_RESULTS, longDate } from '../../src/documents/wording.ts';
import { drawChecks } from '../shared/checks.ts';
import { drawFields } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { loanFields } from '../shared/loan-fields.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';

/** 备案通知书: the result of a filing, what was examined under which article, and why. */
export async function drawFilingNotice(sheet: Sheet, view: FilingNoticeView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  openLetter(sheet, view, openingSentence(view, cites.mark(view.cites)));
  drawHeading(sheet, part('备案贷款'), 120);
  drawFields(sheet, [
    [
      ['审查结论', FILING_RESULTS[view.result]],
      ['资金池', view.poolName],
    ],
    ...loanFields(view.loan),
  ]);
  await drawChecks(sheet, part('审查事项'), view.checks, cites);
  drawPoints(sheet, part, view.result === 'refused' ? '不予备案的理由' : '办理要求', view.reasons);
  closeLetter(sheet, view, part, cites, '特此通知。');
}

function openingSentence(view: FilingNoticeView, marks: string): string {
  const received = `你行${longDate(view.filedOn)}报送的${view.loan.enterprise}贷款备案材料收悉。`;
  // A refusal may rest on a rule, or on what the reviewer found beside the rules: then the reasons say why.
  const faulty = view.checks.some((check) => check.verdict === 'fail');
  const decided = {
    underReview: '经初步核对，材料齐全、要素相符，予以受理，现进入审查。审查结论另行通知。',
    consented: `经审查，该笔贷款符合有关规定${marks}，同意备案，纳入${view.poolName}风险补偿范围。`,
    refused: `${faulty ? `经审查，该笔贷款不符合有关规定${marks}` : '经审查，因下列理由'}，不予备案。该笔贷款不占用${view.poolName}准备金，发生损失不予风险补偿。`,
  };
  return `${received}${decided[view.result]}现将有关事项通知如下：`;
}
