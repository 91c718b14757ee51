import { DomainError } from '../errors.ts';
import type { Table } from './table.ts';
import { LIMITS } from './table.ts';
import { readSheet } from './xlsx-sheet.ts';
import { readSharedStrings } from './xlsx-strings.ts';
import { numberKinds } from './xlsx-styles.ts';
import { attribute, partText, smallPart, tags } from './xml.ts';
import { broken, type InflateBudget, readDirectory, type ZipEntry } from './zip.ts';

/**
 * The first visible sheet of a workbook as text. Only the parts needed are inflated; nothing in the file is executed,
 * fetched or expanded, and formulas count with the value Excel last computed.
 * Throws DomainError: ZIP_BOMB (413), FILE_TYPE (415), XLSX_ENCRYPTED, XLSX_BROKEN, XLSX_ENTITIES and the limits (422).
 */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  const workbook = new Workbook(bytes);
  const { name: main, xml } = await workbook.mainPart();
  const relations = await workbook.relations(main);
  const sheets = tags(xml, 'sheet').map((tag) => ({
    tag,
    name: attribute(tag, 'name'),
    state: attribute(tag, 'state'),
  }));
  const visible = sheets.filter((sheet) => sheet.state === '' || sheet.state === 'visible');
  const sheet = visible[0];
  if (!sheet) throw broken();
  const id = /\s(?:[\w.-]+:)id\s*=\s*["']([^"']*)/.exec(sheet.tag)?.[1] ?? '';
  const styles = relations.find((relation) => relation.type.endsWith('/styles'));
  const strings = relations.find((relation) => relation.type.endsWith('/sharedStrings'));
  const context = {
    strings: strings ? await readSharedStrings(workbook.chunks(strings.target)) : [],
    kinds: styles ? numberKinds(await workbook.text(styles.target)) : [],
    dateSystem: /^(1|true|on)$/.test(attribute(tags(xml, 'workbookPr')[0] ?? '', 'date1904')) ? '1904' : '1900',
  } as const;
  const target = relations.find((relation) => relation.id === id)?.target ?? '';
  const rows = await readSheet(workbook.chunks(target), context);
  const others = visible.slice(1).map((other) => `“${other.name}”`);
  const notes = others.length > 0 ? [`只读取了第一个工作表“${sheet.name}”，未读取${others.join('、')}`] : [];
  return { format: 'xlsx', rows, dateSystem: context.dateSystem, sheet: sheet.name, notes };
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

class Workbook {
  private readonly bytes: Uint8Array;
  private readonly entries: Map<string, ZipEntry>;
  private readonly budget: InflateBudget = { left: LIMITS.inflatedBytes };

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.entries = readDirectory(bytes);
    if (!this.entries.has('[Content_Types].xml')) throw notWorkbook();
  }

  text(name: string): Promise<string> {
    return smallPart(this.bytes, this.entry(name), this.budget);
  }

  chunks(name: string): AsyncGenerator<string> {
    return partText(this.bytes, this.entry(name), this.budget);
  }

  /** The workbook part; a document or a presentation has the same container but another root element. */
  async mainPart(): Promise<{ name: string; xml: string }> {
    const main = (await this.relations('')).find((relation) => relation.type.endsWith('/officeDocument'));
    if (!main || !/\.xml$/i.test(main.target)) throw notWorkbook();
    const xml = await this.text(main.target);
    if (tags(xml, 'workbook').length === 0) throw notWorkbook();
    return { name: main.target, xml };
  }

  /** The relations of a part ('' is the package), with their targets as part names (ECMA-376 part 2, 9.3). */
  async relations(part: string): Promise<Relation[]> {
    const folder = part.slice(0, part.lastIndexOf('/') + 1);
    const name = `${folder}_rels/${part.slice(folder.length)}.rels`;
    if (!this.entries.has(name)) throw notWorkbook();
    return tags(await this.text(name), 'Relationship').map((tag) => ({
      id: attribute(tag, 'Id'),
      type: attribute(tag, 'Type'),
      target: resolve(folder, attribute(tag, 'Target')),
    }));
  }

  private entry(name: string): ZipEntry {
    const entry = this.entries.get(name);
    if (!entry || (entry.method !== 0 && entry.method !== 8)) throw broken();
    return entry;
  }
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}

function notWorkbook(): DomainError {
  return new DomainError('FILE_TYPE', '这个压缩包不是 XLSX 工作簿，请上传 CSV 或 XLSX 文件', { status: 415 });
}
