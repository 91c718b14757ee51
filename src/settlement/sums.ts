import { Exact, type Money, toWire, ZERO } from '../money/money.ts';

/** One cell of the portfolio: what one bank's loans of one class add up to at the end of the month. Wire amounts, so that it is kept as JSON. */
export interface PortfolioCell {
  bank: string;
  classification: string;
  loans: number;
  outstanding: string;
  counted: string;
  /** loans that their bank should have reported for the month and has not */
  missing: number;
}

/** An account's month: on its normal side. */
export interface AccountMonth {
  code: string;
  key: string;
  opening: string;
  /** what moved it, by kind of entry, signed on the normal side */
  movements: { kind: string; amount: string }[];
}

/** A bank's loans' month: what changed their outstanding and counted amounts, by kind of event. */
export interface EventMonth {
  bank: string;
  kind: string;
  belongsTo: string | null;
  count: number;
  principal: string;
  counted: string;
}

/** What of a bank's loans was ever compensated by the pool, and what was ever filed. */
export interface CompensationTotal {
  bank: string;
  paid: string;
  filed: string;
}

/** Adds the cells of a batch to those summed so far, bank by bank and class by class. */
export function addCells(before: PortfolioCell[], batch: PortfolioCell[]): PortfolioCell[] {
  const cells = new Map(before.map((cell) => [`${cell.bank} ${cell.classification}`, { ...cell }]));
  for (const cell of batch) {
    const key = `${cell.bank} ${cell.classification}`;
    const sum = cells.get(key);
    if (!sum) cells.set(key, { ...cell });
    else {
      sum.loans += cell.loans;
      sum.missing += cell.missing;
      sum.outstanding = toWire(new Exact(sum.outstanding).plus(cell.outstanding));
      sum.counted = toWire(new Exact(sum.counted).plus(cell.counted));
    }
  }
  return [...cells.values()].sort((a, b) =>
    a.bank === b.bank ? compare(a.classification, b.classification) : compare(a.bank, b.bank),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sum of a wire amount over items. */
export function total<T>(items: readonly T[], of: (item: T) => string): Money {
  return items.reduce((sum, item) => sum.plus(of(item)), ZERO);
}
