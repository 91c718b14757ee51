import type { PrintedCheck } from '../../src/documents/parts.ts';
import type { FilingNoticeView } from '../../src/documents/view-models.ts';
import { CitationIndex, FILING_RESULTS, longDate } from '../../src/documents/wording.ts';
import type { Column } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
import { loanFields } from '../shared/loan-fields.ts';
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
import { drawTable } from '../shared/table.ts';

const BODY = { size: 12 };
const VERDICTS: Record<PrintedCheck['verdict'], string> = { pass: '符合', warning: '提示', fail: '不符合' };

/** 备案通知书: the result of a filing, what was examined under which article, and why. */
export async function drawFilingNotice(sheet: Sheet, view: FilingNoticeView): Promise<void> {
  const cites = new CitationIndex();
  const marks = cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  sheet.y += 6;
  drawParagraph(sheet, `${view.addressee}：`, { ...BODY, indent: 0, weight: 'bold' });
  drawParagraph(sheet, openingSentence(view, marks), BODY);
  drawHeading(sheet, '一、备案贷款', 120);
  drawFields(sheet, [
    [
      ['审查结论', FILING_RESULTS[view.result]],
      ['资金池', view.poolName],
    ],
    ...loanFields(view.loan),
  ]);
  await drawTable(
    sheet,
    CHECK_COLUMNS,
    view.checks.map((check, i) => ({ cells: checkCells(check, i, cites) })),
    { size: 9.5, smallest: 7.5, heading: '二、审查事项' },
  );
  if (view.reasons.length > 0) {
    drawHeading(sheet, view.result === 'refused' ? '三、不予备案的理由' : '三、办理要求', 40);
    for (const [i, reason] of view.reasons.entries()) drawParagraph(sheet, `（${i + 1}）${reason}`, BODY);
  }
  const closing = '特此通知。';
  const end = 6 + paragraphHeight(sheet, closing, BODY) + subscriptionHeight(sheet, view.issuer);
  sheet.need(citationsHeight(sheet, cites, 10) + end);
  drawCitations(sheet, view.reasons.length > 0 ? '四、依据' : '三、依据', cites, 10);
  sheet.need(end);
  sheet.y += 6;
  drawParagraph(sheet, closing, BODY);
  drawSubscription(sheet, view.issuer, longDate(view.issuedOn));
}

const CHECK_COLUMNS: Column[] = [
  { title: '序号', align: 'center' },
  { title: '审查事项', wrap: true },
  { title: '填报内容', wrap: true },
  { title: '结论', align: 'center' },
  { title: '说明', wrap: true },
  { title: '依据', align: 'center' },
];

function checkCells(check: PrintedCheck, i: number, cites: CitationIndex): string[] {
  return [String(i + 1), check.name, check.value, VERDICTS[check.verdict], check.message, cites.mark(check.cites)];
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
