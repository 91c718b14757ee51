import type { LocalDate } from '../calendar/local-date.ts';
import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { percentOf } from '../loans/ratio.ts';
import { Exact, toWire } from '../money/money.ts';
import { isNonPerforming, type LoanClassification } from '../policy/five-categories.ts';
import { headroom } from '../pool/exposure.ts';
import { total } from '../settlement/sums.ts';
import type { SettledMonth } from './board-store.ts';

/** A pool at the end of a month, or today in the one that is open. Wire amounts. */
export interface TrendPoint {
  period: SettlementPeriod;
  asOf: LocalDate;
  /** settled, provisional, or open: then it may still change */
  status: 'settled' | 'provisional' | 'open';
  deposits: string;
  capital: string;
  reserved: string;
  outstandingPrincipal: string;
  countedOutstanding: string;
  headroom: string;
  /** percent */
  badRatio: string;
}

/** A settled month as its statement closed it. */
export function settledPoint({ period, status, sums }: SettledMonth, asOf: LocalDate, leverage: Exact): TrendPoint {
  const closing = (code: string) =>
    total(
      sums.accounts.filter((a) => a.code === code),
      (a) => a.closing,
    );
  const bad = sums.cells.filter((c) => isNonPerforming(c.classification as LoanClassification));
  const capital = closing('2901').minus(closing('1218'));
  const counted = total(sums.cells, (c) => c.counted);
  const outstanding = total(sums.cells, (c) => c.outstanding);
  return {
    ...{ period, asOf, status: status as 'settled' | 'provisional', deposits: toWire(closing('1002')) },
    ...{ capital: toWire(capital), reserved: toWire(closing('9101')), outstandingPrincipal: toWire(outstanding) },
    ...{ countedOutstanding: toWire(counted), headroom: toWire(headroom(leverage, capital, counted)) },
    badRatio: percentOf(
      total(bad, (c) => c.outstanding),
      outstanding,
    ),
  };
}

/** A month that is not settled, as the books stand. */
export function openPoint(
  period: SettlementPeriod,
  asOf: LocalDate,
  sums: Pick<TrendPoint, 'deposits' | 'capital' | 'reserved' | 'outstandingPrincipal' | 'countedOutstanding'>,
  bad: string,
  leverage: Exact,
): TrendPoint {
  const { deposits, capital, reserved, outstandingPrincipal, countedOutstanding } = sums;
  const free = headroom(leverage, new Exact(capital), new Exact(countedOutstanding));
  const badRatio = percentOf(new Exact(bad), new Exact(outstandingPrincipal));
  return {
    ...{ period, asOf, status: 'open', deposits, capital, reserved, outstandingPrincipal, countedOutstanding },
    ...{ headroom: toWire(free), badRatio },
  };
}
