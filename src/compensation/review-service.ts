import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim } from '../generated/node/client.ts';
import { formatYuan, type Money, money, toWire } from '../money/money.ts';
import { assertPanelSound, type PanelDecision } from '../parties/panel.ts';
import { valueOn } from '../policy/clause.ts';
import { keepParts, shareRecognised } from './approval.ts';
import { happened, judgeAgain, judgedColumns, refuseFaults, requestOf } from './claim-service.ts';
import { assertOther, assertReviewer, assertStep } from './claim-steps.ts';
import { nextQueueNo, plain } from './claim-store.ts';
import { lockCaps } from './facts-store.ts';
import type { Judged } from './judge-service.ts';
import { issueClaimApproval } from './letter-service.ts';
import { lockClaim } from './life-service.ts';
import { voidPapers } from './printed-service.ts';
import { lossOf } from './request.ts';
import { type ClaimView, readClaim } from './view-service.ts';

export interface Approval {
  /** What of the unpaid principal is recognised; left out: all of it. */
  recognised?: string;
  note?: string;
  panel?: PanelDecision;
}

/** The cooperating unit has looked at the claim and its papers, and passes it on (审核). */
export async function verifyClaim(ctx: Context, id: bigint, note: string | null): Promise<ClaimView> {
  permit(ctx, 'claim.verify');
  return decide(ctx, id, 'verify', async (tx, claim) => {
    assertOther(ctx.actor.id, claim);
    const judged = await judgeAgain(tx, ctx, claim, requestOf(claim));
    refuseFaults(judged.checks);
    const by = { verifiedBy: ctx.actor.id, verifiedOn: dateToDb(ctx.today) };
    return { data: { status: 'verified', ...by, ...judgedColumns(judged) }, kind: 'verified', details: { note } };
  });
}

/**
 * The region approves (审批), all of it or what it recognises, and proposes so to a second person. Above the clause's amount a panel decides, and who was
 * concerned is named. @throws DomainError PANEL_NEEDED, PANEL_INVALID, RECOGNISED_RANGE, NOTE_NEEDED (422)
 */
export async function approveClaim(ctx: Context, id: bigint, approval: Approval): Promise<ClaimView> {
  permit(ctx, 'claim.approve');
  return decide(ctx, id, 'approve', async (tx, claim) => {
    assertOther(ctx.actor.id, claim);
    if (approval.panel) assertPanelSound(approval.panel, ctx.today);
    const judged = await judgeAgain(tx, ctx, claim, requestOf(claim));
    refuseFaults(judged.checks);
    const recognised = recognisedOf(claim, approval);
    const granted = grant(judged, recognised);
    assertPanel(judged, granted.compensation, approval.panel);
    const by = { approvedBy: ctx.actor.id, approvedOn: dateToDb(ctx.today), recognised: toWire(recognised) };
    const panel = approval.panel ? { panel: plain(approval.panel) as unknown as object } : {};
    return {
      data: { status: 'approved', ...by, ...panel, ...judgedColumns(judged), ...grantedColumns(granted, judged) },
      kind: 'approved',
      details: { note: approval.note, recognised: toWire(recognised), compensation: toWire(granted.compensation) },
    };
  });
}

/**
 * Another person of the region confirms (复核). From now on the shares stand, and the claim has its place in the order in which the pool pays.
 * @throws DomainError SAME_PERSON (403), APPROVAL_STALE (409) when caps give another amount than the one approved
 */
export async function confirmClaim(ctx: Context, id: bigint): Promise<ClaimView> {
  permit(ctx, 'claim.approve');
  return decide(ctx, id, 'confirm', async (tx, claim) => {
    assertOther(ctx.actor.id, claim);
    const { policyCode } = await tx.pool.findUniqueOrThrow({ where: { code: claim.poolCode } });
    await lockCaps(tx, policyCode);
    const judged = await judgeAgain(tx, ctx, claim, requestOf(claim));
    refuseFaults(judged.checks);
    const granted = grant(judged, fromDb(claim.recognised!));
    assertAsApproved(claim, granted.compensation);
    assertPanel(judged, granted.compensation, claim.panel as unknown as PanelDecision | null);
    const by = { confirmedBy: ctx.actor.id, confirmedOn: dateToDb(ctx.today) };
    const queueNo = await nextQueueNo(tx, claim.poolCode);
    return {
      data: { status: 'confirmed', ...by, queueNo, ...judgedColumns(judged), ...grantedColumns(granted, judged) },
      kind: 'confirmed',
      details: { queueNo, compensation: toWire(granted.compensation) },
    };
  });
}

/** Sends a claim back to the bank to be corrected (退回补正), with its reason. */
export async function returnClaim(ctx: Context, id: bigint, reason: string): Promise<ClaimView> {
  permit(ctx, 'claim.review');
  return decide(ctx, id, 'return', async (_tx, { status }) => {
    assertReviewer(ctx.actor.role, status);
    return {
      data: { status: 'returned', reason, queueNo: null, recognised: null },
      kind: 'returned',
      details: { reason },
    };
  });
}

/** Refuses a claim for good (不予补偿), with its reason. */
export async function refuseClaim(ctx: Context, id: bigint, reason: string): Promise<ClaimView> {
  permit(ctx, 'claim.review');
  return decide(ctx, id, 'refuse', async (_tx, { status }) => {
    assertReviewer(ctx.actor.role, status);
    const ended = { endedBy: ctx.actor.id, endedOn: dateToDb(ctx.today) };
    return { data: { status: 'refused', reason, ...ended }, kind: 'refused', details: { reason } };
  });
}

interface Decision {
  data: Parameters<Tx['claim']['update']>[0]['data'] & { status: string };
  kind: string;
  details: object;
}

async function decide(
  ctx: Context,
  id: bigint,
  name: 'verify' | 'approve' | 'confirm' | 'return' | 'refuse',
  make: (tx: Tx, claim: Claim) => Promise<Decision>,
): Promise<ClaimView> {
  return inTransaction(ctx, async (tx) => {
    const { claim } = await lockClaim(tx, id);
    assertStep(name, claim.status);
    const { data, kind, details } = await make(tx, claim);
    await tx.claim.update({ where: { id }, data });
    await happened(tx, ctx, claim, kind, details);
    if (data.status === 'confirmed' || data.status === 'refused') await issueClaimApproval(tx, ctx, id);
    if (data.status === 'returned') await voidPapers(tx, ctx, id, ['claimLetter', 'claimApproval'], '申请已退回补正');
    await audit(tx, ctx, {
      ...{ action: `claim.${name}`, subject: `claim:${id}`, before: { status: claim.status } },
      after: { status: data.status, ...plain(details) },
    });
    return readClaim(tx, ctx, id);
  });
}

function recognisedOf(claim: Claim, { recognised, note }: Approval): Money {
  const unpaid = fromDb(claim.unpaidPrincipal);
  if (recognised === undefined) return unpaid;
  const amount = money(recognised);
  if (!amount.gt(0) || amount.gt(unpaid)) {
    const message = `核定本金应大于零，不超过申请的 ${formatYuan(unpaid)} 元`;
    throw new DomainError('RECOGNISED_RANGE', message, {
      errors: [{ code: 'RECOGNISED_RANGE', field: 'recognised', value: recognised, message }],
    });
  }
  if (amount.lt(unpaid) && !note)
    throw new DomainError('NOTE_NEEDED', '部分核定的，请写明理由', {
      errors: [{ code: 'NOTE_NEEDED', field: 'note', message: '请写明部分核定的理由' }],
    });
  return amount;
}

function grant({ policy, added, claim, loan, caps, occurredOn }: Judged, recognised: Money) {
  const on = { occurredOn: occurredOn!, claimedOn: claim.claimedOn };
  return shareRecognised(policy, lossOf(claim.unpaidPrincipal, on, loan, caps), recognised, added);
}

function grantedColumns({ parts, explanation, compensation }: ReturnType<typeof grant>, { bearers }: Judged) {
  return {
    shares: plain(keepParts(parts, bearers)) as unknown as object[],
    explanation: plain(explanation) as unknown as object,
    compensation: toWire(compensation),
  };
}

/** Two people stand for one amount: where what caps leave has changed since, somebody approves it anew. */
function assertAsApproved({ compensation }: Claim, now: Money): void {
  if (fromDb(compensation).eq(now)) return;
  const message = `审批时补偿 ${formatYuan(fromDb(compensation))} 元，按现在的补偿上限为 ${formatYuan(now)} 元，请由另一人重新审批`;
  throw new DomainError('APPROVAL_STALE', message, { status: 409 });
}

function assertPanel({ policy, added, claim }: Judged, amount: Money, panel?: PanelDecision | null): void {
  const { panel: clause } = policy.claim;
  const { value, citation } = valueOn(clause, claim.claimedOn, added);
  if (panel || !clause.apply(value, toWire(amount))) return;
  const message = `补偿金额 ${formatYuan(amount)} 元超过 ${formatYuan(money(value.above))} 元，须经集体研究，请填写集体研究情况`;
  throw new DomainError('PANEL_NEEDED', message, {
    cites: [citation],
    errors: [{ code: 'PANEL_NEEDED', field: 'panel', message, cites: [citation] }],
  });
}
