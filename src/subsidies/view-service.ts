import { actorNames } from '../access/actor-names.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { SubsidyApplication, SubsidyFinding, SubsidyLine } from '../generated/node/client.ts';
import { toWire } from '../money/money.ts';
import type { PanelDecision } from '../parties/panel.ts';
import type { Check } from '../policy/check.ts';
import { citesOf, type Explanation, isProvisional } from '../policy/explanation.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { FINDINGS, type Finding, type FindingCode } from './finding.ts';
import type { VoucherView } from './interest.ts';
import { judgeOn } from './judge-service.ts';
import { type LineFact, withUses } from './line-facts.ts';
import { type Material, materialsOf } from './materials-service.ts';
import { type AcceptedPledge, type PledgeText, pledgeText } from './pledge.ts';
import type { ApplicationRequest } from './request.ts';
import { barredFrom, isPrepared } from './steps.ts';
import { requestOf } from './store.ts';
import type { StepClock, Turn } from './turn.ts';
import { turnsOf } from './turn-service.ts';

/** One line as others see it. `base` is what it cost, `amount` what the rules give, `decided` and `granted` what became of it. */
export interface LineView {
  place: number;
  kind: string;
  class: string | null;
  name: string;
  base: string;
  otherMoney: string;
  asked: string;
  amount: string;
  decided: string | null;
  granted: string | null;
  /** what corrections have added to what was granted, or taken from it */
  adjusted: string;
  status: string;
  reason: string | null;
  checks: Check[];
  cites: Citation[];
  provisional: boolean;
  explanation: Explanation;
  /** what it states, each beside what it was checked against */
  facts: LineFact[];
  /** of interest, each beside what the contract and the balances give; the voucher rules */
  vouchers: VoucherView[];
}

/** An application in a list. */
export interface ApplicationItem {
  id: string;
  scheme: string;
  schemeTitle: string;
  year: number;
  batchNo: number;
  enterpriseUscc: string;
  enterpriseName: string;
  poolCode: string | null;
  /** what its lines ask for, each kind once */
  kinds: string[];
  /** from a file of paper applications */
  imported: boolean;
  status: string;
  eligible: boolean;
  demand: string;
  decided: string | null;
  granted: string | null;
  /** what corrections have added to what was granted, or taken from it */
  adjusted: string;
  appliedOn: string | null;
  receivedNo: string | null;
  /** the earlier year's application that it goes on from */
  continuesId: string | null;
  reason: string | null;
  /** whose turn it is, by when, and what follows */
  nextStep: Turn;
}

/** A step on its way. */
export interface StepView {
  kind: string;
  recordedOn: string;
  actorName: string | null;
  amount: string | null;
  details: unknown;
}

/** An application with its lines, what was checked, why each figure is what it is, and how far it has come. */
export interface ApplicationView extends ApplicationItem {
  request: ApplicationRequest;
  lines: LineView[];
  checks: Check[];
  explanation: Explanation;
  provisional: boolean;
  steps: StepView[];
  /** why the next step is not the reader's, though it is of their role */
  barred: string | null;
  papers: Material[];
  /** what it lacks while it is prepared */
  missing: Check[];
  pledge: PledgeView | null;
  /** the steps with their working days */
  clocks: StepClock[];
  /** 集体研究, where one decided */
  panel: PanelDecision | null;
  /** what reviewers looked up, the last word of each; an enterprise is told by the checks */
  findings: FindingView[];
}

/** What a reviewer looked up, and where. */
export interface FindingView extends Finding {
  label: string;
  source: string;
  actorName: string | null;
  recordedOn: LocalDate;
}

/** 诚信承诺书: as it was accepted, or before that, as it is to be; null of an application on paper. */
export interface PledgeView {
  title: string;
  text: string;
  effectiveFrom: LocalDate | null;
  cites: Citation[];
  provisional: boolean;
  acceptedBy: string | null;
  acceptedOn: LocalDate | null;
}

/** What judging says of a request that is not kept. */
export interface JudgedView {
  eligible: boolean;
  amount: string;
  /** what it lacks, and what was used before */
  missing: Check[];
  papers: Material[];
  pledge: PledgeView;
  checks: Check[];
  lines: Omit<LineView, 'decided' | 'granted' | 'adjusted' | 'status' | 'reason'>[];
  explanation: Explanation;
}

/** An application of the actor's own. @throws DomainError NOT_FOUND (404), also for what is another's */
export async function findApplication(ctx: Context, id: bigint): Promise<ApplicationView> {
  permit(ctx, 'subsidy.read');
  return inTransaction(ctx, (tx) => readApplication(tx, ctx, id));
}

/** For the use cases of this domain, which have asked for permission. @throws DomainError NOT_FOUND (404) */
export async function readApplication(tx: Tx, ctx: Context, id: bigint): Promise<ApplicationView> {
  const row = await tx.subsidyApplication.findUnique({
    where: { id },
    include: {
      ...{ lines: { orderBy: { place: 'asc' } }, events: { orderBy: { id: 'asc' } } },
      findings: { orderBy: { id: 'asc' } },
    },
  });
  // A draft is its enterprise's own.
  if (!row || (row.status === 'draft' && !mayDraft(ctx))) {
    throw new DomainError('NOT_FOUND', '没有这项补贴申请', { status: 404 });
  }
  const pledge = row.pledge as unknown as AcceptedPledge | null;
  const hands = [...row.events, ...row.findings].map((one) => one.recordedBy);
  const names = await actorNames(tx, [...hands, ...(pledge ? [pledge.acceptedBy] : [])]);
  const [{ turn, clocks }] = (await turnsOf(tx, ctx, [row])) as [Awaited<ReturnType<typeof turnsOf>>[number]];
  const [request, on] = [requestOf(row), row.appliedOn ? dateFromDb(row.appliedOn) : ctx.today];
  const inside = ctx.actor.role !== 'enterprise';
  const explanation = row.explanation as unknown as Explanation;
  const last = [...new Map(row.findings.map((one) => [one.code, one])).values()];
  return {
    ...itemView(row, turn),
    ...{ clocks, panel: inside ? (row.panel as unknown as PanelDecision | null) : null },
    findings: inside ? last.map((one) => findingView(one, names)) : [],
    ...{
      request,
      lines: row.lines.map((line) => lineView(line, row.status)),
      explanation,
      provisional: isProvisional(explanation),
    },
    checks: row.checks as unknown as Check[],
    barred: barredFrom(ctx.actor.id, row),
    papers: await materialsOf(tx, id, { request, on }),
    missing: isPrepared(row.status) ? await lackingNow(tx, row, on) : [],
    pledge: pledge ? pledgeView(pledge, names.get(pledge.acceptedBy)) : await openPledge(tx, row, on),
    steps: row.events.map((e) => ({
      ...{ kind: e.kind, recordedOn: dateFromDb(e.recordedOn) },
      // Who reviews, and what they note, is not told outside; why a budget gave so much, and what the bank did, is.
      details: inside || TOLD.includes(e.kind) ? e.details : null,
      ...{ actorName: inside ? (names.get(e.recordedBy) ?? null) : null, amount: e.amount?.toFixed(2) ?? null },
    })),
  };
}

/** What becomes of a subsidy after its batch was shared out is the enterprise's to know. */
const LATER = ['supplemented', 'deferred', 'continued', 'clawbackOrdered', 'clawbackReceived', 'clawbackCancelled'];
/** Steps of which an enterprise is told more than that they were taken. */
const TOLD: readonly string[] = [
  'published',
  'objection',
  'objectionDecided',
  'granted',
  'ordered',
  'paid',
  'returnedByBank',
  ...LATER,
];

/** States in which an application has given back what it used. */
const GIVEN_UP: readonly string[] = ['refused', 'withdrawn'];

/** Whether somebody sees drafts: they are being written by the enterprise. */
export const mayDraft = ({ actor: { role } }: Context): boolean => role === 'enterprise' || role === 'system';

function findingView(row: SubsidyFinding, names: Map<string, string>): FindingView {
  const { holds, source, recordedBy, recordedOn } = row;
  const code = row.code as FindingCode;
  const actorName = names.get(recordedBy) ?? null;
  return { code, label: FINDINGS[code], holds, source, actorName, recordedOn: dateFromDb(recordedOn) };
}

/** Rows of a list, in their order. */
export async function itemViews(tx: Tx, ctx: Context, rows: readonly SubsidyApplication[]): Promise<ApplicationItem[]> {
  const turns = await turnsOf(tx, ctx, rows);
  return rows.map((row, i) => itemView(row, turns[i]!.turn));
}

function itemView(row: SubsidyApplication, nextStep: Turn): ApplicationItem {
  const { schemeCode, year, batchNo, enterpriseUscc, enterpriseName, poolCode, origin, status, reason } = row;
  const imported = origin === 'import';
  return {
    ...{ id: `${row.id}`, scheme: schemeCode, schemeTitle: schemeByCode(schemeCode).document.title, year, batchNo },
    ...{ enterpriseUscc, enterpriseName, poolCode, imported, status, reason, nextStep },
    kinds: [...new Set(requestOf(row).lines.map(({ kind }) => kind))],
    eligible: !(row.checks as unknown as Check[]).some(({ verdict }) => verdict === 'fail'),
    ...{ demand: row.demand.toFixed(2), decided: row.decided?.toFixed(2) ?? null },
    ...{ granted: row.granted?.toFixed(2) ?? null, adjusted: row.adjusted.toFixed(2) },
    ...{ appliedOn: row.appliedOn && dateFromDb(row.appliedOn) },
    receivedNo: row.receivedNo === null ? null : `${row.receivedNo}`,
    continuesId: row.continuesId === null ? null : `${row.continuesId}`,
  };
}

/** What an application that is being prepared lacks today; where the rules of the day cannot judge it, why not. */
async function lackingNow(tx: Tx, row: SubsidyApplication, on: LocalDate): Promise<Check[]> {
  const asked = { id: row.id, uscc: row.enterpriseUscc, request: requestOf(row), paper: row.origin === 'import' };
  try {
    return (await judgeOn(tx, asked, on)).complete;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, message, cites } = error;
    return [{ code, verdict: 'fail', clause: '', message, cites }];
  }
}

/** The text that is still to be accepted. */
async function openPledge(tx: Tx, row: SubsidyApplication, on: LocalDate): Promise<PledgeView | null> {
  if (row.origin === 'import' || !isPrepared(row.status)) return null;
  return pledgeView(pledgeText(schemeByCode(row.schemeCode), row.enterpriseName, on, (await rulebook(tx)).added));
}

/** A text, or the same as it was accepted. @param name of who accepted it */
export function pledgeView(pledge: PledgeText | AcceptedPledge, name?: string): PledgeView {
  const { title, text, effectiveFrom, citation } = pledge;
  return {
    ...{ title, text, effectiveFrom, cites: citation ? [citation] : [], provisional: citation?.confirmed === false },
    ...{ acceptedBy: name ?? null, acceptedOn: 'acceptedOn' in pledge ? pledge.acceptedOn : null },
  };
}

function lineView(line: SubsidyLine, application: string): LineView {
  const { place, kind, class: cls, name, status, reason } = line;
  const explanation = line.explanation as unknown as Explanation;
  const { facts = [], vouchers = [] } = line.item as unknown as { facts?: LineFact[]; vouchers?: VoucherView[] };
  return {
    vouchers,
    // From its submission on nobody else can use what it uses.
    facts: isPrepared(application) || GIVEN_UP.includes(application) ? facts : withUses(facts, []),
    ...{ place, kind, class: cls, name, base: line.cost.toFixed(2), otherMoney: line.otherMoney.toFixed(2) },
    ...{ asked: line.asked.toFixed(2), amount: line.amount.toFixed(2), decided: line.decided?.toFixed(2) ?? null },
    ...{ granted: line.granted?.toFixed(2) ?? null, adjusted: line.adjusted.toFixed(2), status, reason },
    checks: line.checks as unknown as Check[],
    ...{ cites: citesOf(explanation), provisional: isProvisional(explanation), explanation },
  };
}

/** What judging says, as it is sent. */
export function judgedView(
  { judged, complete }: Pick<Awaited<ReturnType<typeof judgeOn>>, 'judged' | 'complete'>,
  more: Pick<JudgedView, 'papers' | 'pledge'>,
): JudgedView {
  const { eligible, checks, amount, explanation, lines } = judged.evaluation;
  return {
    ...{ eligible, amount: toWire(amount), missing: complete, checks, explanation, ...more },
    lines: lines.map((line, i) => ({
      ...{ place: i + 1, kind: line.item.kind, class: line.item.class ?? null, name: line.item.name },
      ...{ base: toWire(line.item.cost), otherMoney: toWire(line.item.otherMoney), asked: toWire(line.asked) },
      ...{ amount: toWire(line.amount), checks: line.checks, cites: citesOf(line.explanation) },
      ...{ provisional: isProvisional(line.explanation), explanation: line.explanation },
      ...{ facts: judged.facts[i]!, vouchers: judged.vouchers[i]! },
    })),
  };
}
