import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { lockWithBatch } from './batch-service.ts';
import { areasOf } from './facts-store.ts';
import { type Judged, judgedColumns, judgeOn, plain } from './judge-service.ts';
import { materialsOf } from './materials-service.ts';
import { type AcceptedPledge, pledgeText } from './pledge.ts';
import { giveUp } from './release-service.ts';
import { type ApplicationRequest, contentOf, usesOf } from './request.ts';
import { assertStep } from './steps.ts';
import {
  happened,
  lockApplicants,
  lockApplications,
  nextReceivedNo,
  passUses,
  replaceLines,
  requestOf,
  takeUses,
} from './store.ts';
import { type ApplicationView, type JudgedView, judgedView, pledgeView, readApplication } from './view-service.ts';

/**
 * Drafts an application of the enterprise's own. It is judged and what it may expect is shown; nothing is refused and nothing is taken before it is
 * submitted. The same content again answers the same draft.
 * @throws DomainError SCHEME_UNKNOWN (404), POLICY_OUTSIDE_DATES (422)
 */
export async function draftApplication(
  ctx: Context,
  request: ApplicationRequest,
): Promise<{ created: boolean; application: ApplicationView }> {
  permit(ctx, 'subsidy.apply');
  const uscc = ownEnterprise(ctx);
  return inTransaction(ctx, async (tx) => {
    const content = contentOf(request);
    await lockApplicants(tx, request.scheme, [uscc]);
    const before = await tx.subsidyApplication.findFirst({
      where: { enterpriseUscc: uscc, content, status: { notIn: ['refused', 'withdrawn'] } },
    });
    if (before) return { created: false, application: await readApplication(tx, ctx, before.id) };
    const { judged, batch } = await judgeOn(tx, { id: null, uscc, request }, ctx.today);
    const enterprise = await tx.enterprise.findUniqueOrThrow({ where: { uscc } });
    const row = await tx.subsidyApplication.create({
      data: {
        ...{ schemeCode: request.scheme, year: batch.year, batchNo: batch.batch, status: 'draft', origin: 'own' },
        ...{ enterpriseUscc: uscc, enterpriseName: enterprise.name, content },
        poolCode: (await areasOf(tx, [uscc])).get(uscc) ?? null,
        request: plain({ ...request }) as object,
        ...{ createdBy: ctx.actor.id, createdOn: dateToDb(ctx.today), ...judgedColumns(judged) },
      },
    });
    await replaceLines(tx, row, judged);
    await happened(tx, ctx, [row], 'created');
    await audit(tx, ctx, {
      ...{ action: 'subsidy.draft', subject: `subsidyApplication:${row.id}` },
      after: { scheme: request.scheme, lines: request.lines.length, demand: judgedColumns(judged).demand },
    });
    return { created: true, application: await readApplication(tx, ctx, row.id) };
  });
}

/**
 * What an application would come to, and what it lacks, without keeping anything.
 * @param id the draft or application sent back that is being checked: its papers are looked at, and its own use of a policy or invoice is none; null: none
 */
export async function checkApplication(
  ctx: Context,
  request: ApplicationRequest,
  id: bigint | null,
): Promise<JudgedView> {
  permit(ctx, 'subsidy.apply');
  const uscc = ownEnterprise(ctx);
  return inTransaction(ctx, async (tx) => {
    const row = id === null ? null : await tx.subsidyApplication.findUnique({ where: { id } });
    if (id !== null && !row) throw new DomainError('NOT_FOUND', '没有这项补贴申请', { status: 404 });
    const on = row ? appliedOnOf(row, ctx.today) : ctx.today;
    const { name } = await tx.enterprise.findUniqueOrThrow({ where: { uscc } });
    const answer = await judgeOn(tx, { id, uscc, request, paper: row?.origin === 'import' }, on);
    const pledge = pledgeText(schemeByCode(request.scheme), name, on, (await rulebook(tx)).added);
    return judgedView(answer, { papers: await materialsOf(tx, id, { request, on }), pledge: pledgeView(pledge) });
  });
}

/** A draft, or an application sent back, with other content. @throws DomainError APPLICATION_STEP (409), SCHEME_DIFFERS (422) */
export async function changeApplication(
  ctx: Context,
  id: bigint,
  request: ApplicationRequest,
): Promise<ApplicationView> {
  permit(ctx, 'subsidy.apply');
  return inTransaction(ctx, async (tx) => {
    const [row] = await lockApplications(tx, [id]);
    assertStep('update', row!);
    if (request.scheme !== row!.schemeCode)
      throw new DomainError('SCHEME_DIFFERS', '申请的补贴政策不能更改，请另行申请');
    const { judged, batch } = await judgeOn(
      tx,
      { id, uscc: row!.enterpriseUscc, request },
      appliedOnOf(row!, ctx.today),
    );
    const changed = { request: plain({ ...request }) as object, content: contentOf(request), ...judgedColumns(judged) };
    const after = await tx.subsidyApplication.update({
      where: { id },
      data: { ...changed, ...(row!.appliedOn ? {} : { year: batch.year, batchNo: batch.batch }) },
    });
    await replaceLines(tx, after, judged);
    await happened(tx, ctx, [row!], 'changed');
    await audit(tx, ctx, {
      ...{ action: 'subsidy.change', subject: `subsidyApplication:${id}`, before: { demand: row!.demand.toFixed(2) } },
      after: { demand: changed.demand },
    });
    return readApplication(tx, ctx, id);
  });
}

/**
 * Submits an application. It must be complete and eligible, at least one of its lines too; whatever it uses is taken from now on. One sent back keeps the
 * day of its first submission: its rules, its batch and its place in the order of arrival stay.
 * @throws DomainError APPLICATION_REFUSED (422) with every fault and its article, APPLICATION_STEP (409)
 */
export async function submitApplication(ctx: Context, id: bigint): Promise<ApplicationView> {
  permit(ctx, 'subsidy.apply');
  return inTransaction(ctx, async (tx) => {
    const [row] = await lockApplications(tx, [id]);
    if (row!.status === 'submitted') return readApplication(tx, ctx, id);
    assertStep('submit', row!);
    const request = requestOf(row!);
    await lockApplicants(tx, row!.schemeCode, [row!.enterpriseUscc]);
    const on = appliedOnOf(row!, ctx.today);
    const paper = row!.origin === 'import';
    const { judged, complete, batch } = await judgeOn(tx, { id, uscc: row!.enterpriseUscc, request, paper }, on);
    refuseFaults(judged, complete);
    const pledge: AcceptedPledge = {
      ...pledgeText(schemeByCode(row!.schemeCode), row!.enterpriseName, on, (await rulebook(tx)).added),
      ...{ acceptedBy: ctx.actor.id, acceptedOn: ctx.today },
    };
    const place = row!.appliedOn
      ? {}
      : { appliedOn: dateToDb(on), receivedNo: await nextReceivedNo(tx), year: batch.year, batchNo: batch.batch };
    // Lines are written anew while the application is still being prepared.
    await replaceLines(tx, { ...row!, ...(row!.appliedOn ? {} : { year: batch.year }) }, judged);
    const after = await tx.subsidyApplication.update({
      where: { id },
      data: {
        ...{ status: 'submitted', submittedOn: dateToDb(ctx.today), ...place, ...FRESH, ...judgedColumns(judged) },
        pledge: { ...pledge } as object,
      },
    });
    await takeUses(tx, [{ row: after, uses: usesOf(after.enterpriseUscc, request.lines) }]);
    await happened(tx, ctx, [after], 'submitted', () => ({ amount: judged.evaluation.amount }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.submit', subject: `subsidyApplication:${id}`, before: { status: row!.status } },
      after: { status: 'submitted', demand: judgedColumns(judged).demand },
    });
    return readApplication(tx, ctx, id);
  });
}

/**
 * The enterprise takes its application back, until its money is ordered; what it used is free again unless its rest goes on in
 * another year, and so is what the budget had kept for it.
 * @throws DomainError APPLICATION_STEP, MONEY_ORDERED (409)
 */
export async function withdrawApplication(ctx: Context, id: bigint, reason: string | null): Promise<ApplicationView> {
  permit(ctx, 'subsidy.apply');
  return inTransaction(ctx, async (tx) => {
    const { row, batch } = await lockWithBatch(tx, id);
    if (row.status === 'withdrawn') return readApplication(tx, ctx, id);
    assertStep('withdraw', row);
    if (batch && ['published', 'granted', 'approved'].includes(row.status)) await giveUp(tx, batch, row, ctx);
    const ended = { endedBy: ctx.actor.id, endedOn: dateToDb(ctx.today) };
    await tx.subsidyApplication.update({ where: { id }, data: { status: 'withdrawn', reason, ...ended } });
    await passUses(tx, id);
    await happened(tx, ctx, [row], 'withdrawn', () => ({ reason }));
    await audit(tx, ctx, {
      ...{ action: 'subsidy.withdraw', subject: `subsidyApplication:${id}`, before: { status: row.status } },
      after: { status: 'withdrawn', reason },
    });
    return readApplication(tx, ctx, id);
  });
}

/** Who looked at an earlier submission has not looked at this one. */
const FRESH = {
  ...{ recommendedBy: null, recommendedOn: null, reviewedBy: null, reviewedOn: null },
  ...{ auditedBy: null, auditedOn: null, decidedBy: null, decidedOn: null, decided: null, reason: null },
};

const appliedOnOf = (row: SubsidyApplication, today: LocalDate): LocalDate =>
  row.appliedOn ? dateFromDb(row.appliedOn) : today;

/** The enterprise that a login or key acts for. @throws DomainError FORBIDDEN (403) */
function ownEnterprise({ actor }: Context): string {
  if (actor.role === 'enterprise' && actor.enterprise) return actor.enterprise;
  throw new DomainError('FORBIDDEN', '只有企业可以申请补贴', { status: 403 });
}

/** @throws DomainError APPLICATION_REFUSED (422), with every fault and its article */
function refuseFaults({ evaluation: { checks, lines, eligible } }: Judged, complete: Check[]): void {
  const own = [...complete, ...checks];
  const nothing = !lines.some((line) => line.checks.every(({ verdict }) => verdict !== 'fail'));
  const errors = faultsOf(nothing || !eligible ? [...own, ...lines.flatMap((line) => line.checks)] : own);
  if (errors.length === 0) return;
  throw new DomainError('APPLICATION_REFUSED', `补贴申请不符合要求，共 ${errors.length} 处：${errors[0]!.message}`, {
    ...{ errors, cites: errors.flatMap((e) => e.cites ?? []) },
  });
}
