import type { Context } from '../access/context.ts';
import type { Owner } from '../attachments/service.ts';
import type { Tx } from '../db/client.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { CLAIM_STATUSES, type ClaimStatus } from './claim-steps.ts';

/** States in which a bank still prepares its claim. */
const PREPARED: readonly string[] = ['draft', 'returned'];

/** A claim as the owner of its attachments: papers of its policy's checklist, while it is drafted or sent back. */
export async function claimAsOwner(tx: Tx, ctx: Context, id: string): Promise<Owner | null> {
  if (!/^[1-9]\d{0,17}$/.test(id)) return null;
  const [row] = await tx.$queryRaw<{ poolCode: string; bankCode: string; status: string; policyCode: string }[]>`
    SELECT c.pool_code AS "poolCode", c.bank_code AS "bankCode", c.status, p.policy_code AS "policyCode"
      FROM claim c JOIN pool p ON p.code = c.pool_code WHERE c.id = ${BigInt(id)} FOR UPDATE OF c`;
  if (!row) return null;
  const { poolCode, bankCode, status } = row;
  const { checklist } = policyByCode(row.policyCode).claim;
  const { added } = await rulebook(tx);
  const closed = PREPARED.includes(status)
    ? null
    : `该申请为「${CLAIM_STATUSES[status as ClaimStatus] ?? status}」，不能再增减附件`;
  // What a bank hands in about its debtor is between it and the reviewers.
  const { papers } = valueOn(checklist, ctx.today, added).value;
  return { poolCode, bankCode, enterpriseUscc: null, closed, papers };
}
