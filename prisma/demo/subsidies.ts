import { readFile } from 'node:fs/promises';
import type { Context } from '../../src/access/context.ts';
import { Exact, money, toWire } from '../../src/money/money.ts';
import { allocateBatch, approveBatch, publishBatch } from '../../src/subsidies/batch-service.ts';
import { listBatches } from '../../src/subsidies/batch-view-service.ts';
import { budgetCode, createBudget, receiveBudgetMoney } from '../../src/subsidies/budget-service.ts';
import { proposeClawback } from '../../src/subsidies/clawback-service.ts';
import { listClawbacks } from '../../src/subsidies/clawback-view-service.ts';
import { fundsOf } from '../../src/subsidies/funds-service.ts';
import { importApplications, tellPayees } from '../../src/subsidies/import-service.ts';
import { listApplications } from '../../src/subsidies/list-service.ts';
import { listPayments, orderBatch, payBatch } from '../../src/subsidies/payment-service.ts';
import {
  auditApplications,
  decideApplications,
  recommendApplications,
  refuseApplications,
  reviewApplications,
} from '../../src/subsidies/review-service.ts';
import { addPartnership, createInstitution } from '../../src/parties/institution-service.ts';
import { BUDGET, INSURERS } from './parties.ts';
import type { Step } from './story.ts';

const { scheme, year } = BUDGET;
const CODE = budgetCode(scheme, year);

const imports = (on: string, kind: 'premiums' | 'interestVouchers', file: string): Step => ({
  on,
  as: 'system',
  does: async (ctx) => {
    const bytes = new Uint8Array(await readFile(new URL(file, import.meta.url)));
    return importApplications(ctx, { scheme, kind, file: bytes });
  },
});

/** One step of all the applications of the year that stand before it. */
const all = (
  on: string,
  as: Step['as'],
  filter: { status: string; eligible?: boolean },
  does: (ctx: Context, ids: bigint[]) => Promise<unknown>,
): Step => ({
  on,
  as,
  does: async (ctx) => {
    const { items } = await listApplications(ctx, { scheme, year, ...filter }, { take: 500, sort: 'receivedNo' });
    if (items.length > 0) await does(ctx, items.map(({ id }) => BigInt(id)));
  },
});

/** The batch of the year, unless it has taken the step. */
const batch = (on: string, as: Step['as'], from: string, does: (ctx: Context, id: bigint) => Promise<unknown>): Step => ({
  on,
  as,
  does: async (ctx) => {
    const [found] = await listBatches(ctx, { scheme, year });
    if (found?.status === from) await does(ctx, BigInt(found.id));
  },
});

/** Accounts made up for the demonstration. */
async function accounts(ctx: Context): Promise<void> {
  const { items } = await listApplications(ctx, { scheme, year, status: 'approved' }, { take: 500, sort: 'receivedNo' });
  const own = items.map(({ id, enterpriseName }, i) => ({
    ...{ id: BigInt(id), accountName: enterpriseName, bankName: '宁夏银行股份有限公司' },
    accountNo: `64001002${String(i + 1).padStart(8, '0')}`,
  }));
  await tellPayees(ctx, own);
}

async function pay(ctx: Context, id: bigint): Promise<void> {
  const payments = await listPayments(ctx, id);
  const open = payments.filter(({ status }) => status === 'ordered');
  if (open.length === 0) return;
  const vouchers = open.map((p) => ({ paymentId: p.id, voucherNo: `BT2026${p.id.padStart(6, '0')}` }));
  await payBatch(ctx, id, { paidOn: ctx.today, payments: vouchers });
}

/** A policy was cancelled early: what its subsidy has to give back waits for a second person. */
async function cancelledPolicy(ctx: Context): Promise<void> {
  const { total } = await listClawbacks(ctx, { scheme, year }, { take: 1 });
  const { items } = await listApplications(ctx, { scheme, year, status: 'paid' }, { take: 1, sort: '-receivedNo' });
  if (total > 0 || !items[0]) return;
  const { lines } = await fundsOf(ctx, BigInt(items[0].id));
  const amount = toWire(money(lines[0]!.claimable).div(2).toDecimalPlaces(2, Exact.ROUND_DOWN));
  await proposeClawback(ctx, {
    ...{ applicationId: items[0].id, place: lines[0]!.place, amount, ground: 'overpaid' },
    ...{ reason: '保单于 2026 年 11 月 10 日退保，按退回的保费追回', evidence: '退保批单和退费回单（示例）' },
  });
}

async function partners(ctx: Context): Promise<void> {
  for (const insurer of INSURERS) {
    await createInstitution(ctx, insurer);
    await addPartnership(ctx, insurer.code, { validFrom: '2026-01-01', document: '科技金融合作机构名录（示例）' });
  }
}

const REGION: Step['as'] = ['regionalReviewer', 'ningxia-st'];
const SECOND: Step['as'] = ['regionalReviewer', 'ningxia-st', true];

/** The year's premiums: 96 applications, 87 of them eligible, shared out under the budget and paid. Interest comes in November, for the next year. */
export const subsidies: Step[] = [
  { on: '2026-03-16', as: 'system', does: partners },
  { on: '2026-03-16', as: ['finance'], does: (ctx) => createBudget(ctx, BUDGET) },
  {
    on: '2026-03-20',
    as: ['finance'],
    does: (ctx) => receiveBudgetMoney(ctx, CODE, { amount: BUDGET.amount, receivedOn: '2026-03-20', receiptNo: 'CZ2026032001' }),
  },
  imports('2026-09-18', 'premiums', 'premiums-2026.csv'),
  all('2026-09-22', ['countyReviewer', 'yinchuan-st'], { status: 'submitted', eligible: true }, (ctx, ids) =>
    recommendApplications(ctx, ids, '材料齐全，同意推荐'),
  ),
  all('2026-09-24', REGION, { status: 'submitted', eligible: false }, (ctx, ids) => refuseApplications(ctx, ids, null)),
  all('2026-09-28', REGION, { status: 'recommended' }, (ctx, ids) => reviewApplications(ctx, ids, '形式审查通过')),
  all('2026-10-12', ['finance'], { status: 'reviewed' }, (ctx, ids) => auditApplications(ctx, ids, '保费凭证与申报一致')),
  all('2026-10-15', SECOND, { status: 'audited' }, (ctx, ids) => decideApplications(ctx, ids)),
  { on: '2026-10-16', as: SECOND, does: (ctx) => publishBatch(ctx, { scheme, year, batchNo: 2 }) },
  batch('2026-10-26', ['finance'], 'published', allocateBatch),
  batch('2026-10-28', SECOND, 'allocated', approveBatch),
  batch('2026-10-29', REGION, 'approved', accounts),
  batch('2026-10-30', ['finance'], 'approved', (ctx, id) => orderBatch(ctx, id, '宁科金补〔2026〕2号（示例）')),
  batch('2026-11-03', ['finance', undefined, true], 'ordered', pay),
  imports('2026-11-06', 'interestVouchers', 'interest-vouchers-2026.csv'),
  { on: '2026-11-18', as: ['finance'], does: cancelledPolicy },
];
