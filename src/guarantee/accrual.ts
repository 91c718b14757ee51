import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { type Money, ZERO } from '../money/money.ts';
import type { Rate } from '../money/rate.ts';
import type { FeeCeilings } from '../policy/kinds/fee-ceilings.ts';
import type { Due } from './dues.ts';
import { type FeeInterval, feeDue } from './fee.ts';
import type { GuaranteeRole } from './roles.ts';

/** A movement of one party's liability: the day and by how much. */
export interface LiabilityMove {
  on: LocalDate;
  delta: Money;
}

/** The stretches of [from, to) over which a liability stood still, from its movements in the order of their days. */
export function feeIntervals(moves: readonly LiabilityMove[], from: LocalDate, to: LocalDate): FeeInterval[] {
  const found: FeeInterval[] = [];
  let at = from;
  let balance: Money = ZERO;
  for (const { on, delta } of moves) {
    if (on >= to) break;
    if (on > at && balance.gt(0)) found.push({ from: at, to: on, balance });
    if (on > at) at = on;
    balance = balance.plus(delta);
  }
  if (balance.gt(0)) found.push({ from: at, to, balance });
  return found;
}

/** A guarantee whose fee accrues. */
export interface FeeBearing {
  role: GuaranteeRole;
  party: string;
  borrower: string;
  fee: string;
  annualRate: Rate;
  dayCountBasis: DayCountBasis;
  guaranteed: Money;
  moves: readonly LiabilityMove[];
}

/** What is owed for a fee over [from, to): by and to whom the clause says, where it is silent by the borrower to the party. Null: nothing. */
export function feeOf(value: FeeCeilings | null, g: FeeBearing, from: LocalDate, to: LocalDate): Due | null {
  const intervals = feeIntervals(g.moves, from, to);
  const silent: FeeCeilings = {
    fees: [
      {
        ...{ code: g.fee, label: g.fee, bands: [{ upTo: null, percent: '0' }] },
        ...{ from: { code: 'borrower', label: '借款企业' }, to: { code: g.role, label: g.party } },
      },
    ],
  };
  const stated = value?.fees.some(({ code }) => code === g.fee) ? value : silent;
  const due = feeDue(stated, g, intervals);
  if (!due) return null;
  const who = (code: string) => (code === 'borrower' ? g.borrower : code === g.role ? g.party : code);
  return { from: who(due.from), to: who(due.to), amount: due.amount };
}
