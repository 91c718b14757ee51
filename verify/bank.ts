import { holds, type Printed, printedOf } from './printed.ts';
import { checkRecords, type Evidence, type Kept } from './records.ts';
import { type Check, fen, rawField, rowsOf, sha256, yuan } from './report.ts';

interface Statement {
  id: number;
  accountNo: string;
  fileName: string;
  format: string;
  sha256: string;
  from: string;
  to: string;
  opening: string;
  closing: string;
  lines: number;
  newLines: number;
}
/** A bank line as it was hashed. */
type Line = [
  ...[
    id: number,
    statement: number,
    accountNo: string,
    on: string,
    time: string | null,
    direction: 'in' | 'out',
    amount: string,
  ],
  ...[
    ordinal: number,
    balance: string | null,
    party: string | null,
    partyAccount: string | null,
    partyBank: string | null,
  ],
  ...[memo: string, row: number],
];
/** A line of the bank as later checks use it. */
export interface BankLine {
  id: number;
  /** the bank's number, which a later file may have given */
  serial: string | null;
  on: string;
  /** money in is positive, in fen */
  signed: bigint;
  balance: bigint | null;
  file: string;
  line: number;
}
interface Run {
  id: number;
  accountNo: string;
  period: string;
  bankClosing: string;
  ledgerClosing: string;
  unexplained: string;
  inputs: string;
  result: string;
}

/** The banks' statements: files as they came, lines as they were read, balances that follow on each other; and the reconciliations drawn from them. */
export function checkBank(check: Check, evidence: Map<string, Evidence[]>): Map<string, BankLine[]> {
  const { book } = check.manifest;
  const statements = checkRecords<Statement>(check, 'bankStatement', 'bank/statements', evidence);
  const accounts = new Map<string, BankLine[]>();
  for (const [accountNo, own] of Map.groupBy(statements, ({ record }) => record.accountNo)) {
    const files = own.map((statement) => readFile(check, statement));
    const lines = own.flatMap((statement, i) =>
      checkLines(check, statement, files[i]!, evidence.get(`bankLines:${book}:${statement.record.id}`) ?? []),
    );
    lines.sort((a, b) => (a.on === b.on ? a.id - b.id : a.on < b.on ? -1 : 1));
    accounts.set(accountNo, lines);
    checkBalances(check, accountNo, lines, own);
    checkSerials(check, lines, files);
  }
  checkRuns(check, checkRecords<Run>(check, 'reconciliation', 'bank/reconciliations', evidence), accounts);
  checkRecords(check, 'confirmation', 'bank/confirmations', evidence);
  checkRecords(check, 'loanReconciliation', 'bank/loans', evidence);
  return accounts;
}

/** A statement's file as it came: it is the one that was handed in, and where its format states balances, those are the statement's. */
function readFile(check: Check, { record }: Kept<Statement>): Printed | null {
  const { id, format, fileName } = record;
  const about = `对账单 ${id}（${fileName}）`;
  const path = `bank/files/${id}.${format}`;
  const bytes = check.source.read(path);
  if (!bytes) {
    check.find({ check: 'bank.file', file: path, about, text: '对账单原件缺失' });
    return null;
  }
  if (sha256(bytes).toString('hex') !== record.sha256)
    check.find({ check: 'bank.file', file: path, about, text: '对账单原件与登记的散列值不符：原件被改动' });
  const printed = printedOf(format, bytes);
  if (STATED.includes(format))
    for (const [what, amount] of [
      ['期初', record.opening],
      ['期末', record.closing],
    ] as const)
      if (!printed?.shows(amount))
        check.find({ check: 'bank.stated', file: path, about, text: `原件中没有${what}余额 ${amount}` });
  return printed;
}

/** The formats whose files state what they open and close with. */
const STATED = ['camt053', 'mt940'];

/** A statement's lines: each is as it was read, and stands in its row of the file with its amount and its balance. */
function checkLines(
  check: Check,
  { record, file, line }: Kept<Statement>,
  printed: Printed | null,
  digests: Evidence[],
): BankLine[] {
  const { id, fileName } = record;
  const about = `对账单 ${id}（${fileName}）`;
  const rows = [...rowsOf<{ serial: string | null; line: Line }>(check, `bank/lines/${id}`)];
  const kept: string[] =
    digests
      .map(({ parts }) => parts ?? '')
      .join('')
      .match(/.{16}/g) ?? [];
  const hashes = rows.map((row) => sha256(rawField(row, 'line')).toString('hex').slice(0, 16));
  const [known, found] = [new Set(kept), new Set(hashes)];
  for (const [i, row] of rows.entries()) {
    const [lineId, , , on, , , amount, , balance, , , , , no] = row.value.line;
    const place = { file: row.file, line: row.line, about: `${about}第 ${no} 行` };
    if (!known.has(hashes[i]!))
      check.find({
        check: 'bank.line',
        ...place,
        text: `明细 ${lineId}（${on} ${amount}）与导入时的摘要不符：被改动或添入`,
      });
    else if (hashes[i] !== kept[i] && kept.length === rows.length)
      check.find({ check: 'bank.order', ...place, text: `明细 ${lineId} 的次序与导入时不同` });
    const lacking = [amount, balance ?? amount].find((figure) => printed && !holds(printed.row(no), figure));
    if (lacking) check.find({ check: 'bank.row', ...place, text: `原件第 ${no} 行没有金额 ${lacking}` });
  }
  const lost = kept.filter((hash) => !found.has(hash)).length;
  if (rows.length !== record.newLines || rows.length < kept.length)
    check.find({
      check: 'bank.count',
      file,
      line,
      about,
      text: `明细应为 ${record.newLines} 行，现有 ${rows.length} 行${lost > 0 ? `，${lost} 行被删除或改动` : ''}`,
    });
  return rows.map(({ value, ...row }) => ({ ...asLine(value.line, row), serial: value.serial }));
}

const asLine = (
  [id, , , on, , direction, amount, , balance]: Line,
  { file, line }: { file: string; line: number },
): Omit<BankLine, 'serial'> => ({
  ...{ id, on, file, line, balance: balance === null ? null : fen(balance) },
  signed: direction === 'in' ? fen(amount) : -fen(amount),
});

/** Serial numbers may come later than their lines and are no part of what was hashed: each stands in one of the account's files. */
function checkSerials(check: Check, lines: BankLine[], files: (Printed | null)[]): void {
  const read = files.filter((printed) => printed !== null);
  if (read.length < files.length) return;
  const known = (serial: string) =>
    read.some(({ cells }) => cells.has(serial)) || read.some((printed) => printed.says(serial));
  for (const { id, on, serial, file, line } of lines)
    if (serial !== null && !known(serial))
      check.find({
        check: 'bank.serial',
        ...{ file, line, about: `明细 ${id}` },
        text: `明细 ${id}（${on}）的流水号「${serial}」在该账户的对账单原件中没有：被改动`,
      });
}

/**
 * Balances of an account: line after line, and at both ends of each statement. A statement that overlaps one of the year before has some of its lines there: of
 * such a one nothing is summed, and the balance is taken up where a line next says it.
 */
function checkBalances(check: Check, accountNo: string, lines: BankLine[], statements: Kept<Statement>[]): void {
  const about = `账户 ${accountNo}`;
  // The lines are in the order of their days: those of a statement stand beside each other.
  const within = ({ from, to }: Statement) => lines.slice(firstFrom(lines, from), firstFrom(lines, to, true));
  const whole = (statement: Statement) => within(statement).length >= statement.lines;
  const first = statements.toSorted((a, b) => (a.record.from < b.record.from ? -1 : 1))[0]!.record;
  let balance = whole(first) || first.newLines === first.lines ? fen(first.opening) : null;
  const ends = new Map<string, bigint>();
  for (const { on, signed, balance: said, file, line } of lines) {
    const reached = balance === null ? null : balance + signed;
    if (said !== null && reached !== null && said !== reached)
      check.find({
        check: 'bank.balance',
        file,
        line,
        about,
        text: `${on} 的余额 ${yuan(said)} 与上一行余额加本行发生额 ${yuan(reached)} 不符`,
      });
    balance = said ?? reached;
    if (balance !== null) ends.set(on, balance);
  }
  const days = [...ends.keys()];
  for (const { record, file, line } of statements) {
    const { from, to, opening, closing, id, fileName, lines: all, newLines } = record;
    const moved = within(record).reduce((sum, { signed }) => sum + signed, 0n);
    // Of its last day a statement may have told a part only.
    const later = statements.some((other) => other.record.id > id && other.record.from <= to && other.record.to >= to);
    const known = whole(record) || newLines === all;
    if (known && !later && fen(opening) + moved !== fen(closing))
      check.find({
        check: 'bank.closing',
        file,
        line,
        about: `对账单 ${id}（${fileName}）`,
        text: `期初 ${opening} 加各行 ${yuan(moved)} 不等于期末 ${closing}`,
      });
    const before = days.findLast((day) => day < from);
    if (before !== undefined && ends.get(before) !== fen(opening))
      check.find({
        check: 'bank.opening',
        file,
        line,
        about: `对账单 ${id}（${fileName}）`,
        text: `期初 ${opening} 与此前余额 ${yuan(ends.get(before)!)} 不衔接`,
      });
  }
}

/** Where the lines of a day, or with `after` those behind it, begin. */
function firstFrom(lines: readonly BankLine[], day: string, after = false): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { on } = lines[middle]!;
    if (on < day || (after && on === day)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** 余额调节表: the bank's balance and the items lead to the ledger's. */
function checkRuns(check: Check, runs: Kept<Run>[], accounts: Map<string, BankLine[]>): void {
  for (const { record, file, line } of runs) {
    const { accountNo, period, bankClosing, ledgerClosing, unexplained, id } = record;
    const result = JSON.parse(record.result) as { bridge: { amount: string }[] };
    const reached = result.bridge.reduce((sum, { amount }) => sum + fen(amount), fen(bankClosing));
    const about = `对账 ${id}（${accountNo} ${period}）`;
    if (reached - fen(ledgerClosing) !== fen(unexplained))
      check.find({
        check: 'bank.bridge',
        file,
        line,
        about,
        text: `银行余额加各项为 ${yuan(reached)}，与账面 ${ledgerClosing} 相差不是 ${unexplained}`,
      });
    const lines = accounts.get(accountNo) ?? [];
    const last = lines[firstFrom(lines, `${period}-31`, true) - 1];
    if (
      last?.balance != null &&
      last.on.slice(0, 7) === period &&
      coveredWhole(record.inputs) &&
      last.balance !== fen(bankClosing)
    )
      check.find({
        check: 'bank.run',
        file,
        line,
        about,
        text: `银行余额 ${bankClosing} 与对账单末行余额 ${yuan(last.balance)} 不符`,
      });
  }
}

/** Whether a run saw the whole month: the bank's later lines of that month are then none of its. */
function coveredWhole(inputs: string): boolean {
  const { coveredTo, period } = JSON.parse(inputs) as { coveredTo: string; period: string };
  const [year, month] = period.split('-').map(Number);
  return coveredTo >= new Date(Date.UTC(year!, month!, 0)).toISOString().slice(0, 10);
}
