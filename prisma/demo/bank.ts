import { readFile } from 'node:fs/promises';
import type { Context } from '../../src/access/context.ts';
import { periodsBetween, type SettlementPeriod } from '../../src/calendar/settlement-period.ts';
import type { Resolution } from '../../src/reconciliation/difference.ts';
import { listDifferences } from '../../src/reconciliation/difference-list-service.ts';
import { confirmDifference, resolveDifference } from '../../src/reconciliation/difference-service.ts';
import { listLoanDifferences, noteLoanDifference } from '../../src/reconciliation/loan-difference-service.ts';
import { confirmRun, listRuns, reconcile } from '../../src/reconciliation/run-service.ts';
import { importStatement } from '../../src/reconciliation/statement-service.ts';
import { reconcileLoans } from '../../src/reconciliation/three-way-service.ts';
import { listClosings } from '../../src/settlement/closing-list-service.ts';
import { confirmClosing, proposeClosing } from '../../src/settlement/closing-service.ts';
import type { Step } from './story.ts';

const POOL = 'pingluo';
const JANUARY_TO_OCTOBER = periodsBetween('2026-01', '2026-10');
const JANUARY_TO_SEPTEMBER = JANUARY_TO_OCTOBER.slice(0, -1);
/** What the bank's October has that nobody had booked, and what it is. */
const FOUND: Record<string, Resolution> = { '4512.33': 'interest', '120.00': 'bankFee', '12345.60': 'suspense' };

const uploaded = (name: string) => async (ctx: Context): Promise<void> => {
  const file = new Uint8Array(await readFile(new URL(name, import.meta.url)));
  await importStatement(ctx, { fileName: name, file });
};

const reconciled = (periods: SettlementPeriod[]) => async (ctx: Context): Promise<void> => {
  for (const period of periods) await reconcile(ctx, { poolCode: POOL, period });
};

/** Does something with each difference that waits in a state. */
const differences = (status: string, act: (ctx: Context, id: bigint, amount: string) => Promise<unknown>) => async (ctx: Context): Promise<void> => {
  const { items } = await listDifferences(ctx, { poolCode: POOL, status }, { take: 50 });
  for (const { id, amount } of items) await act(ctx, BigInt(id), amount);
};

async function confirmed(ctx: Context): Promise<void> {
  const { items } = await listRuns(ctx, { poolCode: POOL, status: 'open' }, { take: 50, sort: 'period' });
  for (const { id } of items) await confirmRun(ctx, BigInt(id));
}

/** Closes the next of the nine months that is ready, by one and by another; nothing where none is. */
const closed: Step[] = [
  by('2026-11-03', false, async (ctx) => {
    const { items } = await listClosings(ctx, { poolCode: POOL, status: 'ready' }, { take: 1 });
    for (const { period } of items) if (JANUARY_TO_SEPTEMBER.includes(period)) await proposeClosing(ctx, { poolCode: POOL, period });
  }),
  by('2026-11-03', true, async (ctx) => {
    const { items } = await listClosings(ctx, { poolCode: POOL, status: 'proposed' }, { take: 1 });
    for (const { id, period } of items) if (JANUARY_TO_SEPTEMBER.includes(period)) await confirmClosing(ctx, id);
  }),
];

const threeWay = (poolCode: string) => (ctx: Context): Promise<unknown> => reconcileLoans(ctx, { poolCode, period: '2026-10' });

/** Finance asks for the reports that a look before the 5th does not find. */
async function asked(ctx: Context): Promise<void> {
  const { items } = await listLoanDifferences(ctx, { poolCode: POOL, status: 'open' }, { take: 50 });
  for (const { id, notes } of items.slice(0, 1))
    if (notes.length === 0) await noteLoanDifference(ctx, BigInt(id), { kind: 'comment', text: '已电话提醒银行，10 月月报于 11 月 5 日前报送' });
}

/** October's loans by bank, register and pool: 平罗 before its bank has reported and after it has, 银川 after. */
const threeWays: Step[] = [
  by('2026-11-03', false, threeWay(POOL)),
  by('2026-11-03', false, asked),
  by('2026-11-06', false, threeWay(POOL)),
  by('2026-11-06', false, threeWay('yinchuan')),
];

function by(on: string, second: boolean, does: Step['does']): Step {
  return { on, as: ['finance', undefined, second], does };
}

/**
 * The bank's statements of the 平罗 pool: nine months and October handed in, reconciled by one and confirmed by another; what October shows is booked on
 * the way. January to September are closed on the next day. Then both pools' loans of October.
 */
export const bank: Step[] = [
  by('2026-11-02', false, uploaded('pool-statement-2026-01-to-09.csv')),
  by('2026-11-02', false, uploaded('pool-statement-2026-10.csv')),
  by('2026-11-02', false, reconciled(JANUARY_TO_OCTOBER)),
  by('2026-11-02', false, differences('open', async (ctx, id, amount) => FOUND[amount] && resolveDifference(ctx, id, { as: FOUND[amount] }))),
  by('2026-11-02', true, differences('proposed', confirmDifference)),
  by('2026-11-02', false, reconciled(['2026-10'])),
  by('2026-11-02', true, confirmed),
  ...JANUARY_TO_SEPTEMBER.flatMap(() => closed),
  ...threeWays,
];
