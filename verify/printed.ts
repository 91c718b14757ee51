import { openZip } from './zip.ts';

/** What a bank's file shows, row by row as its lines are numbered; null for one that is not read here. */
export interface Printed {
  /** the text of a row; an XML entry or a cell with line breaks goes on to its end */
  row(no: number): string;
  /** everything that stands by itself in a row, between commas, tags, slashes and blanks */
  cells: ReadonlySet<string>;
  /** whether any row shows it, to the letter, within something longer, too: looks through all of the file */
  says(text: string): boolean;
  /** whether any row shows an amount, whichever its sign */
  shows(amount: string): boolean;
}

/** Reads a bank's file as it came: CSV, camt.053 and MT940 as text, XLSX by the cells of its sheets. */
export function printedOf(format: string, bytes: Buffer): Printed | null {
  const rows = format === 'xlsx' ? sheetRows(bytes) : textOf(bytes).split(/\r\n|\n|\r/);
  if (!rows) return null;
  const ends = END[format];
  const cells = new Set<string>();
  for (const row of rows) {
    for (const cell of row.split(/[",;\t\s'=<>/]+/)) cells.add(cell);
    // MT940 has the customer's reference behind amount and type: :61:2611031103C60000,00NTRF20261103001
    const [, reference] = /^:61:.*?,\d{0,2}[A-Z][A-Z0-9]{3}([^/]*)/.exec(row) ?? [];
    if (reference) cells.add(reference.trim());
  }
  return {
    row: (no) => joined(rows, no - 1, ends),
    cells,
    says: (text) => rows.some((row) => row.includes(text)),
    shows: (amount) => rows.some((row) => holds(row, amount)),
  };
}

/** Whether a text shows an amount, with or without separators of thousands and trailing zeros; MT940 has a decimal comma. */
export function holds(text: string, amount: string): boolean {
  if (standsIn(text, amount.replace('-', ''))) return true;
  const [whole = '', part = ''] = amount.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',?');
  const cents = part.replace(/0+$/, '');
  const decimals = cents === '' ? '(?:[.,]0*)?' : `[.,]${cents}0*`;
  return new RegExp(`(?:^|[^\\d.])${grouped}${decimals}(?:[^\\d.]|$)`).test(text);
}

/** Whether it stands in a text to the letter, with no figure around it: so most amounts do, and that is quickly seen. */
function standsIn(text: string, amount: string): boolean {
  const at = text.indexOf(amount);
  return at >= 0 && !/[\d.]/.test(text.charAt(at - 1)) && !/\d/.test(text.charAt(at + amount.length));
}

/** By format, whether a row is over: an XML entry ends with its tag, a line of CSV not within quotation marks. */
const END: Record<string, (text: string) => boolean> = {
  camt053: (text) => /<\/(?:\w+:)?Ntry>/.test(text),
  csv: (text) => (text.match(/"/g)?.length ?? 0) % 2 === 0,
};
/** Rows that one goes over at most: an entry of camt.053 with all its details. */
const MOST = 500;

function joined(rows: readonly string[], at: number, ends?: (text: string) => boolean): string {
  let text = rows[at] ?? '';
  for (let next = at + 1; ends && !ends(text) && next < Math.min(rows.length, at + MOST); next++)
    text += `\n${rows[next]}`;
  return text;
}

/** UTF-16 with its mark, UTF-8, or else GB 18030. */
function textOf(bytes: Buffer): string {
  const mark = bytes.length > 1 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff)
    return new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** The rows of a workbook's sheets, each at its number; of several sheets the rows of one number beside each other. Null for a workbook that this program cannot open. */
function sheetRows(bytes: Buffer): string[] | null {
  try {
    const zip = openZip(bytes.length, (at, length) => bytes.subarray(at, at + length));
    const part = (path: string) => zip.read(path)?.toString() ?? '';
    const strings = tagged(part('xl/sharedStrings.xml'), 'si').map(({ content }) => words(content));
    const rows: string[] = [];
    for (const path of zip.paths.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)))
      for (const { attributes, content } of tagged(part(path), 'row')) {
        const no = Number(/\br="(\d+)"/.exec(attributes)?.[1] ?? rows.length + 1) - 1;
        if (no < 2_000_000) rows[no] = `${rows[no] ?? ''}\t${cellsOf(content, strings).join('\t')}`;
      }
    return Array.from(rows, (row) => row ?? '');
  } catch {
    return null;
  }
}

function cellsOf(row: string, strings: readonly string[]): string[] {
  return tagged(row, 'c').map(({ attributes, content }) => {
    const value = tagged(content, 'v')[0]?.content ?? '';
    if (/\bt="s"/.test(attributes)) return strings[Number(value)] ?? '';
    if (/\bt="/.test(attributes) || value === '') return words(content);
    // Spreadsheets keep amounts as binary fractions: 4512.3299999999999.
    return /[.eE]/.test(value) ? Number(value).toFixed(2) : value;
  });
}

/** The elements of a name, whatever their prefix: none of those asked for holds another of its own name. */
function tagged(xml: string, name: string): { attributes: string; content: string }[] {
  const pattern = new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</(?:\\w+:)?${name}>)`, 'g');
  return [...xml.matchAll(pattern)].map(([, attributes = '', content = '']) => ({ attributes, content }));
}

/** The text of an element without its tags. */
const words = (xml: string): string =>
  xml
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
