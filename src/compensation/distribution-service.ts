import { actorNames } from '../access/actor-names.ts';
import type { Context } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { RecoveryDistributionView, WriteOffSheetView } from '../documents/compensation-views.ts';
import { issue } from '../documents/service.ts';
import { longDate } from '../documents/wording.ts';
import type { Citation } from '../errors.ts';
import type { Claim, ClaimProposal, ClaimEvent as EventRow } from '../generated/node/client.ts';
import { fromFen } from '../money/fen.ts';
import { toWire, ZERO } from '../money/money.ts';
import type { PanelDecision } from '../parties/panel.ts';
import type { Check } from '../policy/check.ts';
import type { CostPart } from './advances.ts';
import type { ClaimLife, Posting, Step } from './claim-life.ts';
import { voucherOf } from './claim-store.ts';
import type { Leaf } from './contributors.ts';
import { POOL } from './payer.ts';
import { factsOf, headOf, type Printed, panelSentence, printed, printedChecks, sentence } from './printed-service.ts';
import { partsOf } from './turn-service.ts';
import { costByParty } from './write-off-cost.ts';

/** How what came back is booked. */
const USES: Partial<Record<Posting['kind'], string>> = {
  recovery: '冲减应收追偿款',
  recoveryAfterWriteOff: '核销后收回，转增出资余额',
};

/** 追偿分配单 of a receipt just recorded: `before` it, what `made` of it. One for each receipt. */
export async function issueDistribution(
  tx: Tx,
  ctx: Context,
  row: EventRow,
  { before, made, cites }: { before: ClaimLife; made: Step; cites: Citation[] },
): Promise<void> {
  const claim = await tx.claim.findUniqueOrThrow({ where: { id: row.claimId } });
  const about = await printed(tx, claim);
  const { pool, nameOf } = about;
  const { amount, cost } = { amount: row.amount!.toFixed(2), cost: row.cost!.toFixed(2) };
  const { receivedOn } = row.details as unknown as { receivedOn: string };
  const paidBy = cost === '0.00' ? '' : nameOf(row.paidBy!);
  const repaid = made.postings.filter(({ kind }) => kind === 'costRepaid' || kind === 'costAfterWriteOff');
  await issue(tx, ctx, {
    ...{ kind: 'recoveryDistribution', poolCode: pool.code, bankCode: claim.bankCode },
    subject: `claim:${claim.id}:recovery:${row.id}`,
    publicFacts: factsOf(about, '追偿到账金额', amount),
    view: {
      ...headOf(about, ctx.today, 'recoveryDistribution', nameOf(pool.cooperatingUnit), cites),
      ...{ claim: about.claim, compensatedOn: dateFromDb(claim.paidOn!), compensation: claim.compensation.toFixed(2) },
      receipts: [{ receivedOn, receiptNo: row.receiptNo!, amount, basis: row.basis as 'gross' | 'net', cost, paidBy }],
      costs: repaid.map(({ kind, party, amount: back }) => ({
        ...{ party: party === POOL ? pool.name : nameOf(party), amount: toWire(back), cites },
        ...(kind === 'costAfterWriteOff' ? { use: '核销后收回，转增出资余额' } : {}),
      })),
      rows: [
        ...before.borne.map((leaf, i) => bearerRow(about, claim, { before, made, cites }, leaf, i)),
        ...beyond(about, made.postings, cites),
      ],
      voucher: await voucherOf(tx, pool.code, row.reference),
    },
  });
}

type Row = RecoveryDistributionView['rows'][number];

function bearerRow(
  { nameOf }: Printed,
  claim: Claim,
  { before, made, cites }: { before: ClaimLife; made: Step; cites: Citation[] },
  leaf: Leaf,
  i: number,
): Row {
  const [had, got, borne] = [before.standing.got[i]!, made.life.standing.got[i]!, before.weights[i]!];
  const own = made.postings.filter(({ bearer, party }) => bearer === leaf.bearer && party === leaf.party);
  const label = partsOf(claim).find(({ bearer }) => bearer === leaf.bearer)?.label ?? leaf.bearer;
  const uses = own.flatMap(({ kind }) => (leaf.kind === 'own' ? [`应付${label}`] : (USES[kind] ?? [])));
  return {
    ...{ bearer: label, party: nameOf(leaf.party), borne: wire(borne), before: wire(had), amount: wire(got - had) },
    ...{ left: wire(borne - got), use: [...new Set(uses)].join('；') || '—', cites },
  };
}

/** What came back beyond every bearer's part. */
function beyond({ claim, nameOf }: Printed, postings: readonly Posting[], cites: Citation[]): Row[] {
  return postings
    .filter(({ kind }) => kind === 'bankInterest' || kind === 'borrower')
    .map(({ kind, party, amount }) => {
      const toBank = kind === 'bankInterest';
      return {
        ...{ bearer: toBank ? '合作银行利息' : '借款人', party: toBank ? nameOf(party) : claim.loan.enterprise },
        ...{ borne: '0.00', before: '0.00', amount: toWire(amount), left: null },
        ...{ use: toBank ? '应付合作银行' : '应退借款人', cites },
      };
    });
}

const wire = (fen: bigint): string => toWire(fromFen(fen));

/** A write-off as it was confirmed. */
export interface WriteOffTold {
  proposal: ClaimProposal;
  request: { reason: string; courtOrderOn?: string; panel?: PanelDecision };
  /** the loss before it */
  before: ClaimLife;
  /** what the pool had paid for the pursuit, by whose share it was written off */
  cost: readonly CostPart[];
  checks: Check[];
  cites: Citation[];
}

/** 核销审核表 of a write-off just confirmed, contributor by contributor. For those who see the pool. */
export async function issueWriteOffSheet(tx: Tx, ctx: Context, claim: Claim, told: WriteOffTold): Promise<void> {
  const { proposal, request, before, cost, checks, cites } = told;
  const about = await printed(tx, claim);
  const { pool, nameOf } = about;
  const askedOn = dateFromDb(proposal.proposedOn);
  const names = await actorNames(tx, [proposal.proposedBy, ctx.actor.id]);
  const unit = nameOf(pool.matchingUnit);
  const grounds = [
    sentence(request.reason),
    ...(request.courtOrderOn ? [`法院于${longDate(request.courtOrderOn)}裁定终结执行程序。`] : []),
  ];
  await issue(tx, ctx, {
    ...{ kind: 'writeOffSheet', subject: `claim:${claim.id}:writeOff:${proposal.id}`, poolCode: pool.code },
    ...{ bankCode: null, publicFacts: factsOf(about, '核销金额', proposal.amount.toFixed(2)) },
    view: {
      ...headOf(about, ctx.today, 'writeOffSheet', unit, cites),
      ...{ claim: about.claim, compensatedOn: dateFromDb(claim.paidOn!), askedOn, grounds },
      ...{ checks: printedChecks(checks), rows: writtenOffRows(about, before, cost) },
      opinions: [
        {
          step: '经办',
          unit,
          by: names.get(proposal.proposedBy) ?? proposal.proposedBy,
          on: askedOn,
          verdict: '申请核销',
          text: '',
        },
        {
          step: '复核',
          unit,
          by: names.get(ctx.actor.id) ?? ctx.actor.id,
          on: ctx.today,
          verdict: '同意核销',
          text: '',
        },
      ],
      ...(request.panel ? { panel: panelSentence(request.panel) } : {}),
    },
  });
}

function writtenOffRows(
  { nameOf }: Printed,
  { borne, weights, standing }: ClaimLife,
  cost: readonly CostPart[],
): WriteOffSheetView['rows'] {
  const byParty = Map.groupBy(
    borne.map((leaf, i) => ({ ...leaf, i })).filter(({ kind }) => kind === 'pool'),
    ({ party }) => party,
  );
  const costs = new Map(costByParty(cost).map(({ party, amount }) => [party, amount]));
  // A contributor may have borne nothing of the loss, and its part of the pool's cost all the same.
  return [...new Set([...byParty.keys(), ...costs.keys()])].map((party) => {
    const own = byParty.get(party) ?? [];
    const total = (of: (i: number) => bigint) => own.reduce((all, { i }) => all + of(i), 0n);
    // What came back after an earlier write-off has met that first: only what is neither counts now.
    const left = total((i) => notBelowZero(weights[i]! - standing.writtenOff[i]! - standing.got[i]!));
    const recovered = total((i) => standing.got[i]!);
    const compensated = total((i) => weights[i]!);
    return {
      ...{ party: nameOf(party), compensated: wire(compensated), recovered: wire(recovered) },
      ...{ writtenOff: wire(compensated - recovered - left), amount: wire(left) },
      ...(costs.size > 0 ? { cost: toWire(costs.get(party) ?? ZERO) } : {}),
    };
  });
}

const notBelowZero = (fen: bigint): bigint => (fen > 0n ? fen : 0n);
