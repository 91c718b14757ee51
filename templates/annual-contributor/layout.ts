import type { AnnualStatementView } from '../../src/documents/annual-views.ts';
import { drawAnnual } from '../shared/annual.ts';
import type { Sheet } from '../shared/sheet.ts';

/** 出资方年度报表: what a contributor has in the pool, what came and went in the year; the contributor confirms it beside the issuer. */
export async function drawAnnualContributor(sheet: Sheet, view: AnnualStatementView): Promise<void> {
  await drawAnnual(sheet, view, [
    { party: `出具单位：${view.issuer}`, roles: ['制表', '复核', '负责人'] },
    { party: `出资方（核对无误）：${view.partyName}`, roles: ['经办', '复核', '负责人'] },
  ]);
}
