import { formatYuan, type Money } from '../money/money.ts';
import type { ClauseCitation } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';

/** 追回事由. Only false papers bring a ban. */
export const CLAWBACK_GROUNDS = {
  fraud: '弄虚作假',
  ineligible: '不符合补贴条件',
  overpaid: '多拨',
  correction: '更正后应退',
  voluntary: '企业主动退回',
} as const;
export type ClawbackGround = keyof typeof CLAWBACK_GROUNDS;

/** 状态 of a clawback, with the Chinese that people read. */
export const CLAWBACK_STATUSES = {
  proposed: '待复核',
  ordered: '待收回',
  received: '已收回',
  remitted: '已缴回财政',
  declined: '未予追回',
  cancelled: '已撤销',
} as const;
export type ClawbackStatus = keyof typeof CLAWBACK_STATUSES;

/** What stands of a claim: neither turned down nor cancelled. */
export const isLive = (status: string): boolean => status !== 'declined' && status !== 'cancelled';

/** Why so much of a line may be claimed back, and so much is. Amounts in 元. */
export function explainClawback(
  citation: ClauseCitation,
  amounts: { paid: Money; before: Money; amount: Money },
  ground: ClawbackGround,
): Explanation {
  const { paid, before, amount } = amounts;
  return derived(
    '追回金额',
    yuan(amount),
    [citation],
    [
      given('事由', CLAWBACK_GROUNDS[ground]),
      derived(
        '最多可以追回',
        yuan(paid.minus(before)),
        [],
        [given('已拨付', yuan(paid)), given('此前追回', yuan(before))],
      ),
    ],
  );
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
