import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import type { ContributionConfirmationView } from '../../src/documents/view-models.ts';
import { CitationIndex, longDate, yuan, yuanInWords } from '../../src/documents/wording.ts';
import { accountFields, voucherField } from '../shared/claim.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields } from '../shared/fields.ts';
import { closeLetter, drawPoints, openLetter } from '../shared/letter.ts';
import { amount } from '../shared/loan-fields.ts';
import { drawHeading, numbered } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawTable } from '../shared/table.ts';

/** 出资确认书: what a contributor paid in, where it came in, what everyone has in the pool since, and the match it makes due. */
export async function drawContributionConfirmation(sheet: Sheet, view: ContributionConfirmationView): Promise<void> {
  const cites = new CitationIndex();
  const part = numbered();
  const marks = cites.mark(view.cites);
  const sentence = `你单位缴入${view.poolName}的出资款已于${longDate(view.receivedOn)}到账${marks}，现予确认，具体如下：`;
  openLetter(sheet, view, sentence);
  drawHeading(sheet, part('到账情况'), 100);
  drawFields(sheet, [
    [['出资单位', view.addressee]],
    [['到账金额', amount(view.amount)]],
    [
      ['到账日期', longDate(view.receivedOn)],
      ['银行回单号', view.receiptNo],
    ],
    ...accountFields('收款', view.account),
    [voucherField(view.voucher)],
  ]);
  await drawContributors(sheet, part('出资台账'), view);
  drawPoints(sheet, part, '配套资金', matchSentences(view, cites));
  closeLetter(sheet, view, part, cites, '特此确认。');
}

const COLUMNS: Column[] = [
  { title: '出资单位', wrap: true },
  { title: '到账前余额', align: 'right' },
  { title: '本次到账', align: 'right' },
  { title: '到账后余额', align: 'right' },
];

async function drawContributors(sheet: Sheet, heading: string, view: ContributionConfirmationView): Promise<void> {
  for (const one of view.contributors) assertAddsUp(`${one.party}出资`, [one.before, one.amount], one.after);
  const total = (of: 'before' | 'amount' | 'after') => addUp(view.contributors.map((one) => one[of]));
  assertAddsUp('本次到账', [total('amount')], view.amount);
  const rows: TableRow[] = view.contributors.map(({ party, before, amount: now, after }) => ({
    cells: [party, yuan(before), yuan(now), yuan(after)],
  }));
  rows.push({ kind: 'total', cells: ['合计', yuan(total('before')), yuan(total('amount')), yuan(total('after'))] });
  const caption: [string, string] = [view.poolName, '单位：元'];
  await drawTable(sheet, COLUMNS, rows, { size: 9.5, smallest: 7.5, heading, caption });
}

function matchSentences({ match }: ContributionConfirmationView, cites: CitationIndex): string[] {
  if (!match) return [];
  const { party, amount: due, dueOn } = match;
  const owed = `${yuan(due)} 元（大写：${yuanInWords(due)}）`;
  return [`按规定，${party}应于${longDate(dueOn)}前配套 ${owed}${cites.mark(match.cites)}；配套资金到账后另行确认。`];
}
