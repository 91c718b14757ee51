import type { BreakerNoticeView } from '../../src/documents/compensation-views.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import type { Column } from '../shared/columns.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawTable } from '../shared/table.ts';

/** 警示、暂停、恢复业务通知书: the ratio with its lines and articles, what stops or goes on, and what has to be done. */
export async function drawBreakerNotice(sheet: Sheet, view: BreakerNoticeView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  openLetter(sheet, view, sentenceOf(view, cites.mark(view.cites)));
  const rows = view.ratios.map((ratio) => ({
    cells: [
      ...[ratio.subject, ratio.name, ratio.value, ratio.warn ?? '—', ratio.suspend],
      ...[`${ratio.over.name} ${yuan(ratio.over.amount)} 元\n${ratio.under.name} ${yuan(ratio.under.amount)} 元`],
      cites.mark(ratio.cites),
    ],
  }));
  await drawTable(sheet, COLUMNS, rows, {
    ...{ size: 9.5, smallest: 7.5, heading: part('监测指标') },
    caption: [`截至${longDate(view.asOf)}`, ''],
  });
  drawPoints(sheet, part, view.action === 'lift' ? '恢复理由' : '说明', view.reasons);
  drawPoints(sheet, part, '有关要求', view.demands);
  closeLetter(sheet, view, part, cites, '特此通知。');
}

const COLUMNS: Column[] = [
  { title: '监测对象', wrap: true },
  { title: '指标', align: 'center' },
  { title: '数值', align: 'right' },
  { title: '警示线', align: 'right' },
  { title: '暂停线', align: 'right' },
  { title: '计算口径', wrap: true },
  { title: '依据', align: 'center' },
];

function sentenceOf({ action, poolName, asOf, effectiveOn, stops }: BreakerNoticeView, marks: string): string {
  const found = `经监测，截至${longDate(asOf)}，${poolName}有关风险指标`;
  const decided = {
    warn: `${found}已达到警示线${marks}，现予警示。达到暂停线的，将暂停${stops}。现将有关事项通知如下：`,
    suspend: `${found}已达到暂停线。按照有关规定${marks}，自${longDate(effectiveOn)}起暂停${stops}。现将有关事项通知如下：`,
    lift: `${poolName}暂停${stops}的情形已经复核。按照有关规定${marks}，自${longDate(effectiveOn)}起恢复${stops}。现将有关事项通知如下：`,
  };
  return decided[action];
}
