import { formatYuan, type Money } from '../money/money.ts';
import type { ClauseCitation } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';

/** 状态 of a supplement, with the Chinese that people read. */
export const SUPPLEMENT_STATUSES = {
  proposed: '待批准',
  approved: '待下达',
  ordered: '已下达',
  declined: '已退回',
} as const;
export type SupplementStatus = keyof typeof SUPPLEMENT_STATUSES;

/** Why a line is granted so much once its objection was dismissed: the share that was kept for it when its batch was shared out. Amounts in 元. */
export function explainSupplement(
  citation: ClauseCitation,
  amounts: { decided: Money; reserved: Money; available: Money; demand: Money },
): Explanation {
  const { decided, reserved, available, demand } = amounts;
  return derived(
    '补充分配金额',
    yuan(reserved),
    [citation],
    [
      given('异议处理', '异议不成立'),
      given('核定金额', yuan(decided)),
      derived('分配时预留', yuan(reserved), [], [given('可用预算', yuan(available)), given('全部需求', yuan(demand))]),
    ],
  );
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
