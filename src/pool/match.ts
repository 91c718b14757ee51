import type { LocalDate } from '../calendar/local-date.ts';
import { type Money, ZERO } from '../money/money.ts';

export interface MatchOwed {
  contributionId: string;
  owed: Money;
  dueOn: LocalDate;
}

/** One line of the 配套资金 memo: what was owed for a contribution, what of it has come, what is late. */
export interface MatchLine extends MatchOwed {
  received: Money;
  outstanding: Money;
  overdue: boolean;
}

/**
 * Sets the matching unit's receipts against what it owes, oldest due first; more than is owed stays an advance for the next.
 * An off-balance memo: nothing is booked until cash comes.
 */
export function matchState(
  owed: MatchOwed[],
  receipts: Money,
  asOf: LocalDate,
): { lines: MatchLine[]; advance: Money } {
  let left = receipts;
  const lines = [...owed]
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .map((item) => {
      const received = left.lessThan(item.owed) ? left : item.owed;
      left = left.minus(received);
      const outstanding = item.owed.minus(received);
      return { ...item, received, outstanding, overdue: outstanding.greaterThan(ZERO) && item.dueOn < asOf };
    });
  return { lines, advance: left };
}
