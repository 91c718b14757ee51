import { DomainError, type Fault } from '../errors.ts';
import { foldLabel } from './cell.ts';
import { AMOUNT_UNITS, type AmountUnit } from './cells.ts';
import type { Column } from './columns.ts';
import { isBlank, type TableRow } from './table.ts';

/** A column of the file that was understood. */
export interface Heading {
  column: Column;
  /** Position in the row, from 0. */
  index: number;
  /** For messages: the heading we print, without its unit. */
  title: string;
  /** What amounts below it are given in. */
  unit: AmountUnit;
}

/** Where the heading row is and what it says. */
export interface Headings {
  /** Position in the rows, from 0, and the line that people see. */
  at: number;
  line: number;
  headings: Heading[];
  /** The column of 序号, -1 when the file has none. */
  seqIndex: number;
  /** UNKNOWN_HEADING, UNIT_FROM_PREAMBLE. */
  warnings: Fault[];
}

/** What a sender says of headings we do not know: the field it is (null: none, leave the column out), by the heading as it stands in the file. */
export type Mapping = Record<string, string | null>;

export const SEARCHED_ROWS = 30;
const SEQ = new Set(['序号', '编号', '行号', 'no', 'no.', '#']);

/**
 * Finds the heading row, the one among the first rows that names the most columns, and maps it in whatever order; what the sender says of a heading goes
 * before what we would take it for. Throws DomainError HEADINGS_NOT_FOUND, HEADINGS_MISSING, HEADING_DUPLICATE, HEADING_UNIT, MAPPING_FIELD (422), each
 * with the faults it consists of.
 */
export function findHeadings(
  rows: TableRow[],
  columns: readonly Column[],
  sheet?: string,
  mapping?: Mapping,
): Headings {
  const lookUp = headingReader(columns, mapping);
  const at = headingRow(rows, lookUp);
  if (at < 0) throw notFound(columns, sheet);
  const { faults, ...result } = mapRow(rows, at, lookUp);
  refuse(faults, result.line);
  refuseMissing(result, columns);
  return result;
}

/** What a cell of the heading row names: a column, nothing we know, or (null) what the sender wants left out. */
export type HeadingReader = (cell: string) => { column: Column; unit?: string } | null | undefined;

/** Reads headings by our names for them and by the sender's own. @throws DomainError MAPPING_FIELD for a field that this kind of file does not have */
export function headingReader(columns: readonly Column[], mapping: Mapping = {}): HeadingReader {
  const names = new Map<string, Column>();
  for (const column of columns) {
    for (const name of [column.title, ...column.aliases]) names.set(splitUnit(name).name, column);
  }
  const said = new Map<string, Column | null>();
  for (const [heading, field] of Object.entries(mapping)) {
    const column = field === null ? null : columns.find((c) => c.field === field);
    if (column === undefined) throw new DomainError('MAPPING_FIELD', `列“${heading}”对应的字段「${field}」不存在`);
    said.set(foldLabel(heading), column);
  }
  return (cell) => {
    const own = said.get(foldLabel(cell));
    if (own === undefined) return lookUp(cell, names);
    return own && { column: own, unit: splitUnit(cell).unit };
  };
}

/** Position of the row that names the most columns, two at least; -1 when none does. */
export function headingRow(rows: TableRow[], lookUp: HeadingReader): number {
  let at = -1;
  let most = 1;
  for (let i = 0; i < Math.min(rows.length, SEARCHED_ROWS); i++) {
    const found = new Set(rows[i]!.cells.flatMap((cell) => lookUp(cell)?.column ?? [])).size;
    if (found > most) [at, most] = [i, found];
  }
  return at;
}

/** The headings of a row, with what keeps them from being read. */
export function mapRow(rows: TableRow[], at: number, lookUp: HeadingReader): Headings & { faults: Fault[] } {
  const { line, cells } = rows[at]!;
  const common = preambleUnit(rows.slice(0, at));
  const result: Headings = { at, line, headings: [], seqIndex: -1, warnings: [] };
  const faults: Fault[] = [];
  let borrowed = false;
  cells.forEach((cell, index) => {
    if (isBlank(cell)) return;
    const found = lookUp(cell);
    if (found === null) return;
    if (!found) {
      if (result.seqIndex < 0 && SEQ.has(foldLabel(cell))) result.seqIndex = index;
      else result.warnings.push(fault('UNKNOWN_HEADING', line, cell, `第${line}行的列“${cell.trim()}”未识别，未读取`));
      return;
    }
    const { column } = found;
    const borrows = column.kind === 'money' && found.unit === undefined && common !== undefined;
    borrowed ||= borrows && common.unit !== '元';
    const given = borrows ? common.unit : found.unit;
    const unit = unitOf(column, given);
    const earlier = result.headings.find((heading) => heading.column === column);
    if (earlier) faults.push(duplicate(column, line, cells, earlier.index, index));
    if (!unit) faults.push(fault('HEADING_UNIT', line, cell, unitProblem(cell, column, given), column.field));
    result.headings.push({ column, index, title: headingName(column), unit: unit ?? '元' });
  });
  if (borrowed && common) {
    const message = `未写单位的金额按第${common.line}行的“单位：${common.unit}”读取`;
    result.warnings.push(fault('UNIT_FROM_PREAMBLE', common.line, common.unit, message));
  }
  return { ...result, faults };
}

function duplicate(column: Column, line: number, cells: string[], earlier: number, index: number): Fault {
  const [one, two] = [earlier, index].map((i) => `第${i + 1}列“${cells[i]!.trim()}”`);
  const message = `${one}与${two}都表示${headingName(column)}，请只保留一列`;
  return fault('HEADING_DUPLICATE', line, cells[index]!, message, column.field);
}

function refuseMissing(result: Headings, columns: readonly Column[]): void {
  const missing = columns.filter((c) => c.required && !result.headings.some((heading) => heading.column === c));
  if (missing.length === 0) return;
  const line = result.line;
  throw new DomainError(
    'HEADINGS_MISSING',
    `第${line}行的表头缺少${missing.length}列：${missing.map((column) => column.title).join('、')}`,
    { errors: missing.map((c) => fault('HEADINGS_MISSING', line, c.title, `表头缺少“${c.title}”`, c.field)) },
  );
}

function refuse(faults: Fault[], line: number): void {
  const first = faults[0];
  if (!first) return;
  throw new DomainError(first.code, `第${line}行的表头有误：${faults.map((f) => f.message).join('；')}`, {
    errors: faults,
  });
}

function notFound(columns: readonly Column[], sheet: string | undefined): DomainError {
  const place = sheet === undefined ? '' : `工作表“${sheet}”的`;
  const expected = columns.filter((column) => column.required).map((column) => column.title);
  return new DomainError(
    'HEADINGS_NOT_FOUND',
    `在${place}前${SEARCHED_ROWS}行中没有找到表头，请检查文件是否选对、编码是否正确；表头应有：${expected.join('、')}`,
  );
}

/** The heading of a column without its unit, for messages. */
export function headingName(column: Column): string {
  return splitUnit(column.title).name;
}

/** The column a heading names and the unit it gives: 「贷款金额（万元）*」, 「贷款 金额/万元」. */
function lookUp(cell: string, names: Map<string, Column>): { column: Column; unit?: string } | undefined {
  if (cell === '' || cell.length > 200) return undefined;
  const { name, unit } = splitUnit(cell);
  const column = names.get(name);
  if (column !== undefined) return { column, unit };
  const tail = /^(.+?)[-_/]?((?:百|千|万|百万|千万|亿)?元|%|‰)$/.exec(name);
  const other = tail ? names.get(tail[1]!) : undefined;
  return other === undefined ? undefined : { column: other, unit: tail![2] };
}

/** A heading without spaces, marks and brackets, and what stood in the last brackets that look like a unit. */
function splitUnit(text: string): { name: string; unit?: string } {
  let unit: string | undefined;
  const name = foldLabel(text)
    .replace(/[([【]([^)\]】]*)[)\]】]/g, (_, inner: string) => {
      const given = inner.replace(/^(?:金额)?单位:?/, '').replace(/^人民币(?=.)/, '');
      // 「实付保费（含税，元）」: what is paid includes its tax anyway.
      if (/[元币%‰]|usd|hkd|eur|cny|rmb/.test(given)) unit = given.replace(/^含税[,，、]/, '');
      return '';
    })
    .replace(/^[*★※]+|[*★※:]+$/g, '');
  return { name, unit };
}

/** The unit if it is one this kind of column can be in; 元 where nothing is said and nothing needs to be. */
function unitOf(column: Column, unit: string | undefined): AmountUnit | undefined {
  if (column.kind === 'money') {
    if (unit === undefined) return column.unitNeeded ? undefined : '元';
    if (unit === '人民币' || unit === 'cny' || unit === 'rmb') return '元';
    return unit in AMOUNT_UNITS ? (unit as AmountUnit) : undefined;
  }
  return column.kind === 'rate' && unit === '‰' ? undefined : '元';
}

function unitProblem(cell: string, column: Column, unit: string | undefined): string {
  const title = headingName(column);
  if (unit === undefined) return `“${cell.trim()}”没有写明单位，请写成“${title}(万元)”或“${title}(元)”`;
  return `“${cell.trim()}”的单位“${unit}”无法识别，${column.kind === 'rate' ? '利率应以 % 表示' : '金额应以元或万元表示'}`;
}

/** 「单位：万元」 above the headings; 「填报单位：…」 is someone's name. */
function preambleUnit(preamble: TableRow[]): { unit: AmountUnit; line: number } | undefined {
  for (const { line, cells } of preamble) {
    for (const cell of cells) {
      if (!cell.includes('单位')) continue;
      const found =
        /(?:^|[\s,;(]|金额|计量|货币)单位\s*:?\s*(?:人民币)?((?:百|千|万|百万|千万|亿)?元)(?!\p{sc=Han})/u.exec(
          cell.normalize('NFKC'),
        );
      if (found) return { unit: found[1] as AmountUnit, line };
    }
  }
  return undefined;
}

function fault(code: string, row: number, value: string, message: string, field?: string): Fault {
  return { code, row, value: value.slice(0, 200), message, field };
}
