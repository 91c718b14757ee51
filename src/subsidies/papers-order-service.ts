import { actorNames } from '../access/actor-names.ts';
import type { Context } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { dateFromDb, fromDb } from '../db/decimal.ts';
import { issue } from '../documents/service.ts';
import { addUp } from '../documents/totals.ts';
import type { Prisma } from '../generated/node/client.ts';
import { sum } from '../money/money.ts';
import { valueOn } from '../policy/clause.ts';
import { schemeByCode } from '../policy/register.ts';
import { batchesOf } from './papers-batch-service.ts';
import { headOf, type PaperRow, paperFacts } from './papers-facts-service.ts';
import { partsByClass } from './payment-list.ts';

type Batch = Awaited<ReturnType<typeof batchesOf>>[number];
const WITH = {
  supplement: { include: { line: true } },
  application: { include: { lines: { include: { supplements: { include: { payments: true } } } } } },
} as const satisfies Prisma.SubsidyPaymentInclude;
/** A payment with the lines it is for. */
export type OrderedPayment = Prisma.SubsidyPaymentGetPayload<{ include: typeof WITH }>;

/** The payments of a batch with the lines they are for, in the order of its applications. */
export async function orderedPayments(tx: Tx, batchId: bigint): Promise<OrderedPayment[]> {
  return tx.subsidyPayment.findMany({
    ...{ where: { batchId }, include: WITH },
    orderBy: [{ applicationId: 'asc' }, { attempt: 'asc' }],
  });
}

/** What a payment is for, by 部门预算支出经济分类; a supplement's is its line's, and what is paid by supplements is in no other payment. */
export function classesOfPayment({ amount, supplement, application }: OrderedPayment): Map<string, string> {
  if (supplement) return partsByClass(fromDb(amount), [{ kind: supplement.line.kind, granted: fromDb(amount) }]);
  const lines = application.lines.map(({ kind, granted, adjusted, supplements }) => {
    const apart = supplements.filter(({ payments }) => payments.length > 0).map((one) => fromDb(one.amount));
    return { kind, granted: fromDb(adjusted.plus(granted ?? 0)).minus(sum(apart)) };
  });
  return partsByClass(fromDb(amount), lines);
}

/**
 * 补贴资金拨款单 of what was ordered of the batches of these applications: one for the batch, one for each supplement, and one for each returned payment that is
 * made again. What has one keeps it.
 */
export async function issueOrders(tx: Tx, ctx: Context, rows: readonly PaperRow[], on: LocalDate): Promise<void> {
  for (const batch of await batchesOf(tx, rows)) {
    const all = await orderedPayments(tx, batch.id);
    const first = all.filter(({ attempt, supplementId }) => attempt === 1 && supplementId === null);
    if (first.length > 0) await issueOrder(tx, ctx, batch, first, { on });
    for (const payment of all.filter((one) => !first.includes(one))) {
      const before = all.findLast(
        (one) =>
          one.applicationId === payment.applicationId &&
          one.supplementId === payment.supplementId &&
          one.attempt < payment.attempt,
      );
      await issueOrder(tx, ctx, batch, [payment], { on, before });
    }
  }
}

async function issueOrder(
  tx: Tx,
  ctx: Context,
  batch: Batch,
  payments: OrderedPayment[],
  { on, before }: { on: LocalDate; before?: OrderedPayment },
): Promise<void> {
  const [{ id, supplement, attempt }] = payments as [OrderedPayment];
  const { schemeCode, year, no, budget } = batch;
  const single = attempt > 1 || supplement !== null;
  const total = addUp(payments.map(({ amount }) => amount.toFixed(2)));
  const orderNo = supplement?.orderNo ?? batch.orderNo!;
  const { authority, added } = await paperFacts(tx, []);
  const { citation } = valueOn(schemeByCode(schemeCode).budget, dateFromDb(batch.allocatedOn!), added);
  await issue(tx, ctx, {
    ...{ kind: 'subsidyOrder', subject: `subsidyBatch:${batch.id}${single ? `:payment:${id}` : ''}` },
    ...{ poolCode: null, bankCode: null },
    publicFacts: [
      { label: '下达文号', value: orderNo },
      { label: '笔数', value: `${payments.length} 笔` },
      { label: '拨款金额', value: total },
    ],
    view: {
      ...headOf('补贴资金拨款单', { schemeCode, issuer: authority, on }, [citation]),
      ...{ scheme: schemeByCode(schemeCode).document.title, year, batchNo: no, budgetName: budget.name },
      ...{ orderNo, total, classes: classesOf(payments), insteadOf: before && returned(before) },
      payer: { name: budget.accountName, bank: budget.bankName, number: budget.accountNo },
      payments: payments.map((p) => ({
        payee: { name: p.payeeName, bank: p.payeeBank, number: p.payeeAccount },
        amount: p.amount.toFixed(2),
      })),
      hands: await handsOf(tx, batch, payments[0]!),
    },
  });
}

/** What is ordered by economic class, in their order. */
function classesOf(payments: readonly OrderedPayment[]) {
  const parts = payments.flatMap((payment) => [...classesOfPayment(payment)]);
  return [...Map.groupBy(parts, ([name]) => name)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => ({ name, amount: addUp(own.map(([, amount]) => amount)) }));
}

/** Who shared out, approved and ordered, as the system has it. */
async function handsOf(tx: Tx, batch: Batch, { supplement, orderedBy, orderedOn }: OrderedPayment) {
  const made = supplement ?? batch;
  const decided = supplement
    ? { id: supplement.decidedBy, on: supplement.decidedOn }
    : { id: batch.approvedBy, on: batch.approvedOn };
  const all = [
    { step: '分配预算', id: made.allocatedBy, on: made.allocatedOn },
    { step: '批准', ...decided },
    { step: '下达', id: orderedBy, on: orderedOn },
  ].flatMap(({ step, id, on }) => (id && on ? [{ step, id, on: dateFromDb(on) }] : []));
  const names = await actorNames(
    tx,
    all.map(({ id }) => id),
  );
  return all.map(({ step, id, on }) => ({ step, by: names.get(id) ?? '系统', on }));
}

/** The payment that came back, in whose place another is made. */
function returned({ payeeAccount, returnedOn, returnReason }: OrderedPayment) {
  return returnedOn ? { payeeAccount, returnedOn: dateFromDb(returnedOn), reason: returnReason ?? '' } : undefined;
}
