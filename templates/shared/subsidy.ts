import type { PrintedApplication, PrintedSubsidyLine } from '../../src/documents/subsidy-views.ts';
import { addUp } from '../../src/documents/totals.ts';
import { type CitationIndex, longDate, yuan } from '../../src/documents/wording.ts';
import type { Column, TableRow } from './columns.ts';
import type { Field } from './fields.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

/** Which application it is: what every paper about one begins with. */
export function applicationFields({ enterprise, uscc, scheme, ...of }: PrintedApplication): Field[][] {
  return [
    [
      ['企业名称', enterprise],
      ['统一社会信用代码', uscc],
    ],
    [['补贴政策', scheme]],
    [
      ['申报批次', `${of.year}年第${of.batchNo}批`],
      ['申报日期', longDate(of.appliedOn)],
    ],
    [['受理顺序号', of.receivedNo]],
  ];
}

const AMOUNTS = {
  cost: { title: '支出金额', of: (line) => line.cost },
  otherMoney: { title: '其他\n财政资金', of: (line) => line.otherMoney },
  asked: { title: '申请\n补贴金额', of: (line) => line.amount },
  amount: { title: '按规定\n可补金额', of: (line) => line.amount },
  decided: { title: '核定金额', of: (line) => line.decided },
  granted: { title: '补贴金额', of: (line) => line.granted },
} as const satisfies Record<string, { title: string; of: (line: PrintedSubsidyLine) => string | null }>;
type Amount = keyof typeof AMOUNTS;

const TEXTS = {
  item: { title: '补贴项目', of: (line) => `${line.kind}\n${line.name}` },
  evidence: { title: '收款机构和凭证', of: (line) => line.evidence },
  reason: { title: '说明', of: (line) => line.reason },
} as const satisfies Record<string, { title: string; of: (line: PrintedSubsidyLine) => string }>;
type Text = keyof typeof TEXTS;

const isAmount = (name: Text | Amount): name is Amount => name in AMOUNTS;

/** The lines of an application, numbered, with the columns asked for, their sums and the number of their articles. A text column without any entry is left out. */
export async function drawSubsidyLines(
  sheet: Sheet,
  heading: string,
  lines: PrintedSubsidyLine[],
  names: (Text | Amount)[],
  cites: CitationIndex,
): Promise<void> {
  const shown = names.filter((name) => isAmount(name) || lines.some((line) => TEXTS[name].of(line) !== ''));
  const columns: Column[] = [
    { title: '序号', align: 'center' },
    ...shown.map(
      (name): Column =>
        isAmount(name) ? { title: AMOUNTS[name].title, align: 'right' } : { title: TEXTS[name].title, wrap: true },
    ),
    { title: '依据', align: 'center' },
  ];
  const cell = (line: PrintedSubsidyLine, name: Text | Amount): string => {
    if (!isAmount(name)) return TEXTS[name].of(line);
    const amount = AMOUNTS[name].of(line);
    return amount === null ? '—' : yuan(amount);
  };
  const rows: TableRow[] = lines.map((line, i) => ({
    cells: [`${i + 1}`, ...shown.map((name) => cell(line, name)), cites.mark(line.cites)],
  }));
  const totals = shown.map((name) => (isAmount(name) ? yuan(totalOf(lines, name)) : ''));
  rows.push({ kind: 'total', cells: ['', ...totals.with(0, '合计'), ''] });
  const caption: [string, string] = [`共 ${lines.length} 项`, '单位：元'];
  await drawTable(sheet, columns, rows, { size: 9, smallest: 7, heading, caption });
}

/** The sum of an amount over the lines of an application; what was not decided counts as nothing. */
export const totalOf = (lines: PrintedSubsidyLine[], name: Amount): string =>
  addUp(lines.map((line) => AMOUNTS[name].of(line) ?? '0.00'));

/** A sentence with the numbers of its articles before its full stop. */
export const cited = (sentence: string, marks: string): string =>
  marks === '' ? sentence : sentence.replace(/。?$/u, `${marks}。`);
