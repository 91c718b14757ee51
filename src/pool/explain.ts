import { Exact, formatYuan, type Money } from '../money/money.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';

const yuan = (m: Money): string => `${formatYuan(m)} 元`;

/** Why a pool's headroom is what it is: leverage × capital − Σ counted outstanding, with the article of the leverage. */
export function explainHeadroom(free: Money, leverage: Explanation, capital: Money, counted: Money): Explanation {
  return derived('可用额度', yuan(free), leverage.cites, [
    leverage,
    given('资金池净额', yuan(capital)),
    given('备案余额合计', yuan(counted)),
  ]);
}

/** Why a loan ties up its reserve: counted outstanding (outstanding × counted ÷ lent) ÷ leverage, up to the fen. */
export function explainReserve(
  loan: {
    reserve: string;
    countedOutstanding: string;
    outstandingPrincipal: string;
    countedPrincipal: string;
    principal: string;
  },
  leverage: Explanation,
): Explanation {
  const shown = (text: string) => yuan(new Exact(text));
  const counted = derived(
    '备案余额',
    shown(loan.countedOutstanding),
    [],
    [
      given('贷款余额', shown(loan.outstandingPrincipal)),
      given('备案金额', shown(loan.countedPrincipal)),
      given('贷款金额', shown(loan.principal)),
    ],
  );
  return derived('准备金占用额', shown(loan.reserve), leverage.cites, [counted, leverage]);
}
