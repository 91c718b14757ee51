import type { LocalDate } from '../calendar/local-date.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { Money } from '../money/money.ts';
import { type CellResult, foldLabel, foldWidth, refuse } from './cell.ts';
import { readDate, readMoney } from './cells.ts';
import { type Heading, headingName } from './headings.ts';
import { type MappedTable, mapTable, type TotalRow } from './map-table.ts';
import { type Direction, memoOf, plainText, refuseRows, type StatementFile, type StatementRow } from './statement.ts';
import { STATEMENT_COLUMNS, type StatementField } from './statement-columns.ts';
import { edgeOf, type Frame, frameOf } from './statement-frame.ts';
import { isBlank, type Table, type TableRow } from './table.ts';
import { readAccount } from './text-cells.ts';

type Cells = Partial<Record<StatementField, string>>;

/**
 * A bank's statement from a table: headings understood by their names (or as its sender's mapping says), whichever of the layouts they make; lines above and
 * below them taken for what they say of account, days and balances. @throws DomainError as `findHeadings`, STATEMENT_HEADINGS, STATEMENT_ROWS
 */
export function readStatementTable(table: Table): StatementFile {
  const mapped = mapTable(table, STATEMENT_COLUMNS);
  const fields = new Map(mapped.headings.map((heading) => [heading.column.field as StatementField, heading]));
  assertLayout(fields, mapped.headingLine);
  const frame = frameOf(table.rows.filter(({ line }) => line < mapped.headingLine));
  const rows: StatementRow[] = [];
  const faults: Fault[] = [];
  const warnings = mapped.warnings.filter(({ code }) => code !== 'ROW_SKIPPED' && code !== 'UNKNOWN_HEADING');
  const accounts = new Map<string, number>();
  for (const row of mapped.rows) {
    const cells = cellsOf(fields, row);
    const reader = new RowReader(row.line, cells, fields, mapped);
    if (reader.isFrame()) {
      edgeOf(row, frame);
      continue;
    }
    const read = reader.read();
    const own = reader.account('accountNo');
    if (own !== null && !accounts.has(own)) accounts.set(own, row.line);
    faults.push(...reader.faults);
    warnings.push(...reader.warnings);
    if (read) rows.push(read);
  }
  refuseRows(faults);
  return {
    ...{ format: table.format, from: frame.from, to: frame.to, opening: frame.opening, closing: frame.closing },
    ...{ accountNo: oneAccount(accounts, frame), rows, warnings: brief(warnings) },
    totals: mapped.totals.map((total) => totalOf(total, fields)),
  };
}

function assertLayout(fields: Map<StatementField, Heading>, line: number): void {
  const lacking = [
    ...(fields.has('bookedOn') || fields.has('tradedOn') || fields.has('time') ? [] : ['交易日期']),
    ...(fields.has('amount') || (fields.has('in') && fields.has('out')) ? [] : ['借方发生额、贷方发生额，或交易金额']),
  ];
  if (lacking.length === 0) return;
  const message = `第${line}行的表头缺少：${lacking.join('；')}`;
  throw new DomainError('STATEMENT_HEADINGS', `${message}。列名不同的，请先对应各列`, {
    errors: [{ code: 'STATEMENT_HEADINGS', row: line, message }],
  });
}

function cellsOf(fields: Map<StatementField, Heading>, row: TableRow): Cells {
  return Object.fromEntries([...fields].map(([field, { index }]) => [field, row.cells[index] ?? '']));
}

/** One row of the table as a line of the statement, with what is wrong or doubtful in it. */
class RowReader {
  readonly faults: Fault[] = [];
  readonly warnings: Fault[] = [];
  private readonly row: number;
  private readonly cells: Cells;
  private readonly fields: Map<StatementField, Heading>;
  private readonly table: MappedTable;

  constructor(row: number, cells: Cells, fields: Map<StatementField, Heading>, table: MappedTable) {
    this.row = row;
    this.cells = cells;
    this.fields = fields;
    this.table = table;
  }

  /** No line of the account: a balance brought forward, a note below the table. */
  isFrame(): boolean {
    const [moves, dated] = [this.moves(), this.dateCells().some((cell) => /\d{4}/.test(cell))];
    return !moves && (!dated || /承前|上期|期初|期末|上日|余额结转/.test(Object.values(this.cells).join(' ')));
  }

  read(): StatementRow | undefined {
    const on = this.date();
    const moved = this.movement();
    const balance = this.money('balance');
    if (on === undefined || moved === undefined) return undefined;
    const { cells } = this;
    this.currency();
    return {
      ...{ row: this.row, on, time: this.time(), ...moved, balance: balance ?? null },
      serial: this.code('serial') ?? this.code('voucher'),
      counterpartyName: plainText(cells.counterpartyName ?? ''),
      counterpartyAccount: this.account('counterpartyAccount'),
      counterpartyBank: plainText(cells.counterpartyBank ?? ''),
      memo: memoOf([cells.memo ?? '', cells.purpose ?? '', cells.note ?? '', cells.extra ?? '']),
    };
  }

  /** An account number; one that a spreadsheet spoilt is left out with a warning. */
  account(field: StatementField): string | null {
    const text = this.cells[field] ?? '';
    if (plainText(text) === null) return null;
    const { value, warning } = readAccount(text, this.title(field));
    if (warning) this.warnings.push({ ...warning, field, row: this.row });
    return value ?? null;
  }

  private moves(): boolean {
    const filled = (field: StatementField) => !/^[\s0.,\-—/]*$/.test(foldWidth(this.cells[field] ?? ''));
    return filled('in') || filled('out') || filled('amount');
  }

  private dateCells(): string[] {
    const { bookedOn = '', tradedOn = '', time = '' } = this.cells;
    return [bookedOn, tradedOn, time].filter((cell) => !isBlank(cell));
  }

  private date(): LocalDate | undefined {
    const field = (['bookedOn', 'tradedOn', 'time'] as const).find((name) => !isBlank(this.cells[name] ?? ''));
    if (!field) return this.fault('REQUIRED', 'tradedOn', '', '交易日期未填写');
    return this.take(field, readDate(this.cells[field]!, this.title(field), this.table.dateSystem));
  }

  private time(): string | null {
    for (const cell of [this.cells.time ?? '', this.cells.tradedOn ?? '', this.cells.bookedOn ?? '']) {
      const plain = foldWidth(cell);
      const [, h, m, s = '00'] =
        /(?:^|[ T])([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?/.exec(plain) ??
        /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(plain) ??
        [];
      if (h) return `${h.padStart(2, '0')}:${m}:${s}`;
    }
    return null;
  }

  /** What the row moves: from two columns, from an amount with 借/贷 beside it, or from a signed amount. A negative amount takes back, so it goes the other way. */
  private movement(): { direction: Direction; amount: Money } | undefined {
    const [paid, got, amount] = [this.money('out'), this.money('in'), this.money('amount')];
    if (this.faults.length > 0) return undefined;
    const side = this.side();
    const [out, into] = [paid?.isZero() === false ? paid : null, got?.isZero() === false ? got : null];
    if (out && into) return this.fault('BOTH_SIDES', 'in', '', '借方与贷方都有发生额');
    const moved = out ? this.signed('out', out) : into ? this.signed('in', into) : undefined;
    if (moved) {
      if (side && side !== (out ? 'out' : 'in'))
        return this.fault('SIDE_DIFFERS', 'side', this.cells.side, `“${this.cells.side}”与发生额所在的列不符`);
      return moved;
    }
    if (!amount || amount.isZero()) return this.fault('NO_AMOUNT', 'amount', '', '没有发生额');
    return this.signed(side ?? 'in', amount);
  }

  private signed(direction: Direction, amount: Money): { direction: Direction; amount: Money } {
    if (!amount.isNegative()) return { direction, amount };
    return { direction: direction === 'in' ? 'out' : 'in', amount: amount.neg() };
  }

  private side(): Direction | undefined {
    const text = foldLabel(this.cells.side ?? '');
    if (text === '') return undefined;
    if (/^(贷|收|入|转入|c|cr|credit|\+)/.test(text)) return 'in';
    if (/^(借|支|付|出|转出|d|dr|debit|-)/.test(text)) return 'out';
    return this.fault('SIDE', 'side', this.cells.side, `“${this.cells.side}”不是借或贷`);
  }

  private money(field: StatementField): Money | undefined {
    const text = this.cells[field] ?? '';
    const heading = this.fields.get(field);
    if (!heading || plainText(text) === null) return undefined;
    return this.take(field, readSigned(text, headingName(heading.column), heading));
  }

  /** A number by which the bank knows the line; a spoilt one is left out with a warning: the line is known by what it says. */
  private code(field: 'serial' | 'voucher'): string | null {
    const text = plainText((this.cells[field] ?? '').replace(/^['‘’]/, ''));
    if (text === null) return null;
    if (!/^\d+(?:\.\d+)?E[+-]?\d+$/i.test(text)) return foldWidth(text).slice(0, 64);
    const message = `${this.title(field)}“${text}”已被电子表格改成科学计数法，未采用`;
    this.warnings.push({ code: 'SERIAL_SPOILT', field, row: this.row, value: text, message });
    return null;
  }

  private currency(): void {
    const text = foldLabel(this.cells.currency ?? '');
    if (text === '' || /^(人民币|cny|rmb|156|01)/.test(text)) return;
    this.fault('CURRENCY', 'currency', this.cells.currency, `币种“${this.cells.currency}”不是人民币`);
  }

  private title(field: StatementField): string {
    const heading = this.fields.get(field);
    return heading ? headingName(heading.column) : field;
  }

  private take<T>(field: StatementField, { value, fault }: CellResult<T>): T | undefined {
    if (fault) this.fault(fault.code, field, fault.value, fault.message);
    return value;
  }

  private fault(code: string, field: StatementField, value: string | undefined, message: string): undefined {
    this.faults.push({ code, field, value, message, row: this.row });
    return undefined;
  }
}

/** An amount that may be negative: "-1,912,000.00", "(120.00)", "+60,000.00". Faults as `readMoney`, and AMOUNT_SPOILT for one in scientific notation. */
export function readSigned(text: string, title: string, { unit }: Pick<Heading, 'unit'>): CellResult<Money> {
  const plain = foldWidth(text);
  if (/^[-+]?\d+(?:\.\d+)?E[+-]?\d+$/i.test(plain)) {
    return refuse('AMOUNT_SPOILT', title, text, '已被电子表格改成科学计数法，请把该列设为数值后重新保存');
  }
  const negative = /^[-−–]|^\(.*\)$|^¥\s*[-−–]/.test(plain);
  const read = readMoney(plain.replace(/^\((.*)\)$/, '$1').replace(/^¥?\s*[-−–+]\s*/, ''), title, unit);
  return negative && read.value ? { value: read.value.neg() } : read;
}

function totalOf(total: TotalRow, fields: Map<StatementField, Heading>) {
  const sum = (field: 'in' | 'out') => {
    const heading = fields.get(field);
    const text = heading ? (total.cells[heading.index] ?? '') : '';
    return heading && plainText(text) !== null ? (readSigned(text, field, heading).value ?? null) : null;
  };
  return { row: total.line, label: total.label, rowsAbove: total.rowsAbove, in: sum('in'), out: sum('out') };
}

function oneAccount(accounts: Map<string, number>, frame: Frame): string | null {
  const [first, second] = [...accounts];
  if (second) throw twoAccounts(second[1], first![0], second[0]);
  if (first && frame.accountNo && frame.accountNo.no !== first[0])
    throw twoAccounts(first[1], frame.accountNo.no, first[0]);
  return first?.[0] ?? frame.accountNo?.no ?? null;
}

function twoAccounts(row: number, one: string, other: string): DomainError {
  const message = `第${row}行的账号 ${other} 与前面的 ${one} 不同，一份对账单只能有一个账户`;
  return new DomainError('STATEMENT_ACCOUNTS', message, {
    errors: [{ code: 'STATEMENT_ACCOUNTS', row, value: other, message }],
  });
}

/** A spoilt column spoils every row: said once, with how many. */
function brief(warnings: Fault[]): Fault[] {
  const groups = Map.groupBy(warnings, ({ code, field }) => `${code} ${field}`);
  return [...groups.values()].map(([first, ...rest]) =>
    rest.length === 0 ? first! : { ...first!, message: `${first!.message}（同类共${rest.length + 1}行）` },
  );
}
