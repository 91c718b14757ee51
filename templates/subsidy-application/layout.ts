import type { PrintedVoucher, SubsidyApplicationView } from '../../src/documents/subsidy-views.ts';
import { addUp, assertAddsUp } from '../../src/documents/totals.ts';
import { CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import { accountFields } from '../shared/claim.ts';
import type { Column, TableRow } from '../shared/columns.ts';
import { drawFields, type Field } from '../shared/fields.ts';
import { amount } from '../shared/loan-fields.ts';
import { drawCitations, drawHeading, drawParagraph, drawTitle, numbered, paragraphHeight } from '../shared/pieces.ts';
import type { Sheet } from '../shared/sheet.ts';
import { drawSignatures, type Signer, signatureHeight } from '../shared/signatures.ts';
import { applicationFields, drawSubsidyLines, totalOf } from '../shared/subsidy.ts';
import { drawTable } from '../shared/table.ts';

/** 补贴申请表: who asks for what, by which papers, to which account; with 诚信承诺书 to be signed and sealed on a page of its own. */
export async function drawSubsidyApplication(sheet: Sheet, view: SubsidyApplicationView): Promise<void> {
  assertAddsUp('申请补贴', [totalOf(view.lines, 'asked')], view.amount);
  const cites = new CitationIndex();
  const part = numbered();
  cites.mark(view.cites);
  drawTitle(sheet, view.title, view.number, view.provisionalFigures);
  drawHeading(sheet, part('申请企业'), 80);
  drawFields(sheet, [...applicationFields(view.application), ...enterpriseFields(view)]);
  const columns = ['item', 'evidence', 'cost', 'otherMoney', 'asked'] as const;
  await drawSubsidyLines(sheet, part('申请补贴的支出'), view.lines, [...columns], cites);
  sheet.y += 4;
  drawFields(sheet, [[['申请补贴金额', amount(view.amount)]]]);
  if (view.vouchers.length > 0) await drawVouchers(sheet, part('付息凭证'), view.vouchers);
  drawHeading(sheet, part('收款账户'), 40);
  drawFields(sheet, accountFields('收款', view.payee));
  if (view.papers.length > 0) await drawPapers(sheet, part('申请材料'), view.papers);
  drawCitations(sheet, part('依据'), cites);
  drawPledge(sheet, view);
}

function enterpriseFields({ registeredIn, titles, figures }: SubsidyApplicationView): Field[][] {
  const pairs: Field[] = figures.map(({ name, amount: of }) => [name, `¥ ${yuan(of)}`]);
  return [
    [
      ['登记所在地', registeredIn],
      ['企业资质', titles.join('、') || '—'],
    ],
    ...Array.from({ length: Math.ceil(pairs.length / 2) }, (_, i) => pairs.slice(2 * i, 2 * i + 2)),
  ];
}

const VOUCHERS: Column[] = [
  { title: '序号', align: 'center' },
  { title: '凭证号', wrap: true },
  { title: '付息日期', align: 'center' },
  { title: '计息期间', align: 'center' },
  { title: '种类', align: 'center' },
  { title: '金额', align: 'right' },
  { title: '可计入金额', align: 'right' },
];

async function drawVouchers(sheet: Sheet, heading: string, vouchers: PrintedVoucher[]): Promise<void> {
  const rows: TableRow[] = vouchers.map((v, i) => ({
    cells: [
      ...[`${i + 1}`, v.voucherNo, v.paidOn, `${v.from} 至 ${v.to}`, v.kind],
      ...[yuan(v.amount), yuan(v.counted)],
    ],
  }));
  const sums = [vouchers.map((v) => v.amount), vouchers.map((v) => v.counted)].map((all) => yuan(addUp(all)));
  rows.push({ kind: 'total', cells: ['', '合计', '', '', '', ...sums] });
  const caption: [string, string] = [`共 ${vouchers.length} 张，罚息、复利、违约金和逾期利息不计入`, '单位：元'];
  await drawTable(sheet, VOUCHERS, rows, { size: 9, smallest: 7, heading, caption });
}

const PAPERS: Column[] = [
  { title: '序号', align: 'center' },
  { title: '材料', wrap: true },
  { title: '文件', wrap: true },
  { title: '校验值（SHA-256 前 16 位）' },
];

async function drawPapers(sheet: Sheet, heading: string, papers: SubsidyApplicationView['papers']): Promise<void> {
  const rows = papers.map(({ label, name, sha256 }, i) => ({ cells: [`${i + 1}`, label, name, sha256.slice(0, 16)] }));
  await drawTable(sheet, PAPERS, rows, { size: 9, smallest: 7, heading, caption: [`共 ${papers.length} 份`, ''] });
}

const BODY = { size: 12 };

/** What is promised, with the place to sign and seal it: together on one page. */
function drawPledge(sheet: Sheet, { pledge, application, issuedOn }: SubsidyApplicationView): void {
  const signers: Signer[] = [{ party: `承诺企业：${application.enterprise}`, roles: ['法定代表人', '经办人'] }];
  const { statements } = pledge;
  const opening = `本企业申请 ${application.year}年第${application.batchNo}批补贴，郑重承诺：`;
  const closing = `以上承诺于${longDate(issuedOn)}提交申请时作出。`;
  const heights = [opening, ...statements, closing].map((text) => paragraphHeight(sheet, text, BODY));
  sheet.need(40 + heights.reduce((all, height) => all + height, 0) + signatureHeight(sheet, signers));
  sheet.y += 10;
  sheet.line(pledge.title, (sheet.left + sheet.right) / 2, sheet.y + 18, { size: 16, weight: 'bold', align: 'center' });
  sheet.y += 30;
  for (const text of [opening, ...statements, closing]) drawParagraph(sheet, text, BODY);
  drawSignatures(sheet, signers);
}
