import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import type { Citation } from '../errors.ts';
import { depositIncomeOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { Resolution } from './difference.ts';

/** What falls on a pool's contributors. */
export const SHARED: readonly Resolution[] = ['interest', 'bankFee'];

/**
 * Whether interest and fees of a book's account on a day are split by what each contributor had before, and by which article. A subsidy budget's are not the
 * contributors': it has none, and no clause.
 */
export async function incomeRule(
  tx: Tx,
  book: string,
  on: LocalDate,
): Promise<{ byHoldings: boolean; cites: Citation[] }> {
  const pool = await tx.pool.findUnique({ where: { code: book } });
  if (!pool) return { byHoldings: true, cites: [] };
  const { added } = await rulebook(tx);
  return depositIncomeOn(policyByCode(pool.policyCode), on, added);
}
