import { actorNames } from '../access/actor-names.ts';
import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb } from '../db/decimal.ts';
import type { NamedAmount } from '../documents/parts.ts';
import { issue } from '../documents/service.ts';
import { addUp } from '../documents/totals.ts';
import type { SubsidyPayment } from '../generated/node/client.ts';
import { valueOn } from '../policy/clause.ts';
import type { SubsidyKind } from '../policy/kinds/subsidy-line.ts';
import { schemeByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { ECONOMIC_CLASS } from './entries.ts';
import { headOf, type PaperRow, paperFacts } from './papers-facts-service.ts';
import { publishedRows } from './publicity-service.ts';

type Batch = Awaited<ReturnType<typeof batchesOf>>[number];

/** The batches these applications are of, each once, with their budgets. */
async function batchesOf(tx: Tx, rows: readonly PaperRow[]) {
  const keys = new Map(rows.map((r) => [`${r.schemeCode} ${r.year} ${r.batchNo}`, r]));
  const OR = [...keys.values()].map(({ schemeCode, year, batchNo: no }) => ({ schemeCode, year, no }));
  return OR.length === 0 ? [] : tx.subsidyBatch.findMany({ where: { OR }, include: { budget: true } });
}

/** 拟补贴名单公示 of the batches whose applications were published. */
export async function issuePublicity(tx: Tx, ctx: Context, rows: readonly PaperRow[], on: LocalDate): Promise<void> {
  for (const batch of await batchesOf(tx, rows)) {
    const { authority, added } = await paperFacts(tx, []);
    const { schemeCode, year, no } = batch;
    const { publicity } = schemeByCode(schemeCode);
    const { value, citation } = valueOn(publicity, dateFromDb(batch.publishedOn!), added);
    const listed = await publishedRows(tx, batch, 'decided');
    const total = addUp(listed.map(({ amount }) => amount));
    await issue(tx, ctx, {
      ...{ kind: 'subsidyPublicity', subject: `subsidyBatch:${batch.id}`, poolCode: null, bankCode: null },
      publicFacts: [
        { label: '批次', value: `${year}年第${no}批` },
        { label: '公示户数', value: `${listed.length} 户` },
        { label: '拟补贴合计', value: total },
      ],
      view: {
        ...headOf(`${year}年第${no}批拟补贴名单公示`, { schemeCode, issuer: authority, on }, [citation]),
        ...{ scheme: schemeByCode(schemeCode).document.title, year, batchNo: no, total },
        ...{ publishedOn: dateFromDb(batch.publishedOn!), objectionsTo: dateFromDb(batch.objectionsTo!) },
        ...{ workingDays: value.workingDays, provisionalClock: batch.provisional },
        rows: listed.map(({ enterpriseName, project, amount }) => ({ enterprise: enterpriseName, project, amount })),
      },
    });
  }
}

/** 补贴资金拨款单 of what was ordered for these applications: one for each batch, and one for each returned payment that is made again. */
export async function issueOrders(tx: Tx, ctx: Context, rows: readonly PaperRow[], on: LocalDate): Promise<void> {
  const ids = rows.map(({ id }) => id);
  for (const batch of await batchesOf(tx, rows)) {
    const open = await tx.subsidyPayment.findMany({
      where: { batchId: batch.id, applicationId: { in: ids }, status: { not: 'returned' } },
      orderBy: [{ applicationId: 'asc' }],
    });
    const first = open.filter(({ attempt }) => attempt === 1);
    if (first.length > 0) await issueOrder(tx, ctx, batch, first, rows, on);
    for (const again of open.filter(({ attempt }) => attempt > 1)) await issueOrder(tx, ctx, batch, [again], rows, on);
  }
}

async function issueOrder(
  tx: Tx,
  ctx: Context,
  batch: Batch,
  payments: SubsidyPayment[],
  rows: readonly PaperRow[],
  on: LocalDate,
): Promise<void> {
  const { authority } = await paperFacts(tx, []);
  const { schemeCode, year, no, budget } = batch;
  const total = addUp(payments.map(({ amount }) => amount.toFixed(2)));
  const title = '补贴资金拨款单';
  const before = payments.length === 1 && payments[0]!.attempt > 1 ? await returnedBefore(tx, payments[0]!) : undefined;
  await issue(tx, ctx, {
    ...{ kind: 'subsidyOrder', subject: `subsidyBatch:${batch.id}:order:${payments[0]!.id}` },
    ...{ poolCode: null, bankCode: null },
    publicFacts: [
      { label: '下达文号', value: batch.orderNo! },
      { label: '笔数', value: `${payments.length} 笔` },
      { label: '拨款金额', value: total },
    ],
    view: {
      ...headOf(title, { schemeCode, issuer: authority, on }, await citesOf(tx, batch)),
      ...{ scheme: schemeByCode(schemeCode).document.title, year, batchNo: no, budgetName: budget.name },
      ...{ orderNo: batch.orderNo!, total, classes: classesOf(payments, rows), insteadOf: before },
      payer: { name: budget.accountName, bank: budget.bankName, number: budget.accountNo },
      payments: payments.map((p) => ({
        payee: { name: p.payeeName, bank: p.payeeBank, number: p.payeeAccount },
        amount: p.amount.toFixed(2),
      })),
      hands: await handsOf(tx, batch, payments[0]!),
    },
  });
}

/** By which clause the budget was shared. */
async function citesOf(tx: Tx, { schemeCode, allocatedOn }: Batch) {
  const { added } = await rulebook(tx);
  return [valueOn(schemeByCode(schemeCode).budget, dateFromDb(allocatedOn!), added).citation];
}

/** What is paid by 部门预算支出经济分类, in their order. */
function classesOf(payments: readonly SubsidyPayment[], rows: readonly PaperRow[]): NamedAmount[] {
  const paid = new Set(payments.map(({ applicationId }) => applicationId));
  const lines = rows.filter(({ id }) => paid.has(id)).flatMap((row) => row.lines);
  const granted = lines.filter((line) => line.granted !== null && !line.granted.isZero());
  const classes = Map.groupBy(granted, ({ kind }) => ECONOMIC_CLASS[kind as SubsidyKind]);
  return [...classes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({ name, amount: addUp(own.map((line) => line.granted!.toFixed(2))) }));
}

async function handsOf(tx: Tx, batch: Batch, { orderedBy, orderedOn }: SubsidyPayment) {
  const all = [
    { step: '分配预算', id: batch.allocatedBy, on: batch.allocatedOn },
    { step: '批准', id: batch.approvedBy, on: batch.approvedOn },
    { step: '下达', id: orderedBy, on: orderedOn },
  ].flatMap(({ step, id, on }) => (id && on ? [{ step, id, on: dateFromDb(on) }] : []));
  const names = await actorNames(
    tx,
    all.map(({ id }) => id),
  );
  return all.map(({ step, id, on }) => ({ step, by: names.get(id) ?? '系统', on }));
}

/** The payment that came back, in whose place another is made. */
async function returnedBefore(tx: Tx, { applicationId, attempt }: SubsidyPayment) {
  const before = await tx.subsidyPayment.findUnique({
    where: { applicationId_attempt: { applicationId, attempt: attempt - 1 } },
  });
  if (!before?.returnedOn) return undefined;
  const { payeeAccount, returnedOn, returnReason } = before;
  return { payeeAccount, returnedOn: dateFromDb(returnedOn), reason: returnReason ?? '' };
}
