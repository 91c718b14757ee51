import type { LocalDate } from '../calendar/local-date.ts';
import { largestRemainder } from '../money/allocate.ts';
import { type Exact, type Money, ZERO } from '../money/money.ts';

/** A party that answers for part of a loan: its code and its percentage of the loan. */
export interface Guarantee {
  party: string;
  percent: Exact;
}

/** What happened to a guaranteed loan; `outstanding` is its counted outstanding afterwards. */
export interface LiabilityEvent {
  on: LocalDate;
  kind: 'disbursed' | 'repaid' | 'extended' | 'paidOff' | 'paidOut';
  outstanding: Money;
}

/** One party's guaranteeLiability (担保责任余额) after an event, and by how much it moved. */
export interface Liability {
  party: string;
  balance: Money;
  moved: Money;
}

/**
 * Who answers for how much of what is outstanding, in the order given: by largest remainder over everyone's percentage
 * of the loan, so that the parts of all parties (the bank's among them) add up to it. Percentages together are 100.
 */
export function liabilities(outstanding: Money, parties: readonly Guarantee[]): Money[] {
  const whole = parties.reduce((sum, { percent }) => sum.plus(percent), ZERO);
  if (!whole.eq(100)) throw new RangeError(`percentages add up to ${whole}, not to 100`);
  return largestRemainder(
    outstanding,
    parties.map(({ percent }) => percent),
  );
}

/**
 * Everyone's liability over the life of a loan, event by event in their order. A payout (代偿) and a payoff end it: what
 * was answered for has become a payment, or there is nothing left to answer for. Events after that are a mistake.
 */
export function liabilityLife(
  parties: readonly Guarantee[],
  events: readonly LiabilityEvent[],
): { on: LocalDate; kind: LiabilityEvent['kind']; parties: Liability[] }[] {
  let before = parties.map(() => ZERO as Money);
  let ended = false;
  return events.map(({ on, kind, outstanding }, i) => {
    if (ended) throw new RangeError(`an event after the end of a guarantee: ${kind} on ${on}`);
    if (i > 0 && on < events[i - 1]!.on) throw new RangeError(`events out of order: ${on}`);
    ended = kind === 'paidOut' || kind === 'paidOff';
    const now = ended ? parties.map(() => ZERO as Money) : liabilities(outstanding, parties);
    const states = parties.map(({ party }, j) => ({ party, balance: now[j]!, moved: now[j]!.minus(before[j]!) }));
    before = now;
    return { on, kind, parties: states };
  });
}
