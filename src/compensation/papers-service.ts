import type { Context } from '../access/context.ts';
import type { Owner, Owners } from '../attachments/service.ts';
import { type AttachmentView, attachmentsOf } from '../attachments/store.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { Claim } from '../generated/node/client.ts';
import type { Check } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { papersOf } from './claim-checks.ts';
import { CLAIM_STATUSES, type ClaimStatus } from './claim-steps.ts';
import { loanOfClaim } from './facts-store.ts';
import { isGuaranteed } from './judge-service.ts';
import type { ClaimRequest } from './request.ts';

/** One paper of a claim's checklist, and what was handed in for it. */
export interface ClaimPaper {
  code: string;
  label: string;
  /** whether the claim cannot be submitted without it */
  required: boolean;
  attachments: Pick<AttachmentView, 'id' | 'name' | 'size' | 'mediaType' | 'uploadedOn'>[];
}

/** States in which a bank still prepares its claim. */
const PREPARED: readonly string[] = ['draft', 'returned'];

/** A claim as the owner of its attachments: papers of its policy's checklist, while it is drafted or sent back. */
async function claimAsOwner(tx: Tx, ctx: Context, id: string): Promise<Owner | null> {
  if (!/^[1-9]\d{0,17}$/.test(id)) return null;
  const [row] = await tx.$queryRaw<
    { poolCode: string; bankCode: string; status: string; policyCode: string; claimedOn: LocalDate | null }[]
  >`
    SELECT c.pool_code AS "poolCode", c.bank_code AS "bankCode", c.status, p.policy_code AS "policyCode", c.claimed_on::text AS "claimedOn"
      FROM claim c JOIN pool p ON p.code = c.pool_code WHERE c.id = ${BigInt(id)} FOR UPDATE OF c`;
  if (!row) return null;
  const { poolCode, bankCode, status, claimedOn } = row;
  const { checklist } = policyByCode(row.policyCode).claim;
  const { added } = await rulebook(tx);
  const closed = PREPARED.includes(status)
    ? null
    : `该申请为「${CLAIM_STATUSES[status as ClaimStatus] ?? status}」，不能再增减附件`;
  const { papers } = valueOn(checklist, claimedOn ?? ctx.today, added).value;
  // What a bank hands in about its debtor is between it and the reviewers.
  return { poolCode, bankCode, enterpriseUscc: null, closed, papers };
}

/** Who hands in a claim's papers and who looks at them. */
export const CLAIM_PAPERS: Owners[string] = { find: claimAsOwner, read: 'claim.read', write: 'claim.create' };

/** The checklist of a claim with what was handed in; and while it is prepared, whether anything is lacking now. For its view. */
export async function papersOfClaim(
  tx: Tx,
  ctx: Context,
  claim: Claim,
): Promise<{ papers: ClaimPaper[]; checks: Check[] }> {
  const row = (await loanOfClaim(tx, { id: claim.loanId }))!;
  const policy = policyByCode(row.policyCode);
  const { added } = await rulebook(tx);
  const claimedOn = claim.claimedOn ? dateFromDb(claim.claimedOn) : ctx.today;
  const guaranteed = isGuaranteed(row, claim.request as unknown as ClaimRequest);
  const handed = await attachmentsOf(tx, `claim:${claim.id}`);
  const { checklist } = policy.claim;
  const { value } = valueOn(checklist, claimedOn, added);
  const needed = checklist.apply(value, { guaranteed, has: [] });
  const papers = value.papers.map(({ code, label }) => ({
    ...{ code, label, required: needed.includes(code) },
    attachments: handed
      .filter(({ paper }) => paper === code)
      .map(({ id, name, size, mediaType, uploadedOn }) => ({ id, name, size, mediaType, uploadedOn })),
  }));
  const checks = claim.checks as unknown as Check[];
  if (!PREPARED.includes(claim.status)) return { papers, checks };
  const has = [...new Set(handed.map(({ paper }) => paper))];
  const now = papersOf(policy, { claimedOn, papers: has }, guaranteed, added);
  return { papers, checks: [...checks.filter(({ clause }) => clause !== checklist.id), now] };
}
