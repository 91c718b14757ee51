import { DomainError } from '../errors.ts';
import { broken, type InflateBudget, inflate, type ZipEntry } from './zip.ts';

/** One part of a workbook as text, chunk by chunk. Throws XLSX_BROKEN where it is not UTF-8, and as `inflate` does. */
export async function* partText(bytes: Uint8Array, entry: ZipEntry, budget: InflateBudget): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of inflate(bytes, entry, budget)) {
      const text = decoder.decode(chunk, { stream: true });
      if (text.includes('\0')) throw broken();
      yield text;
    }
    yield decoder.decode();
  } catch (error) {
    throw error instanceof TypeError ? broken() : error;
  }
}

/** A small part as one string (relations, workbook, styles): at most 16 MB, plain XML. */
export async function smallPart(bytes: Uint8Array, entry: ZipEntry, budget: InflateBudget): Promise<string> {
  if (entry.size > 16_000_000) throw broken();
  let text = '';
  for await (const chunk of partText(bytes, entry, budget)) text += chunk;
  return plainXml(text);
}

/**
 * XML without comments, and with CDATA as ordinary text. A document type or an entity declaration has no place in a
 * workbook (ECMA-376 part 2, 10.1.2 forbids DTDs) and could make a parser fetch or multiply: DomainError XLSX_ENTITIES.
 */
export function plainXml(xml: string): string {
  if (!xml.includes('<!')) return xml;
  return xml.replace(/<!(?:--[\s\S]*?-->|\[CDATA\[([\s\S]*?)\]\]>|)/g, (found, data?: string) => {
    if (found !== '<!') return data === undefined ? '' : escapeXml(data);
    throw new DomainError('XLSX_ENTITIES', 'XLSX 文件含有 DOCTYPE 或实体声明，已拒绝，请另存为新文件后重新上传');
  });
}

/** Text for use inside an XML element. */
function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The text that XML means: the five named entities and character references; then Excel's own `_x000D_` escapes
 * (ECMA-376 part 1, 22.9.2.19). Any other entity, and NUL or half a surrogate pair, is XLSX_BROKEN.
 */
export function unescapeXml(text: string): string {
  let plain = text;
  if (plain.includes('&')) {
    plain = plain.replace(/&([^;&]*);?/g, (_, name: string) => {
      const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
      if (!code) return NAMED[name] ?? fail();
      return character(code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16));
    });
  }
  if (plain.includes('_x')) {
    plain = plain.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  if (plain !== text && (plain.includes('\0') || /\p{Cs}/u.test(plain))) throw broken();
  return plain;
}

/** The value of an attribute in a tag's text, e.g. `attribute('<a r:id="x">', 'r:id')`; '' when it is not there. */
export function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return unescapeXml(found?.[1] ?? found?.[2] ?? '');
}

/** All opening tags of that name in a small part, whatever their namespace prefix. */
export function tags(xml: string, name: string): string[] {
  // [^<>] and not [^>]: a hostile "<xf <xf <xf …" must not be scanned to its end from every start.
  return xml.match(new RegExp(`<(?:[\\w.-]+:)?${name}(?=[\\s/>])[^<>]*>`, 'g')) ?? [];
}

/** The local name of the tag that begins at `at` ('<'), with its slash when it closes: "si", "/si". */
export function tagName(xml: string, at: number): string {
  let end = at + 1;
  let start = end;
  for (let code = xml.charCodeAt(end); !isNameEnd(code, end > at + 1); code = xml.charCodeAt(++end)) {
    if (code === 58) start = end + 1;
  }
  const name = xml.slice(start, end);
  return xml.charCodeAt(at + 1) === 47 && start > at + 1 ? `/${name}` : name;
}

/** Where the last closing tag of that name ends (after its '>'), -1 when there is none: a place to cut XML safely. */
export function afterLastClosing(xml: string, name: string): number {
  const at = xml.lastIndexOf(`${name}>`);
  if (at < 1) return -1;
  return /<\/(?:[\w.-]+:)?$/.test(xml.slice(Math.max(0, at - 40), at)) ? at + name.length + 1 : -1;
}

/** Space, '>' or end of text; a slash ends a name unless it is the first character (a closing tag). */
function isNameEnd(code: number, pastFirst: boolean): boolean {
  return code <= 32 || code === 62 || Number.isNaN(code) || (code === 47 && pastFirst);
}

function character(code: number): string {
  return code === 0 || code > 0x10ffff ? fail() : String.fromCodePoint(code);
}

function fail(): never {
  throw broken();
}
