import { LIMITS } from './table.ts';
import { afterLastClosing, plainXml, tagName, unescapeXml } from './xml.ts';
import { broken } from './zip.ts';

/**
 * The shared strings of a workbook, by index: all runs of text of an entry joined, phonetic guides left out
 * (ECMA-376 part 1, 18.4.8).
 */
export async function readSharedStrings(chunks: AsyncIterable<string>): Promise<string[]> {
  const strings: string[] = [];
  let rest = '';
  for await (const chunk of chunks) {
    rest += chunk;
    const close = afterLastClosing(rest, 'si');
    if (close < 0) {
      // A cell holds at most 32,767 characters; formatting runs around each of them do not make a megabyte.
      if (rest.length > 1_000_000) throw broken();
      continue;
    }
    readTexts(plainXml(rest.slice(0, close)), 'si', strings);
    rest = rest.slice(close);
    if (strings.length > LIMITS.rows * LIMITS.columns) throw broken();
  }
  return strings;
}

/** The text of each `item` element (si, is) of a piece of XML that ends with one; appended to `texts`. */
export function readTexts(xml: string, item: string, texts: string[]): void {
  let text = '';
  let phonetic = false;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const name = tagName(xml, at);
    const end = xml.indexOf('>', at);
    if (end < 0) throw broken();
    const empty = xml.charCodeAt(end - 1) === 47;
    if (name === 't' && !empty && !phonetic) {
      at = xml.indexOf('<', end);
      if (at < 0) throw broken();
      text += xml.slice(end + 1, at);
    } else if (name === 'rPh') phonetic = !empty;
    else if (name === '/rPh') phonetic = false;
    else if (name === `/${item}` || (name === item && empty)) {
      texts.push(unescapeXml(text));
      text = '';
    }
  }
}
