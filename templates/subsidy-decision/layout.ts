import type { SubsidyDecisionView } from '../../src/documents/subsidy-views.ts';
import { assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan, yuanInWords } from '../../src/documents/wording.ts';
import { accountFields } from '../shared/claim.ts';
import { drawFields, type Field } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { cited, drawSubsidyLines, totalOf } from '../shared/subsidy.ts';

/** 补贴决定书: what is granted line by line, how the budget was shared, where it goes, and how to object; or what of an earlier decision is corrected. */
export async function drawSubsidyDecision(sheet: Sheet, view: SubsidyDecisionView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  openLetter(sheet, view, view.correction ? correctionSentence(view, marks) : decisionSentence(view, marks));
  if (view.correction) {
    drawHeading(sheet, part('更正事项'), 80);
    drawFields(sheet, correctionFields(view));
  } else {
    assertAddsUp('核定补贴', [totalOf(view.lines, 'decided')], view.decided);
    assertAddsUp('补贴', [totalOf(view.lines, 'granted')], view.granted);
    const columns = ['item', 'cost', 'amount', 'decided', 'granted', 'reason'] as const;
    await drawSubsidyLines(sheet, part('补贴项目和金额'), view.lines, [...columns], cites);
    drawPoints(sheet, part, '预算安排', view.notes);
    drawHeading(sheet, part('收款账户'), 40);
    drawFields(sheet, accountFields('收款', view.payee));
  }
  drawPoints(sheet, part, '有关要求', view.duties);
  drawPoints(sheet, part, '救济途径', [cited(view.remedy.text, cites.mark(view.remedy.cites))]);
  closeLetter(sheet, view, part, cites, '特此通知。');
}

const received = ({ application: of }: SubsidyDecisionView): string =>
  `你单位${longDate(of.appliedOn)}提出的 ${of.year}年第${of.batchNo}批补贴申请（受理顺序号 ${of.receivedNo}）`;

const decisionSentence = (view: SubsidyDecisionView, marks: string): string =>
  `${received(view)}收悉。经审核推荐、形式审查、审计、核定和公示，按照有关规定${marks}，` +
  `决定给予你单位补贴 ${yuan(view.granted)} 元（大写：${yuanInWords(view.granted)}）。现将有关事项通知如下：`;

function correctionSentence(view: SubsidyDecisionView, marks: string): string {
  const { difference, reason, decisionNumber } = view.correction!;
  const [verb, amount] = changeOf(difference);
  const before = decisionNumber ? `已作出补贴决定（${decisionNumber}）` : '已作出补贴决定';
  return (
    `${received(view)}，${before}。因${reason.replace(/[。；]$/u, '')}，按照有关规定${marks}重新核算，` +
    `决定${verb}补贴 ${yuan(amount)} 元（大写：${yuanInWords(amount)}），原决定其余内容不变。现将有关事项通知如下：`
  );
}

const changeOf = (difference: string): ['补充安排' | '核减', string] =>
  difference.startsWith('-') ? ['核减', difference.slice(1)] : ['补充安排', difference];

function correctionFields({ lines: [line], correction }: SubsidyDecisionView): Field[][] {
  const { before, after, difference } = correction!;
  const [verb, amount] = changeOf(difference);
  return [
    [['补贴项目', `${line!.kind}：${line!.name}`]],
    [
      ['原按规定可补', `¥ ${yuan(before)}`],
      ['更正后可补', `¥ ${yuan(after)}`],
    ],
    [[`${verb}补贴`, `¥ ${yuan(amount)}　（大写：${yuanInWords(amount)}）`]],
  ];
}
