import { type DateSystem, LIMITS, RowCollector, type TableRow, tooWide } from './table.ts';
import { readTexts } from './xlsx-strings.ts';
import { type NumberKind, numberText } from './xlsx-styles.ts';
import { afterLastClosing, plainXml, tagName, unescapeXml } from './xml.ts';
import { broken } from './zip.ts';

/** What a sheet's cells refer to. */
export interface SheetContext {
  strings: string[];
  kinds: NumberKind[];
  dateSystem: DateSystem;
}

/**
 * The rows of a worksheet from its XML (ECMA-376 part 1, 18.3.1), cut into complete rows as it is inflated: a sheet of
 * 100,000 rows has over 100 MB of XML, of which only a piece is held at a time.
 * Throws DomainError XLSX_BROKEN and the refusals of the limits.
 */
export async function readSheet(chunks: AsyncIterable<string>, context: SheetContext): Promise<TableRow[]> {
  const reader = new SheetReader(context);
  let rest = '';
  for await (const chunk of chunks) {
    rest += chunk;
    const close = afterLastClosing(rest, 'row');
    if (close > 0) {
      reader.read(plainXml(rest.slice(0, close)));
      rest = rest.slice(close);
    } else if (rest.length > 4_000_000) throw broken();
  }
  reader.read(plainXml(rest));
  return reader.collector.rows;
}

class SheetReader {
  readonly collector = new RowCollector();
  private readonly context: SheetContext;
  /** Dates and rates repeat: their texts are looked up instead of computed again. */
  private readonly known = { percent: new Map<string, string>(), date: new Map<string, string>() };
  private line = 0;
  private cells: string[] = [];
  private nextColumn = 0;

  constructor(context: SheetContext) {
    this.context = context;
  }

  /** Reads a piece of XML that ends between two rows. */
  read(xml: string): void {
    for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
      const name = tagName(xml, at);
      const end = tagEnd(xml, at);
      if (name === 'row') this.startRow(xml.slice(at, end));
      else if (name === '/row') this.collector.add(this.line, this.cells);
      at = name === 'c' ? this.cell(xml, at, end) : end + 1;
    }
  }

  private startRow(tag: string): void {
    const given = readAttributes(tag).r;
    const line = given === '' ? this.line + 1 : Number(given);
    if (!(Number.isSafeInteger(line) && line > this.line)) throw broken();
    this.line = line;
    this.cells = [];
    this.nextColumn = 0;
  }

  /** Reads the cell whose opening tag is at `at`…`end`; answers where the text after it begins. */
  private cell(xml: string, open: number, openEnd: number): number {
    const { r, s, t } = readAttributes(xml.slice(open, openEnd));
    const column = r === '' ? this.nextColumn : columnIndex(r);
    this.nextColumn = column + 1;
    if (xml.charCodeAt(openEnd - 1) === 47) return openEnd + 1;
    let text = '';
    let formula = '';
    for (let at = xml.indexOf('<', openEnd); at >= 0; at = xml.indexOf('<', at)) {
      const name = tagName(xml, at);
      const end = tagEnd(xml, at);
      at = end + 1;
      if (name === '/c') {
        this.put(column, text === '' && formula !== '' ? formula : text);
        return at;
      }
      if (xml.charCodeAt(end - 1) === 47) {
        if (name === 'v') formula = '';
      } else if (name === 'v') {
        at = textEnd(xml, at);
        text = this.value(xml.slice(end + 1, at), s, t);
        formula = '';
      } else if (name === 'f') {
        at = textEnd(xml, at);
        // Without a computed value the formula itself is the content: the readers refuse it by name.
        formula = `=${unescapeXml(xml.slice(end + 1, at))}`;
      } else if (name === 'is') {
        at = xml.indexOf('is>', at) + 3;
        if (at < 3) throw broken();
        const texts: string[] = [];
        readTexts(xml.slice(end + 1, at), 'is', texts);
        text = detached(texts.join(''));
      }
    }
    throw broken();
  }

  private value(raw: string, style: string, type: string): string {
    switch (type) {
      case 's':
        return this.context.strings[Number(raw)] ?? lost();
      case 'str':
      case 'inlineStr':
      case 'd':
      case 'e':
        return detached(unescapeXml(raw));
      case 'b':
        return raw === '1' || raw === 'true' ? 'TRUE' : 'FALSE';
      default:
        return this.number(raw, style);
    }
  }

  private number(raw: string, style: string): string {
    const kind = (style === '' ? undefined : this.context.kinds[Number(style)]) ?? 'number';
    if (kind === 'number') return numberText(raw, kind, this.context.dateSystem);
    const known = this.known[kind];
    let text = known.get(raw);
    if (text === undefined) {
      text = numberText(raw, kind, this.context.dateSystem);
      if (known.size < 10_000) known.set(raw, text);
    }
    return text;
  }

  private put(column: number, text: string): void {
    if (text === '') return;
    if (column >= LIMITS.columns) {
      if (text.trim() !== '') throw tooWide(this.line);
      return;
    }
    while (this.cells.length < column) this.cells.push('');
    this.cells[column] = text;
  }
}

/** The same text in memory of its own: a slice would keep the whole piece of XML it was cut from. */
function detached(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

function tagEnd(xml: string, at: number): number {
  const end = xml.indexOf('>', at);
  return end < 0 ? lost() : end;
}

function textEnd(xml: string, at: number): number {
  const end = xml.indexOf('<', at);
  return end < 0 ? lost() : end;
}

/** The attributes r (reference or row), s (style) and t (type) of a row or cell tag; '' where missing. */
function readAttributes(tag: string): { r: string; s: string; t: string } {
  const found = { r: '', s: '', t: '' };
  for (let equals = tag.indexOf('='); equals > 0; ) {
    let nameEnd = equals;
    while (tag.charCodeAt(nameEnd - 1) <= 32) nameEnd--;
    let open = equals + 1;
    while (tag.charCodeAt(open) <= 32) open++;
    const quote = tag[open]!;
    const close = tag.indexOf(quote, open + 1);
    if ((quote !== '"' && quote !== "'") || close < 0) throw broken();
    const name = tag[nameEnd - 1]!;
    // Only one-letter names count; what stands before them is white space.
    if (tag.charCodeAt(nameEnd - 2) <= 32 && (name === 'r' || name === 's' || name === 't')) {
      found[name] = tag.slice(open + 1, close);
    }
    equals = tag.indexOf('=', close);
  }
  return found;
}

/** The column of a reference like "AB12", from 0. */
function columnIndex(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const letter = reference.charCodeAt(i) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column > 0 && column <= 16_384 ? column - 1 : lost();
}

function lost(): never {
  throw broken();
}
