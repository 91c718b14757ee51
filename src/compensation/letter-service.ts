import { actorNames } from '../access/actor-names.ts';
import type { Context } from '../access/context.ts';
import { attachmentsOf } from '../attachments/store.ts';
import { daysBetween, type LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { ClaimLetterView, PrintedLossEvent } from '../documents/compensation-views.ts';
import type { PrintedOpinion } from '../documents/parts.ts';
import { issue } from '../documents/service.ts';
import { yuan } from '../documents/wording.ts';
import type { Claim } from '../generated/node/client.ts';
import { sum, toWire } from '../money/money.ts';
import type { PanelDecision } from '../parties/panel.ts';
import type { Check } from '../policy/check.ts';
import { valueOn } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import type { KeptPart } from './approval.ts';
import { voucherOf } from './claim-store.ts';
import type { Leaf } from './contributors.ts';
import type { Judged } from './judge-service.ts';
import {
  factsOf,
  headOf,
  type Printed,
  panelSentence,
  payeeOf,
  printed,
  printedChecks,
  printedShares,
  roundSubject,
  sentence,
} from './printed-service.ts';
import { type ClaimRequest, classLabel } from './request.ts';
import { partsOf } from './turn-service.ts';

/** 补偿申请函 of a claim just submitted, by its bank to the cooperating unit; a claim sent back and submitted again has another. */
export async function issueClaimLetter(tx: Tx, ctx: Context, id: bigint, judged: Judged): Promise<void> {
  const claim = await tx.claim.findUniqueOrThrow({ where: { id } });
  const about = await printed(tx, claim);
  const round = await tx.claimEvent.count({ where: { claimId: id, kind: 'submitted' } });
  const parts = partsOf(claim);
  const labels = await paperLabels(tx, claim, about.pool.policyCode);
  const handed = await attachmentsOf(tx, `claim:${id}`);
  const cites = judged.checks.filter(({ code }) => BASIS.has(code)).flatMap((check) => check.cites);
  await issue(tx, ctx, {
    ...{ kind: 'claimLetter', subject: roundSubject(id, round), poolCode: claim.poolCode, bankCode: claim.bankCode },
    publicFacts: factsOf(about, '申请补偿金额', about.claim.requested),
    view: {
      ...headOf(about, ctx.today, 'claimLetter', about.claim.bank, cites),
      ...{ addressee: about.nameOf(about.pool.cooperatingUnit), claim: about.claim, event: eventOf(judged) },
      shares: await printedShares(tx, about, claim.poolCode, parts),
      payee: await payeeOf(tx, about, payeeParty(claim, parts), requestOf(claim).payee),
      papers: handed.map(({ paper, name, sha256 }) => ({ label: labels.get(paper) ?? paper, name, sha256 })),
    },
  });
}

/** Checks whose articles a claim as a whole rests on: loss event, window, amount. */
const BASIS = new Set(['LOSS_EVENT', 'CLAIM_WINDOW', 'CLAIM_AMOUNT']);

/** 补偿审批表 of a claim just confirmed, or refused: what was examined, who bears what, who decided. For those who see the pool. */
export async function issueClaimApproval(tx: Tx, ctx: Context, id: bigint): Promise<void> {
  const claim = await tx.claim.findUniqueOrThrow({ where: { id } });
  const about = await printed(tx, claim);
  const event = await eventInLetter(tx, id);
  if (!event) return;
  const checks = claim.checks as unknown as Check[];
  const refused = claim.status === 'refused';
  const inPart = claim.recognised?.lt(claim.unpaidPrincipal);
  const approved = refused ? '0.00' : claim.compensation.toFixed(2);
  const round = await tx.claimEvent.count({ where: { claimId: id, kind: { in: ['confirmed', 'refused'] } } });
  const cites = checks.flatMap((check) => check.cites);
  await issue(tx, ctx, {
    ...{ kind: 'claimApproval', subject: roundSubject(id, round), poolCode: claim.poolCode, bankCode: null },
    publicFacts: factsOf(about, '核定补偿金额', approved),
    view: {
      ...headOf(about, ctx.today, 'claimApproval', about.nameOf(about.pool.matchingUnit), cites),
      ...{ claim: about.claim, event, checks: printedChecks(checks), approved },
      shares: refused ? [] : await printedShares(tx, about, claim.poolCode, partsOf(claim)),
      result: refused ? 'refused' : inPart ? 'approvedInPart' : 'approved',
      opinions: await opinionsOf(tx, about, claim),
      ...(claim.panel && !refused ? { panel: panelSentence(claim.panel as unknown as PanelDecision) } : {}),
    },
  });
}

/** What was paid, as its notice tells it. */
export interface PaymentTold {
  leaves: readonly Leaf[];
  amount: string;
  paidOn: LocalDate;
  accountNo: string;
  /** reference of the ledger's entry */
  reference: string;
  cites: KeptPart['cites'];
}

/** 拨付通知 of a compensation just paid, to whom it was paid for. */
export async function issuePaymentNotice(tx: Tx, ctx: Context, id: bigint, told: PaymentTold): Promise<void> {
  const claim = await tx.claim.findUniqueOrThrow({ where: { id } });
  const about = await printed(tx, claim);
  const { pool, nameOf } = about;
  const parts = partsOf(claim);
  const from = await tx.bankAccount.findUniqueOrThrow({ where: { accountNo: told.accountNo } });
  const round = await tx.claimEvent.count({ where: { claimId: id, kind: { in: ['confirmed', 'refused'] } } });
  const sheet = await tx.document.findUnique({
    where: { kind_subject: { kind: 'claimApproval', subject: roundSubject(id, round) } },
    select: { number: true },
  });
  const payee = payeeParty(claim, parts);
  await issue(tx, ctx, {
    ...{ kind: 'paymentNotice', subject: `claim:${id}`, poolCode: claim.poolCode, bankCode: claim.bankCode },
    publicFacts: factsOf(about, '拨付金额', told.amount),
    view: {
      ...headOf(about, ctx.today, 'paymentNotice', nameOf(pool.cooperatingUnit), told.cites),
      ...{ addressee: about.claim.bank, claim: about.claim, approvalNumber: sheet?.number ?? `申请编号 ${id}` },
      ...{ approvedOn: dateFromDb(claim.confirmedOn!), paidOn: told.paidOn, amount: told.amount },
      payer: { name: from.accountName, bank: from.bankName, number: from.accountNo },
      payee: await payeeOf(tx, about, payee, requestOf(claim).payee),
      parts: contributorsOf(told.leaves, parts).map((part) => ({ ...part, party: nameOf(part.party) })),
      voucher: await voucherOf(tx, pool.code, told.reference),
      duties: await dutiesOf(tx, pool.policyCode, told.paidOn),
    },
  });
}

const requestOf = (claim: Claim): ClaimRequest => claim.request as unknown as ClaimRequest;

/** Whom the pool pays: the bank, or where the clause says so the guarantor through whom it gets its money. */
function payeeParty(claim: Claim, parts: readonly KeptPart[]): string {
  const to = parts.find(({ kind }) => kind === 'pool')?.to ?? 'bank';
  return parts.find(({ bearer }) => bearer === to)?.party ?? claim.bankCode;
}

async function paperLabels(tx: Tx, claim: Claim, policyCode: string): Promise<Map<string, string>> {
  const { added } = await rulebook(tx);
  const { checklist } = policyByCode(policyCode).claim;
  const { papers } = valueOn(checklist, dateFromDb(claim.claimedOn!), added).value;
  return new Map(papers.map(({ code, label }) => [code, label]));
}

/** The loss event as the claim rests on it; the checks have passed, so that it has happened. */
function eventOf({ policy, added, loan, claim, occurredOn }: Judged): PrintedLossEvent {
  const { overdueSince, classification, demandedOn, suedOn } = loan.event;
  const { window } = policy.claim;
  return {
    ...{ happenedOn: occurredOn!, overdueSince: overdueSince!, demandedOn, suedOn },
    overdueDays: daysBetween(overdueSince!, claim.claimedOn),
    classification: classLabel(classification),
    claimableUntil: window.apply(valueOn(window, occurredOn!, added).value, occurredOn!),
  };
}

/** The loss event as the letter of the latest submission has it: what was reported since does not change what was claimed. Claims from before there were letters have none. */
async function eventInLetter(tx: Tx, id: bigint): Promise<PrintedLossEvent | undefined> {
  const round = await tx.claimEvent.count({ where: { claimId: id, kind: 'submitted' } });
  const letter = await tx.document.findUnique({
    where: { kind_subject: { kind: 'claimLetter', subject: roundSubject(id, round) } },
    select: { viewModel: true },
  });
  return (letter?.viewModel as unknown as ClaimLetterView | undefined)?.event;
}

const OPINIONS = {
  verified: { step: '合作单位审核', verdict: '同意', says: '材料齐全，情况属实，同意上报' },
  approved: { step: '主管部门审批', verdict: '同意', says: '符合补偿条件，同意补偿' },
  confirmed: { step: '主管部门复核', verdict: '同意', says: '复核无误' },
  refused: { step: '审核', verdict: '不予补偿', says: '' },
} as const;
type OpinionKind = keyof typeof OPINIONS;

/** What everyone who decided on the latest submission said, in order. */
async function opinionsOf(tx: Tx, { pool, nameOf }: Printed, claim: Claim): Promise<PrintedOpinion[]> {
  const events = await tx.claimEvent.findMany({ where: { claimId: claim.id }, orderBy: { id: 'asc' } });
  const last = events.findLastIndex(({ kind }) => kind === 'submitted');
  const said = events.slice(last + 1).filter(({ kind }) => kind in OPINIONS);
  const names = await actorNames(
    tx,
    said.map((e) => e.recordedBy),
  );
  const byCounty = (kind: string) => kind === 'verified' || said.length === 1;
  return said.map(({ kind, recordedBy, occurredOn, details }): PrintedOpinion => {
    const { step, verdict, says } = OPINIONS[kind as OpinionKind];
    const { note, reason, compensation } = (details ?? {}) as { note?: string; reason?: string; compensation?: string };
    const typed = note ?? reason ?? says;
    const words = typed === verdict ? '' : typed;
    return {
      ...{ step, unit: nameOf(byCounty(kind) ? pool.cooperatingUnit : pool.matchingUnit), on: dateFromDb(occurredOn) },
      ...{ by: names.get(recordedBy) ?? recordedBy, verdict },
      text:
        kind === 'approved' && compensation ? `${sentence(words)}补偿金额 ${yuan(compensation)} 元。` : sentence(words),
    };
  });
}

/** Whose part of the pool was paid, contributor by contributor. */
function contributorsOf(leaves: readonly Leaf[], parts: readonly KeptPart[]) {
  const byParty = Map.groupBy(
    leaves.filter(({ kind }) => kind === 'pool'),
    ({ party }) => party,
  );
  return [...byParty].map(([party, own]) => ({
    party,
    amount: toWire(sum(own.map(({ amount }) => amount))),
    cites: parts.filter(({ bearer }) => own.some((leaf) => leaf.bearer === bearer)).flatMap((part) => part.cites),
  }));
}

async function dutiesOf(tx: Tx, policyCode: string, on: LocalDate): Promise<string[]> {
  const { added } = await rulebook(tx);
  const { recovery } = policyByCode(policyCode);
  return [
    '补偿资金只用于冲抵该笔贷款的本金损失，不得挪作他用；以虚假材料取得的，全额退回。',
    `补偿后请继续追偿。${recovery.describe(valueOn(recovery, on, added).value)}。`,
  ];
}
