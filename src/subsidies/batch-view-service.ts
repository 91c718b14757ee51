import { type Context, permit } from '../access/context.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import type { SubsidyBatch } from '../generated/node/client.ts';
import { formatYuan, money, toWire } from '../money/money.ts';
import { toWan } from '../money/wan.ts';
import { schemeByCode } from '../policy/register.ts';

/** A batch and where it stands; `sentence` says it as a bulletin does. */
export interface BatchView {
  id: string;
  scheme: string;
  schemeTitle: string;
  year: number;
  batchNo: number;
  budgetCode: string;
  status: string;
  publishedOn: string | null;
  objectionsTo: string | null;
  provisional: boolean;
  demand: string | null;
  available: string | null;
  granted: string | null;
  /** kept at the allocation for what objections held */
  reserved: string | null;
  allocatedOn: string | null;
  approvedOn: string | null;
  orderNo: string | null;
  orderedOn: string | null;
  enterprises: number;
  paidEnterprises: number;
  paid: string;
  sentence: string;
}

/** 公示: an enterprise, what for, how much; nothing else of it. */
export interface PublicityView {
  scheme: string;
  year: number;
  batchNo: number;
  publishedOn: string | null;
  objectionsTo: string | null;
  items: { enterpriseName: string; project: string; amount: string }[];
  total: string;
}

/** Batches, the latest first. */
export async function listBatches(ctx: Context, filter: { scheme?: string; year?: number }): Promise<BatchView[]> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => {
    const rows = await tx.subsidyBatch.findMany({
      where: { schemeCode: filter.scheme, year: filter.year },
      orderBy: [{ year: 'desc' }, { no: 'desc' }, { id: 'asc' }],
    });
    const views: BatchView[] = [];
    for (const row of rows) views.push(await batchView(tx, row));
    return views;
  });
}

/** One batch. @throws DomainError NOT_FOUND (404) */
export async function findBatch(ctx: Context, id: bigint): Promise<BatchView> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => batchView(tx, await batchOf(tx, id)));
}

/** What is published of a batch: names, projects and amounts, and nothing else. @throws DomainError NOT_FOUND (404) */
export async function publicityOf(ctx: Context, id: bigint): Promise<PublicityView> {
  permit(ctx, 'budget.read');
  return inTransaction(ctx, async (tx) => {
    const batch = await batchOf(tx, id);
    const rows = await tx.$queryRaw<{ name: string; project: string; amount: string }[]>`
      SELECT a.enterprise_name AS name, string_agg(DISTINCT l.kind, ',' ORDER BY l.kind) AS project, sum(coalesce(l.granted, l.decided))::text AS amount
        FROM subsidy_application a JOIN subsidy_line l ON l.application_id = a.id
       WHERE a.scheme_code = ${batch.schemeCode} AND a.year = ${batch.year} AND a.batch_no = ${batch.no} AND l.status IN ('allowed', 'held')
         AND a.status IN ('published', 'granted', 'approved', 'paid')
       GROUP BY a.id ORDER BY a.received_no`;
    const items = rows.map(({ name, project, amount }) => ({ enterpriseName: name, project, amount }));
    const total = items.reduce((all, { amount }) => all.plus(amount), money('0.00'));
    const { schemeCode: scheme, year, no: batchNo, publishedOn, objectionsTo } = batch;
    const days = {
      publishedOn: publishedOn && dateFromDb(publishedOn),
      objectionsTo: objectionsTo && dateFromDb(objectionsTo),
    };
    return { scheme, year, batchNo, ...days, items, total: toWire(total) };
  });
}

/** For the use cases of this domain, which have asked for permission. */
export async function batchView(tx: Tx, row: SubsidyBatch): Promise<BatchView> {
  const [told] = await tx.$queryRaw<{ all: number; paid: number; amount: string }[]>`
    SELECT (SELECT count(DISTINCT enterprise_uscc) FROM subsidy_application WHERE scheme_code = ${row.schemeCode} AND year = ${row.year}
              AND batch_no = ${row.no} AND status IN ('published', 'granted', 'approved', 'paid'))::int AS all,
           count(DISTINCT enterprise_uscc)::int AS paid, coalesce(sum(amount), 0.00)::text AS amount
      FROM subsidy_payment WHERE batch_id = ${row.id} AND status = 'paid'`;
  const { schemeCode: scheme, year, no: batchNo, budgetCode, status, provisional, orderNo } = row;
  const day = (date: Date | null) => date && dateFromDb(date);
  const paid = money(told!.amount);
  return {
    ...{ id: `${row.id}`, scheme, schemeTitle: schemeByCode(scheme).document.title, year, batchNo, budgetCode, status },
    ...{ publishedOn: day(row.publishedOn), objectionsTo: day(row.objectionsTo), provisional, orderNo },
    ...{ demand: row.demand?.toFixed(2) ?? null, available: row.available?.toFixed(2) ?? null },
    reserved: row.reserved?.toFixed(2) ?? null,
    ...{ granted: row.granted?.toFixed(2) ?? null, allocatedOn: day(row.allocatedOn), approvedOn: day(row.approvedOn) },
    ...{ orderedOn: day(row.orderedOn), enterprises: told!.all, paidEnterprises: told!.paid, paid: toWire(paid) },
    sentence: `${told!.paid} 家企业获得补贴 ${toWan(paid)} 万元（${formatYuan(paid)} 元）`,
  };
}

async function batchOf(tx: Tx, id: bigint): Promise<SubsidyBatch> {
  const row = await tx.subsidyBatch.findUnique({ where: { id } });
  if (!row) throw new DomainError('NOT_FOUND', '没有这个批次', { status: 404 });
  return row;
}
