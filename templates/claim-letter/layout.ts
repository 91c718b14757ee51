import type { ClaimLetterView } from '../../src/documents/compensation-views.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import { accountFields, claimFields, drawShares, eventFields, lossFields } from '../shared/claim.ts';
import type { Column } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
import { closeLetter, openLetter } from '../shared/letter.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawTable } from '../shared/table.ts';

/** 补偿申请函: the bank asks the cooperating unit for compensation, with the loss, the account and the papers it hands in. */
export async function drawClaimLetter(sheet: Sheet, view: ClaimLetterView): Promise<void> {
  const { claim, event } = view;
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  openLetter(
    sheet,
    view,
    `我行向${claim.loan.enterprise}发放的贷款已纳入${claim.poolName}风险补偿范围，现风险事件已于${longDate(event.happenedOn)}成立。` +
      `按照有关规定${marks}，申请由${claim.poolName}补偿 ${yuan(claim.requested)} 元。有关情况如下：`,
  );
  drawHeading(sheet, part('申请补偿的贷款'), 120);
  drawFields(sheet, [...claimFields(claim), ...lossFields(claim)]);
  drawHeading(sheet, part('风险事件'), 60);
  drawFields(sheet, eventFields(event));
  await drawShares(sheet, part('损失分担测算'), view.shares, claim, cites);
  drawHeading(sheet, part('收款账户'), 40);
  drawFields(sheet, accountFields('收款', view.payee));
  await drawTable(
    sheet,
    PAPER_COLUMNS,
    view.papers.map(({ label, name, sha256 }, i) => ({ cells: [`${i + 1}`, label, name, sha256.slice(0, 16)] })),
    { size: 9.5, smallest: 7.5, heading: part('申请材料'), caption: [`共 ${view.papers.length} 份`, ''] },
  );
  const promise =
    '我行承诺：所报材料真实、完整，未隐瞒已收回的款项；补偿后继续追偿，追偿所得按规定及时汇缴。如有不实，愿退回补偿资金并承担相应责任。';
  closeLetter(sheet, view, part, cites, promise);
}

const PAPER_COLUMNS: Column[] = [
  { title: '序号', align: 'center' },
  { title: '材料', wrap: true },
  { title: '文件', wrap: true },
  { title: '校验值（SHA-256 前 16 位）' },
];
