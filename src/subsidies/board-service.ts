import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyBatch } from '../generated/node/client.ts';
import { sum, toWire } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import type { Explanation } from '../policy/explanation.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { allocate } from './allocation.ts';
import { claimants, published, reservedOf } from './batch-service.ts';
import { availableOf } from './budget-service.ts';
import { openRests } from './deferral-service.ts';

/** One state or kind of line within a batch: how many, and what they come to. Amounts in 元; `decided` and `granted` as far as that has been. */
interface Tally {
  count: number;
  amount: string;
  decided: string;
  granted: string;
}

/** A batch as it fills up: also one that nothing was published of yet, which `batchId` is null for. */
export interface BatchBoard {
  scheme: string;
  schemeTitle: string;
  year: number;
  batchNo: number;
  /** the last day on which an application falls into it */
  closesOn: LocalDate | null;
  batchId: string | null;
  status: string | null;
  applications: number;
  enterprises: number;
  states: (Tally & { status: string })[];
  kinds: (Tally & { kind: string })[];
  /** lines that an open objection holds */
  heldLines: number;
}

interface Place {
  scheme: string;
  year: number;
  batchNo: number;
}
type Found<K> = Place & Tally & K;

/** The batches that applications were handed in for, the latest first. Nothing is written. */
export async function listBoards(
  ctx: Context,
  filter: { scheme?: string; year?: number; batchNo?: number },
): Promise<BatchBoard[]> {
  permit(ctx, 'budget.read');
  const { scheme = null, year = null, batchNo = null } = filter;
  return inTransaction(ctx, async (tx) => {
    const states = await tx.$queryRaw<Found<{ status: string; enterprises: number }>[]>`
      SELECT scheme_code AS scheme, year, batch_no AS "batchNo", status, count(*)::int AS count, count(DISTINCT enterprise_uscc)::int AS enterprises,
             sum(demand)::text AS amount, coalesce(sum(decided), 0.00)::text AS decided, coalesce(sum(granted), 0.00)::text AS granted
        FROM subsidy_application
       WHERE received_no IS NOT NULL AND (${scheme}::text IS NULL OR scheme_code = ${scheme}) AND (${year}::int IS NULL OR year = ${year})
         AND (${batchNo}::int IS NULL OR batch_no = ${batchNo})
       GROUP BY 1, 2, 3, 4 ORDER BY 2 DESC, 3 DESC, 1, 4`;
    const kinds = await tx.$queryRaw<Found<{ kind: string; held: number }>[]>`
      SELECT a.scheme_code AS scheme, a.year, a.batch_no AS "batchNo", l.kind, count(*)::int AS count, sum(l.amount)::text AS amount,
             coalesce(sum(l.decided), 0.00)::text AS decided, coalesce(sum(l.granted), 0.00)::text AS granted,
             (count(*) FILTER (WHERE l.status = 'held'))::int AS held
        FROM subsidy_application a JOIN subsidy_line l ON l.application_id = a.id
       WHERE a.received_no IS NOT NULL AND a.status NOT IN ('refused', 'withdrawn')
         AND (${scheme}::text IS NULL OR a.scheme_code = ${scheme}) AND (${year}::int IS NULL OR a.year = ${year})
         AND (${batchNo}::int IS NULL OR a.batch_no = ${batchNo})
       GROUP BY 1, 2, 3, 4 ORDER BY 4`;
    const batches = await tx.subsidyBatch.findMany({ where: { schemeCode: filter.scheme, year: filter.year } });
    const { added } = await rulebook(tx);
    return [...Map.groupBy(states, placeOf)].map(([place, own]) => {
      const { scheme, year, batchNo } = own[0]!;
      const batch = batches.find((b) => b.schemeCode === scheme && b.year === year && b.no === batchNo);
      const lines = kinds.filter((found) => placeOf(found) === place);
      const clause = schemeByCode(scheme).batches;
      const closeOn = valueOn(clause, ctx.today, added).value.closeOn[batchNo - 1];
      return {
        ...{ scheme, schemeTitle: schemeByCode(scheme).document.title, year, batchNo },
        ...{ closesOn: closeOn ? `${year}-${closeOn}` : null },
        ...{ batchId: batch ? `${batch.id}` : null, status: batch?.status ?? null },
        applications: own.reduce((all, { count }) => all + count, 0),
        enterprises: own.reduce((all, { enterprises }) => all + enterprises, 0),
        states: own.map(({ status, count, amount, decided, granted }) => ({ status, count, amount, decided, granted })),
        kinds: lines.map(({ kind, count, amount, decided, granted }) => ({ kind, count, amount, decided, granted })),
        heldLines: lines.reduce((all, { held }) => all + held, 0),
      };
    });
  });
}

const placeOf = ({ scheme, year, batchNo }: Place): string => `${scheme} ${year} ${batchNo}`;

/** What each application of a batch gets of the budget. `previewed`: as it would be shared now, before anybody does. */
export interface SharesView {
  previewed: boolean;
  /** how the clause shares what does not suffice */
  sharing: string;
  available: string;
  demand: string;
  /** what is shared out, and what is kept for lines that objections held */
  granted: string;
  reserved: string;
  unshared: string;
  /** applications whose rest is still to be ended: it goes on in the next year, or lapses */
  toSettle: number;
  items: {
    applicationId: string;
    enterpriseName: string;
    receivedNo: string;
    decided: string;
    granted: string;
    deferred: string;
    explanation: Explanation | null;
  }[];
}

/** How the budget is shared among a batch: worked out without writing anything while it is public, as it was done since. @throws DomainError NOT_FOUND (404) */
export async function sharesOf(ctx: Context, id: bigint): Promise<SharesView> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => {
    const batch = await tx.subsidyBatch.findUnique({ where: { id } });
    if (!batch) throw new DomainError('NOT_FOUND', '没有这个批次', { status: 404 });
    return batch.status === 'published' ? previewed(tx, ctx, batch) : done(tx, batch);
  });
}

async function previewed(tx: Tx, ctx: Context, batch: SubsidyBatch): Promise<SharesView> {
  const budget = await tx.subsidyBudget.findUniqueOrThrow({ where: { code: batch.budgetCode } });
  const rows = await published(tx, batch);
  const scheme = schemeByCode(batch.schemeCode);
  const { added } = await rulebook(tx);
  const version = valueOn(scheme.budget, ctx.today, added);
  const available = availableOf(budget);
  const { items, demand, granted, left } = allocate(version, available, await claimants(tx, batch, rows));
  const byId = new Map(items.map((item) => [item.key, item]));
  const reserved = reservedOf(rows, items);
  return {
    ...{ previewed: true, sharing: scheme.budget.describe(version.value), available: toWire(available) },
    ...{ demand: toWire(demand), granted: toWire(granted.minus(reserved)), reserved: toWire(reserved) },
    ...{ unshared: toWire(left), toSettle: 0 },
    items: rows.map(({ id, enterpriseName, receivedNo }) => {
      const { asked, granted, deferred, explanation } = byId.get(`${id}`)!;
      return {
        ...{ applicationId: `${id}`, enterpriseName, receivedNo: `${receivedNo}`, decided: toWire(asked) },
        ...{ granted: toWire(granted), deferred: toWire(deferred), explanation },
      };
    }),
  };
}

async function done(tx: Tx, batch: SubsidyBatch): Promise<SharesView> {
  const { schemeCode, year, no } = batch;
  const scheme = schemeByCode(schemeCode);
  const { added } = await rulebook(tx);
  const rows = await tx.subsidyApplication.findMany({
    where: { schemeCode, year, batchNo: no, granted: { not: null } },
    include: {
      events: { where: { kind: 'granted' }, orderBy: { id: 'desc' }, take: 1 },
      lines: { where: { granted: { not: null } } },
    },
    orderBy: { receivedNo: 'asc' },
  });
  const { value } = valueOn(scheme.budget, dateFromDb(batch.allocatedOn!), added);
  const [available, demand, granted] = [batch.available!, batch.demand!, batch.granted!].map(fromDb);
  return {
    ...{
      previewed: false,
      sharing: scheme.budget.describe(value),
      available: toWire(available!),
      demand: toWire(demand!),
    },
    ...{
      granted: toWire(granted!),
      reserved: batch.reserved?.toFixed(2) ?? '0.00',
      toSettle: await openRests(tx, batch),
    },
    unshared: toWire(available!.minus(granted!).minus(fromDb(batch.reserved ?? '0'))),
    items: rows.map(({ id, enterpriseName, receivedNo, granted: own, lines, events: [event] }) => {
      const told = (event?.details ?? {}) as { deferred?: string; explanation?: Explanation };
      const decided = toWire(sum(lines.map((line) => fromDb(line.decided!))));
      return {
        ...{ applicationId: `${id}`, enterpriseName, receivedNo: `${receivedNo}`, decided },
        ...{ granted: own!.toFixed(2), deferred: told.deferred ?? '0.00', explanation: told.explanation ?? null },
      };
    }),
  };
}
