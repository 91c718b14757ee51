import { DomainError } from '../errors.ts';
import { LIMITS, RowCollector, type TableRow, tooLong, tooWide } from './table.ts';

const QUOTE = 34;
const LF = 10;
const CR = 13;
const DELIMITERS = ['\t', ';', ','];

/**
 * Text from the bytes of a CSV file: UTF-8 with or without BOM, UTF-16 with BOM (Excel's "Unicode 文本"), else GB18030.
 * Throws DomainError FILE_ENCODING (415) when it is none of them, FILE_BINARY (415) when it is no text at all.
 */
export function decodeText(bytes: Uint8Array): string {
  const text = tryDecode(bytes, utf16(bytes) ?? 'utf-8') ?? tryDecode(bytes, 'gb18030');
  if (text === undefined) {
    throw new DomainError('FILE_ENCODING', '文件的编码既不是 UTF-8 也不是 GB18030，请另存为 CSV UTF-8 后重新上传', {
      status: 415,
    });
  }
  if (text.includes('\0')) {
    throw new DomainError('FILE_BINARY', '文件内容不是文本表格，请上传 CSV 或 XLSX 文件', { status: 415 });
  }
  return text;
}

/**
 * The delimiter of a table: tab, semicolon or comma, whichever cuts one of the first lines into the most headings.
 * Headings have no digits; the pieces of "3,080,000.00" in a file cut by tabs do.
 */
export function detectDelimiter(text: string): string {
  const lines = text.slice(0, 64_000).split(/\r\n?|\n/, 40);
  let best = ',';
  let most = 1;
  for (const delimiter of DELIMITERS) {
    for (const line of lines) {
      const parts = line.replace(/"[^"]*"/g, '甲').split(delimiter);
      const headings = parts.filter((part) => part.trim() !== '' && !/\d/.test(part)).length;
      if (headings > most) [best, most] = [delimiter, headings];
    }
  }
  return best;
}

/**
 * Rows of a delimited text (RFC 4180; lines may end in CRLF, LF or CR). Reads in one pass and stops at the first thing
 * it cannot be sure of, because a quote that is not closed would silently swallow the rows after it.
 * Throws DomainError CSV_QUOTES (422) and the refusals of the limits.
 */
export function parseCsv(text: string, delimiter: string): TableRow[] {
  const collector = new RowCollector();
  const end = text.length;
  const cut = delimiter.charCodeAt(0);
  let line = 1;
  let at = 0;
  while (at < end) {
    const first = line;
    const cells: string[] = [];
    for (;;) {
      if (cells.length > LIMITS.columns * 16) throw tooWide(first);
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at, first, cells.length + 1);
        const inner = text.slice(at + 1, close);
        line += countLines(inner);
        cells.push(inner.includes('"') ? inner.replaceAll('""', '"') : inner);
        at = close + 1;
        while (text.charCodeAt(at) === 32) at++;
      } else {
        const start = at;
        let code = at < end ? text.charCodeAt(at) : LF;
        while (code !== cut && code !== LF && code !== CR) code = ++at < end ? text.charCodeAt(at) : LF;
        cells.push(text.slice(start, at));
      }
      if (at >= end) break;
      const next = text.charCodeAt(at++);
      if (next === cut) continue;
      if (next !== LF && next !== CR) throw badQuotes(first);
      if (next === CR && text.charCodeAt(at) === LF) at++;
      break;
    }
    line++;
    collector.add(first, cells);
  }
  return collector.rows;
}

function closingQuote(text: string, open: number, line: number, column: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    // Doubled quotes count twice here, so the bound is twice the cell's.
    if (at - open > 2 * LIMITS.cellChars + 2) throw tooLong(line, column);
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  }
  throw badQuotes(line);
}

function countLines(text: string): number {
  if (!text.includes('\n') && !text.includes('\r')) return 0;
  return text.split(/\r\n?|\n/).length - 1;
}

function badQuotes(line: number): DomainError {
  return new DomainError('CSV_QUOTES', `第${line}行的英文双引号没有成对，无法确定单元格的边界，请修改后重新上传`);
}

function utf16(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
