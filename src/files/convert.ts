import type { Fault } from '../errors.ts';
import type { CellFault, CellResult } from './cell.ts';
import { readDate, readInteger, readMoney, readPeriod, readRate, readYesNo } from './cells.ts';
import type { Column, KindValues, RowValues } from './columns.ts';
import type { Heading } from './headings.ts';
import * as labels from './labels.ts';
import { type MappedTable, seqOf } from './map-table.ts';
import { type DateSystem, isBlank, type TableRow } from './table.ts';
import { isNothing, readAccount, readCode, readText, readUscc } from './text-cells.ts';
import { TotalsCheck } from './totals.ts';

/** A data row as values. */
export interface ConvertedRow<C extends readonly Column[]> {
  row: number;
  seq?: string;
  /** What could be read. */
  values: Partial<RowValues<C>>;
  /** The same object when nothing is wrong with the row, so that required values are there. */
  complete?: RowValues<C>;
  faults: Fault[];
  warnings: Fault[];
}

/** All rows of a table as values, and the doubts about the table as a whole. */
export interface ConvertedTable<C extends readonly Column[]> {
  rows: ConvertedRow<C>[];
  warnings: Fault[];
}

type Reader = (text: string) => CellResult<unknown>;
type KindReader = (text: string, title: string, heading: Heading, serials?: DateSystem) => CellResult<unknown>;

const READERS: { [K in keyof KindValues]: KindReader } = {
  text: readText,
  code: readCode,
  uscc: readUscc,
  account: readAccount,
  money: (text, title, { unit }) => readMoney(text, title, unit),
  rate: readRate,
  date: (text, title, _, serials) => readDate(text, title, serials),
  period: (text, title, _, serials) => readPeriod(text, title, serials),
  integer: readInteger,
  yesNo: readYesNo,
  guaranteeMode: labels.readGuaranteeMode,
  repaymentMethod: labels.readRepaymentMethod,
  dayCountBasis: labels.readDayCountBasis,
  purpose: labels.readPurpose,
  classification: labels.readClassification,
  title: labels.readTitle,
};

/** Kinds whose cells differ from row to row, so that remembering them only costs. */
const UNIQUE: ReadonlySet<string> = new Set(['money', 'code', 'uscc']);
const REMEMBERED = 5_000;

/** Converts rows of a mapped table one at a time; make one per table. Faults and warnings carry row and 序号. */
export function rowConverter<C extends readonly Column[]>(mapped: MappedTable<C>): (row: TableRow) => ConvertedRow<C> {
  const cells = mapped.headings.map((heading) => ({ heading, read: readerOf(heading, mapped.dateSystem) }));
  return (row) => {
    const values: Record<string, unknown> = {};
    const seq = seqOf(mapped, row);
    const faults: Fault[] = [];
    const warnings: Fault[] = [];
    for (const { heading, read } of cells) {
      const { field } = heading.column;
      const result = read(row.cells[heading.index] ?? '');
      values[field] = result.value;
      if (result.fault) faults.push(toFault(result.fault, field, row.line, seq));
      if (result.warning) warnings.push(toFault(result.warning, field, row.line, seq));
    }
    const known = values as RowValues<C>;
    return { row: row.line, seq, values: known, complete: faults.length === 0 ? known : undefined, faults, warnings };
  };
}

/** Converts a whole mapped table and compares its total rows with the sums of the rows. */
export function convertTable<C extends readonly Column[]>(mapped: MappedTable<C>): ConvertedTable<C> {
  const convert = rowConverter(mapped);
  const totals = new TotalsCheck(mapped);
  const rows = mapped.rows.map((row) => {
    const converted = convert(row);
    totals.add(converted.values);
    return converted;
  });
  return { rows, warnings: [...mapped.warnings, ...totals.warnings()] };
}

function readerOf(heading: Heading, serials: DateSystem | undefined): Reader {
  const { column, title } = heading;
  const read = READERS[column.kind];
  const missing: CellResult<undefined> = column.required
    ? { fault: { code: 'REQUIRED', message: `${title}未填写`, value: '' } }
    : { value: undefined };
  const blank = column.kind === 'money' || column.kind === 'yesNo' ? isBlank : isNothing;
  const plain: Reader = (text) => (blank(text) ? missing : read(text, title, heading, serials));
  return UNIQUE.has(column.kind) ? plain : remembering(plain);
}

/** Dates, rates and labels repeat through a file: each text is read once. */
function remembering(read: Reader): Reader {
  const known = new Map<string, CellResult<unknown>>();
  return (text) => {
    const earlier = known.get(text);
    if (earlier) return earlier;
    const result = read(text);
    if (known.size < REMEMBERED) known.set(text, result);
    return result;
  };
}

function toFault(fault: CellFault, field: string, row: number, seq: string | undefined): Fault {
  return { code: fault.code, field, value: fault.value, message: fault.message, row, seq };
}
