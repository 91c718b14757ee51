import { Exact } from '../money/money.ts';
import type { DateSystem } from './table.ts';
import { attribute, tags } from './xml.ts';

/** What a cell's number format says its number is. */
export type NumberKind = 'number' | 'percent' | 'date';

/**
 * The kind of number for each cell style of a workbook, by index. Built-in formats: 9 and 10 are percent, 14–22, 27–36,
 * 45–47 and 50–58 dates or times, some in Chinese Excel only (ECMA-376 part 1, 18.8.30).
 */
export function numberKinds(stylesXml: string): NumberKind[] {
  const custom = new Map<string, NumberKind>();
  for (const tag of tags(stylesXml, 'numFmt'))
    custom.set(attribute(tag, 'numFmtId'), kindOf(attribute(tag, 'formatCode')));
  const open = stylesXml.search(/<(?:[\w.-]+:)?cellXfs[\s>]/);
  const section = open < 0 ? '' : stylesXml.slice(open, stylesXml.search(/<\/(?:[\w.-]+:)?cellXfs>/));
  return tags(section, 'xf').map((tag) => {
    const id = attribute(tag, 'numFmtId');
    return custom.get(id) ?? builtIn(Number(id));
  });
}

function builtIn(id: number): NumberKind {
  if (id === 9 || id === 10) return 'percent';
  const date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  return date ? 'date' : 'number';
}

function kindOf(format: string): NumberKind {
  // What stands in quotes, brackets, or after \ _ * is decoration; "General" has none of the letters y m d h s.
  const bare = format.slice(0, 255).replace(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, '');
  if (/[ymdhs]/i.test(bare)) return 'date';
  return bare.includes('%') ? 'percent' : 'number';
}

/**
 * A number of a sheet as the text a person would read: 15 significant digits, which is all that Excel keeps; 0.0365 in
 * a percent cell is "3.65%"; a date cell is "2026-03-05" or "2026-03-05 14:30:00". Beyond 15 integer digits the rest is
 * lost (a spoilt account number), so it stays in scientific notation and the readers see it.
 */
export function numberText(raw: string, kind: NumberKind, dateSystem: DateSystem): string {
  const n = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(n)) return raw;
  if (kind === 'date') return dateText(n, dateSystem) ?? plainNumber(n);
  return kind === 'percent' ? `${new Exact(n.toPrecision(15)).times(100).toFixed()}%` : plainNumber(n);
}

function plainNumber(n: number): string {
  if (Number.isInteger(n) && Math.abs(n) < 1e15) return String(n);
  const shown = n.toPrecision(15);
  if (Math.abs(n) >= 1e15) return shown.replace(/\.?0*e/, 'e').replace('e', 'E');
  return new Exact(shown).toFixed();
}

/** A day number as ISO text, UTC used as a bare calendar; undefined before 1900-03-01, where Excel's days are wrong. */
function dateText(serial: number, dateSystem: DateSystem): string | undefined {
  const days = dateSystem === '1904' ? serial + 1462 : serial;
  if (days < 61 || days >= 2_958_466) return undefined;
  const iso = new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString();
  const time = iso.slice(11, 19);
  return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}
