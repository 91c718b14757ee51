import type { SubsidyPublicityView } from '../../src/documents/subsidy-views.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { closeLetter } from '../shared/letter.ts';
import { drawHeading, drawParagraph, drawTitle, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawTable } from '../shared/table.ts';

const BODY = { size: 12 };

/** 拟补贴名单公示: names, projects and amounts, how long it is open, and how to object. */
export async function drawSubsidyPublicity(sheet: Sheet, view: SubsidyPublicityView): Promise<void> {
  assertAddsUp('公示名单', [addUp(view.rows.map((row) => row.amount))], view.total);
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawParagraph(
    sheet,
    `按照有关规定${marks}，经企业申报、审核推荐、形式审查、审计和核定，拟对下列企业给予补贴，现予公示。` +
      `公示期自${longDate(view.publishedOn)}起至${longDate(view.objectionsTo)}止，公示当日不计入，共 ${view.workingDays} 个工作日。` +
      (view.provisionalClock ? '公示期跨入节假日安排尚未公布的年度，截止日以国务院办公厅公布的放假安排为准。' : ''),
    BODY,
  );
  await drawTable(sheet, COLUMNS, rowsOf(view), {
    ...{ size: 10, smallest: 8, heading: part('拟补贴名单') },
    caption: [`共 ${view.rows.length} 户`, '单位：元'],
  });
  drawHeading(sheet, part('异议'), 40);
  drawParagraph(
    sheet,
    `公示期内对公示内容有异议的，请以书面形式向${view.issuer}提出，写明异议事项、理由并附有关材料：单位提出的加盖公章，个人提出的署真实姓名和联系方式。` +
      '有异议的项目暂缓办理，其余项目不受影响；逾期提出或者匿名提出的，不予受理。',
    BODY,
  );
  closeLetter(sheet, view, part, cites, '特此公示。');
}

const COLUMNS: Column[] = [
  { title: '序号', align: 'center' },
  { title: '企业名称', wrap: true },
  { title: '补贴项目', wrap: true },
  { title: '拟补贴金额', align: 'right' },
];

function rowsOf({ rows, total }: SubsidyPublicityView): TableRow[] {
  const listed: TableRow[] = rows.map(({ enterprise, project, amount }, i) => ({
    cells: [`${i + 1}`, enterprise, project, yuan(amount)],
  }));
  return [...listed, { kind: 'total', cells: ['', '合计', '', yuan(total)] }];
}
