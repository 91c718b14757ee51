import type { DayCountBasis } from '../calendar/day-count.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
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

/** What a guarantee that was told late had answered for, from its first day until the day it was booked. */
export interface ToldLate {
  booked: LocalDate;
  stood: readonly { since: LocalDate; balance: Money }[];
}

/** The movements of a liability as they were in fact: those booked, and before them what it had answered for already. In the order of their days, one a day. */
export function movesInFact(moves: readonly LiabilityMove[], late: ToldLate | null): LiabilityMove[] {
  const days = new Map<LocalDate, Money>();
  const add = (on: LocalDate, delta: Money) => days.set(on, (days.get(on) ?? ZERO).plus(delta));
  let before: Money = ZERO;
  for (const { since, balance } of late?.stood ?? []) {
    add(since, balance.minus(before));
    before = balance;
  }
  if (late) add(late.booked, before.neg());
  for (const { on, delta } of moves) add(on, delta);
  // Where it was booked at what it had answered for already, nothing moved: the stretch goes on.
  return [...days]
    .filter(([on, delta]) => on !== late?.booked || !delta.isZero())
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([on, delta]) => ({ on, delta }));
}

/** Whose settlement takes the fee of a month: its own, or where the guarantee was told late that of the month it was booked in. */
export function settledIn({ booked }: Pick<FeeBearing, 'booked'>, month: SettlementPeriod): SettlementPeriod {
  return booked !== null && month < periodOf(booked) ? periodOf(booked) : month;
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
  /** as they were in fact */
  moves: readonly LiabilityMove[];
  /** the day it was booked on, where that was after the months it began in were closed */
  booked: LocalDate | null;
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
