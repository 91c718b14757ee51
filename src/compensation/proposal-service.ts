import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb } from '../db/decimal.ts';
import { type Condition, inOrder, type ListAsk, type Listed, type Listing, ownRows, readKeys } from '../db/listing.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim, ClaimProposal } from '../generated/node/client.ts';
import { type Money, toWire } from '../money/money.ts';
import type { Check } from '../policy/check.ts';
import { plain } from './claim-store.ts';
import { lockClaim } from './life-service.ts';
import { type ClaimView, type ProposalView, proposalView, readClaim, staffNames } from './view-service.ts';

export type ProposalKind = 'writeOff' | 'refund' | 'cost';
const WORDS: Record<ProposalKind, string> = { writeOff: '核销', refund: '退回补偿', cost: '垫付追偿费用' };

/** Puts a proposal before a second person; the claim is locked. @throws DomainError PROPOSAL_OPEN (409) */
export async function propose(
  tx: Tx,
  ctx: Context,
  claim: Claim,
  { kind, amount, details, checks }: { kind: ProposalKind; amount: Money; details: object; checks: Check[] },
): Promise<void> {
  const open = await tx.claimProposal.findFirst({ where: { claimId: claim.id, kind, status: 'proposed' } });
  if (open) throw new DomainError('PROPOSAL_OPEN', `该申请的${WORDS[kind]}已经提出，待复核`, { status: 409 });
  await tx.claimProposal.create({
    data: {
      ...{ claimId: claim.id, poolCode: claim.poolCode, bankCode: claim.bankCode, kind, status: 'proposed' },
      ...{ amount: toWire(amount), details: plain(details), checks: plain(checks) as unknown as object[] },
      ...{ proposedBy: ctx.actor.id, proposedOn: dateToDb(ctx.today) },
    },
  });
}

/** The proposal that waits for another than its proposer. @throws DomainError NO_PROPOSAL (409), SAME_PERSON (403) */
export async function openProposal(tx: Tx, ctx: Context, claim: Claim, kind: ProposalKind): Promise<ClaimProposal> {
  const open = await tx.claimProposal.findFirst({ where: { claimId: claim.id, kind, status: 'proposed' } });
  if (!open) throw new DomainError('NO_PROPOSAL', `该申请没有待复核的${WORDS[kind]}`, { status: 409 });
  if (open.proposedBy === ctx.actor.id)
    throw new DomainError('SAME_PERSON', '提出人不得复核自己提出的事项，请由另一人办理', { status: 403 });
  return open;
}

/** Ends a proposal without effect: withdrawn by who made it, refused by another. @throws DomainError NO_PROPOSAL (409) */
export async function endProposal(ctx: Context, id: bigint, kind: ProposalKind, reason: string): Promise<ClaimView> {
  permit(ctx, 'writeOff.decide');
  return inTransaction(ctx, async (tx) => {
    const { claim } = await lockClaim(tx, id);
    const open = await tx.claimProposal.findFirst({ where: { claimId: claim.id, kind, status: 'proposed' } });
    if (!open) throw new DomainError('NO_PROPOSAL', `该申请没有待复核的${WORDS[kind]}`, { status: 409 });
    const status = open.proposedBy === ctx.actor.id ? 'withdrawn' : 'refused';
    await tx.claimProposal.update({
      where: { id: open.id },
      data: { status, reason, decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    await audit(tx, ctx, { action: `${kind}.${status}`, subject: `claim:${id}`, after: { reason } });
    return readClaim(tx, ctx, id);
  });
}

/** A proposal with the claim it is about. Wire amounts. */
export interface ProposalItem extends ProposalView {
  claimId: string;
  poolCode: string;
  bankCode: string;
  dueBillNo: string;
  enterpriseUscc: string;
  enterpriseName: string;
}

const PROPOSALS: Listing = {
  from: 'claim_proposal p JOIN claim c ON c.id = p.claim_id',
  key: { sql: 'p.id', type: 'bigint' },
  fields: {
    id: { sql: 'p.id', type: 'bigint' },
    poolCode: { sql: 'p.pool_code', type: 'text' },
    amount: { sql: 'p.amount', type: 'numeric' },
    proposedOn: { sql: 'p.proposed_on', type: 'date' },
  },
  search: ['c.due_bill_no', 'c.enterprise_uscc'],
  order: '-id',
};
/** What proposals may be put in order by. */
export const PROPOSAL_SORTS = Object.keys(PROPOSALS.fields);

/** Write-offs, refunds and costs of the pool that were proposed for the actor's own claims, the latest first; banks are not told by whom. */
export async function listProposals(
  ctx: Context,
  filter: { poolCode?: string; kind?: ProposalKind; status?: string },
  ask: ListAsk,
): Promise<Listed<ProposalItem>> {
  permit(ctx, 'claim.read');
  const conditions: Condition[] = [
    ...ownRows(ctx.actor, 'c'),
    ['p.pool_code = ?', filter.poolCode],
    ['p.kind = ?', filter.kind],
    ['p.status = ?', filter.status],
    // A bank is told when it is decided.
    [ctx.actor.role === 'bank' ? "p.status = 'confirmed'" : 'true'],
  ];
  return inTransaction(ctx, async (tx) => {
    const { items: ids, ...page } = await readKeys(tx, PROPOSALS, conditions, ask);
    const rows = await tx.claimProposal.findMany({ where: { id: { in: ids.map(BigInt) } }, include: { claim: true } });
    const names = await tx.enterprise.findMany({
      where: { uscc: { in: rows.map(({ claim }) => claim.enterpriseUscc) } },
      select: { uscc: true, name: true },
    });
    const enterprises = new Map(names.map(({ uscc, name }) => [uscc, name]));
    const staff = await staffNames(
      tx,
      ctx,
      rows.map(({ proposedBy }) => proposedBy),
    );
    const items = inOrder(ids, rows, ({ id }) => `${id}`).map((row): ProposalItem => {
      const { id, poolCode, bankCode, dueBillNo, enterpriseUscc } = row.claim;
      const about = { claimId: `${id}`, poolCode, bankCode, dueBillNo, enterpriseUscc };
      return {
        ...proposalView(row, staff, ctx),
        ...about,
        enterpriseName: enterprises.get(enterpriseUscc) ?? enterpriseUscc,
      };
    });
    return { ...page, items };
  });
}
