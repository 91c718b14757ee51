import { DomainError } from '../errors.ts';

/** An element of an XML message: local name, attributes, elements and text in it, and the line it begins on. */
export interface XmlNode {
  name: string;
  attributes: Record<string, string>;
  children: XmlNode[];
  text: string;
  line: number;
}

const TAG = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Messages of banks nest about a dozen deep. */
const DEPTH = 64;

/**
 * Reads an XML message whole; elements named `each.name` are handed over one by one instead of being kept, so that a long statement needs no more memory
 * than one entry. Namespaces are dropped. A document type or an entity of its own could make a reader fetch or multiply: XML_ENTITIES. Anything that is not
 * well-formed: XML_BROKEN, with its line (both 422).
 */
export function readXml(
  text: string,
  each?: { name: string; take(node: XmlNode, path: readonly XmlNode[]): void },
): XmlNode {
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '', line: 1 };
  const open: XmlNode[] = [root];
  let [line, counted, at] = [1, 0, 0];
  const lineAt = (place: number): number => {
    for (let i = text.indexOf('\n', counted); i >= 0 && i < place; i = text.indexOf('\n', counted))
      [line, counted] = [line + 1, i + 1];
    return line;
  };
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) open.at(-1)!.text += textOf(text.slice(at, end), () => lineAt(at));
    if (next < 0) break;
    const skipped = skip(
      text,
      next,
      () => lineAt(next),
      (data) => (open.at(-1)!.text += data),
    );
    if (skipped > 0) {
      at = skipped;
      continue;
    }
    TAG.lastIndex = next;
    const found = TAG.exec(text);
    if (!found) throw broken(lineAt(next));
    at = TAG.lastIndex;
    const [, closing, full = '', attributes = '', empty] = found;
    const name = full.slice(full.indexOf(':') + 1);
    if (closing) {
      if (open.length === 1 || open.at(-1)!.name !== name) throw broken(lineAt(next));
      close(open, each);
      continue;
    }
    if (open.length > DEPTH) throw broken(lineAt(next));
    const node: XmlNode = {
      name,
      attributes: attributesOf(attributes, lineAt(next)),
      children: [],
      text: '',
      line: lineAt(next),
    };
    open.push(node);
    if (empty) close(open, each);
  }
  if (open.length > 1 || root.children.length !== 1 || root.text.trim() !== '') throw broken(lineAt(text.length));
  return root.children[0]!;
}

/** The first element at this path below a node. */
export function at(node: XmlNode | undefined, ...path: string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((from, name) => from?.children.find((child) => child.name === name), node);
}

/** All elements of that name, however deep. */
export function all(node: XmlNode, name: string): XmlNode[] {
  return node.children.flatMap((child) => (child.name === name ? [child, ...all(child, name)] : all(child, name)));
}

/** The text of the first element at this path, trimmed; '' where there is none. */
export function textAt(node: XmlNode | undefined, ...path: string[]): string {
  return at(node, ...path)?.text.trim() ?? '';
}

function close(open: XmlNode[], each?: { name: string; take(node: XmlNode, path: readonly XmlNode[]): void }): void {
  const node = open.pop()!;
  if (each?.name === node.name) each.take(node, open);
  else open.at(-1)!.children.push(node);
}

/** Past a declaration, a comment or CDATA that begins here; 0 when it is a tag. */
function skip(text: string, from: number, line: () => number, data: (text: string) => void): number {
  const past = (end: string, begin: number) => {
    const found = text.indexOf(end, begin);
    if (found < 0) throw broken(line());
    return found + end.length;
  };
  if (text.startsWith('<?', from)) return past('?>', from);
  if (!text.startsWith('<!', from)) return 0;
  if (text.startsWith('<!--', from)) return past('-->', from + 4);
  if (!text.startsWith('<![CDATA[', from)) throw entities(line());
  const end = past(']]>', from);
  data(text.slice(from + 9, end - 3));
  return end;
}

function attributesOf(text: string, line: number): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [
      name!,
      textOf(double ?? single ?? '', () => line),
    ]),
  );
}

function textOf(text: string, line: () => number): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]{0,32});?/g, (_, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    const point = code && (code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16));
    if (point && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) return String.fromCodePoint(point);
    if (code || !Object.hasOwn(NAMED, name)) throw entities(line());
    return NAMED[name]!;
  });
}

function broken(line: number): DomainError {
  return new DomainError('XML_BROKEN', `第${line}行起不是完整的 XML，请从银行重新下载后上传`);
}

function entities(line: number): DomainError {
  return new DomainError('XML_ENTITIES', `第${line}行含有 DOCTYPE 或自定义实体，已拒绝；银行的报文不应含有这些内容`);
}
