import type { PrintedOpinion } from '../../src/documents/parts.ts';
import { longDate } from '../../src/documents/wording.ts';
import { drawHeading } from './pieces.ts';
import { INK, MUTED, type Sheet, type TextStyle } from './sheet.ts';
import { wrap } from './text.ts';

const SIZE = 10;
const LINE = 15;
const LABEL = 74;
/** Below the words: two lines to sign on and the date, with the words room for a round seal of 42 mm. */
const SIGNING = 76;
const GROUND = '#f0f0ee';
const PLAIN: TextStyle = { size: SIZE };
const BOLD: TextStyle = { size: SIZE, weight: 'bold' };
const RECORD: TextStyle = { size: 8.5, color: MUTED };

interface Box {
  label: string[];
  lines: { text: string; style: TextStyle }[];
  /** Who signs; a unit's box is sealed, too. */
  signers: [string, string];
  sealed: boolean;
  height: number;
}

/**
 * 审核意见: a box for each step with what was decided in the system, by whom and when, and the place where it is signed and sealed.
 * `panel`: 集体研究, where there was one, as a box of its own. A box is never broken; the heading stays with the first.
 */
export function drawOpinions(sheet: Sheet, heading: string, opinions: PrintedOpinion[], panel?: string): void {
  const boxes = opinions.map((opinion) => boxOf(sheet, opinion));
  if (panel !== undefined) boxes.push(panelBox(sheet, panel));
  drawHeading(sheet, heading, boxes[0]?.height ?? 0);
  for (const box of boxes) drawBox(sheet, box);
}

function boxOf(sheet: Sheet, { step, unit, by, on, verdict, text }: PrintedOpinion): Box {
  const width = sheet.width - LABEL - 16;
  const said = text === '' ? `${verdict}。` : `${verdict}：${text}`;
  const lines = [
    ...wrap(unit, width, SIZE, 'bold').map((line) => ({ text: line, style: BOLD })),
    ...wrap(said, width, SIZE).map((line) => ({ text: line, style: PLAIN })),
    { text: `系统记载：${by}，${longDate(on)}`, style: RECORD },
  ];
  const label = wrap(`${step}意见`, LABEL - 12, SIZE, 'bold');
  return { label, lines, signers: ['经办人', '负责人'], sealed: true, height: lines.length * LINE + SIGNING };
}

function panelBox(sheet: Sheet, panel: string): Box {
  const lines = wrap(panel, sheet.width - LABEL - 16, SIZE).map((text) => ({ text, style: PLAIN }));
  const height = lines.length * LINE + SIGNING;
  return { label: ['集体研究'], lines, signers: ['主持人', '记录人'], sealed: false, height };
}

function drawBox(sheet: Sheet, box: Box): void {
  const { label, lines, height } = box;
  sheet.need(height);
  const { left, right, y: top } = sheet;
  sheet.doc.rect(left, top, LABEL, height).fill(GROUND);
  const middle = top + height / 2 - ((label.length - 1) * LINE) / 2;
  for (const [i, text] of label.entries()) {
    const baseline = middle + i * LINE + SIZE * 0.36;
    sheet.line(text, left + LABEL / 2, baseline, { size: SIZE, weight: 'bold', align: 'center' });
  }
  for (const [i, { text, style }] of lines.entries()) sheet.line(text, left + LABEL + 8, top + (i + 1) * LINE, style);
  drawSigning(sheet, box, top + height);
  sheet.rule(left + LABEL, top, left + LABEL, top + height);
  sheet.doc
    .rect(left, top, right - left, height)
    .lineWidth(0.9)
    .strokeColor(INK)
    .stroke();
  sheet.y += height;
}

/** Two signatures, seal and date along the lower edge of a box. */
function drawSigning(sheet: Sheet, { signers, sealed }: Box, bottom: number): void {
  const x = sheet.left + LABEL + 8;
  const half = (sheet.right - x) / 2;
  for (const [i, role] of signers.entries()) {
    const from = x + i * half;
    sheet.line(`${role}（签字）：`, from, bottom - 38, { size: 9.5 });
    sheet.rule(from + 72, bottom - 36, from + half - 20, bottom - 36, 0.4, MUTED);
  }
  if (sealed) sheet.line('（盖章）', sheet.right - 130, bottom - 10, { size: 9.5, color: MUTED, align: 'right' });
  sheet.line('年　　月　　日', sheet.right - 14, bottom - 10, { size: 9.5, align: 'right' });
}
