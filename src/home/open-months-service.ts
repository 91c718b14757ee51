import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import { citationOf, settlementDueOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { type OpenMonth, openMonths } from './finance.ts';
import { missingReports, type PoolState } from './store.ts';

/** The months of some pools that are over and not settled, each with what it lacks. */
export async function openSettlements(tx: Tx, pools: PoolState[], today: LocalDate): Promise<OpenMonth[]> {
  const { added } = await rulebook(tx);
  const months = pools.flatMap((pool) => openMonths(pool, today).map((month) => ({ pool, ...month })));
  const asked = months.map(({ pool, period, end }) => ({ pool: pool.code, period, end }));
  const missing = await missingReports(tx, asked);
  return months.map(({ pool, period }) => {
    const policy = policyByCode(pool.policyCode);
    return {
      ...{ poolCode: pool.code, poolName: pool.name, period },
      running: pool.lastPeriod === period && pool.lastStatus === 'running',
      dueOn: settlementDueOn(policy, period, added),
      cites: citationOf(policy.settlement, period, added),
      missing: missing
        .filter((m) => m.poolCode === pool.code && m.period === period)
        .map(({ bankCode, bankName, loans }) => ({ bankCode, bankName, loans })),
    };
  });
}
