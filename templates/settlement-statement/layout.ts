import { assertStatementFoots } from '../../src/documents/totals.ts';
import type { SettlementStatementView } from '../../src/documents/view-models.ts';
import { CitationIndex, longDate, longMonth, yuan } from '../../src/documents/wording.ts';
import { drawFields } from '../shared/fields.ts';
import { citationsHeight, drawCitations, drawTitle, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSignatures, type Signer, signatureHeight } from '../shared/signatures.ts';
import {
  drawAmountsInWords,
  drawLedgerHead,
  drawNotes,
  drawRatios,
  drawSections,
  LEDGER_HEAD,
  TABLE,
} from '../shared/statement.ts';
import { drawTable } from '../shared/table.ts';

/** 结算单: balances of the month, the amounts signed for, ratios, loans to watch, notes, articles, signatures. */
export async function drawSettlementStatement(sheet: Sheet, view: SettlementStatementView): Promise<void> {
  assertStatementFoots(view);
  const cites = new CitationIndex();
  cites.mark(view.cites);
  const part = numbered();

  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawFields(sheet, [
    [
      ['资金池', view.poolName],
      ['结算期', longMonth(view.period)],
    ],
    [
      ['结算对象', `${view.partyName}（${view.partyKind}）`],
      ['出具日期', longDate(view.issuedOn)],
    ],
  ]);

  await drawSections(sheet, view.sections, cites, { heading: part('本期结算'), span: '期' });
  if (view.totalInWords.length > 0) await drawAmountsInWords(sheet, view.totalInWords, part('结算金额'));
  if (view.ratios.length > 0) await drawRatios(sheet, view.ratios, part('监测指标'));
  await drawWatchList(sheet, view, part);
  if (view.notes.length > 0) drawNotes(sheet, view.notes, part('说明'));
  const signing = signers(view);
  sheet.need(citationsHeight(sheet, cites) + LEDGER_HEAD + signatureHeight(sheet, signing));
  drawCitations(sheet, part('依据'), cites);
  drawLedgerHead(sheet, view.ledger);
  drawSignatures(sheet, signing);
}

async function drawWatchList(
  sheet: Sheet,
  view: SettlementStatementView,
  part: (title: string) => string,
): Promise<void> {
  if (view.watchList.length === 0) return;
  await drawTable(
    sheet,
    [
      { title: '借据号' },
      { title: '借款企业', wrap: true },
      { title: '贷款余额', align: 'right' },
      { title: '逾期天数', align: 'right' },
      { title: '五级分类', align: 'center' },
    ],
    view.watchList.map((loan) => ({
      cells: [loan.dueBillNo, loan.enterprise, yuan(loan.outstanding), String(loan.overdueDays), loan.classification],
    })),
    { ...TABLE, heading: part('关注贷款'), caption: [`共 ${view.watchList.length} 笔`, '单位：元'] },
  );
}

/** The issuer, and the party unless the pool itself is settled: then nobody stands opposite. */
function signers(view: SettlementStatementView): Signer[] {
  const roles = ['经办', '复核', '负责人'];
  const issuer = { party: `出具单位：${view.issuer}`, roles };
  if (view.partyName === view.poolName) return [issuer];
  return [issuer, { party: `${view.partyKind}（核对无误）：${view.partyName}`, roles }];
}
