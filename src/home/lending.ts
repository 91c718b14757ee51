import type { Ratio } from '../loans/ratio.ts';
import { Exact, formatYuan } from '../money/money.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { Cell } from './store.ts';

/** What loans of a bank in a pool, or of several, add up to; wire amounts. */
export type Sums = Pick<Cell, 'loans' | 'outstanding' | 'counted' | 'badLoans' | 'bad' | 'overdueLoans' | 'overdue'> & {
  badRatio: Ratio;
};

const RULES = {
  outstanding: ['贷款余额', '每笔贷款的未还本金相加'],
  bad: ['不良余额', '五级分类为次级、可疑、损失的贷款余额相加，不扣已补偿的部分'],
  overdue: ['逾期余额', '逾期天数大于零的贷款余额相加'],
  counted: ['备案余额', '每笔贷款余额 × 备案金额 ÷ 贷款金额，四舍五入到分，逐笔相加'],
} as const;
type Amount = keyof typeof RULES;

const yuan = (wire: string): string => `${formatYuan(new Exact(wire))} 元`;

/** Why a line of the portfolio is what it is: each of its figures by its rule, and what it is the sum of where it has parts. Pure. */
export function explainLending(name: string, sums: Sums, parts: { name: string; sums: Sums }[] = []): Explanation {
  const step = (of: Amount) => {
    const [label, rule] = RULES[of];
    const inputs = parts.map((part) => given(part.name, yuan(part.sums[of])));
    return derived(`${label}：${rule}`, yuan(sums[of]), [], inputs);
  };
  const counts = `${sums.loans} 笔，其中不良 ${sums.badLoans} 笔、逾期 ${sums.overdueLoans} 笔`;
  return derived(
    name,
    counts,
    [],
    [step('outstanding'), step('bad'), sums.badRatio.explanation, step('overdue'), step('counted')],
  );
}
