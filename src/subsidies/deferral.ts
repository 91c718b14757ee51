import { formatYuan, type Money } from '../money/money.ts';
import type { ClauseCitation } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';

/** Why a line goes on in the next year with so much: what was decided, and what the year's budget gave of it. Amounts in 元. */
export function explainRest(
  citation: ClauseCitation,
  { id, year }: { id: bigint; year: number },
  { decided, granted }: { decided: Money; granted: Money },
): Explanation {
  const facts = [
    given('原申请', `${id}（${year} 年）`),
    given('核定金额', yuan(decided)),
    given('当年分配', yuan(granted)),
  ];
  return derived('转入本年度的金额', yuan(decided.minus(granted)), [citation], facts);
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
