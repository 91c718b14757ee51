import { audit } from '../access/audit.ts';
import { type Context, ownFilter, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { toHex } from '../db/hex.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { Mapping } from '../files/headings.ts';
import { readStatement } from '../files/read-statement.ts';
import type { StatementFile } from '../files/statement.ts';
import type { BankStatement, Prisma } from '../generated/node/client.ts';
import { toWire } from '../money/money.ts';
import { type CheckedStatement, checkStatement, toldBy } from './statement-check.ts';
import { mergeStatement } from './statement-merge.ts';
import {
  addLines,
  type DepositAccount,
  depositAccounts,
  knownAccount,
  lockAccount,
  movedBy,
  openingBooked,
} from './statement-store.ts';

export interface NewStatement {
  file: Uint8Array<ArrayBuffer>;
  fileName: string;
  poolCode?: string;
  /** needed where the file does not say it and the pool has several */
  accountNo?: string;
  /** its days where the file does not say them */
  from?: LocalDate;
  to?: LocalDate;
  mapping?: Mapping;
}

export interface StatementView {
  id: string;
  poolCode: string;
  accountNo: string;
  fileName: string;
  format: string;
  from: LocalDate;
  to: LocalDate;
  opening: string;
  /** Σ of its lines on each side; null where another statement of its last day went further */
  moneyIn: string | null;
  moneyOut: string | null;
  closing: string;
  lines: number;
  newLines: number;
  warnings: Fault[];
  importedOn: LocalDate;
}

/**
 * 导入银行对账单: read, held to its own figures and to the account's earlier statements, and added line by line but for what is known. All of it or nothing.
 * The same file again adds nothing and answers the same statement.
 * @throws DomainError as `readStatement`, `checkStatement`, `toldBy` and `mergeStatement`, ACCOUNT_FOREIGN, ACCOUNT_NEEDED (422), OPENING_BOOKED (409)
 */
export async function importStatement(
  ctx: Context,
  input: NewStatement,
): Promise<{ created: boolean; statement: StatementView }> {
  permit(ctx, 'bankStatement.import');
  const { read, mapping } = await readWithProfiles(ctx, input);
  const checked = toldBy(checkStatement(read, input), ctx.today);
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', input.file));
  return inTransaction(ctx, async (tx) => {
    const account = await accountOf(tx, ctx, input, read);
    await lockAccount(tx, account.accountNo);
    const before = await tx.bankStatement.findFirst({
      where: { accountNo: account.accountNo, sha256 },
      omit: { file: true },
    });
    if (before) return { created: false, statement: { ...(await viewed(tx, [before]))[0]!, newLines: 0 } };
    const known = await knownAccount(tx, account.accountNo, checked.from, checked.to);
    if (known.first && checked.from < known.first.on && (await openingBooked(tx, account.accountNo)))
      throw new DomainError(
        'OPENING_BOOKED',
        `账户 ${account.accountNo} ${known.first.on} 的期初余额已经入账，不能再导入更早的对账单；确需导入的，请先冲销期初入账`,
        { status: 409 },
      );
    const merged = mergeStatement(checked, known);
    const row = await tx.bankStatement.create({
      data: {
        ...{
          ...account,
          fileName: input.fileName,
          file: input.file,
          sha256,
          format: read.format,
          newLines: merged.fresh.length,
        },
        ...{
          ...figures(checked),
          warnings: read.warnings as unknown as Prisma.InputJsonValue,
          importedBy: ctx.actor.id,
        },
        ...{ importedOn: dateToDb(ctx.today), ...(mapping ? { mapping } : {}) },
      },
      omit: { file: true },
    });
    await addLines(tx, { ...account, id: row.id }, merged);
    const { lines, newLines } = row;
    const after = { ...account, sha256: toHex(sha256), from: checked.from, to: checked.to, lines, newLines };
    await audit(tx, ctx, { action: 'bankStatement.import', subject: `bankStatement:${row.id}`, after });
    return { created: true, statement: (await viewed(tx, [row]))[0]! };
  });
}

const figures = ({ from, to, opening, closing, rows }: CheckedStatement) => ({
  ...{ from: dateToDb(from), to: dateToDb(to), opening: toWire(opening), closing: toWire(closing), lines: rows.length },
});

/** By the names we know or the sender's mapping; a table of other names by the first profile that all of its headings fit. */
async function readWithProfiles(
  ctx: Context,
  { file, mapping }: NewStatement,
): Promise<{ read: StatementFile; mapping?: Mapping }> {
  try {
    return { read: await readStatement(file, mapping), mapping };
  } catch (error) {
    const names = ['HEADINGS_NOT_FOUND', 'STATEMENT_HEADINGS', 'HEADING_DUPLICATE'];
    if (mapping || !(error instanceof DomainError && names.includes(error.code))) throw error;
    const profiles = await inTransaction(ctx, (tx) => tx.statementProfile.findMany({ orderBy: { id: 'asc' } }));
    for (const profile of profiles) {
      const said = profile.mapping as Mapping;
      const read = await readStatement(file, said).catch((other: unknown) => {
        if (other instanceof DomainError) return undefined;
        throw other;
      });
      if (read) return { read, mapping: said };
    }
    throw error;
  }
}

/** Whose statement it is: what the file says, and what its sender says, must be one account of a pool. */
async function accountOf(
  tx: Tx,
  ctx: Context,
  { poolCode, accountNo }: NewStatement,
  read: StatementFile,
): Promise<DepositAccount> {
  if (accountNo && read.accountNo && accountNo !== read.accountNo)
    throw foreign(read.accountNo, `不是所选的 ${accountNo}`);
  const no = read.accountNo ?? accountNo;
  const pools = ownFilter(ctx.actor).poolCode?.in ?? null;
  const found = await depositAccounts(tx, pools, { poolCode, accountNo: no });
  if (found.length === 1) return found[0]!;
  if (no) throw foreign(no, poolCode ? `不是「${poolCode}」的账户` : '不是资金池或补贴预算单独使用的账户');
  throw new DomainError('ACCOUNT_NEEDED', '对账单没有写明账号，请选择它是哪个账户的（poolCode 或 accountNo）');
}

function foreign(accountNo: string, problem: string): DomainError {
  return new DomainError('ACCOUNT_FOREIGN', `对账单的账号 ${accountNo} ${problem}，未导入`);
}

const STATEMENTS: Listing = {
  from: 'bank_statement s',
  key: { sql: 's.id', type: 'bigint' },
  fields: {
    id: { sql: 's.id', type: 'bigint' },
    poolCode: { sql: 's.pool_code', type: 'text' },
    accountNo: { sql: 's.account_no', type: 'text' },
    from: { sql: 's.from_day', type: 'date' },
    to: { sql: 's.to_day', type: 'date' },
    importedOn: { sql: 's.imported_on', type: 'date' },
  },
  search: ['s.account_no', 's.file_name'],
  order: '-to',
};
/** What statements may be put in order by. */
export const STATEMENT_SORTS = Object.keys(STATEMENTS.fields);

/** Statements that the actor sees: a county those of its pools. */
export async function listStatements(
  ctx: Context,
  filter: { poolCode?: string; accountNo?: string },
  ask: ListAsk,
): Promise<Listed<StatementView>> {
  permit(ctx, 'bankStatement.read');
  const conditions: Condition[] = [
    ['s.pool_code = ?', filter.poolCode],
    ['s.account_no = ?', filter.accountNo],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, STATEMENTS, conditions, ask);
    const rows = await tx.bankStatement.findMany({ where: { id: { in: ids.map(BigInt) } }, omit: { file: true } });
    const sorted = inOrder(ids, rows, ({ id }) => `${id}`);
    return { ...page, items: await viewed(tx, sorted) };
  });
}

/** One statement. @throws DomainError NOT_FOUND (404) */
export async function findStatement(ctx: Context, id: bigint): Promise<StatementView> {
  permit(ctx, 'bankStatement.read');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.bankStatement.findUnique({ where: { id }, omit: { file: true } });
    if (!row) throw notFound();
    return (await viewed(tx, [row]))[0]!;
  });
}

/** The file as it was handed in. @throws DomainError NOT_FOUND (404) */
export async function statementFile(
  ctx: Context,
  id: bigint,
): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  permit(ctx, 'bankStatement.read');
  return inTransaction(ctx, async (tx) => {
    const row = await tx.bankStatement.findUnique({ where: { id }, select: { fileName: true, file: true } });
    if (!row) throw notFound();
    await audit(tx, ctx, { action: 'bankStatement.download', subject: `bankStatement:${id}` });
    return { name: row.fileName, bytes: row.file };
  });
}

const notFound = () => new DomainError('NOT_FOUND', '没有这份对账单', { status: 404 });

type StatementRow = Omit<BankStatement, 'file'>;

async function viewed(tx: Tx, rows: StatementRow[]): Promise<StatementView[]> {
  const moved = await movedBy(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({ ...view(row), ...(moved.get(`${row.id}`) ?? { moneyIn: null, moneyOut: null }) }));
}

function view(row: StatementRow): Omit<StatementView, 'moneyIn' | 'moneyOut'> {
  const { poolCode, accountNo, fileName, format, lines, newLines } = row;
  return {
    ...{ id: `${row.id}`, poolCode, accountNo, fileName, format, from: dateFromDb(row.from), to: dateFromDb(row.to) },
    ...{ opening: row.opening.toFixed(2), closing: row.closing.toFixed(2), lines, newLines },
    ...{ warnings: row.warnings as unknown as Fault[], importedOn: dateFromDb(row.importedOn) },
  };
}
