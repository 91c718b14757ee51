import { type AuditedAct, audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyApplication } from '../generated/node/client.ts';
import { formatYuan, type Money, money, sum, toWire } from '../money/money.ts';
import { assertPanelSound, type PanelDecision } from '../parties/panel.ts';
import { type Check, faultsOf } from '../policy/check.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { confirmRest } from './finding-service.ts';
import { type Judged, judgeMany } from './judge-service.ts';
import { type ApplicationStep, assertOther, assertStep } from './steps.ts';
import {
  happened,
  lineColumns,
  lockApplicants,
  lockApplications,
  releaseUses,
  requestOf,
  writeDecidedLines,
  writeDecisions,
} from './store.ts';
import { type ApplicationItem, itemViews } from './view-service.ts';

/** 审核推荐 by the county; where no county is responsible, by the region. */
export async function recommendApplications(
  ctx: Context,
  ids: bigint[],
  note: string | null,
): Promise<ApplicationItem[]> {
  permit(ctx, 'subsidy.recommend');
  return step(ctx, ids, 'recommend', note, (row) => {
    if (ctx.actor.role === 'regionalReviewer' && row.poolCode !== null)
      throw new DomainError('NOT_YOUR_TURN', `补贴申请 ${row.id} 由县（市、区）审核推荐`, { status: 403 });
  });
}

/** 形式审查: the papers are there and agree; whoever says so answers for what nobody looked up before. */
export async function reviewApplications(ctx: Context, ids: bigint[], note: string | null): Promise<ApplicationItem[]> {
  permit(ctx, 'subsidy.review');
  return step(ctx, ids, 'review', note);
}

/** 审计意见 on the costs. */
export async function auditApplications(
  ctx: Context,
  ids: bigint[],
  opinion: string | null,
): Promise<ApplicationItem[]> {
  permit(ctx, 'subsidy.audit');
  return step(ctx, ids, 'audit', opinion);
}

const MARKS = {
  recommend: { status: 'recommended', by: 'recommendedBy', on: 'recommendedOn' },
  review: { status: 'reviewed', by: 'reviewedBy', on: 'reviewedOn' },
  audit: { status: 'audited', by: 'auditedBy', on: 'auditedOn' },
} as const;

async function step(
  ctx: Context,
  ids: bigint[],
  name: keyof typeof MARKS,
  note: string | null,
  mayAct: (row: SubsidyApplication) => void = () => {},
): Promise<ApplicationItem[]> {
  return inTransaction(ctx, async (tx) => {
    const { status, by, on } = MARKS[name];
    const rows = await lockApplications(tx, ids);
    // Said again it is done; whoever lost the answer may ask again.
    const todo = rows.filter((row) => !(row.status === status && row[by] === ctx.actor.id));
    for (const row of todo) {
      assertStep(name, row);
      assertOther(name, ctx.actor.id, row);
      mayAct(row);
    }
    await tx.subsidyApplication.updateMany({
      where: { id: { in: todo.map((row) => row.id) } },
      data: { status, [by]: ctx.actor.id, [on]: dateToDb(ctx.today) },
    });
    if (name === 'review') await confirmRest(tx, ctx, todo);
    await happened(tx, ctx, todo, status, () => ({ note }));
    await audit(tx, ctx, ...acts(todo, `subsidy.${name}`, { status, note }));
    return answer(tx, ctx, ids);
  });
}

/** What is decided of one line; left out: all of it that the rules give. */
export interface LineDecision {
  place: number;
  /** at most what the rules give; 0.00 refuses the line */
  amount: string;
  reason?: string;
}

/**
 * 核定, line by line: what the rules give as everything stands now, or less with a reason. Caps over the enterprise's applications are held: those decided
 * before count, whoever decides at the same time.
 * @param lines of a single application; the others are decided as the rules give
 * @param panel 集体研究, without which nothing above the clause's amount is decided
 * @throws DomainError NOTHING_TO_GRANT, DECISION_TOO_HIGH, REASON_NEEDED, PANEL_NEEDED, PANEL_INVALID (422), APPLICATION_STEP (409), SAME_PERSON (403)
 */
export async function decideApplications(
  ctx: Context,
  ids: bigint[],
  lines: LineDecision[] = [],
  panel: PanelDecision | null = null,
): Promise<ApplicationItem[]> {
  permit(ctx, 'subsidy.decide');
  if (panel) assertPanelSound(panel, ctx.today);
  return inTransaction(ctx, async (tx) => {
    const rows = (await lockApplications(tx, ids)).filter(
      (row) => !(row.status === 'decided' && row.decidedBy === ctx.actor.id),
    );
    for (const row of rows) {
      assertStep('decide', row);
      assertOther('decide', ctx.actor.id, row);
    }
    const { added } = await rulebook(tx);
    for (const [scheme, own] of Map.groupBy(rows, (row) => row.schemeCode)) {
      await lockApplicants(
        tx,
        scheme,
        own.map((row) => row.enterpriseUscc),
      );
      // One of an enterprise's applications after the other: what the first is decided is what the second has before it.
      for (const round of rounds(own)) {
        const judged = await judgeMany(tx, schemeByCode(scheme), round.map(toJudge));
        const decisions = round.map((row, i) => decisionsOn(row, judged[i]!, lines));
        for (const decision of decisions) if (!panel) assertNoPanel(decision, added);
        await keepDecisions(tx, ctx, decisions, panel);
      }
    }
    return answer(tx, ctx, ids);
  });
}

/** Applications in rounds of one an enterprise, in their order of arrival. */
function rounds(rows: SubsidyApplication[]): SubsidyApplication[][] {
  const found: SubsidyApplication[][] = [];
  const place = new Map<string, number>();
  for (const row of [...rows].sort((a, b) => Number(a.receivedNo! - b.receivedNo!))) {
    const round = place.get(row.enterpriseUscc) ?? 0;
    place.set(row.enterpriseUscc, round + 1);
    found[round] = [...(found[round] ?? []), row];
  }
  return found;
}

const toJudge = (row: SubsidyApplication) => ({
  ...{ id: row.id, uscc: row.enterpriseUscc, request: requestOf(row) },
  ...{ appliedOn: dateFromDb(row.appliedOn!), year: row.year },
});

/** An application with what was decided of it. */
interface Decision {
  row: SubsidyApplication;
  judged: Judged;
  lines: { amount: Money; reason: string | null }[];
  total: Money;
}

function decisionsOn(row: SubsidyApplication, judged: Judged, asked: LineDecision[]): Decision {
  const { checks, lines } = judged.evaluation;
  refuseIneligible(row, checks);
  const decided = lines.map((line, i) => decisionOf(row, i, line.amount, line.checks, asked));
  const total = sum(decided.map(({ amount }) => amount));
  if (total.isZero())
    throw new DomainError('NOTHING_TO_GRANT', `补贴申请 ${row.id} 没有可以补贴的项目，请办理不予补贴`);
  return { row, judged, lines: decided, total };
}

/** Writes decisions, however many, in a few statements. */
async function keepDecisions(tx: Tx, ctx: Context, all: Decision[], panel: PanelDecision | null): Promise<void> {
  await writeDecidedLines(
    tx,
    all.flatMap(({ row, judged, lines }) =>
      lines.map((line, i) => ({
        ...{ applicationId: row.id, place: i + 1, decided: toWire(line.amount), reason: line.reason },
        ...lineColumns(judged.evaluation.lines[i]!, judged, i),
        status: line.amount.isZero() ? 'refused' : 'allowed',
      })),
    ),
  );
  await writeDecisions(
    tx,
    { by: ctx.actor.id, on: ctx.today, panel },
    all.map(({ row, judged, total }) => ({
      ...{ id: row.id, demand: toWire(judged.evaluation.amount), decided: toWire(total) },
    })),
  );
  const totals = new Map(all.map(({ row, total }) => [row.id, total]));
  const rows = all.map(({ row }) => row);
  await happened(tx, ctx, rows, 'decided', ({ id }) => ({ amount: totals.get(id) }));
  const told = rows.flatMap((row) =>
    acts([row], 'subsidy.decide', {
      ...{ status: 'decided', decided: toWire(totals.get(row.id)!), panel: panel?.members.join('、') ?? null },
    }),
  );
  await audit(tx, ctx, ...told);
}

/** @throws DomainError PANEL_NEEDED (422) when so much is decided by a panel only */
function assertNoPanel({ row, total }: Decision, added: readonly AddedVersion[]): void {
  const { panel: clause } = schemeByCode(row.schemeCode);
  const { value, citation } = valueOn(clause, dateFromDb(row.appliedOn!), added);
  if (!clause.apply(value, toWire(total))) return;
  const above = formatYuan(money(value.above));
  const message = `补贴申请 ${row.id} 核定 ${formatYuan(total)} 元，超过 ${above} 元，须经集体研究，请填写集体研究情况`;
  throw new DomainError('PANEL_NEEDED', message, {
    cites: [citation],
    errors: [{ code: 'PANEL_NEEDED', field: 'panel', message, cites: [citation] }],
  });
}

function refuseIneligible(row: SubsidyApplication, checks: Check[]): void {
  const errors = faultsOf(checks);
  if (errors.length === 0) return;
  const message = `补贴申请 ${row.id}（${row.enterpriseName}）不符合申报条件：${errors[0]!.message}`;
  throw new DomainError('APPLICATION_REFUSED', message, { errors, cites: errors.flatMap((e) => e.cites ?? []) });
}

function decisionOf(
  row: SubsidyApplication,
  i: number,
  most: Money,
  checks: Check[],
  asked: LineDecision[],
): { amount: Money; reason: string | null } {
  const found = asked.find(({ place }) => place === i + 1);
  const faults = faultsOf(checks);
  if (!found)
    return { amount: most, reason: faults.length > 0 ? faults.map(({ message }) => message).join('；') : null };
  const amount = money(found.amount);
  const at = { field: `lines.${i}.amount`, value: found.amount };
  const fault = (code: string, message: string) =>
    new DomainError(code, message, { errors: [{ code, message, ...at }] });
  if (amount.isNegative() || amount.gt(most)) {
    throw fault('DECISION_TOO_HIGH', `补贴申请 ${row.id} 第 ${i + 1} 项按规定最多补贴 ${toWire(most)} 元`);
  }
  if (amount.lt(most) && !found.reason) throw fault('REASON_NEEDED', `第 ${i + 1} 项核减的，请写明原因`);
  return { amount, reason: found.reason ?? null };
}

/** Sent back for correction (退回补正) by whoever has it before them; the county only before it has passed it on. */
export async function returnApplications(ctx: Context, ids: bigint[], reason: string): Promise<ApplicationItem[]> {
  permit(ctx, 'subsidy.return');
  return end(ctx, ids, 'return', 'returned', () => reason);
}

/**
 * Refused (不予补贴). Without a reason it is what the checks say, with their articles.
 * @throws DomainError REASON_NEEDED (422) when nothing stands against an application and none is given
 */
export async function refuseApplications(
  ctx: Context,
  ids: bigint[],
  reason: string | null,
): Promise<ApplicationItem[]> {
  permit(ctx, 'subsidy.review');
  return end(ctx, ids, 'refuse', 'refused', (row) => {
    const faults = faultsOf(row.checks as unknown as Check[]);
    const found = reason ?? faults.map(reasonOf).join('；');
    if (found === '') throw new DomainError('REASON_NEEDED', `补贴申请 ${row.id} 没有不符合之处，请写明不予补贴的原因`);
    return found;
  });
}

function reasonOf({ message, cites = [] }: ReturnType<typeof faultsOf>[number]): string {
  const cite = cites[0];
  return cite ? `${message}（${cite.document}${cite.article}）` : message;
}

async function end(
  ctx: Context,
  ids: bigint[],
  name: ApplicationStep & ('return' | 'refuse'),
  status: 'returned' | 'refused',
  reasonFor: (row: SubsidyApplication) => string,
): Promise<ApplicationItem[]> {
  return inTransaction(ctx, async (tx) => {
    const rows = (await lockApplications(tx, ids)).filter((row) => row.status !== status);
    for (const row of rows) {
      assertStep(name, row);
      if (row.continuesId !== null)
        throw new DomainError('APPLICATION_STEP', `补贴申请 ${row.id} 按上年核定结果转入，不能退回`, { status: 409 });
      if (ctx.actor.role === 'countyReviewer' && row.status !== 'submitted')
        throw new DomainError('NOT_YOUR_TURN', `补贴申请 ${row.id} 已报送上级，不能再办理`, { status: 403 });
      const ended = status === 'refused' ? { endedBy: ctx.actor.id, endedOn: dateToDb(ctx.today) } : {};
      const reason = reasonFor(row);
      await tx.subsidyApplication.update({ where: { id: row.id }, data: { status, reason, ...ended } });
    }
    if (status === 'refused') {
      await releaseUses(
        tx,
        rows.map((row) => row.id),
      );
    }
    await happened(tx, ctx, rows, status, () => ({}));
    await audit(tx, ctx, ...acts(rows, `subsidy.${name}`, { status }));
    return answer(tx, ctx, ids);
  });
}

/** The audit rows of one thing done to many. */
function acts(rows: SubsidyApplication[], action: string, after: Record<string, string | null>): AuditedAct[] {
  return rows.map((row) => ({
    ...{ action, subject: `subsidyApplication:${row.id}`, before: { status: row.status }, after },
  }));
}

async function answer(tx: Tx, ctx: Context, ids: bigint[]): Promise<ApplicationItem[]> {
  const rows = await tx.subsidyApplication.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } });
  return itemViews(tx, ctx, rows);
}
