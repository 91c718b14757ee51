import { actorNames } from '../access/actor-names.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type { SubsidyApplication, SubsidyLine } from '../generated/node/client.ts';
import { toWire } from '../money/money.ts';
import type { Check } from '../policy/check.ts';
import { citesOf, type Explanation, isProvisional } from '../policy/explanation.ts';
import { schemeByCode } from '../policy/register.ts';
import type { Judged } from './judge-service.ts';
import type { ApplicationRequest } from './request.ts';
import { barredFrom } from './steps.ts';
import { requestOf } from './store.ts';

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
  status: string;
  reason: string | null;
  checks: Check[];
  cites: Citation[];
  provisional: boolean;
  explanation: Explanation;
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
  appliedOn: string | null;
  receivedNo: string | null;
  reason: string | null;
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
}

/** What judging says of a request that is not kept. */
export interface JudgedView {
  eligible: boolean;
  amount: string;
  /** what it lacks, and what was used before */
  missing: Check[];
  checks: Check[];
  lines: Omit<LineView, 'decided' | 'granted' | 'status' | 'reason'>[];
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
    include: { lines: { orderBy: { place: 'asc' } }, events: { orderBy: { id: 'asc' } } },
  });
  // A draft is its enterprise's own.
  if (!row || (row.status === 'draft' && !mayDraft(ctx))) {
    throw new DomainError('NOT_FOUND', '没有这项补贴申请', { status: 404 });
  }
  const names = await actorNames(
    tx,
    row.events.map((e) => e.recordedBy),
  );
  const inside = ctx.actor.role !== 'enterprise';
  const explanation = row.explanation as unknown as Explanation;
  return {
    ...itemView(row),
    ...{
      request: requestOf(row),
      lines: row.lines.map(lineView),
      explanation,
      provisional: isProvisional(explanation),
    },
    checks: row.checks as unknown as Check[],
    barred: barredFrom(ctx.actor.id, row),
    steps: row.events.map((e) => ({
      ...{ kind: e.kind, recordedOn: dateFromDb(e.recordedOn) },
      // Who reviews, and what they note, is not told outside; why a budget gave so much is.
      details: inside || e.kind === 'granted' ? e.details : null,
      ...{ actorName: inside ? (names.get(e.recordedBy) ?? null) : null, amount: e.amount?.toFixed(2) ?? null },
    })),
  };
}

/** Whether somebody sees drafts: they are being written by the enterprise. */
export const mayDraft = ({ actor: { role } }: Context): boolean => role === 'enterprise' || role === 'system';

/** A row of the list. */
export function itemView(row: SubsidyApplication): ApplicationItem {
  const { schemeCode, year, batchNo, enterpriseUscc, enterpriseName, poolCode, origin, status, reason } = row;
  const imported = origin === 'import';
  return {
    ...{ id: `${row.id}`, scheme: schemeCode, schemeTitle: schemeByCode(schemeCode).document.title, year, batchNo },
    ...{ enterpriseUscc, enterpriseName, poolCode, imported, status, reason },
    kinds: [...new Set(requestOf(row).lines.map(({ kind }) => kind))],
    eligible: !(row.checks as unknown as Check[]).some(({ verdict }) => verdict === 'fail'),
    ...{ demand: row.demand.toFixed(2), decided: row.decided?.toFixed(2) ?? null },
    ...{ granted: row.granted?.toFixed(2) ?? null, appliedOn: row.appliedOn && dateFromDb(row.appliedOn) },
    receivedNo: row.receivedNo === null ? null : `${row.receivedNo}`,
  };
}

function lineView(line: SubsidyLine): LineView {
  const { place, kind, class: cls, name, status, reason } = line;
  const explanation = line.explanation as unknown as Explanation;
  return {
    ...{ place, kind, class: cls, name, base: line.cost.toFixed(2), otherMoney: line.otherMoney.toFixed(2) },
    ...{ asked: line.asked.toFixed(2), amount: line.amount.toFixed(2), decided: line.decided?.toFixed(2) ?? null },
    ...{ granted: line.granted?.toFixed(2) ?? null, status, reason, checks: line.checks as unknown as Check[] },
    ...{ cites: citesOf(explanation), provisional: isProvisional(explanation), explanation },
  };
}

/** What judging says, as it is sent. */
export function judgedView({ judged, complete }: { judged: Judged; complete: Check[] }): JudgedView {
  const { eligible, checks, amount, explanation, lines } = judged.evaluation;
  return {
    ...{ eligible, amount: toWire(amount), missing: complete, checks, explanation },
    lines: lines.map((line, i) => ({
      ...{ place: i + 1, kind: line.item.kind, class: line.item.class ?? null, name: line.item.name },
      ...{ base: toWire(line.item.cost), otherMoney: toWire(line.item.otherMoney), asked: toWire(line.asked) },
      ...{ amount: toWire(line.amount), checks: line.checks, cites: citesOf(line.explanation) },
      ...{ provisional: isProvisional(line.explanation), explanation: line.explanation },
    })),
  };
}
