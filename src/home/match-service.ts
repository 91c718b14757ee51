import type { LocalDate } from '../calendar/local-date.ts';
import type { Tx } from '../db/client.ts';
import type { Citation } from '../errors.ts';
import { matchOf } from '../pool/contribution-service.ts';
import type { MatchWaiting } from './reviewer.ts';
import type { PoolState } from './store.ts';

/** 配套资金 of pools that has not come. */
export async function matchWaiting(tx: Tx, today: LocalDate, pools: PoolState[]): Promise<MatchWaiting[]> {
  const rows = await tx.contribution.findMany({ where: { poolCode: { in: pools.map((p) => p.code) } } });
  const units = [...new Set(pools.map((p) => p.matchingUnit))];
  const named = await tx.institution.findMany({ where: { code: { in: units } }, select: { code: true, name: true } });
  return pools.flatMap((pool) => {
    const own = rows.filter((r) => r.poolCode === pool.code);
    const { lines } = matchOf(own, pool.matchingUnit, today);
    const by = named.find((i) => i.code === pool.matchingUnit)?.name ?? pool.matchingUnit;
    return lines
      .filter((l) => !l.outstanding.isZero())
      .map(({ contributionId, outstanding, dueOn, overdue }) => {
        const cites = own.find((r) => r.id === contributionId)!.cites as unknown as Citation[];
        return { poolCode: pool.code, poolName: pool.name, by, amount: outstanding, dueOn, overdue, cites };
      });
  });
}
