import type { Tx } from '../db/client.ts';
import { fromDb } from '../db/decimal.ts';
import type { Money } from '../money/money.ts';
import type { Holdings } from './capital.ts';

/** What every contributor has in a pool now, in the order in which they first paid in. A 1218 account is named `claim:contributor`, of advanced costs `claim:cost`. */
export async function holdingsOf(tx: Tx, pool: string): Promise<Holdings> {
  const rows = await tx.$queryRaw<Record<'contributor' | 'contributed' | 'receivable', string>[]>`
    SELECT a.sub_key AS contributor, a.balance::text AS contributed, (SELECT coalesce(sum(r.balance), 0.00) FROM ledger.account r
             WHERE r.book_id = ${pool} AND r.code = '1218' AND split_part(r.sub_key, ':', 2) = a.sub_key)::text AS receivable
      FROM ledger.account a WHERE a.book_id = ${pool} AND a.code = '2901' ORDER BY a.id`;
  const [costs] = await tx.$queryRaw<{ advanced: string }[]>`
    SELECT coalesce(sum(balance), 0.00)::text AS advanced FROM ledger.account WHERE book_id = ${pool} AND code = '1218' AND split_part(sub_key, ':', 2) = 'cost'`;
  const holders = rows.map(({ contributor, contributed, receivable }) => {
    return { contributor, contributed: fromDb(contributed), receivable: fromDb(receivable) };
  });
  return { holders, advanced: fromDb(costs!.advanced) };
}

/** All that was paid in and stands, less what was returned. */
export async function netContributed(tx: Tx, pool: string): Promise<Money> {
  const [row] = await tx.$queryRaw<{ net: string }[]>`
    SELECT ((SELECT coalesce(sum(amount), 0.00) FROM contribution WHERE pool_code = ${pool} AND reversed_on IS NULL)
          - (SELECT coalesce(sum(total), 0.00) FROM capital_order WHERE pool_code = ${pool} AND status = 'confirmed'))::text AS net`;
  return fromDb(row!.net);
}

/** What a pool's bank account holds in the books. */
export async function depositOf(tx: Tx, pool: string, accountNo: string): Promise<Money> {
  const [row] = await tx.$queryRaw<{ balance: string }[]>`
    SELECT balance::text FROM ledger.account WHERE book_id = ${pool} AND code = '1002' AND sub_key = ${accountNo}`;
  return fromDb(row?.balance ?? '0');
}

/** What still waits in a pool: claims confirmed and not paid, filings not decided. */
export async function waitingIn(tx: Tx, pool: string): Promise<{ claims: number; filings: number }> {
  const [row] = await tx.$queryRaw<{ claims: number; filings: number }[]>`
    SELECT (SELECT count(*)::int FROM claim WHERE pool_code = ${pool} AND status IN ('approved', 'confirmed')) AS claims,
           (SELECT count(*)::int FROM loan_filing WHERE pool_code = ${pool} AND status = 'submitted') AS filings`;
  return row!;
}
