import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, dateToDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { Prisma, SubsidyApplication, SubsidyBatch } from '../generated/node/client.ts';
import { type Money, sum, toWire, ZERO } from '../money/money.ts';
import { type ClauseVersion, valueOn } from '../policy/clause.ts';
import type { SubsidyBudget } from '../policy/kinds/subsidy-budget.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { lockBatch } from './batch-service.ts';
import { STANDING } from './correction.ts';
import { explainRest } from './deferral.ts';
import { plain } from './judge-service.ts';
import { happened, moveUses, releaseUses } from './store.ts';

/** What became of what the budget did not reach: `continued` goes on in a batch of the next year, `lapsed` got nothing at all. */
export interface RestView {
  batchId: string;
  rest: string;
  continued: {
    applicationId: string;
    continuedAs: string;
    enterpriseName: string;
    amount: string;
    year: number;
    batchNo: number;
  }[];
  lapsed: { applicationId: string; enterpriseName: string; amount: string }[];
}

/** What a line of a batch has come to since it was shared out. */
const SINCE = {
  continued: true,
  corrections: { where: STANDING, include: { supplement: true }, orderBy: { id: 'asc' } },
  clawbacks: { where: { status: { notIn: ['declined', 'cancelled'] } } },
} as const satisfies Prisma.SubsidyLineInclude;
type Line = Prisma.SubsidyLineGetPayload<{ include: typeof SINCE }>;
/** In 元: what is decided of a line as it was corrected, and what it got of that. */
interface Shares {
  decided: Money;
  granted: Money;
}
interface Rest {
  row: SubsidyApplication & { lines: Line[] };
  lines: { line: Line; shares: Shares; amount: Money }[];
  amount: Money;
  /** nothing was granted, and nothing is kept or contested */
  whole: boolean;
}

/**
 * Ends what a batch's budget did not reach, once its allocation was approved, by the clause of the day of the allocation: it goes on as an application of
 * the next year, with what was decided and its place in the order of arrival; or it lapses, and who got nothing is refused by the article. What an
 * objection holds waits. Done again it does what has come up since.
 * @throws DomainError NOT_FOUND (404), BATCH_STEP (409)
 */
export async function settleRest(ctx: Context, batchId: bigint): Promise<RestView> {
  permit(ctx, 'subsidy.allocate');
  return inTransaction(ctx, async (tx) => {
    const { batch } = await lockBatch(tx, batchId);
    if (batch.status !== 'approved' && batch.status !== 'ordered')
      throw new DomainError('BATCH_STEP', '批次的预算分配尚未批准，不能办理未满足的部分', { status: 409 });
    const { added } = await rulebook(tx);
    const clause = schemeByCode(batch.schemeCode).budget;
    const version = valueOn(clause, dateFromDb(batch.allocatedOn!), added);
    const rests = await unfunded(tx, batch);
    const later = version.value.rest === 'nextYear';
    const view: RestView = { batchId: `${batchId}`, rest: clause.describe(version.value), continued: [], lapsed: [] };
    for (const rest of rests) {
      const { id, enterpriseName } = rest.row;
      const told = { applicationId: `${id}`, enterpriseName, amount: toWire(rest.amount) };
      if (later) view.continued.push({ ...told, ...(await goOn(tx, ctx, batch, rest, version)) });
      else if (rest.whole) {
        await refuse(tx, ctx, rest, version);
        view.lapsed.push(told);
      }
    }
    await audit(tx, ctx, {
      ...{ action: 'subsidy.settleRest', subject: `subsidyBatch:${batchId}` },
      after: { continued: view.continued.length, lapsed: view.lapsed.length },
    });
    return view;
  });
}

/** How many applications of an approved batch have a rest that is still to be ended. */
export async function openRests(tx: Tx, batch: SubsidyBatch): Promise<number> {
  if (batch.status !== 'approved' && batch.status !== 'ordered') return 0;
  const { added } = await rulebook(tx);
  const { value } = valueOn(schemeByCode(batch.schemeCode).budget, dateFromDb(batch.allocatedOn!), added);
  const rests = await unfunded(tx, batch);
  return rests.filter(({ whole }) => whole || value.rest === 'nextYear').length;
}

async function unfunded(tx: Tx, { schemeCode, year, no }: SubsidyBatch): Promise<Rest[]> {
  const rows = await tx.subsidyApplication.findMany({
    where: { schemeCode, year, batchNo: no, status: { in: ['published', 'approved', 'paid'] } },
    ...{ include: { lines: { include: SINCE, orderBy: { place: 'asc' } } }, orderBy: { id: 'asc' } },
  });
  return rows.flatMap((row) => {
    const open = row.lines.some(({ status, reserved }) => status === 'held' || reserved?.gt(0));
    const lines = row.lines
      .filter(goesOn)
      .map((line) => ({ line, shares: sharesOf(line) }))
      .map(({ line, shares }) => ({ line, shares, amount: shares.decided.minus(shares.granted) }))
      .filter(({ amount }) => amount.gt(ZERO));
    const amount = sum(lines.map((one) => one.amount));
    return lines.length > 0 ? [{ row, lines, amount, whole: row.status === 'published' && !open }] : [];
  });
}

/** Not what went on before, nor what an objection or a correction still holds, nor what was got wrongly or given back. */
function goesOn({ status, reserved, continued, corrections, clawbacks }: Line): boolean {
  if (status !== 'allowed' || reserved?.gt(0) || continued !== null) return false;
  if (corrections.some(({ supplement }) => supplement?.status === 'proposed')) return false;
  return clawbacks.every((back) => back.ground === 'correction' && back.status !== 'proposed');
}

function sharesOf({ decided, granted, adjusted, corrections, clawbacks }: Line): Shares {
  const back = sum(clawbacks.map(({ amount }) => fromDb(amount)));
  return {
    decided: fromDb(corrections.at(-1)?.decidedAfter ?? decided!),
    granted: fromDb(granted ?? '0')
      .plus(fromDb(adjusted))
      .minus(back),
  };
}

/** What is left goes on under the same decision. What was wholly left is ended here, and what it uses goes with it. */
async function goOn(tx: Tx, ctx: Context, batch: SubsidyBatch, rest: Rest, { citation }: ClauseVersion<SubsidyBudget>) {
  const { row, lines, amount, whole } = rest;
  const { year, no } = await nextOpen(tx, batch);
  const { id, receivedNo, lines: _, ...same } = row;
  const next = await tx.subsidyApplication.create({
    data: {
      ...(same as Prisma.SubsidyApplicationUncheckedCreateInput),
      ...{ receivedNo, year, batchNo: no, status: 'decided', continuesId: id, granted: null, reason: null },
      ...{ demand: toWire(amount), decided: toWire(amount), adjusted: '0.00' },
    },
  });
  await tx.subsidyLine.createMany({
    data: lines.map(({ line, shares, amount: left }, i): Prisma.SubsidyLineCreateManyInput => {
      const { id: continuesLineId, continued: _, corrections: __, clawbacks: ___, ...own } = line;
      const text = toWire(left);
      return {
        ...(own as Prisma.SubsidyLineCreateManyInput),
        ...{ applicationId: next.id, place: i + 1, continuesLineId, asked: text, amount: text, decided: text },
        ...{
          granted: null,
          reserved: null,
          adjusted: '0.00',
          explanation: plain(explainRest(citation, row, shares)) as object,
        },
      };
    }),
  });
  const to = { continuedAs: `${next.id}`, year, batchNo: no };
  if (whole) {
    const reason = `当年预算未能安排，转 ${year} 年第 ${no} 批（申请 ${next.id}）`;
    await tx.subsidyApplication.update({ where: { id }, data: { status: 'deferred', reason } });
    await moveUses(tx, id, next.id);
  }
  await happened(tx, ctx, [row], 'deferred', () => ({ amount, ...to, cites: [citation] }));
  await happened(tx, ctx, [next], 'continued', () => ({ amount, continues: `${id}` }));
  return to;
}

/** The first batch of a later year that was not published yet. */
async function nextOpen(tx: Tx, { schemeCode, year }: SubsidyBatch): Promise<{ year: number; no: number }> {
  const { added } = await rulebook(tx);
  const clause = schemeByCode(schemeCode).batches;
  for (let next = year + 1; ; next++) {
    const closing = valueOn(clause, `${next}-01-01`, added).value.closeOn.length;
    const taken = await tx.subsidyBatch.findMany({ where: { schemeCode, year: next } });
    for (let no = 1; no <= closing; no++) if (!taken.some((batch) => batch.no === no)) return { year: next, no };
  }
}

async function refuse(tx: Tx, ctx: Context, { row }: Rest, { citation }: ClauseVersion<SubsidyBudget>): Promise<void> {
  const reason = `当年预算已分配完毕，未满足的部分不再结转（${citation.document}${citation.article}）`;
  const ended = { status: 'refused', reason, endedBy: ctx.actor.id, endedOn: dateToDb(ctx.today) };
  await tx.subsidyApplication.update({ where: { id: row.id }, data: ended });
  await releaseUses(tx, [row.id]);
  await happened(tx, ctx, [row], 'refused', () => ({ cites: [citation] }));
}
