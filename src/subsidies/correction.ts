import { Exact, formatYuan, type Money, ZERO } from '../money/money.ts';
import { citesOf, derived, type Explanation, given } from '../policy/explanation.ts';
import { BUDGET_MODES, type SubsidyBudget } from '../policy/kinds/subsidy-budget.ts';

/** Why a decision is corrected. */
export const CORRECTION_CAUSES = { rule: '条款更正', facts: '事实更正' } as const;
export type CorrectionCause = keyof typeof CORRECTION_CAUSES;

/** Corrections that stand: their supplement or clawback was neither turned down nor cancelled. As a condition on rows. */
export const STANDING = {
  NOT: [{ supplement: { status: 'declined' } }, { clawback: { status: { in: ['declined', 'cancelled'] } } }],
};

/** What the batch had to share, and how. */
export interface Sharing {
  mode: SubsidyBudget['mode'];
  available: Money;
  demand: Money;
}

/**
 * By how much the grant of a line changes when its decision should have been `corrected`: the share that its batch gave, of the difference, to the fen and
 * never more than it. Where the budget went by turns, who had all gets all of the difference, and who had not gets no more. Nothing decided leaves
 * nothing granted.
 */
export function differenceOf(
  { mode, available, demand }: Sharing,
  { decided, granted }: { decided: Money; granted: Money },
  corrected: Money,
): Money {
  if (corrected.isZero()) return granted.negated();
  const delta = corrected.minus(decided);
  if (demand.lte(available)) return Exact.max(delta, granted.negated());
  if (mode === 'proRata') {
    const share = delta.times(available).div(demand).toDecimalPlaces(2, Exact.ROUND_DOWN);
    return Exact.max(share, granted.negated());
  }
  if (delta.gt(ZERO)) return granted.eq(decided) ? delta : ZERO;
  return Exact.min(corrected.minus(granted), ZERO);
}

/** Why a correction comes to so much: the first decision, the new one by its articles, and how its batch was shared. Amounts in 元. */
export function explainCorrection(
  cause: CorrectionCause,
  sharing: Sharing,
  before: { decided: Money; granted: Money; explanation: Explanation },
  after: { decided: Money; explanation: Explanation; difference: Money },
): Explanation {
  const { mode, available, demand } = sharing;
  const cites = citesOf(after.explanation);
  return derived('更正差额', yuan(after.difference), cites, [
    given('更正原因', CORRECTION_CAUSES[cause]),
    derived('原核定金额', yuan(before.decided), [], [before.explanation]),
    derived('更正后核定金额', yuan(after.decided), cites, [after.explanation]),
    given('已分配', yuan(before.granted)),
    ...(demand.lte(available)
      ? []
      : [given('预算分配', `${BUDGET_MODES[mode]}，可用 ${yuan(available)}，需求 ${yuan(demand)}`)]),
  ]);
}

const yuan = (amount: Money): string => `${formatYuan(amount)} 元`;
