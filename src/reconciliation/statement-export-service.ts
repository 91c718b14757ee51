import { type Context, ownFilter, permit } from '../access/context.ts';
import { addDays, type LocalDate } from '../calendar/local-date.ts';
import { lastDay, periodOf, periodsBetween } from '../calendar/settlement-period.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { exportEnd, exportEntry, exportHead } from '../ledger/export.ts';
import { type ExportEntry, type ExportFrame, signed } from '../ledger/export-frame.ts';
import type { ExportFormat } from '../ledger/export-names.ts';
import { ACCOUNTS } from '../ledger/journal-entry.ts';
import type { AccountBalance } from '../ledger/trial-balance.ts';
import { Exact, toWire } from '../money/money.ts';
import { depositAccounts, firstOpening } from './statement-store.ts';

interface Exported {
  accountNo: string;
  /** the first day of the first statement and the last of the last */
  first: LocalDate;
  last: LocalDate;
  opening: string;
  lines: number;
}
interface LineOut {
  id: string;
  on: LocalDate;
  serial: string | null;
  direction: string;
  amount: string;
  party: string | null;
  memo: string;
}

/** Lines read at a time. */
const PAGE = 5_000;
/** The other side of every movement: whoever the bank says it was. */
const OTHERS = { code: '3001', key: 'counterparty', name: '对方', offBalance: false } as const;

/**
 * An account's statements as the bank wrote them, as a journal for hledger, Ledger or beancount: each line an entry, the bank's balance at each month's end an
 * assertion that the reader proves. Beside the exported book it shows without us whether the two agree.
 * @throws DomainError NOT_FOUND (404) for an account of others, or one without statements
 */
export async function exportStatements(
  ctx: Context,
  accountNo: string,
  format: ExportFormat,
): Promise<{ name: string; pieces: AsyncGenerator<string> }> {
  permit(ctx, 'bankStatement.read');
  const account = await inTransaction(ctx, async (tx): Promise<Exported | null> => {
    const known = await depositAccounts(tx, ownFilter(ctx.actor).poolCode?.in ?? null, { accountNo });
    const first = known.length === 1 ? await firstOpening(tx, accountNo) : null;
    if (!first) return null;
    const [{ last, lines }] = await tx.$queryRaw<[{ last: LocalDate; lines: number }]>`
      SELECT max(to_day)::text AS last, (SELECT count(*)::int FROM bank_line WHERE account_no = ${accountNo}) AS lines FROM bank_statement WHERE account_no = ${accountNo}`;
    return { accountNo, first: first.on, last, opening: toWire(first.opening), lines };
  });
  if (!account) throw new DomainError('NOT_FOUND', `没有账户「${accountNo}」的对账单`, { status: 404 });
  return { name: `${accountNo}-${account.last}.${format}`, pieces: piecesOf(ctx, format, account) };
}

async function* piecesOf(ctx: Context, format: ExportFormat, account: Exported): AsyncGenerator<string> {
  let balance = new Exact(account.opening);
  const frame = frameOf(account, account.opening);
  yield exportHead(format, { ...frame, closing: sidesOf(account.accountNo, '0.00') });
  let after = { on: '0001-01-01' as LocalDate, id: '0' };
  for (const period of periodsBetween(periodOf(account.first), periodOf(account.last))) {
    const end = lastDay(period) < account.last ? lastDay(period) : account.last;
    for (let page: LineOut[] = []; ; ) {
      page = await linesAfter(ctx, account.accountNo, after, end);
      for (const line of page) balance = balance.plus(signed(line.amount, line.direction === 'in'));
      yield page.map((line, i) => exportEntry(format, entryOf(account.accountNo, line, i))).join('');
      after = page.at(-1) ?? after;
      if (page.length < PAGE) break;
    }
    yield `${exportEnd(format, { ...frame, to: end, closing: sidesOf(account.accountNo, toWire(balance)) })}\n`;
  }
}

function frameOf(account: Exported, opening: string): ExportFrame {
  const { accountNo, first, last, lines } = account;
  return {
    ...{
      book: { poolCode: accountNo, name: `银行流水 ${accountNo}`, entries: lines, head: '' },
      from: first,
      to: last,
    },
    ...{ opened: addDays(first, -1), opening: sidesOf(accountNo, opening), closing: [] },
    says: [`账户 ${accountNo} 的银行对账单`, `${first} 至 ${last}，共 ${lines} 笔，金额单位：元，收入为正`],
  };
}

/** The account and whoever stands on the other side of it, at a balance of the bank's. */
function sidesOf(accountNo: string, balance: string): AccountBalance[] {
  const deposit = { code: ACCOUNTS.deposit, name: '银行存款', key: accountNo, offBalance: false };
  return [
    { ...deposit, poolCode: accountNo, normalSide: 'D', balance },
    { ...OTHERS, poolCode: accountNo, normalSide: 'C', balance },
  ];
}

function entryOf(accountNo: string, line: LineOut, i: number): ExportEntry {
  const amount = signed(line.amount, line.direction === 'in');
  const other = signed(line.amount, line.direction !== 'in');
  return {
    ...{ occurredOn: line.on, seq: i + 1, memo: [line.party, line.memo].filter(Boolean).join(' ') || '（无摘要）' },
    tags: line.serial === null ? [] : [['reference', line.serial]],
    lines: [
      { code: ACCOUNTS.deposit, key: accountNo, offBalance: false, amount, subject: null },
      { ...OTHERS, amount: other, subject: line.party },
    ],
  };
}

/** The next lines of an account up to a day, in the bank's order. */
function linesAfter(
  ctx: Context,
  accountNo: string,
  after: { on: LocalDate; id: string },
  end: LocalDate,
): Promise<LineOut[]> {
  return inTransaction(
    ctx,
    (tx) => tx.$queryRaw<LineOut[]>`
      SELECT id::text, occurred_on::text AS on, serial, direction, amount::text, counterparty_name AS party, memo FROM bank_line
       WHERE account_no = ${accountNo} AND occurred_on <= ${end}::date AND (occurred_on, id) > (${after.on}::date, ${after.id}::bigint) ORDER BY occurred_on, id LIMIT ${PAGE}`,
  );
}
