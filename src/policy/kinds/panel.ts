import { z } from 'zod';
import { formatYuan, money } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import { moneyText } from '../values.ts';

const schema = z.strictObject({ above: moneyText });
export type Panel = z.infer<typeof schema>;
export type PanelClause = Clause<Panel, string, boolean>;

/** Above which amount a panel decides (集体研究), who is concerned keeping away. Input: 元; answers whether it must. */
export function panel(spec: ClauseSpec<Panel, string, boolean>): PanelClause {
  return {
    ...spec,
    unit: '元',
    resolvedBy: 'occurredOn',
    schema,
    describe: ({ above }) =>
      `单笔超过 ${formatYuan(money(above))} 元的经集体研究决定，有利害关系的人员回避，由候补人员替代`,
    apply: ({ above }, amount) => money(amount).gt(money(above)),
  };
}
