import { type Context, permit } from '../access/context.ts';
import type { LocalDate } from '../calendar/local-date.ts';
import { lprPublicationDay } from '../calendar/lpr.ts';
import { nextPeriod, periodOf, type SettlementPeriod } from '../calendar/settlement-period.ts';
import { inTransaction } from '../db/transaction.ts';
import { rulebook } from '../policy/store.ts';
import { calendarGaps } from './watch.ts';

export interface CalendarOverview {
  lpr: {
    latest: SettlementPeriod | null;
    missing: SettlementPeriod[];
    unconfirmed: SettlementPeriod[];
    nextOn: LocalDate | null;
  };
  holidays: { years: { year: number; source: string }[]; missing: number[] };
}

/** What the LPR table and the holiday notices hold and lack, for whoever keeps them. */
export async function calendarOverview(ctx: Context): Promise<CalendarOverview> {
  permit(ctx, 'policy.read');
  const { lprQuotes, notices } = await inTransaction(ctx, (tx) => rulebook(tx));
  const { months, years, unconfirmed } = calendarGaps(ctx.today, lprQuotes, notices);
  const latest =
    lprQuotes
      .map((q) => q.month)
      .sort()
      .at(-1) ?? null;
  const current = periodOf(ctx.today);
  const due = latest === null || latest < current ? current : nextPeriod(latest);
  const known = notices.some((n) => n.year === Number(due.slice(0, 4)));
  return {
    lpr: { latest, missing: months, unconfirmed, nextOn: known ? lprPublicationDay(due, notices) : null },
    holidays: {
      years: notices.map(({ year, source }) => ({ year, source })).sort((a, b) => b.year - a.year),
      missing: years,
    },
  };
}
