import { actorNames } from '../access/actor-names.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Claim, ClaimEvent, ClaimProposal } from '../generated/node/client.ts';
import { toWire } from '../money/money.ts';
import type { Check } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import type { Explanation } from '../policy/explanation.ts';
import type { Clock } from '../policy/kinds/review-clocks.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { holdingsOf } from '../pool/capital-store.ts';
import type { KeptPart } from './approval.ts';
import { type ClaimLife, costReceivables } from './claim-life.ts';
import { readLife } from './claim-store.ts';
import { type Desk, deskOf } from './desk-service.ts';
import { type ClaimPaper, papersOfClaim } from './papers-service.ts';
import type { ClaimRequest } from './request.ts';
import {
  doneSteps,
  type FenOwner,
  leftForPool,
  ownerOfFen,
  refundOf,
  runningClock,
  type Waterfall,
  waterfallOf,
} from './view.ts';
import { costByParty, costPartsOf } from './write-off-cost.ts';

/** A claim as a list shows it. Wire amounts. */
export interface ClaimItem {
  id: string;
  poolCode: string;
  poolName: string;
  bankCode: string;
  bankName: string;
  enterpriseUscc: string;
  enterpriseName: string;
  loanId: string;
  contractNo: string;
  dueBillNo: string;
  unpaidPrincipal: string;
  countedUnpaid: string;
  requested: string;
  /** what is recognised of the unpaid principal; null before approval */
  recognised: string | null;
  compensation: string;
  status: string;
  occurredOn: LocalDate | null;
  claimedOn: LocalDate | null;
  submittedOn: LocalDate | null;
  verifiedOn: LocalDate | null;
  approvedOn: LocalDate | null;
  confirmedOn: LocalDate | null;
  paidOn: LocalDate | null;
  /** place in the pool's order of approval */
  queueNo: number | null;
  recovered: string;
  writtenOff: string;
  /** since when the step that runs does, and when it is due; null where none does */
  waitingSince: LocalDate | null;
  dueOn: LocalDate | null;
  late: boolean;
  reason: string | null;
  /** made by the actor, who therefore may not check it */
  mine: boolean;
}

export interface ClaimShareView extends Pick<KeptPart, 'bearer' | 'label' | 'kind' | 'amount' | 'cites'> {
  to: string;
}

/** A claim with everything it rests on. */
export interface ClaimView extends ClaimItem, Desk {
  checks: Check[];
  shares: ClaimShareView[];
  explanation: Explanation | null;
  clocks: Clock[];
  papers: ClaimPaper[];
  request: ClaimRequest;
  panel: unknown;
  /** still to be recovered for the pool */
  outstanding: string;
  /** what a refund has to bring */
  refundable: string;
  /** off whose shares what the pool paid for the pursuit would be written */
  writeOffCost: { party: string; amount: string }[];
  waterfall: Waterfall | null;
  events: ClaimEventView[];
  proposals: ProposalView[];
  provisional: boolean;
}

export interface ClaimEventView {
  id: string;
  kind: string;
  /** its own key, under which the ledger has what was posted for it */
  reference: string;
  occurredOn: LocalDate;
  belongsTo: string | null;
  recordedOn: LocalDate;
  amount: string | null;
  cost: string | null;
  basis: string | null;
  paidBy: string | null;
  receiptNo: string | null;
  details: unknown;
  reversed: boolean;
  /** null for who may not know the staff */
  recordedBy: string | null;
  mine: boolean;
}

export interface ProposalView {
  id: string;
  kind: string;
  status: string;
  amount: string;
  details: unknown;
  checks: Check[];
  proposedOn: LocalDate;
  proposedBy: string | null;
  decidedOn: LocalDate | null;
  reason: string | null;
  mine: boolean;
}

/** A claim of the actor's own. @throws DomainError NOT_FOUND (404) */
export async function findClaim(ctx: Context, id: bigint): Promise<ClaimView> {
  permit(ctx, 'claim.read');
  return inTransaction(ctx, async (tx) => {
    const claim = await readClaim(tx, ctx, id);
    // A draft is its bank's own.
    if (claim.status === 'draft' && ctx.actor.role !== 'bank' && ctx.actor.role !== 'system') throw unknown();
    return claim;
  });
}

/** For any compensated fen: whose it was, and what has become of it. @throws DomainError NOT_COMPENSATED_YET (409), FEN_RANGE (422) */
export async function whoseFen(ctx: Context, id: bigint, no: number): Promise<FenOwner> {
  permit(ctx, 'claim.read');
  return inTransaction(ctx, async (tx) => {
    const claim = await tx.claim.findUnique({ where: { id } });
    if (!claim) throw unknown();
    const life = await readLife(tx, id);
    if (!life.standing.paid) throw new DomainError('NOT_COMPENSATED_YET', '该笔损失尚未补偿', { status: 409 });
    const owner = ownerOfFen(life, no, labelsOf(claim));
    if (!owner)
      throw new DomainError('FEN_RANGE', `该笔损失共 ${claim.unpaidPrincipal.toFixed(2)} 元，没有第 ${no} 分`);
    return owner;
  });
}

const unknown = () => new DomainError('NOT_FOUND', '没有这份补偿申请', { status: 404 });

/** A claim as it is answered; within the transaction of whoever changed it. @throws DomainError NOT_FOUND (404) */
export async function readClaim(tx: Tx, ctx: Context, id: bigint): Promise<ClaimView> {
  const claim = await tx.claim.findUnique({ where: { id } });
  if (!claim) throw unknown();
  const names = await namesOf(tx, [claim]);
  const clocks = await clocksOf(tx, ctx, claim, names);
  const item = itemOf(claim, names, runningClock(clocks), ctx);
  const life = claim.paidOn ? await readLife(tx, id) : null;
  const events = await tx.claimEvent.findMany({ where: { claimId: id }, orderBy: { id: 'asc' } });
  const proposals = await tx.claimProposal.findMany({ where: { claimId: id }, orderBy: { id: 'asc' } });
  const staff = await staffNames(tx, ctx, [...events.map((e) => e.recordedBy), ...proposals.map((p) => p.proposedBy)]);
  const shares = sharesOf(claim);
  return {
    ...item,
    ...(await papersOfClaim(tx, ctx, claim)),
    shares,
    explanation: claim.explanation as unknown as Explanation | null,
    ...{ clocks, request: claim.request as unknown as ClaimRequest },
    // Who sat on it is not for banks.
    panel: ctx.actor.role === 'bank' ? null : claim.panel,
    ...(await deskOf(tx, ctx, claim, names.policies.get(claim.poolCode)!)),
    outstanding: life ? toWire(leftForPool(life)) : '0.00',
    refundable: life ? toWire(refundOf(life)) : '0.00',
    writeOffCost: life && ctx.actor.role !== 'bank' ? await writeOffCost(tx, claim, life) : [],
    waterfall: life && waterfallOf(life, labelsOf(claim)),
    events: events.map((e) => eventView(e, events, staff, ctx)),
    proposals: proposals.filter((p) => isTold(p, ctx)).map((p) => proposalView(p, staff, ctx)),
    provisional: shares.some(({ cites }) => cites.some(({ confirmed }) => !confirmed)),
  };
}

/** Of the pool's contributors: not for banks. */
async function writeOffCost(tx: Tx, { poolCode }: Claim, life: ClaimLife): Promise<ClaimView['writeOffCost']> {
  if (costReceivables(life).length === 0) return [];
  const { holders } = await holdingsOf(tx, poolCode);
  return costByParty(costPartsOf(life, holders)).map(({ party, amount }) => ({ party, amount: toWire(amount) }));
}

function eventView(e: ClaimEvent, all: ClaimEvent[], names: Map<string, string>, ctx: Context): ClaimEventView {
  return {
    ...{ id: `${e.id}`, kind: e.kind, reference: e.reference, belongsTo: e.belongsTo },
    occurredOn: dateFromDb(e.occurredOn),
    ...{ recordedOn: dateFromDb(e.recordedOn), amount: e.amount?.toFixed(2) ?? null, cost: e.cost?.toFixed(2) ?? null },
    ...{ basis: e.basis, paidBy: e.paidBy, receiptNo: e.receiptNo, details: e.details },
    reversed: all.some(({ reverses }) => reverses === e.id),
    ...{ recordedBy: names.get(e.recordedBy) ?? null, mine: e.recordedBy === ctx.actor.id },
  };
}

/** What a bank is told of: not what its reviewers have only proposed or given up. */
const isTold = ({ status }: ClaimProposal, { actor }: Context): boolean =>
  actor.role !== 'bank' || status === 'confirmed';

/** A proposal as it is answered; `staff`: names of people by id. Who sat on a panel is not for banks. */
export function proposalView(p: ClaimProposal, staff: Map<string, string>, ctx: Context): ProposalView {
  return {
    ...{ id: `${p.id}`, kind: p.kind, status: p.status, amount: p.amount.toFixed(2) },
    details: ctx.actor.role === 'bank' ? { ...(p.details as object), panel: undefined } : p.details,
    ...{ checks: p.checks as unknown as Check[], proposedOn: dateFromDb(p.proposedOn) },
    ...{ proposedBy: staff.get(p.proposedBy) ?? null, decidedOn: p.decidedOn && dateFromDb(p.decidedOn) },
    ...{ reason: p.reason, mine: p.proposedBy === ctx.actor.id },
  };
}

/** Names by id; banks need not know the staff. */
export async function staffNames(tx: Tx, ctx: Context, ids: string[]): Promise<Map<string, string>> {
  return ctx.actor.role === 'bank' ? new Map() : actorNames(tx, ids);
}

/** Claims as a list shows them, in their order. */
export async function claimItems(tx: Tx, ctx: Context, claims: Claim[]): Promise<ClaimItem[]> {
  const names = await namesOf(tx, claims);
  const items: ClaimItem[] = [];
  for (const c of claims) items.push(itemOf(c, names, runningClock(await clocksOf(tx, ctx, c, names)), ctx));
  return items;
}

const day = (date: Date | null): LocalDate | null => date && dateFromDb(date);

function itemOf(c: Claim, names: Names, clock: ReturnType<typeof runningClock>, ctx: Context): ClaimItem {
  const { poolCode, bankCode, enterpriseUscc, contractNo, dueBillNo, status, queueNo, reason } = c;
  return {
    ...{ id: `${c.id}`, poolCode, poolName: names.pools.get(poolCode) ?? poolCode, bankCode },
    ...{
      bankName: names.banks.get(bankCode) ?? bankCode,
      enterpriseUscc,
      loanId: `${c.loanId}`,
      contractNo,
      dueBillNo,
    },
    enterpriseName: names.enterprises.get(enterpriseUscc) ?? enterpriseUscc,
    ...{ unpaidPrincipal: c.unpaidPrincipal.toFixed(2), countedUnpaid: c.countedUnpaid.toFixed(2), status },
    ...{ requested: c.requested.toFixed(2), recognised: c.recognised?.toFixed(2) ?? null },
    ...{
      compensation: c.compensation.toFixed(2),
      recovered: c.recovered.toFixed(2),
      writtenOff: c.writtenOff.toFixed(2),
    },
    ...{ occurredOn: day(c.occurredOn), claimedOn: day(c.claimedOn), submittedOn: day(c.submittedOn) },
    ...{ verifiedOn: day(c.verifiedOn), approvedOn: day(c.approvedOn), confirmedOn: day(c.confirmedOn) },
    ...{ paidOn: day(c.paidOn), queueNo, reason },
    ...{ waitingSince: clock.startedOn, dueOn: clock.dueOn, late: clock.late },
    mine: c.createdBy === ctx.actor.id,
  };
}

interface Names {
  pools: Map<string, string>;
  policies: Map<string, string>;
  banks: Map<string, string>;
  enterprises: Map<string, string>;
}

async function namesOf(tx: Tx, claims: Claim[]): Promise<Names> {
  const of = (key: 'poolCode' | 'bankCode' | 'enterpriseUscc') => ({ in: [...new Set(claims.map((c) => c[key]))] });
  const select = { code: true, name: true } as const;
  const pools = await tx.pool.findMany({
    where: { code: of('poolCode') },
    select: { ...select, policyCode: true },
  });
  const banks = await tx.institution.findMany({ where: { code: of('bankCode') }, select });
  const enterprises = await tx.enterprise.findMany({
    where: { uscc: of('enterpriseUscc') },
    select: { uscc: true, name: true },
  });
  return {
    pools: new Map(pools.map(({ code, name }) => [code, name])),
    policies: new Map(pools.map(({ code, policyCode }) => [code, policyCode])),
    banks: new Map(banks.map(({ code, name }) => [code, name])),
    enterprises: new Map(enterprises.map(({ uscc, name }) => [uscc, name])),
  };
}

const OPEN = ['submitted', 'verified', 'approved', 'confirmed', 'paid', 'refunded'];

/** The clocks of a claim that is on its way, in working days; none of a draft or of what was sent back, refused or withdrawn. */
async function clocksOf(tx: Tx, ctx: Context, claim: Claim, { policies }: Names): Promise<Clock[]> {
  if (!OPEN.includes(claim.status) || !claim.claimedOn || !claim.submittedOn) return [];
  const { added, notices } = await rulebook(tx);
  const { clocks } = policyByCode(policies.get(claim.poolCode)!).claim;
  const done = doneSteps({
    ...{ verifiedOn: day(claim.verifiedOn), confirmedOn: day(claim.confirmedOn), paidOn: day(claim.paidOn) },
  });
  const { value } = valueOn(clocks, dateFromDb(claim.claimedOn), added);
  return clocks.apply(value, { submittedOn: dateFromDb(claim.submittedOn), done, today: ctx.today, notices });
}

export const sharesOf = (claim: Claim): ClaimShareView[] =>
  (claim.shares as unknown as KeptPart[]).map(({ bearer, label, kind, amount, cites, to }) => ({
    ...{ bearer, label, kind, amount, cites, to },
  }));

const labelsOf = (claim: Claim): Record<string, string> =>
  Object.fromEntries(sharesOf(claim).map(({ bearer, label }) => [bearer, label]));
