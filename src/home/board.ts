import type { Citation } from '../errors.ts';
import { badLoanRatio, percentOf, type Ratio } from '../loans/ratio.ts';
import { largestRemainder } from '../money/allocate.ts';
import { Exact, formatYuan, money, sum, toWire, ZERO } from '../money/money.ts';
import { roundTo } from '../money/rounding.ts';
import type { ClauseVersion } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { Breaker } from '../policy/kinds/breaker.ts';
import { type BreakerScope, STOPS } from '../policy/kinds/breaker-words.ts';
import type { Policy } from '../policy/policy.ts';
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

/** A ratio against the lines of the circuit breaker (熔断): where business is warned and where it stops. Null: no line for it. */
export interface Line {
  /** percent */
  warn: string | null;
  suspend: string;
  tone: Tone;
  /** what stops there */
  stops: string;
  cites: Citation[];
}
type Judged = Ratio & { line: Line | null };

export interface BadLoans extends Judged {
  banks: ({ bankCode: string; bankName: string; loans: number; badLoans: number } & Judged)[];
  regions: ({ region: string; loans: number; badLoans: number } & Ratio)[];
}

const TONES = { ok: 'within', warn: 'near', suspend: 'past' } as const;

/** How a bad-loan ratio of one scope stands to the line that a version of the breaker draws for it. */
export function breakerLine(
  clause: Policy['breaker'],
  { value, citation }: ClauseVersion<Breaker>,
  scopes: BreakerScope[],
  over: string,
  under: string,
): Line | null {
  const measure = 'nonPerforming';
  const scope = scopes.find((s) => value.lines.some((l) => l.measure === measure && l.scopes.includes(s)));
  const line = value.lines.find((l) => l.measure === measure && scope && l.scopes.includes(scope));
  if (!scope || !line) return null;
  const { level } = clause.apply(value, { measure, scope, over, under });
  const { warn = null, suspend, stops } = line;
  return { warn, suspend, tone: TONES[level], stops: STOPS[stops], cites: [citation] };
}

/** 不良率 of a pool, of each bank in it, and of each place its borrowers are registered in, with the lines in force. */
export function badLoansOf(
  cells: Cell[],
  regions: { region: string; loans: number; badLoans: number; outstanding: string; bad: string }[],
  line: (scopes: BreakerScope[], over: string, under: string) => Line | null,
): BadLoans {
  const total = (of: 'bad' | 'outstanding') => toWire(sum(cells.map((c) => new Exact(c[of]))));
  const judged = (scopes: BreakerScope[], bad: string, outstanding: string): Judged => {
    return { ...badLoanRatio(bad, outstanding), line: line(scopes, bad, outstanding) };
  };
  return {
    ...judged(['pool', 'cooperatingUnit'], total('bad'), total('outstanding')),
    banks: cells.map(({ bankCode, bankName, loans, badLoans, bad, outstanding }) => {
      return { bankCode, bankName, loans, badLoans, ...judged(['bank'], bad, outstanding) };
    }),
    regions: regions.map(({ bad, outstanding, ...region }) => ({ ...region, ...badLoanRatio(bad, outstanding) })),
  };
}
