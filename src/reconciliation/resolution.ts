import type { LocalDate } from '../calendar/local-date.ts';
import { DomainError } from '../errors.ts';
import type { Direction } from '../files/statement.ts';
import { ACCOUNTS, type Line } from '../ledger/journal-entry.ts';
import { largestRemainder } from '../money/allocate.ts';
import { Exact, type Money, money } from '../money/money.ts';
import { type DifferenceKind, RESOLUTIONS, type Resolution } from './difference.ts';

/** What of a difference says what may be done about it. */
export interface Resolvable {
  id: string;
  kind: DifferenceKind;
  side: 'bank' | 'ledger';
  direction: Direction;
  amount: string;
  on: LocalDate;
  accountNo: string;
}

/** The key under which a receipt stands in 2307 until it is known whose it is. */
export const suspenseKey = (id: string): string => `suspense:${id}`;

/** The key under which a payment stands in 1218 until it is known what it was; what the pool itself is out of ends in `:cost`. */
export const paymentKey = (id: string): string => `suspense-${id}:cost`;

/** Whether a difference can be settled so. */
export function fits({ kind, side, direction }: Resolvable, as: Resolution): boolean {
  const { kinds, side: needs, direction: goes } = RESOLUTIONS[as];
  return (
    side === needs &&
    (goes === null || goes === direction) &&
    (kinds === null ? kind !== 'opening' : (kinds as readonly string[]).includes(kind))
  );
}

/** @throws DomainError RESOLUTION_UNFIT where a difference cannot be settled so */
export function assertFits(difference: Resolvable, as: Resolution): void {
  if (!fits(difference, as)) throw new DomainError('RESOLUTION_UNFIT', `这项差异不能作“${RESOLUTIONS[as].label}”处理`);
}

/**
 * The entry that a difference is booked with, the deposit account first: interest and fees fall on the contributors by what each had before (largest
 * remainder, ties in the order in which they first paid in), a receipt of unknown origin stands in 2307 by itself, a payment that
 * nobody can place in 1218, until it comes back: `returned` is the one that a receipt brings back. A book without contributors is a subsidy
 * budget's: its interest is owed to the treasury (应缴财政款), its fees are an expense (部门预算支出经济分类 30204 手续费).
 */
export function linesOf(
  difference: Resolvable,
  as: Exclude<Resolution, 'timing' | 'opening'>,
  holdings: readonly { party: string; balance: string }[],
  returned: string | null,
): Line[] {
  const { accountNo, id } = difference;
  const amount = money(difference.amount);
  const received = difference.direction === 'in';
  const deposit: Line = { code: ACCOUNTS.deposit, key: accountNo, side: received ? 'D' : 'C', amount };
  if (as === 'suspense') return [deposit, { code: ACCOUNTS.otherPayable, key: suspenseKey(id), side: 'C', amount }];
  if (as === 'paymentSuspense')
    return [deposit, { code: ACCOUNTS.recoveryReceivable, key: paymentKey(id), side: 'D', amount }];
  if (as === 'paymentReturned')
    return [deposit, { code: ACCOUNTS.recoveryReceivable, key: paymentKey(returned!), side: 'C', amount }];
  if (holdings.length === 0)
    return received
      ? [deposit, { code: ACCOUNTS.treasuryPayable, key: 'interest', side: 'C', amount }]
      : [deposit, { code: ACCOUNTS.subsidyExpense, key: '30204 手续费', side: 'D', amount }];
  const parts = largestRemainder(
    amount,
    holdings.map(({ balance }) => new Exact(balance)),
  );
  const shares = holdings.flatMap(({ party }, i): Line[] =>
    parts[i]!.isZero()
      ? []
      : [{ code: ACCOUNTS.contribution, key: party, side: received ? 'C' : 'D', amount: parts[i]! }],
  );
  return [deposit, ...shares];
}

/**
 * The entry for what an account's opening leaves when the entries before it are taken off: more at the bank stands in 2307 until its owner is known, less in
 * 1218; none where nothing is left. The deposit account comes first.
 */
export function openingLines({ id, accountNo }: Pick<Resolvable, 'id' | 'accountNo'>, gap: Money): Line[] {
  if (gap.isZero()) return [];
  const [more, amount] = [gap.gt(0), gap.abs()];
  const other = more
    ? { code: ACCOUNTS.otherPayable, key: suspenseKey(id) }
    : { code: ACCOUNTS.recoveryReceivable, key: paymentKey(id) };
  return [
    { code: ACCOUNTS.deposit, key: accountNo, side: more ? 'D' : 'C', amount },
    { ...other, side: more ? 'C' : 'D', amount },
  ];
}
