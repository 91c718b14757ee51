import type { AnnualStatementView } from '../../src/documents/annual-views.ts';
import { drawAnnual } from '../shared/annual.ts';
import type { Sheet } from '../shared/sheet.ts';

/** 资金池年度报表, for the finance department: signed by who keeps the pool's books and who heads it. */
export async function drawAnnualPool(sheet: Sheet, view: AnnualStatementView): Promise<void> {
  await drawAnnual(sheet, view, [{ party: `出具单位：${view.issuer}`, roles: ['制表', '复核', '负责人'] }]);
}
