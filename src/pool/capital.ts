import type { LocalDate } from '../calendar/local-date.ts';
import type { Citation } from '../errors.ts';
import { ACCOUNTS, type Line } from '../ledger/journal-entry.ts';
import { largestRemainder } from '../money/allocate.ts';
import { Exact, formatYuan, type Money, money, sum, toWire, ZERO } from '../money/money.ts';
import { type AddedVersion, valueOn } from '../policy/clause.ts';
import { derived, type Explanation, given } from '../policy/explanation.ts';
import type { Policy } from '../policy/policy.ts';

/** What a contributor has in a pool: its 2901, and what is out for recovery of it, its 1218. */
export interface Holder {
  contributor: string;
  contributed: Money;
  receivable: Money;
}

/** What a pool's contributors have in it, and what it advanced for pursuits and has not got back: out of everyone's money. */
export interface Holdings {
  holders: readonly Holder[];
  advanced: Money;
}

/** How much of a contributor's money may leave the pool. Its part of what was advanced is in `receivable`. */
export interface ReturnLimit extends Holder {
  /** its part of the pool's reserve, by what it has left */
  reserved: Money;
  free: Money;
  explanation: Explanation;
}

const yuan = (m: Money): string => `${formatYuan(m)} 元`;

/**
 * What each contributor may take out: 2901 − 1218 − its part of the reserve; advanced costs and the reserve are split by what each has left, to the last
 * fen; nothing where the clause lets nothing out. Together at most capital − reserve, so that what loans tie up stays. Throws POLICY_OUTSIDE_DATES.
 */
export function returnLimits(
  policy: Policy,
  on: LocalDate,
  { holders, advanced }: Holdings,
  reserved: Money,
  added?: readonly AddedVersion[],
): { limits: ReturnLimit[]; cites: Citation[] } {
  const clause = policy.contributionReturn;
  const { value, citation } = valueOn(clause, on, added);
  const costs = byWhatIsLeft(advanced, holders);
  const net = holders.map((h, i): Holder => ({ ...h, receivable: h.receivable.plus(costs[i]!) }));
  const parts = byWhatIsLeft(reserved, net);
  const limits = net.map((holder, i) => {
    const { contributed, receivable } = holder;
    const wire = { contributed: toWire(contributed), receivable: toWire(receivable), reserved: toWire(parts[i]!) };
    const free = money(clause.apply(value, wire));
    const inputs = [given('出资余额', yuan(contributed)), given('应收追偿款', yuan(receivable))];
    if (!costs[i]!.isZero()) inputs.push(given('其中按净额分摊的垫付追偿费用', yuan(costs[i]!)));
    inputs.push(given('按净额分摊的准备金占用额', yuan(parts[i]!)));
    return { ...holder, reserved: parts[i]!, free, explanation: derived('可退回出资', yuan(free), [citation], inputs) };
  });
  return { limits, cites: [citation] };
}

/** An amount shared out by what each has left (2901 − 1218), to the last fen; to nobody when nothing is left. */
export function byWhatIsLeft(amount: Money, holders: readonly Holder[]): Money[] {
  const left = holders.map(({ contributed, receivable }) => Exact.max(contributed.minus(receivable), ZERO));
  return sum(left).isZero() ? holders.map(() => ZERO) : largestRemainder(amount, left);
}

/** What is lacking in a pool up to the least it must hold (补充出资), 0.00 where nothing is. Throws POLICY_OUTSIDE_DATES. */
export function topUpOwed(
  policy: Policy,
  on: LocalDate,
  pool: { contributed: Money; capital: Money },
  added?: readonly AddedVersion[],
): { owed: Money; floor: string; cites: Citation[]; explanation: Explanation } {
  const { value, citation } = valueOn(policy.topUp, on, added);
  const { contributed, capital } = pool;
  const owed = money(policy.topUp.apply(value, { contributed: toWire(contributed), capital: toWire(capital) }));
  const explanation = derived(
    '应补充出资',
    yuan(owed),
    [citation],
    [
      given('累计出资（已减退回）', yuan(contributed)),
      given('资金池净额', yuan(capital)),
      given('净额不低于累计出资的', `${value.floor}%`),
    ],
  );
  return { owed, floor: value.floor, cites: [citation], explanation };
}

/** By what an entry moves a pool's capital: Σ 2901 − Σ 1218. */
export function capitalMoved(lines: readonly Line[]): Money {
  return lines.reduce((total, { code, side, amount }) => {
    if (code !== ACCOUNTS.contribution && code !== ACCOUNTS.recoveryReceivable) return total;
    return side === 'C' ? total.plus(amount) : total.minus(amount);
  }, ZERO);
}
