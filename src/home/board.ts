import { badLoanRatio, percentOf, type Ratio } from '../loans/ratio.ts';
import { largestRemainder } from '../money/allocate.ts';
import { Exact, formatYuan, money, sum, toWire, ZERO } from '../money/money.ts';
import { roundTo } from '../money/rounding.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { ContributorRow } from './board-store.ts';
import { toneOf } from './figures.ts';
import type { Tone } from './home.ts';
import type { Cell } from './store.ts';

const yuan = (wire: string): string => `${formatYuan(money(wire))} 元`;

export interface ContributorView extends ContributorRow {
  /** 2901 − 1218 */
  capital: string;
  /** of the pool's capital, percent */
  percent: string;
  /** its part of the reserve, by capital */
  reserve: string;
  /** what could be returned: capital less its part of the reserve, never below zero */
  free: string;
  explanation: Explanation;
}

/** Contributors with their part of the pool's reserve, split by capital to the last fen. */
export function contributorViews(rows: ContributorRow[], reserved: string): ContributorView[] {
  const capitals = rows.map((r) => new Exact(r.share).minus(r.receivable));
  const weights = capitals.map((c) => (c.greaterThan(ZERO) ? c : ZERO));
  const all = sum(weights);
  const parts = all.isZero() ? rows.map(() => ZERO) : largestRemainder(money(reserved), weights);
  return rows.map((row, i) => {
    const [capital, reserve] = [toWire(capitals[i]!), toWire(parts[i]!)];
    const rest = capitals[i]!.minus(parts[i]!);
    const inputs = [given('出资余额', yuan(row.share)), given('应收追偿款', yuan(row.receivable))];
    const part = [
      given('资金池准备金占用额', yuan(reserved)),
      given('占资金池净额', `${percentOf(weights[i]!, all)}%`),
    ];
    const explanation = derived(
      '可退出资',
      yuan(toWire(rest.greaterThan(ZERO) ? rest : ZERO)),
      [],
      [derived('净额', yuan(capital), [], inputs), derived('按净额分摊的准备金占用额', yuan(reserve), [], part)],
    );
    const free = toWire(rest.greaterThan(ZERO) ? rest : ZERO);
    return { ...row, capital, reserve, free, percent: percentOf(weights[i]!, all), explanation };
  });
}

export interface LeverageUse {
  /** times */
  limit: string;
  used: string;
  /** counted outstanding ÷ what the leverage allows, percent */
  percent: string;
  tone: Tone;
  explanation: Explanation;
}

/** 已用放大倍数: counted outstanding ÷ capital, against the leverage in force. */
export function leverageUse(
  pool: { leverage: string; capital: string; countedOutstanding: string },
  leverage: Explanation,
): LeverageUse {
  const [capital, counted] = [money(pool.capital), money(pool.countedOutstanding)];
  const used = roundTo(capital.isZero() ? ZERO : counted.div(capital), 2, 'halfUp').toFixed(2);
  const limit = capital.times(pool.leverage);
  const explanation = derived('已用放大倍数', `${used} 倍`, leverage.cites, [
    given('备案余额合计', yuan(pool.countedOutstanding)),
    given('资金池净额', yuan(pool.capital)),
    leverage,
  ]);
  return { limit: pool.leverage, used, percent: percentOf(counted, limit), tone: toneOf(counted, limit), explanation };
}

export interface BadLoans extends Ratio {
  banks: ({ bankCode: string; bankName: string; loans: number; badLoans: number } & Ratio)[];
  regions: ({ region: string; loans: number; badLoans: number } & Ratio)[];
}

/** 不良率 of a pool, of each bank in it, and of each place its borrowers are registered in. */
export function badLoansOf(
  cells: Cell[],
  regions: { region: string; loans: number; badLoans: number; outstanding: string; bad: string }[],
): BadLoans {
  const total = (of: 'bad' | 'outstanding') => toWire(sum(cells.map((c) => new Exact(c[of]))));
  return {
    ...badLoanRatio(total('bad'), total('outstanding')),
    banks: cells.map(({ bankCode, bankName, loans, badLoans, bad, outstanding }) => {
      return { bankCode, bankName, loans, badLoans, ...badLoanRatio(bad, outstanding) };
    }),
    regions: regions.map(({ bad, outstanding, ...region }) => ({ ...region, ...badLoanRatio(bad, outstanding) })),
  };
}
