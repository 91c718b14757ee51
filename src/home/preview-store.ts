import type { Tx } from '../db/client.ts';
import type { LoanFiling } from '../generated/node/client.ts';
import type { HeldTitle } from '../policy/filing.ts';

/** The first filings that wait in some pools, and how many there are. */
export async function waitingOf(tx: Tx, pools: string[], most: number): Promise<{ total: number; rows: LoanFiling[] }> {
  const where = { poolCode: { in: pools }, status: 'submitted' };
  const rows = await tx.loanFiling.findMany({ where, orderBy: { id: 'asc' }, take: most });
  return { total: await tx.loanFiling.count({ where }), rows };
}

/** Enterprises that have something counted in a pool of these, with all they have in the programme and their titles. */
export async function countedEnterprises(
  tx: Tx,
  pools: string[],
): Promise<{ uscc: string; name: string; counted: string; titles: HeldTitle[] }[]> {
  return tx.$queryRaw`
    SELECT e.uscc, e.name, c.counted::text,
           coalesce((SELECT jsonb_agg(jsonb_build_object('kind', t.kind, 'certificateNo', t.certificate_no, 'validFrom', t.valid_from, 'validTo', t.valid_to) ORDER BY t.id)
             FROM enterprise_title t WHERE t.uscc = e.uscc), '[]') AS titles
      FROM enterprise_commitments((SELECT array_agg(DISTINCT enterprise_uscc) FROM loan_filing WHERE pool_code = ANY (${pools}::text[]) AND status IN ('submitted', 'consented'))) c
      JOIN enterprise e USING (uscc) WHERE c.counted > 0`;
}
