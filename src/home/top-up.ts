import type { LocalDate } from '../calendar/local-date.ts';
import { formatYuan, money } from '../money/money.ts';
import type { AddedVersion } from '../policy/clause.ts';
import { policyByCode } from '../policy/register.ts';
import { topUpOwed } from '../pool/capital.ts';
import type { Todo } from './home.ts';
import type { PoolState } from './store.ts';

/** Pools whose capital has fallen below the least they must hold: 应补充出资, a memo until money comes. */
export function topUpTodos(pools: PoolState[], today: LocalDate, added: readonly AddedVersion[]): Todo[] {
  return pools.flatMap(({ code, name, policyCode, openedOn, contributed, capital }) => {
    const on = today < openedOn ? openedOn : today;
    const held = { contributed: money(contributed), capital: money(capital) };
    const { owed, cites } = topUpOwed(policyByCode(policyCode), on, held, added);
    if (owed.isZero()) return [];
    const title = `${name}应补充出资 ${formatYuan(owed)} 元`;
    return [{ kind: 'topUp', title, count: 1, dueOn: null, late: false, href: `/pools/${code}`, cites }];
  });
}
