import type { LocalDate } from '../calendar/local-date.ts';
import { column } from '../db/bulk.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import { Exact, toWire } from '../money/money.ts';
import type { KnownAccount, KnownLine, Merged } from './statement-merge.ts';

/** A deposit account of a book: a pool's, or a subsidy budget's under the budget's code. */
export interface DepositAccount {
  accountNo: string;
  poolCode: string;
}

/**
 * The deposit accounts that the actor sees, of one pool or budget or with one number where that is said. Budgets are the whole programme's. An account that
 * several budgets share is none of them: its balance belongs to no single book, so there is nothing to reconcile it with.
 */
export async function depositAccounts(
  tx: Tx,
  pools: string[] | null,
  asked: { poolCode?: string; accountNo?: string },
): Promise<DepositAccount[]> {
  return tx.$queryRaw`
    SELECT * FROM (
      SELECT account_no AS "accountNo", pool_code AS "poolCode" FROM bank_account WHERE pool_code IS NOT NULL AND (${pools}::text[] IS NULL OR pool_code = ANY (${pools}::text[]))
      UNION ALL
      SELECT account_no, min(code) FROM subsidy_budget WHERE ${pools}::text[] IS NULL GROUP BY account_no HAVING count(*) = 1
    ) a WHERE (${asked.poolCode ?? null}::text IS NULL OR a."poolCode" = ${asked.poolCode ?? null}) AND (${asked.accountNo ?? null}::text IS NULL OR a."accountNo" = ${asked.accountNo ?? null})
     ORDER BY a."accountNo"`;
}

/**
 * Takes an account until the transaction ends: its statements are added, and its lines matched, one after the other. Rows that only refer to it (a contribution's,
 * with its pool already taken) do not wait for that. @throws DomainError ACCOUNT_UNKNOWN
 */
export async function lockAccount(tx: Tx, accountNo: string): Promise<void> {
  const of = [
    ...(await tx.$queryRaw<object[]>`SELECT 1 FROM bank_account WHERE account_no = ${accountNo} FOR NO KEY UPDATE`),
    ...(await tx.$queryRaw<object[]>`SELECT 1 FROM subsidy_budget WHERE account_no = ${accountNo} FOR NO KEY UPDATE`),
  ];
  if (of.length === 0) throw new DomainError('ACCOUNT_UNKNOWN', `没有账户「${accountNo}」`, { status: 404 });
}

/** What is known of an account around a statement's days. */
export async function knownAccount(tx: Tx, accountNo: string, from: LocalDate, to: LocalDate): Promise<KnownAccount> {
  const spans = await tx.$queryRaw<{ from: LocalDate; to: LocalDate }[]>`
    SELECT from_day::text AS from, to_day::text AS to FROM bank_statement
     WHERE account_no = ${accountNo} AND from_day <= ${to}::date AND to_day >= ${from}::date ORDER BY id`;
  const lines = await tx.$queryRaw<KnownLine[]>`
    SELECT id, occurred_on::text AS on, direction, amount::text, ordinal, serial, balance::text FROM bank_line
     WHERE account_no = ${accountNo} AND occurred_on BETWEEN ${from}::date AND ${to}::date ORDER BY id`;
  const first = await firstOpening(tx, accountNo);
  const before = first && from >= first.on ? await balanceBefore(tx, accountNo, from) : null;
  return { spans, lines, first, before };
}

/** What the earliest statement of an account opened with; null without statements. */
export async function firstOpening(tx: Tx, accountNo: string): Promise<{ on: LocalDate; opening: Exact } | null> {
  const [row] = await tx.$queryRaw<{ on: LocalDate; opening: string }[]>`
    SELECT from_day::text AS on, opening::text FROM bank_statement WHERE account_no = ${accountNo} ORDER BY from_day, id LIMIT 1`;
  return row ? { on: row.on, opening: new Exact(row.opening) } : null;
}

/** Whether what an account opened with stands against entries: then the account's statements begin there. */
export async function openingBooked(tx: Tx, accountNo: string): Promise<boolean> {
  return (await tx.bankMatch.count({ where: { accountNo, rule: 'opening', undoneOn: null } })) > 0;
}

/** The bank's balance at the beginning of a day, from the first opening and the lines since. */
async function balanceBefore(tx: Tx, accountNo: string, day: LocalDate): Promise<Exact> {
  const [row] = await tx.$queryRaw<{ balance: string }[]>`
    SELECT ((SELECT opening FROM bank_statement WHERE account_no = ${accountNo} ORDER BY from_day, id LIMIT 1)
         + coalesce((SELECT sum(CASE direction WHEN 'in' THEN amount ELSE -amount END) FROM bank_line WHERE account_no = ${accountNo} AND occurred_on < ${day}::date), 0))::text AS balance`;
  return new Exact(row!.balance);
}

/**
 * What a statement's lines brought in and took out, by its id: those known by then of its days. Left out where an earlier statement had a line of its last day that
 * it does not have, for then they are not the same lines.
 */
export async function movedBy(tx: Tx, ids: bigint[]): Promise<Map<string, { moneyIn: string; moneyOut: string }>> {
  const rows = await tx.$queryRaw<{ id: bigint; moneyIn: string; moneyOut: string }[]>`
    SELECT s.id, m.paid_in::text AS "moneyIn", m.paid_out::text AS "moneyOut" FROM bank_statement s CROSS JOIN LATERAL (
      SELECT coalesce(sum(l.amount) FILTER (WHERE l.direction = 'in'), 0.00) AS paid_in, coalesce(sum(l.amount) FILTER (WHERE l.direction = 'out'), 0.00) AS paid_out
        FROM bank_line l WHERE l.account_no = s.account_no AND l.occurred_on BETWEEN s.from_day AND s.to_day AND l.statement_id <= s.id) m
     WHERE s.id = ANY (${ids}::bigint[]) AND s.opening + m.paid_in - m.paid_out = s.closing`;
  return new Map(rows.map(({ id, ...moved }) => [`${id}`, moved]));
}

/** Adds the lines that a statement brings, in one statement, and the serial numbers it gives to lines that lacked one. */
export async function addLines(
  tx: Tx,
  statement: DepositAccount & { id: bigint },
  { fresh, numbered }: Merged,
): Promise<void> {
  const of = <T extends string | number | null>(read: (line: Merged['fresh'][number]) => T) => column(fresh.map(read));
  if (fresh.length > 0) {
    await tx.$executeRaw`
      INSERT INTO bank_line (statement_id, pool_code, account_no, occurred_on, time, direction, amount, ordinal, serial, balance, counterparty_name, counterparty_account, counterparty_bank, memo, row)
      SELECT ${statement.id}, ${statement.poolCode}, ${statement.accountNo}, * FROM unnest(cut(${of(({ row }) => row.on)})::date[], cut(${of(({ row }) => row.time)}), cut(${of(({ row }) => row.direction)}),
        cut(${of(({ row }) => toWire(row.amount))})::numeric[], cut(${of((f) => f.ordinal)})::int[], cut(${of(({ row }) => row.serial)}), cut(${of(({ row }) => row.balance && toWire(row.balance))})::numeric[],
        cut(${of(({ row }) => row.counterpartyName)}), cut(${of(({ row }) => row.counterpartyAccount)}), cut(${of(({ row }) => row.counterpartyBank)}), cut(${of(({ row }) => row.memo)}), cut(${of(({ row }) => row.row)})::int[])`;
  }
  if (numbered.length > 0) {
    await tx.$executeRaw`
      UPDATE bank_line l SET serial = n.serial FROM unnest(cut(${column(numbered.map(({ id }) => id))})::bigint[], cut(${column(numbered.map(({ serial }) => serial))})) n(id, serial) WHERE l.id = n.id`;
  }
}
