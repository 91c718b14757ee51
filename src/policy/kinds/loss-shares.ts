import { money, toWire } from '../../money/money.ts';
import type { Clause, ClauseSpec } from '../clause.ts';
import type { LossFacts } from './loss-condition.ts';
import { resolveShares, splitLoss } from './loss-resolve.ts';
import { type LossShares, lossSharesValue, type Share } from './loss-shares-value.ts';

/** The loss of principal in 元, and what is known of the loan. */
export type LossInput = LossFacts & { loss: string };
export type LossAnswer = { bearer: string; amount: string }[];
export type LossSharesClause = Clause<LossShares, LossInput, LossAnswer>;

/** Who bears a loss of principal: each part by largest remainder, ties in the clause's order, adding up exactly. */
export function lossShares(spec: ClauseSpec<LossShares, LossInput, LossAnswer>): LossSharesClause {
  return {
    ...spec,
    unit: '%',
    resolvedBy: 'occurredOn',
    schema: lossSharesValue,
    describe,
    apply: (value, { loss, ...facts }) =>
      splitLoss(money(loss), resolveShares(value, facts)).map(({ bearer, amount }) => ({
        bearer,
        amount: toWire(amount),
      })),
  };
}

function describe({ shares: base, rows = [], pick, bonus, countsOnly }: LossShares): string {
  const words = (all: readonly Share[]): string => all.map((s) => `${s.label}${percentWords(s)}`).join('、');
  const parts = rows.map((row) => `${row.label}由${words(row.shares)}分担`);
  if (base) parts.push(`${rows.length > 0 ? '其他贷款' : '本金损失'}由${words(base)}分担`);
  if (pick === 'highest') parts.push('同时符合多档的从高');
  for (const { label, points } of bonus?.items ?? []) parts.push(`${label}提高 ${points} 个百分点`);
  if (bonus?.ceiling) parts.push(`加点后最高 ${bonus.ceiling}%`);
  if (countsOnly) parts.push(`只分担${COUNTED[countsOnly.fact]}的损失，其余由${countsOnly.restOn.label}承担`);
  return parts.join('；');
}

const COUNTED = { ipShare: '知识产权质押所担保部分', creditShare: '信用贷款部分' } as const;

function percentWords({ percent, agreeable }: Share): string {
  if (percent === 'rest') return '其余部分';
  if (percent === 'agreed') return '合同约定部分';
  const { atLeast, atMost } = agreeable ?? {};
  const range = [atLeast && `不低于 ${atLeast}%`, atMost && `不高于 ${atMost}%`].filter(Boolean).join('、');
  return ` ${percent}%${range ? `（可约定，${range}）` : ''}`;
}
