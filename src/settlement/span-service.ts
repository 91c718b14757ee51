import { lastDay, previousPeriod, type SettlementPeriod } from '../calendar/settlement-period.ts';
import type { Tx } from '../db/client.ts';
import { Exact, toWire } from '../money/money.ts';
import { leverageOn } from '../policy/decide.ts';
import { policyByCode } from '../policy/register.ts';
import { rulebook } from '../policy/store.ts';
import { matchOutstanding } from '../pool/contribution-service.ts';
import type { SpanFacts } from './statement.ts';
import { accountMonths, compensationTotals, eventMonths, lateEntries } from './store.ts';
import { type AccountMonth, type PortfolioCell, total } from './sums.ts';

/** A month, or the months of a year, of a pool. */
export interface Span {
  poolCode: string;
  policyCode: string;
  first: SettlementPeriod;
  last: SettlementPeriod;
}

/** What a settled month leaves to the next. */
interface Carried {
  accounts: { code: string; key: string; closing: string }[];
  cells: PortfolioCell[];
}

/**
 * What the statements of a span are composed from: what the settled month before it left, everything booked since, the portfolio (`cells`) at its end.
 * `names`: of institutions by code.
 */
export async function spanFacts(
  tx: Tx,
  { poolCode, policyCode, first, last }: Span,
  cells: PortfolioCell[],
  names: Map<string, string>,
): Promise<SpanFacts> {
  const end = lastDay(last);
  const before = await settledMonth(tx, poolCode, previousPeriod(first));
  const from = before ? lastDay(previousPeriod(first)) : null;
  const openings = new Map(before?.accounts.map((a) => [`${a.code} ${a.key}`, a.closing]));
  const accounts = (await accountMonths(tx, poolCode, from, end)).map((a) => ({
    ...a,
    opening: openings.get(`${a.code} ${a.key}`) ?? '0.00',
  }));
  const { added } = await rulebook(tx);
  const { multiple: leverage, cites } = leverageOn(policyByCode(policyCode), end, added);
  return {
    ...{ period: last, accounts, before: before?.cells ?? [], cells, bankNames: names, leverage, cites },
    events: await eventMonths(tx, poolCode, from, end),
    compensated: await compensationTotals(tx, poolCode, end),
    late: await lateEntries(tx, poolCode, from, end),
    matchOwed: await matchOutstanding(tx, poolCode, end, names),
  };
}

/** What a month was settled with; null where it is not settled. */
export async function settledMonth(tx: Tx, poolCode: string, period: SettlementPeriod): Promise<Carried | null> {
  const row = await tx.settlement.findUnique({ where: { poolCode_period: { poolCode, period } } });
  return row === null || row.status === 'running' ? null : (row.sums as unknown as Carried);
}

/** What an account stands at when the span is over. */
export const closingOf = (a: AccountMonth): string =>
  toWire(new Exact(a.opening).plus(total(a.movements, (m) => m.amount)));

/** What is kept for the month after. */
export const carriedBy = ({ accounts, cells }: SpanFacts): Carried => ({
  accounts: accounts.map((a) => ({ code: a.code, key: a.key, closing: closingOf(a) })),
  cells,
});
