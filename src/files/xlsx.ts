import { DomainError } from '../errors.ts';
import { LIMITS, type Table } from './table.ts';
import { readSheet, type SheetContext } from './xlsx-sheet.ts';
import { readSharedStrings } from './xlsx-strings.ts';
import { numberKinds } from './xlsx-styles.ts';
import { attribute, partText, smallPart, tags } from './xml.ts';
import { broken, type InflateBudget, readDirectory, type ZipEntry } from './zip.ts';

/**
 * The first visible sheet with content of a workbook, as text. Only the parts needed are inflated; nothing in the file
 * is executed, fetched or expanded, and formulas count with the value Excel last computed.
 * Throws DomainError: ZIP_BOMB (413), FILE_TYPE (415), XLSX_ENCRYPTED, XLSX_BROKEN, XLSX_ENTITIES and the limits (422).
 */
export async function readXlsx(bytes: Uint8Array): Promise<Table> {
  const workbook = new Workbook(bytes);
  const { name: main, xml } = await workbook.mainPart();
  const relations = await workbook.relations(main);
  const context = await sheetContext(workbook, xml, relations);
  const sheets = visibleSheets(xml, relations);
  for (const [i, { name, part }] of sheets.entries()) {
    const rows = await readSheet(workbook.chunks(part), context);
    if (rows.length === 0 && i < sheets.length - 1) continue;
    const unread = sheets.slice(i + 1).map((other) => `“${other.name}”`);
    const notes = unread.length > 0 ? [`只读取了工作表“${name}”，未读取${unread.join('、')}`] : [];
    return { format: 'xlsx', rows, dateSystem: context.dateSystem, sheet: name, notes };
  }
  throw broken();
}

function visibleSheets(xml: string, relations: Relation[]): { name: string; part: string }[] {
  return tags(xml, 'sheet').flatMap((tag) => {
    if (!['', 'visible'].includes(attribute(tag, 'state'))) return [];
    const id = /\s[\w.-]+:id\s*=\s*["']([^"']*)/.exec(tag)?.[1];
    const relation = relations.find((candidate) => candidate.id === id);
    return relation ? [{ name: attribute(tag, 'name'), part: relation.target }] : [];
  });
}

async function sheetContext(workbook: Workbook, xml: string, relations: Relation[]): Promise<SheetContext> {
  const part = (type: string) => relations.find((relation) => relation.type.endsWith(`/${type}`))?.target ?? '';
  const [strings, styles] = [part('sharedStrings'), part('styles')];
  return {
    strings: workbook.has(strings) ? await readSharedStrings(workbook.chunks(strings)) : [],
    kinds: workbook.has(styles) ? numberKinds(await workbook.text(styles)) : [],
    dateSystem: /^(1|true|on)$/.test(attribute(tags(xml, 'workbookPr')[0] ?? '', 'date1904')) ? '1904' : '1900',
  };
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

  has(name: string): boolean {
    return this.entries.has(name);
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
