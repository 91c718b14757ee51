import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Citation, DomainError } from '../errors.ts';
import type {
  Prisma,
  SubsidyApplication,
  SubsidyBatch,
  SubsidyCorrection,
  SubsidyLine,
} from '../generated/node/client.ts';
import { Exact, type Money, sum, toWire, ZERO } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { citesOf, type Explanation, isProvisional } from '../policy/explanation.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { lockWithBatch } from './batch-service.ts';
import { claim } from './clawback-service.ts';
import { type CorrectionCause, differenceOf, explainCorrection, type Sharing, STANDING } from './correction.ts';
import type { Evaluation } from './evaluate.ts';
import { judgeMany, plain } from './judge-service.ts';
import type { ApplicationRequest, LineRequest } from './request.ts';
import { lockApplicants, requestOf } from './store.ts';
import { supplement } from './supplement-service.ts';

export interface CorrectionRequest {
  cause: CorrectionCause;
  reason: string;
  /** what shows it: document and number */
  evidence: string;
  /** lines as they should have been stated; of the others stands what was stated */
  lines?: { place: number; line: LineRequest }[];
}

/** What a line's correction comes to. `amount…` is what the rules give, `decided…` what of it is decided, `difference` of what is granted. */
export interface CorrectedLine {
  place: number;
  lineName: string;
  amountBefore: string;
  amountAfter: string;
  decidedBefore: string;
  decidedAfter: string;
  difference: string;
  cites: Citation[];
  explanation: Explanation;
  provisional: boolean;
}

/** A correction as it was recorded, with what came of it. */
export interface CorrectionView extends CorrectedLine {
  id: string;
  cause: string;
  reason: string;
  evidence: string;
  /** the line as it should have been stated, while a correction of facts stands: the next one begins with it */
  stated: LineRequest | null;
  supplementId: string | null;
  clawbackId: string | null;
  recordedOn: string;
}

interface Corrected {
  line: SubsidyLine;
  facts: LineRequest | undefined;
  amounts: { before: Money; after: Money };
  decided: { before: Money; after: Money };
  difference: Money;
  explanation: Explanation;
}
interface Loaded {
  row: SubsidyApplication;
  batch: SubsidyBatch;
  lines: (SubsidyLine & { corrections: SubsidyCorrection[]; clawbacks: { amount: Prisma.Decimal }[] })[];
}

/** What correcting an application would come to, without keeping anything. @throws DomainError as `correctApplication` */
export async function checkCorrection(ctx: Context, id: bigint, request: CorrectionRequest): Promise<CorrectedLine[]> {
  permit(ctx, 'subsidy.correct');
  return inTransaction(ctx, async (tx) => (await judged(tx, await load(tx, id), request)).map(lineView));
}

/**
 * Judges a granted application anew, by the rules of its own day as they stand now, after a rule was corrected backwards or facts were. Its first decision
 * stays; what the grant differs by becomes a supplement within the budget or a clawback, each of which another person confirms.
 * @throws DomainError NOT_FOUND (404), CORRECTION_STEP, CORRECTION_OPEN, NOTHING_TO_CORRECT, BUDGET_EXCEEDED (409), CORRECTION_LINES (422)
 */
export async function correctApplication(
  ctx: Context,
  id: bigint,
  request: CorrectionRequest,
): Promise<CorrectionView[]> {
  permit(ctx, 'subsidy.correct');
  return inTransaction(ctx, async (tx) => {
    const loaded = await load(tx, id);
    const changed = (await judged(tx, loaded, request)).filter(({ amounts }) => !amounts.before.eq(amounts.after));
    if (changed.length === 0) throw conflict('NOTHING_TO_CORRECT', '按现行条款和事实重新核算，与原核定一致，无须更正');
    const { poolCode, enterpriseUscc } = loaded.row;
    const { cause, reason, evidence } = request;
    for (const one of changed) {
      const effect = await takeEffect(tx, ctx, loaded, one, request);
      await tx.subsidyCorrection.create({
        data: {
          ...{ applicationId: id, lineId: one.line.id, poolCode, enterpriseUscc, cause, reason, evidence, ...effect },
          ...(one.facts ? { facts: plain(one.facts) as object } : {}),
          ...{ amountBefore: toWire(one.amounts.before), amountAfter: toWire(one.amounts.after) },
          ...{ decidedBefore: toWire(one.decided.before), decidedAfter: toWire(one.decided.after) },
          ...{ difference: toWire(one.difference), cites: plain(citesOf(one.explanation)) as unknown as object[] },
          ...{ explanation: plain(one.explanation) as object, recordedBy: ctx.actor.id },
          recordedOn: dateToDb(ctx.today),
        },
      });
    }
    await audit(tx, ctx, {
      ...{ action: 'subsidy.correct', subject: `subsidyApplication:${id}` },
      after: { cause, lines: changed.length, difference: toWire(sum(changed.map(({ difference }) => difference))) },
    });
    return readCorrections(tx, id);
  });
}

/** The corrections of an application, in order. */
export async function listCorrections(ctx: Context, id: bigint): Promise<CorrectionView[]> {
  permit(ctx, 'subsidy.correct');
  return inTransaction(ctx, (tx) => readCorrections(tx, id));
}

async function load(tx: Tx, id: bigint): Promise<Loaded> {
  const { row, batch } = await lockWithBatch(tx, id);
  await lockApplicants(tx, row.schemeCode, [row.enterpriseUscc]);
  if (!batch || (row.status !== 'approved' && row.status !== 'paid'))
    throw conflict('CORRECTION_STEP', '只有已批准或已拨付的补贴可以更正；尚未批准的，请退回重新核定');
  const goesOn = await tx.subsidyApplication.count({ where: { continuesId: id } });
  if (row.continuesId !== null || goesOn > 0)
    throw conflict('CORRECTION_STEP', '该申请分两个年度安排，请按追回或次年批次办理更正');
  const lines = await tx.subsidyLine.findMany({
    where: { applicationId: id },
    include: {
      corrections: { where: STANDING, orderBy: { id: 'asc' } },
      clawbacks: { where: { status: { notIn: ['declined', 'cancelled'] } }, select: { amount: true } },
    },
    orderBy: { place: 'asc' },
  });
  const waits = { applicationId: id, status: 'proposed' };
  if ((await tx.subsidySupplement.count({ where: waits })) + (await tx.subsidyClawback.count({ where: waits })) > 0)
    throw conflict('CORRECTION_OPEN', '该申请还有待复核的补充分配或追回，请先办理');
  return { row, batch, lines };
}

/** Each line as it was decided beside what it should have been. */
async function judged(tx: Tx, { row, batch, lines }: Loaded, request: CorrectionRequest): Promise<Corrected[]> {
  const scheme = schemeByCode(row.schemeCode);
  if (request.cause === 'rule' && request.lines) throw new DomainError('CORRECTION_LINES', '条款更正不改动填报的明细');
  const ruled = lines.flatMap(({ corrections }) => corrections.filter(({ cause }) => cause === 'rule'));
  const since = [row.decidedOn!, ...ruled.map(({ recordedOn }) => recordedOn)]
    .map(dateFromDb)
    .reduce((a, b) => (a > b ? a : b));
  const stated = statedBefore(requestOf(row), lines);
  const own = { id: row.id, uscc: row.enterpriseUscc, appliedOn: dateFromDb(row.appliedOn!), year: row.year };
  const given = new Map((request.lines ?? []).map(({ place, line }) => [place, line]));
  const corrected = { ...stated, lines: stated.lines.map((line, i) => given.get(i + 1) ?? line) };
  const judge = async (as: ApplicationRequest, rules: Awaited<ReturnType<typeof rulebook>>) =>
    (await judgeMany(tx, scheme, [{ ...own, request: as }], rules))[0]!.evaluation;
  // What else has changed since the decision is no part of the correction: both sides are judged as everything else stands. A rule is corrected once,
  // whatever facts were corrected since.
  const held = await rulebook(tx, since);
  const now = await judge(corrected, request.cause === 'rule' ? await rulebook(tx) : held);
  const then = request.cause === 'rule' || given.size > 0 ? await judge(stated, held) : null;
  const version = valueOn(scheme.budget, dateFromDb(batch.allocatedOn!), (await rulebook(tx)).added);
  const sharing = { mode: version.value.mode, available: fromDb(batch.available!), demand: fromDb(batch.demand!) };
  return lines.map((line, i) => {
    const before = then ? then.lines[i]!.amount : amountOf(line);
    return correctedLine(line, { sharing, before, now, i, cause: request.cause, facts: given.get(i + 1) });
  });
}

const amountOf = ({ amount, corrections }: Loaded['lines'][number]): Money =>
  fromDb(corrections.at(-1)?.amountAfter ?? amount);

/** A request as it was corrected before. */
function statedBefore(request: ApplicationRequest, lines: Loaded['lines']): ApplicationRequest {
  const facts = lines.map(({ corrections }) => corrections.filter((one) => one.facts !== null).at(-1)?.facts);
  return { ...request, lines: request.lines.map((line, i) => (facts[i] as unknown as LineRequest) ?? line) };
}

function correctedLine(
  line: Loaded['lines'][number],
  {
    sharing,
    before,
    now,
    i,
    cause,
    facts,
  }: {
    sharing: Sharing;
    before: Money;
    now: Evaluation;
    i: number;
    cause: CorrectionCause;
    facts: LineRequest | undefined;
  },
): Corrected {
  const { amount: after, explanation: why } = now.lines[i]!;
  const was = fromDb(line.corrections.at(-1)?.decidedAfter ?? line.decided!);
  const should = Exact.min(Exact.max(was.plus(after.minus(before)), ZERO), after);
  const back = sum(line.clawbacks.map(({ amount }) => fromDb(amount)));
  const granted = fromDb(line.granted ?? '0')
    .plus(fromDb(line.adjusted))
    .minus(back);
  const difference = should.eq(was) ? ZERO : differenceOf(sharing, { decided: was, granted }, should);
  const original = line.explanation as unknown as Explanation;
  const explanation = explainCorrection(
    ...([cause, sharing, { decided: was, granted, explanation: original }] as const),
    { decided: should, explanation: why, difference },
  );
  return { line, facts, amounts: { before, after }, decided: { before: was, after: should }, difference, explanation };
}

/** More is a supplement, less a clawback; while nothing is ordered yet, what will be ordered is less. */
async function takeEffect(
  tx: Tx,
  ctx: Context,
  { row, batch }: Loaded,
  { line, difference, explanation }: Corrected,
  { reason, evidence }: CorrectionRequest,
): Promise<{ supplementId?: bigint; clawbackId?: bigint }> {
  if (difference.isZero()) return {};
  const paid = await tx.subsidyPayment.count({ where: { applicationId: row.id, status: 'paid' } });
  if (difference.lt(ZERO) && paid > 0) {
    const amount = toWire(difference.negated());
    const { id } = await claim(tx, ctx, {
      ...{ applicationId: `${row.id}`, place: line.place, amount, ground: 'correction', reason, evidence },
    });
    return { clawbackId: id };
  }
  if (paid === 0 && batch.status === 'ordered')
    throw conflict('CORRECTION_STEP', '资金已经下达、尚未拨付，请在银行拨付后更正');
  return {
    supplementId: await supplement(tx, batch, line, { cause: 'correction', amount: difference, explanation }, ctx),
  };
}

async function readCorrections(tx: Tx, applicationId: bigint): Promise<CorrectionView[]> {
  const rows = await tx.subsidyCorrection.findMany({
    ...{ where: { applicationId }, include: { line: true }, orderBy: { id: 'asc' } },
  });
  const standing = await tx.subsidyCorrection.findMany({ where: { applicationId, ...STANDING }, select: { id: true } });
  const stands = new Set(standing.map(({ id }) => id));
  return rows.map(({ line, ...row }) => ({
    ...lineView({
      ...{ line, facts: undefined, difference: fromDb(row.difference) },
      amounts: { before: fromDb(row.amountBefore), after: fromDb(row.amountAfter) },
      decided: { before: fromDb(row.decidedBefore), after: fromDb(row.decidedAfter) },
      explanation: row.explanation as unknown as Explanation,
    }),
    ...{ id: `${row.id}`, cause: row.cause, reason: row.reason, evidence: row.evidence },
    stated: stands.has(row.id) ? (row.facts as unknown as LineRequest | null) : null,
    supplementId: row.supplementId === null ? null : `${row.supplementId}`,
    clawbackId: row.clawbackId === null ? null : `${row.clawbackId}`,
    recordedOn: dateFromDb(row.recordedOn),
  }));
}

function lineView({ line, amounts, decided, difference, explanation }: Corrected): CorrectedLine {
  return {
    ...{ place: line.place, lineName: line.name, difference: toWire(difference) },
    ...{ amountBefore: toWire(amounts.before), amountAfter: toWire(amounts.after) },
    ...{ decidedBefore: toWire(decided.before), decidedAfter: toWire(decided.after) },
    ...{ cites: citesOf(explanation), explanation, provisional: isProvisional(explanation) },
  };
}

function conflict(code: string, message: string): DomainError {
  return new DomainError(code, message, { status: 409 });
}
