import type { SubsidyReviewView } from '../../src/documents/subsidy-views.ts';
import { assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex } from '../../src/documents/wording.ts';
import { drawFields } from '../shared/fields.ts';
import { drawPoints } from '../shared/letter.ts';
import { amount } from '../shared/loan-fields.ts';
import { drawOpinions } from '../shared/opinions.ts';
import { drawCitations, drawHeading, drawTitle, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { applicationFields, drawSubsidyLines, totalOf } from '../shared/subsidy.ts';

const RESULTS: Record<SubsidyReviewView['result'], string> = { granted: '同意补贴', refused: '不予补贴' };

/** 补贴审核意见表: what was decided of each line, and a box to sign for everyone who reviewed it. */
export async function drawSubsidyReview(sheet: Sheet, view: SubsidyReviewView): Promise<void> {
  assertAddsUp('按规定可补', [totalOf(view.lines, 'amount')], view.amount);
  if (view.result === 'granted') assertAddsUp('核定补贴', [totalOf(view.lines, 'decided')], view.decided);
  const cites = new CitationIndex();
  const part = numbered();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawHeading(sheet, part('申请事项'), 80);
  drawFields(sheet, applicationFields(view.application));
  const columns = ['item', 'cost', 'otherMoney', 'amount', 'decided', 'reason'] as const;
  await drawSubsidyLines(sheet, part('逐项审核'), view.lines, [...columns], cites);
  drawHeading(sheet, part('审核结论'), 40);
  drawFields(sheet, [[['结论', RESULTS[view.result]]], [['核定补贴金额', amount(view.decided)]]]);
  drawPoints(sheet, part, '不予补贴的原因', view.reasons);
  drawOpinions(sheet, part('审核意见'), view.opinions, view.panel);
  drawCitations(sheet, part('依据'), cites);
}
