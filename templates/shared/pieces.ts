import type { CitationIndex } from '../../src/documents/wording.ts';
import { citationText } from '../../src/documents/wording.ts';
import { PROVISIONAL } from '../../src/policy/explanation.ts';
import { face } from './fonts.ts';
import { INK, MUTED, type Sheet, type TextStyle, WARNING } from './sheet.ts';
import { fit, wrap } from './text.ts';

/** Line distance of running text, in its size. */
const LEADING = 1.6;
/** Type size of headings. */
const HEADING = 11;
const CAPTION = 9;
const CAPTION_LINE = 14;

/** 标题居中, with the number below it and, where a figure is not confirmed, the notice that says so in a frame. */
export function drawTitle(sheet: Sheet, title: string, number: string, provisional: boolean): void {
  const { lines, size } = fit(title, sheet.width, { size: 20, smallest: 14, weight: 'bold', maxLines: 1 });
  const centre = (sheet.left + sheet.right) / 2;
  sheet.y += 6;
  for (const text of lines) {
    sheet.y += size * 1.35;
    sheet.line(text, centre, sheet.y - size * 0.3, { size, weight: 'bold', align: 'center' });
  }
  for (const text of wrap(number, sheet.width, 10.5)) {
    sheet.y += 18;
    sheet.line(text, centre, sheet.y - 3, { size: 10.5, align: 'center' });
  }
  sheet.y += 8;
  if (provisional) drawProvisionalNotice(sheet);
}

/** 「示例参数，未经主管部门核实」 in a frame: nobody may sign without having seen it. */
function drawProvisionalNotice(sheet: Sheet): void {
  const text = `${PROVISIONAL}：依据中注明的条款及按其计算的数字，以主管部门核定的为准。`;
  const lines = wrap(text, sheet.width - 20, 9.5, 'bold');
  const height = lines.length * 14 + 8;
  sheet.doc.rect(sheet.left, sheet.y, sheet.width, height).lineWidth(0.8).strokeColor(WARNING).stroke();
  for (const [i, line] of lines.entries()) {
    const baseline = sheet.y + 4 + i * 14 + 10.4;
    const style: TextStyle = { size: 9.5, weight: 'bold', color: WARNING, align: 'center' };
    sheet.line(line, (sheet.left + sheet.right) / 2, baseline, style);
  }
  sheet.y += height + 8;
}

/** A heading such as 一、本期结算, kept with at least `follows` points of what comes after it. */
export function drawHeading(sheet: Sheet, text: string, follows: number, size = HEADING): void {
  const lines = wrap(text, sheet.width, size, 'bold');
  const lead = size * 1.7;
  sheet.need(size * 0.5 + lines.length * lead + follows);
  sheet.y += size * 0.5;
  for (const line of lines) {
    sheet.line(line, sheet.left, sheet.y + lead * 0.66, { size, weight: 'bold' });
    sheet.y += lead;
  }
}

/** A line above a table: what it holds, and 单位：元 at the right. */
export function drawCaption(sheet: Sheet, [left, right]: [string, string]): void {
  for (const [i, line] of captionLines(sheet, [left, right]).entries()) {
    sheet.y += CAPTION_LINE;
    sheet.line(line, sheet.left, sheet.y - 4, { size: CAPTION });
    if (i === 0) sheet.line(right, sheet.right, sheet.y - 4, { size: CAPTION, align: 'right' });
  }
}

/** The height `drawCaption` will take. */
export function captionHeight(sheet: Sheet, caption: [string, string]): number {
  return captionLines(sheet, caption).length * CAPTION_LINE;
}

function captionLines(sheet: Sheet, [left, right]: [string, string]): string[] {
  return wrap(left, sheet.width - face('regular').width(right, CAPTION) - 16, CAPTION);
}

export interface ParagraphStyle {
  size: number;
  /** Characters the first line is moved in; 2 unless told. */
  indent?: number;
  weight?: TextStyle['weight'];
  color?: string;
}

/** Running text, first line moved in by two characters, lines of equal length, on as many pages as it takes. */
export function drawParagraph(sheet: Sheet, text: string, style: ParagraphStyle): void {
  const { size, indent = 2, weight = 'regular', color = INK } = style;
  const lead = size * LEADING;
  const lines = wrap(text, sheet.width, size, weight, indent * size);
  for (const [i, line] of lines.entries()) {
    sheet.need(together(i, lines.length) * lead);
    const start = sheet.left + (i === 0 ? indent * size : 0);
    const spacing = i < lines.length - 1 ? justify(line, sheet.right - start, size, weight) : 0;
    sheet.line(line, start, sheet.y + lead * 0.5 + size * 0.36, { size, weight, color, spacing });
    sheet.y += lead;
  }
}

/** Lines that stay on one page from line `i` of `n` on: no page begins or ends with a single line of a paragraph. */
function together(i: number, n: number): number {
  if (i === 0) return n <= 3 ? n : 2;
  return i === n - 2 ? 2 : 1;
}

/** The height a paragraph will take. */
export function paragraphHeight(sheet: Sheet, text: string, style: ParagraphStyle): number {
  const { size, indent = 2, weight = 'regular' } = style;
  return wrap(text, sheet.width, size, weight, indent * size).length * size * LEADING;
}

/** Points to put between characters so that the line ends at the right edge; none where it would look torn. */
function justify(line: string, width: number, size: number, weight: 'regular' | 'bold'): number {
  const slack = width - face(weight).width(line, size);
  const gaps = Array.from(line).length - 1;
  return gaps > 0 && slack > 0 && slack < 2.5 * size ? slack / gaps : 0;
}

/** The height `drawCitations` will take, so that signatures can be kept with the articles. */
export function citationsHeight(sheet: Sheet, index: CitationIndex, size = 9): number {
  const texts = index.list.map((cite, i) => `[${i + 1}] ${citationText(cite)}`);
  const heights = texts.map((text) => paragraphHeight(sheet, text, { size, indent: 0 }));
  return heights.reduce((total, height) => total + height, heights.length > 0 ? HEADING * 2.2 : 0);
}

/** The articles, numbered as the tables point to them. */
export function drawCitations(sheet: Sheet, heading: string, index: CitationIndex, size = 9): void {
  if (index.list.length === 0) return;
  drawHeading(sheet, heading, 2 * size * LEADING);
  for (const [i, cite] of index.list.entries()) {
    const style = { size, indent: 0, color: cite.confirmed ? INK : WARNING };
    drawParagraph(sheet, `[${i + 1}] ${citationText(cite)}`, style);
  }
}

/** Small print below a table. */
export function drawRemark(sheet: Sheet, text: string): void {
  drawParagraph(sheet, text, { size: 8, indent: 0, color: MUTED });
}

/** 一、二、三 … for the headings that are there. */
export function numbered(): (title: string) => string {
  const numerals = '一二三四五六七八九十';
  let next = 0;
  return (title) => `${numerals[next++]}、${title}`;
}
