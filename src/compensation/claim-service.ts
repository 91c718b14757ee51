import { audit } from '../access/audit.ts';
import { type Context, ownBank, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim } from '../generated/node/client.ts';
import { toWire, ZERO } from '../money/money.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { refuseStopped } from '../pool/breaker-service.ts';
import { keepParts } from './approval.ts';
import { assertStep } from './claim-steps.ts';
import { holdClaim, insertEvent, plain } from './claim-store.ts';
import { type LoanOfClaim, loanOfClaim } from './facts-store.ts';
import { claimedLoan, type Judged, judgeClaim } from './judge-service.ts';
import { issueClaimLetter } from './letter-service.ts';
import { lockClaim } from './life-service.ts';
import { voidPapers } from './printed-service.ts';
import { amountsOf, type ClaimRequest, contentOf } from './request.ts';
import { type ClaimView, readClaim } from './view-service.ts';

/**
 * Drafts a claim (补偿申请) for a loan of the bank's own. It is judged and its shares are shown, but nothing is refused before it is submitted. The same
 * content again answers the same; a loan has one claim at a time.
 * @throws DomainError LOAN_UNKNOWN (422), CLAIM_DUPLICATE, ALREADY_COMPENSATED (409)
 */
export async function draftClaim(ctx: Context, request: ClaimRequest): Promise<{ created: boolean; claim: ClaimView }> {
  permit(ctx, 'claim.create');
  const bank = ownBank(ctx);
  return inTransaction(ctx, async (tx) => {
    const row = await claimedLoan(tx, bank, request.dueBillNo);
    const before = await liveClaim(tx, row.id);
    if (before) return { created: false, claim: await sameOrDuplicate(tx, ctx, before, request) };
    const judged = await judgeClaim(tx, row, request, { claimedOn: ctx.today, today: ctx.today, id: null });
    const { poolCode, bankCode, enterpriseUscc, id: loanId, dueBillNo, contractNo } = row;
    const claim = await tx.claim.create({
      data: {
        ...{ poolCode, bankCode, enterpriseUscc, loanId, dueBillNo, contractNo, status: 'draft' },
        ...{
          createdBy: ctx.actor.id,
          createdOn: dateToDb(ctx.today),
          ...requestColumns(request),
          ...judgedColumns(judged),
        },
      },
    });
    await happened(tx, ctx, claim, 'created', {});
    await audit(tx, ctx, { action: 'claim.create', subject: `claim:${claim.id}`, after: { dueBillNo } });
    return { created: true, claim: await readClaim(tx, ctx, claim.id) };
  });
}

/** A draft, or a claim sent back, with other content. @throws DomainError CLAIM_STEP (409), LOAN_DIFFERS (422) */
export async function changeClaim(ctx: Context, id: bigint, request: ClaimRequest): Promise<ClaimView> {
  permit(ctx, 'claim.create');
  return inTransaction(ctx, async (tx) => {
    const { claim } = await lockClaim(tx, id);
    assertStep('update', claim.status);
    if (request.dueBillNo !== claim.dueBillNo)
      throw new DomainError('LOAN_DIFFERS', `申请对应借据号「${claim.dueBillNo}」，不能改为其他贷款，请另行申请`);
    const judged = await judgeAgain(tx, ctx, claim, request);
    await tx.claim.update({ where: { id }, data: { ...requestColumns(request), ...judgedColumns(judged) } });
    await happened(tx, ctx, claim, 'changed', {});
    await audit(tx, ctx, {
      ...{ action: 'claim.change', subject: `claim:${id}`, before: { content: claim.content } },
      after: { content: contentOf(request) },
    });
    return readClaim(tx, ctx, id);
  });
}

/**
 * Submits a claim for review; the clocks start. It must pass every check: late, duplicate, over-amount, wrong currency, wrong pool, closed loan and lacking
 * papers are refused with their articles, and nothing is written. A claim sent back keeps the day of its first submission for the window.
 * @throws DomainError CLAIM_REFUSED (422) with every fault, CLAIM_STEP (409)
 */
export async function submitClaim(ctx: Context, id: bigint): Promise<ClaimView> {
  permit(ctx, 'claim.create');
  return inTransaction(ctx, async (tx) => {
    const { claim } = await lockClaim(tx, id);
    if (claim.status === 'submitted') return readClaim(tx, ctx, id);
    assertStep('submit', claim.status);
    // No paper is withdrawn between its being counted and the submission.
    await holdClaim(tx, id);
    // What was submitted before and sent back is received already.
    if (claim.claimedOn === null) await refuseStopped(tx, ctx, { ...claim, stops: 'claims' });
    const judged = await judgeAgain(tx, ctx, claim, requestOf(claim));
    refuseFaults(judged.checks);
    const claimedOn = claim.claimedOn ?? dateToDb(ctx.today);
    await tx.claim.update({
      where: { id },
      data: { status: 'submitted', claimedOn, submittedOn: dateToDb(ctx.today), ...FRESH, ...judgedColumns(judged) },
    });
    await happened(tx, ctx, claim, 'submitted', {});
    await issueClaimLetter(tx, ctx, id, judged);
    await audit(tx, ctx, {
      ...{ action: 'claim.submit', subject: `claim:${id}`, before: { status: claim.status } },
      after: { status: 'submitted', unpaidPrincipal: toWire(judged.claim.unpaidPrincipal) },
    });
    return readClaim(tx, ctx, id);
  });
}

/** What was decided of an earlier submission does not count for the next one. */
const FRESH = {
  verifiedBy: null,
  verifiedOn: null,
  approvedBy: null,
  approvedOn: null,
  confirmedBy: null,
  confirmedOn: null,
};

/** The bank takes its claim back before it is approved. */
export async function withdrawClaim(ctx: Context, id: bigint, reason: string | null): Promise<ClaimView> {
  permit(ctx, 'claim.create');
  return inTransaction(ctx, async (tx) => {
    const { claim } = await lockClaim(tx, id);
    if (claim.status === 'withdrawn') return readClaim(tx, ctx, id);
    assertStep('withdraw', claim.status);
    const ended = { endedBy: ctx.actor.id, endedOn: dateToDb(ctx.today) };
    await tx.claim.update({ where: { id }, data: { status: 'withdrawn', reason, ...ended } });
    await happened(tx, ctx, claim, 'withdrawn', { reason });
    await voidPapers(tx, ctx, id, ['claimLetter'], reason ?? '申请已撤回');
    await audit(tx, ctx, {
      ...{ action: 'claim.withdraw', subject: `claim:${id}`, before: { status: claim.status } },
      after: { status: 'withdrawn', reason },
    });
    return readClaim(tx, ctx, id);
  });
}

/** @throws DomainError CLAIM_REFUSED (422), with every fault and its article */
export function refuseFaults(checks: readonly Check[]): void {
  const errors = faultsOf(checks);
  if (errors.length === 0) return;
  throw new DomainError('CLAIM_REFUSED', `补偿申请不符合要求，共 ${errors.length} 处：${errors[0]!.message}`, {
    errors,
    cites: errors.flatMap((e) => e.cites ?? []),
  });
}

/** A step on a claim's way, kept once per day and number of steps before it. */
export async function happened(tx: Tx, ctx: Context, claim: Claim, kind: string, details: object): Promise<void> {
  const before = await tx.claimEvent.count({ where: { claimId: claim.id } });
  await insertEvent(tx, ctx, claim, {
    ...{ kind, reference: `claim:${claim.id}:${before + 1}:${kind}`, occurredOn: ctx.today, details },
  });
}

/** A claim's request as it is judged anew. */
export const requestOf = (claim: Claim): ClaimRequest => claim.request as unknown as ClaimRequest;

/** Judges a claim as everything stands today; the window counts from its first submission. */
export async function judgeAgain(tx: Tx, ctx: Context, claim: Claim, request: ClaimRequest): Promise<Judged> {
  const row = await loanOf(tx, claim.loanId);
  const claimedOn: LocalDate = claim.claimedOn ? dateFromDb(claim.claimedOn) : ctx.today;
  return judgeClaim(tx, row, request, { claimedOn, today: ctx.today, id: claim.id });
}

async function loanOf(tx: Tx, id: bigint): Promise<LoanOfClaim> {
  const row = await loanOfClaim(tx, { id });
  if (!row) throw new DomainError('NOT_FOUND', '没有这笔贷款', { status: 404 });
  return row;
}

const liveClaim = (tx: Tx, loanId: bigint): Promise<Claim | null> =>
  tx.claim.findFirst({ where: { loanId, status: { notIn: ['refused', 'withdrawn'] } } });

async function sameOrDuplicate(tx: Tx, ctx: Context, before: Claim, request: ClaimRequest): Promise<ClaimView> {
  if (before.content === contentOf(request)) return readClaim(tx, ctx, before.id);
  const name = `借据号「${before.dueBillNo}」`;
  if (before.status === 'paid' || before.status === 'refunded')
    throw new DomainError('ALREADY_COMPENSATED', `${name}的贷款已经补偿（申请编号 ${before.id}）`, { status: 409 });
  const message = `${name}已有补偿申请（编号 ${before.id}），内容不同，不能重复申请；尚未审核的可以修改或撤回`;
  throw new DomainError('CLAIM_DUPLICATE', message, { status: 409 });
}

function requestColumns(request: ClaimRequest) {
  return { request: plain({ ...request }) as object, content: contentOf(request) };
}

/** What judging made of a claim, as it is kept. */
export function judgedColumns({ claim, checks, shared, occurredOn, bearers }: Judged) {
  return {
    ...amountsOf(claim),
    checks: plain(checks) as unknown as object[],
    shares: plain(keepParts(shared?.parts ?? [], bearers)) as unknown as object[],
    explanation: shared ? (plain(shared.explanation) as unknown as object) : undefined,
    compensation: toWire(shared?.compensation ?? ZERO),
    occurredOn: occurredOn && dateToDb(occurredOn),
  };
}
