import { type Context, ownFilter, permit } from '../access/context.ts';
import { inTransaction } from '../db/transaction.ts';
import { ACCOUNTS } from '../ledger/journal-entry.ts';

/** What a pool owes a party (应付款, 2307), and what of it a second person has still to confirm. Wire amounts. */
export interface PayableView {
  poolCode: string;
  poolName: string;
  party: string;
  /** of an institution, or of a borrower; a receipt of unknown origin by the number of its difference */
  partyName: string;
  owed: string;
  /** proposed to be paid and not confirmed yet */
  proposed: string;
}

/** What pools owe banks, guarantors and borrowers now: a bank sees what is its own, a county its pools. By pool and party. */
export async function listPayables(ctx: Context, filter: { poolCode?: string }): Promise<PayableView[]> {
  permit(ctx, 'claim.read');
  const { bankCode = null, poolCode: pools = null } = ownFilter(ctx.actor);
  return inTransaction(
    ctx,
    (tx) => tx.$queryRaw<PayableView[]>`
      SELECT p.code AS "poolCode", p.name AS "poolName", a.sub_key AS party,
             coalesce(i.name, e.name, '待查款项' || nullif(split_part(a.sub_key, 'suspense:', 2), ''), a.sub_key) AS "partyName", a.balance::text AS owed,
             (SELECT coalesce(sum(o.amount), 0.00)::text FROM pool_payout o
               WHERE o.pool_code = p.code AND o.party = a.sub_key AND o.status = 'proposed') AS proposed
        FROM ledger.account a JOIN pool p ON p.code = a.book_id
        LEFT JOIN institution i ON i.code = a.sub_key LEFT JOIN enterprise e ON e.uscc = a.sub_key
       WHERE a.code = ${ACCOUNTS.otherPayable} AND a.balance <> 0
         AND (${bankCode}::text IS NULL OR a.sub_key = ${bankCode}) AND (${pools?.in ?? null}::text[] IS NULL OR p.code = ANY (${pools?.in ?? null}::text[]))
         AND (${filter.poolCode ?? null}::text IS NULL OR p.code = ${filter.poolCode ?? null})
       ORDER BY p.code, a.sub_key`,
  );
}
