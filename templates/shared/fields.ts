import { type CellStyle, fitCell, naturalWidth, paintCell } from './cell.ts';
import { INK, type Sheet } from './sheet.ts';

/** A label and its value. */
export type Field = [label: string, value: string];

const GROUND = '#f0f0ee';

/**
 * A ruled grid of labels and values (要素表): each row holds one field over the whole width or two side by side. Labels
 * are as wide as the longest, values take as many lines as they need.
 */
export function drawFields(sheet: Sheet, rows: Field[][], size = 10): void {
  const labelWidth = Math.max(...rows.flat().map(([label]) => naturalWidth(label, size))) + 6;
  const label: CellStyle = { size, smallest: size, maxLines: 1, align: 'center' };
  const value: CellStyle = { size, smallest: size - 1.5, maxLines: 2, align: 'left' };
  let top = sheet.y;
  let rules: [number, number, number, number][] = [];
  const close = () => {
    for (const rule of rules) sheet.rule(...rule); // over the grounds, which would hide them
    sheet.doc
      .rect(sheet.left, top, sheet.width, sheet.y - top)
      .lineWidth(0.9)
      .strokeColor(INK)
      .stroke();
    rules = [];
  };
  for (const row of rows) {
    const half = sheet.width / row.length;
    const cells = row.map(([name, text]) => ({
      name: fitCell(name, labelWidth, label),
      text: fitCell(text, half - labelWidth, value),
    }));
    const height = Math.max(...cells.map(({ text }) => text.height), 19);
    if (sheet.y + height > sheet.bottom && sheet.y > sheet.top) {
      close();
      sheet.newPage();
      top = sheet.y;
    }
    if (sheet.y > top) rules.push([sheet.left, sheet.y, sheet.right, sheet.y]);
    for (const [i, cell] of cells.entries()) {
      const x = sheet.left + i * half;
      const y = sheet.y;
      sheet.doc.rect(x, y, labelWidth, height).fill(GROUND);
      paintCell(sheet, cell.name, { x, y, width: labelWidth, height }, label);
      paintCell(sheet, cell.text, { x: x + labelWidth, y, width: half - labelWidth, height }, value);
      if (i > 0) rules.push([x, y, x, y + height]);
      rules.push([x + labelWidth, y, x + labelWidth, y + height]);
    }
    sheet.y += height;
  }
  close();
}
