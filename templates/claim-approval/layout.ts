import type { ClaimApprovalView } from '../../src/documents/compensation-views.ts';
import { CitationIndex } from '../../src/documents/wording.ts';
import { drawChecks } from '../shared/checks.ts';
import { claimFields, drawShares, eventFields, lossFields } from '../shared/claim.ts';
import { drawFields } from '../shared/fields.ts';
import { amount } from '../shared/loan-fields.ts';
import { drawOpinions } from '../shared/opinions.ts';
import { drawCitations, drawHeading, drawTitle, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';

const RESULTS: Record<ClaimApprovalView['result'], string> = {
  approved: '同意补偿',
  approvedInPart: '同意部分补偿',
  refused: '不予补偿',
};

/** 补偿审批表: the claim, what was examined, who bears what, and a box to sign for everyone who decided. */
export async function drawClaimApproval(sheet: Sheet, view: ClaimApprovalView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawHeading(sheet, part('申请事项'), 120);
  drawFields(sheet, [...claimFields(view.claim), ...lossFields(view.claim), ...eventFields(view.event)]);
  await drawChecks(sheet, part('审查事项'), view.checks, cites);
  if (view.shares.length > 0) await drawShares(sheet, part('损失分担'), view.shares, view.claim, cites);
  drawHeading(sheet, part('审批结论'), 40);
  drawFields(sheet, [[['结论', RESULTS[view.result]]], [['核定补偿金额', amount(view.approved)]]]);
  drawOpinions(sheet, part('审批意见'), view.opinions, view.panel);
  drawCitations(sheet, part('依据'), cites);
}
