import type { NamedAmount } from '../../src/documents/parts.ts';
import type { StatementNote, StatementRatio, StatementSection } from '../../src/documents/view-models.ts';
import { type CitationIndex, noteText, yuan, yuanInWords } from '../../src/documents/wording.ts';
import type { TableRow } from './columns.ts';
import { drawHeading, drawParagraph, drawRemark } from './pieces.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

/** The type of a statement's tables. */
export const TABLE = { size: 9, smallest: 7 };

/** Balances with what moved them: `span` names the time as the headings do, e.g. 期 or 年. */
export async function drawSections(
  sheet: Sheet,
  sections: StatementSection[],
  cites: CitationIndex,
  { heading, span }: { heading: string; span: '期' | '年' },
): Promise<void> {
  const [opening, moved, closing] =
    span === '期' ? ['期初余额', '本期变动', '期末余额'] : ['年初余额', '本年变动', '年末余额'];
  const columns = [
    { title: '项目', wrap: true },
    ...[opening, moved, closing].map((title) => ({ title, align: 'right' as const })),
    { title: '依据', align: 'center' as const },
  ];
  const rows = sections.flatMap((section): TableRow[] => [
    {
      kind: 'section',
      cells: [section.name, yuan(section.opening), yuan(section.movements), yuan(section.closing), ''],
    },
    ...section.lines.map((line) => ({
      indent: 14,
      cells: [line.name, '', yuan(line.amount), '', cites.mark(line.cites)],
    })),
  ]);
  await drawTable(sheet, columns, rows, {
    ...TABLE,
    heading,
    caption: [`${opening}＋${moved}＝${closing}`, '单位：元'],
  });
}

/** The amounts that are signed for, in figures and in 大写. */
export async function drawAmountsInWords(sheet: Sheet, amounts: NamedAmount[], heading: string): Promise<void> {
  await drawTable(
    sheet,
    [
      { title: '项目', wrap: true },
      { title: '小写（元）', align: 'right' },
      { title: '大写', wrap: true },
    ],
    amounts.map(({ name, amount }) => ({ cells: [name, yuan(amount), yuanInWords(amount)] })),
    { ...TABLE, heading },
  );
}

/** 监测指标 with how each is computed. */
export async function drawRatios(sheet: Sheet, ratios: StatementRatio[], heading: string): Promise<void> {
  await drawTable(
    sheet,
    [{ title: '指标' }, { title: '数值', align: 'right' }, { title: '说明', wrap: true }],
    ratios.map(({ name, value, note }) => ({ cells: [name, value, note] })),
    { ...TABLE, heading },
  );
}

/** 说明, numbered. */
export function drawNotes(sheet: Sheet, notes: StatementNote[], heading: string): void {
  drawHeading(sheet, heading, 20);
  for (const [i, note] of notes.entries()) drawParagraph(sheet, `${i + 1}. ${noteText(note)}`, { size: 9, indent: 0 });
}

/** Height of the two lines below. */
export const LEDGER_HEAD = 32;

/** The chain's head anchors the books outside the system: whoever holds the paper can prove a later change. */
export function drawLedgerHead(sheet: Sheet, ledger: { head: string; entries: number }): void {
  sheet.y += 6;
  drawRemark(sheet, `账簿校验：截至出具时共 ${ledger.entries} 笔记账凭证，末笔散列值：\n${inGroups(ledger.head)}`);
}

/** The head of the audit log's chain does the same for what was done, by whom and when. */
export function drawAuditHead(sheet: Sheet, audit: { head: string; entries: number }): void {
  sheet.y += 6;
  drawRemark(sheet, `审计日志校验：截至出具时共 ${audit.entries} 条，末条散列值：\n${inGroups(audit.head)}`);
}

const inGroups = (hash: string): string => hash.replace(/(.{8})(?=.)/g, '$1 ');
