import type { LocalDate } from '../calendar/local-date.ts';
import { column } from '../db/bulk.ts';
import type { Tx } from '../db/client.ts';
import { DomainError } from '../errors.ts';
import type { JournalEntry, Line } from '../ledger/journal-entry.ts';
import { formatYuan, money } from '../money/money.ts';
import type { RunInputs, RunResult } from './run.ts';
import { placeOf } from './run-store.ts';
import type { DepositAccount } from './statement-store.ts';

/** Closes the differences of an account whose lines are matched by now, and adds those that a run found and that are not there yet. */
export async function syncDifferences(
  tx: Tx,
  account: DepositAccount,
  today: LocalDate,
  runId: bigint,
  inputs: RunInputs,
  { differences }: RunResult,
): Promise<void> {
  await closeMatched(tx, account.accountNo, today);
  const lines = new Map(inputs.lines.map((line) => [line.id, line]));
  const legs = new Map(inputs.legs.map((leg) => [leg.id, leg]));
  const factOf = (lineId: string | null, leg: string | null) => {
    if (lineId !== null) return lines.get(lineId)!;
    return leg === null ? { ...inputs.opening!, direction: 'in' } : { ...legs.get(leg)!, on: legs.get(leg)!.bookedOn };
  };
  const rows = differences.map(({ kind, lineId, leg }) => {
    const { on, direction, amount } = factOf(lineId, leg);
    return { kind, lineId, ...(leg === null ? { seq: null, lineNo: null } : placeOf(leg)), on, direction, amount };
  });
  if (rows.length === 0) return;
  const of = (read: (row: (typeof rows)[number]) => string | number | bigint | null) => column(rows.map(read));
  await tx.$executeRaw`
    INSERT INTO difference (pool_code, account_no, run_id, status, kind, direction, amount, occurred_on, line_id, seq, line_no)
    SELECT ${account.poolCode}, ${account.accountNo}, ${runId}, 'open', * FROM unnest(cut(${of((r) => r.kind)}), cut(${of((r) => r.direction)}), cut(${of((r) => r.amount)})::numeric[], cut(${of((r) => r.on)})::date[],
      cut(${of((r) => r.lineId)})::bigint[], cut(${of((r) => r.seq)})::bigint[], cut(${of((r) => r.lineNo)})::smallint[])
    ON CONFLICT DO NOTHING`;
}

/** What was a difference is none any more where its line has been matched. */
export async function closeMatched(tx: Tx, accountNo: string, today: LocalDate): Promise<void> {
  await tx.$executeRaw`
    UPDATE difference d SET status = 'matched', closed_on = ${today}::date
     WHERE d.account_no = ${accountNo} AND d.status IN ('open', 'proposed', 'explained')
       AND (EXISTS (SELECT FROM bank_match_line u WHERE u.line_id = d.line_id AND u.live)
         OR EXISTS (SELECT FROM bank_match_leg u WHERE u.pool_code = d.pool_code AND u.seq = d.seq AND u.line_no = d.line_no AND u.live)
         OR (d.kind = 'opening' AND d.occurred_on IS DISTINCT FROM (SELECT s.from_day FROM bank_statement s WHERE s.account_no = d.account_no ORDER BY s.from_day, s.id LIMIT 1)))`;
}

/** How many differences up to a day nobody has settled or explained. */
export async function undecided(tx: Tx, accountNo: string, end: LocalDate): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM difference WHERE account_no = ${accountNo} AND status IN ('open', 'proposed') AND occurred_on <= ${end}::date`;
  return row!.n;
}

/** What each contributor had in a pool (2901) at the beginning of a day, in the order in which they first paid in. */
export async function holdingsBefore(
  tx: Tx,
  pool: string,
  day: LocalDate,
): Promise<{ party: string; balance: string }[]> {
  return tx.$queryRaw`
    SELECT a.sub_key AS party, coalesce(sum(CASE l.side WHEN 'C' THEN l.amount ELSE -l.amount END), 0.00)::text AS balance
      FROM ledger.account a LEFT JOIN ledger.line l ON l.account_id = a.id AND l.occurred_on < ${day}::date WHERE a.book_id = ${pool} AND a.code = '2901' GROUP BY a.id, a.sub_key ORDER BY a.id`;
}

/** An entry as it was posted, to be taken back. */
export async function postedEntry(
  tx: Tx,
  pool: string,
  reference: string,
): Promise<JournalEntry & { reversed: boolean }> {
  const rows = await tx.$queryRaw<
    {
      kind: string;
      memo: string;
      on: LocalDate;
      reversed: boolean;
      code: string;
      key: string;
      side: 'D' | 'C';
      amount: string;
    }[]
  >`
    SELECT e.kind, e.memo, e.occurred_on::text AS on, EXISTS (SELECT FROM ledger.entry r WHERE r.book_id = e.book_id AND r.reverses = e.reference) AS reversed, a.code, a.sub_key AS key, l.side, l.amount::text FROM ledger.entry e
      JOIN ledger.line l ON l.book_id = e.book_id AND l.seq = e.seq JOIN ledger.account a ON a.id = l.account_id WHERE e.book_id = ${pool} AND e.reference = ${reference} ORDER BY l.line_no`;
  const { kind, memo, on, reversed } = rows[0]!;
  const lines = rows.map(({ code, key, side, amount }) => ({ code, key, side, amount: money(amount) }));
  return { reference, kind, memo, occurredOn: on, cites: [], lines, reversed };
}

/** Says in words what the ledger would refuse: an account of the entry that would go below zero. @throws DomainError BALANCE_SHORT (409) */
export async function assertCovered(tx: Tx, pool: string, lines: readonly Line[]): Promise<void> {
  for (const { code, key, side, amount } of lines) {
    const [account] = await tx.$queryRaw<{ balance: string; normal: string; name: string }[]>`
      SELECT a.balance::text, a.normal_side AS normal, c.name FROM ledger.account a JOIN ledger.chart c USING (code) WHERE a.book_id = ${pool} AND a.code = ${code} AND a.sub_key = ${key}`;
    if (!account || account.normal === side || money(account.balance).gte(amount)) continue;
    const message = `${account.name} ${key} 余额 ${formatYuan(money(account.balance))} 元，不足 ${formatYuan(amount)} 元`;
    throw new DomainError('BALANCE_SHORT', message, { status: 409 });
  }
}

/** The payment in suspense that a receipt of the same amount brings back, the oldest that is still out; null where there is none. */
export async function returnedPayment(
  tx: Tx,
  { accountNo, amount }: { accountNo: string; amount: string },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.id::text FROM difference d JOIN ledger.account a ON a.book_id = d.pool_code AND a.code = '1218' AND a.sub_key = 'suspense-' || d.id || ':cost'
     WHERE d.account_no = ${accountNo} AND d.resolution = 'paymentSuspense' AND d.status = 'resolved' AND d.amount = ${amount}::numeric AND a.balance >= d.amount ORDER BY d.occurred_on, d.id LIMIT 1`;
  return row?.id ?? null;
}
