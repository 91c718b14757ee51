import type { StatementRatio, StatementSection } from '../documents/view-models.ts';
import { Exact, formatYuan } from '../money/money.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';

const yuan = (wire: string): string => `${formatYuan(new Exact(wire))} 元`;

/** Why a section of a statement closes as it does: 期初 + each movement = 期末, with the articles of the movements. Pure. */
export function explainSection({ name, opening, movements, closing, lines }: StatementSection): Explanation {
  const moved = lines.map((line) => derived(line.name, yuan(line.amount), line.cites));
  return derived(
    `${name}期末 = 期初 + 本期增减`,
    yuan(closing),
    [],
    [given('期初，即上月结算的期末', yuan(opening)), derived('本期增减', yuan(movements), [], moved)],
  );
}

/** Why a section of an annual statement closes as it does: 年初 + each movement of the year = 年末. Pure. */
export function explainYear({ name, opening, movements, closing, lines }: StatementSection): Explanation {
  const moved = lines.map((line) => derived(line.name, yuan(line.amount), line.cites));
  return derived(
    `${name}年末数 = 年初数 + 本年增减`,
    yuan(closing),
    [],
    [given('年初数，即上年末月结算的期末', yuan(opening)), derived('本年增减', yuan(movements), [], moved)],
  );
}

/** Why a ratio is what it is: as it was composed; of statements from before that was kept, in the words they print. Pure. */
export function explainRatio({ name, value, note, explanation }: StatementRatio): Explanation {
  return explanation ?? derived(name, value, [], note ? [given('计算', note)] : []);
}
