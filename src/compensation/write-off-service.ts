import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim } from '../generated/node/client.ts';
import { type Money, sum, toWire } from '../money/money.ts';
import { assertPanelSound, type PanelDecision } from '../parties/panel.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import { judgeWriteOff } from '../policy/kinds/write-off.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { holdingsOf } from '../pool/capital-store.ts';
import type { LockedPool } from '../pool/store.ts';
import type { CostPart } from './advances.ts';
import { type ClaimLife, receivables, writeOffRest } from './claim-life.ts';
import { readLife } from './claim-store.ts';
import { issueWriteOffSheet } from './distribution-service.ts';
import { lockClaim, record } from './life-service.ts';
import { openProposal, propose } from './proposal-service.ts';
import { type ClaimView, readClaim } from './view-service.ts';
import { costPartsOf } from './write-off-cost.ts';

export interface WriteOffRequest {
  reason: string;
  /** the day of a court's order that closes enforcement */
  courtOrderOn?: LocalDate;
  panel?: PanelDecision;
}

/**
 * Proposes to write off (核销) what is left of every contributor's receivable, and what the pool paid for the pursuit: after the clause's months of pursuit or a court's order, by a panel above its
 * amount. Another person confirms. @throws DomainError WRITE_OFF_REFUSED (422) with every condition that is not met, PROPOSAL_OPEN (409)
 */
export async function proposeWriteOff(ctx: Context, id: bigint, request: WriteOffRequest): Promise<ClaimView> {
  permit(ctx, 'writeOff.propose');
  return inTransaction(ctx, async (tx) => {
    const { pool, claim } = await lockClaim(tx, id);
    if (request.panel) assertPanelSound(request.panel, ctx.today);
    const { amount, checks } = await judge(tx, ctx, pool, claim, request);
    await propose(tx, ctx, claim, { kind: 'writeOff', amount, details: request, checks });
    await audit(tx, ctx, {
      ...{
        action: 'writeOff.propose',
        subject: `claim:${id}`,
        after: { reason: request.reason, courtOrderOn: request.courtOrderOn ?? null, amount: toWire(amount) },
      },
    });
    return readClaim(tx, ctx, id);
  });
}

/**
 * Confirms a write-off: each contributor's share goes down by exactly its part, and the account goes on off the balance sheet (账销案存).
 * @throws DomainError SAME_PERSON (403), PROPOSAL_STALE, NO_PROPOSAL (409), WRITE_OFF_REFUSED (422)
 */
export async function confirmWriteOff(ctx: Context, id: bigint): Promise<ClaimView> {
  permit(ctx, 'writeOff.decide');
  return inTransaction(ctx, async (tx) => {
    const locked = await lockClaim(tx, id);
    const { pool, claim } = locked;
    const proposal = await openProposal(tx, ctx, claim, 'writeOff');
    const request = proposal.details as unknown as WriteOffRequest;
    const { life, cost, amount, checks, cites } = await judge(tx, ctx, pool, claim, request);
    if (toWire(amount) !== proposal.amount.toFixed(2))
      throw new DomainError('PROPOSAL_STALE', '提出后应收追偿款已变化，请撤回后重新提出', { status: 409 });
    const amounts = receivables(life).map(toWire);
    const reference = `claim:${id}:writeOff:${proposal.id}`;
    await record(tx, ctx, locked, writeOffRest(life, reference, cost), {
      event: { kind: 'writeOff', reference, amount, details: { amounts, cost: wired(cost), reason: request.reason } },
      ...{ on: ctx.today, kind: 'writeOff', memo: '核销应收追偿款', cites },
    });
    await tx.claimProposal.update({
      where: { id: proposal.id },
      data: { status: 'confirmed', decidedBy: ctx.actor.id, decidedOn: dateToDb(ctx.today) },
    });
    await issueWriteOffSheet(tx, ctx, claim, { proposal, request, before: life, cost, checks, cites });
    await audit(tx, ctx, {
      ...{
        action: 'writeOff.confirm',
        subject: `claim:${id}`,
        after: { amount: toWire(amount), amounts, cost: wired(cost) },
      },
    });
    return readClaim(tx, ctx, id);
  });
}

const wired = (parts: readonly CostPart[]) => parts.map((part) => ({ ...part, amount: toWire(part.amount) }));

/** What there is to write off, and whether it may be. */
async function judge(
  tx: Tx,
  ctx: Context,
  pool: LockedPool,
  claim: Claim,
  { courtOrderOn, panel }: WriteOffRequest,
): Promise<{ life: ClaimLife; cost: CostPart[]; amount: Money; checks: Check[]; cites: Check['cites'] }> {
  if (!claim.paidOn)
    throw new DomainError('NOT_COMPENSATED_YET', '该笔损失尚未补偿，没有可核销的金额', { status: 409 });
  if (courtOrderOn !== undefined && courtOrderOn > ctx.today)
    throw new DomainError('DATE_IN_FUTURE', `法院裁定日期 ${courtOrderOn} 晚于今天 ${ctx.today}`);
  const life = await readLife(tx, claim.id);
  const cost = costPartsOf(life, (await holdingsOf(tx, pool.code)).holders);
  const amount = sum([...receivables(life), ...cost.map((part) => part.amount)]);
  const { added } = await rulebook(tx);
  const { writeOff } = policyByCode(pool.policyCode);
  const version = valueOn(writeOff, ctx.today, added);
  const checks = judgeWriteOff(writeOff, version, {
    ...{ paidOn: dateFromDb(claim.paidOn), askedOn: ctx.today, panelDecided: panel !== undefined, amount },
    ...(courtOrderOn === undefined ? {} : { courtOrderOn }),
  });
  const errors = faultsOf(checks);
  if (errors.length > 0)
    throw new DomainError('WRITE_OFF_REFUSED', errors[0]!.message, { errors, cites: [version.citation] });
  return { life, cost, amount, checks, cites: [version.citation] };
}
