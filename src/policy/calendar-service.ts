import { audit } from '../access/audit.ts';
import { type Context, permit } from '../access/context.ts';
import { addMonths, dayOfWeek, type LocalDate } from '../calendar/local-date.ts';
import type { LprQuote } from '../calendar/lpr.ts';
import { periodOf } from '../calendar/settlement-period.ts';
import { addWorkingDays, type HolidayNotice } from '../calendar/working-days.ts';
import { dateToDb } from '../db/decimal.ts';
import { inTransaction } from '../db/transaction.ts';
import { DomainError } from '../errors.ts';
import { ratePercent, toPercent } from '../money/rate.ts';
import { PROVISIONAL } from './explanation.ts';
import { rulebook } from './store.ts';

export type LprQuoteView = LprQuote & { notice: string | null };

/** LPR of every known month, the latest first. */
export async function listLprQuotes(ctx: Context): Promise<LprQuoteView[]> {
  permit(ctx, 'policy.read');
  const { lprQuotes } = await inTransaction(ctx, (tx) => rulebook(tx));
  return lprQuotes.map(quoteView).sort((a, b) => (a.month < b.month ? 1 : -1));
}

/**
 * Adds a month's LPR (percent, two decimals). The same figures again answer the same; a confirmed quote takes the place of an unconfirmed one.
 * @throws LPR_INVALID (422), LPR_CONFLICT (409) when the month is known with other figures
 */
export async function addLprQuote(ctx: Context, input: LprQuote): Promise<{ created: boolean; quote: LprQuoteView }> {
  permit(ctx, 'calendar.write');
  const quote = checkedQuote(ctx, input);
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`lpr:${quote.month}`}, 0))`;
    const known = (await rulebook(tx)).lprQuotes.find((q) => q.month === quote.month);
    const replaces = known !== undefined && !known.confirmed && quote.confirmed;
    if (known && !replaces) {
      if (figuresOf(known) === figuresOf(quote)) return { created: false, quote: quoteView(known) };
      const detail = `${known.month} 的 LPR 已录入：${known.publishedOn} 公布，1 年期 ${known.oneYear}%，5 年期以上 ${known.fivePlus}%，与本次内容不同`;
      throw new DomainError('LPR_CONFLICT', detail, { status: 409 });
    }
    const row = { ...quote, publishedOn: dateToDb(quote.publishedOn) };
    await tx.lprQuote.upsert({ where: { month: quote.month }, create: row, update: row });
    await audit(tx, ctx, {
      action: 'lpr.add',
      subject: `lpr:${quote.month}`,
      ...(known ? { before: { ...known } } : {}),
      after: { ...quote },
    });
    return { created: true, quote: quoteView(quote) };
  });
}

function checkedQuote(ctx: Context, input: LprQuote): LprQuote {
  const { month, publishedOn, confirmed, source } = input;
  const refuse = (field: string, message: string) =>
    new DomainError('LPR_INVALID', message, { errors: [{ code: 'LPR_INVALID', field, message }] });
  if (periodOf(publishedOn) !== month) throw refuse('publishedOn', `公布日 ${publishedOn} 不在 ${month} 内`);
  if (confirmed && publishedOn > ctx.today)
    throw refuse('publishedOn', `公布日 ${publishedOn} 晚于今天 ${ctx.today}，尚未公布的报价不能标为已核实`);
  if (publishedOn > addMonths(ctx.today, 12))
    throw refuse('publishedOn', `公布日 ${publishedOn} 距今超过一年，请核对年份`);
  const rate = (field: 'oneYear' | 'fivePlus') => {
    const text = toPercent(ratePercent(input[field]));
    if (!/^\d{1,2}\.\d{2}$/.test(text)) throw refuse(field, `LPR 应小于 100，最多两位小数，收到 ${input[field]}`);
    return text;
  };
  return { month, publishedOn, oneYear: rate('oneYear'), fivePlus: rate('fivePlus'), confirmed, source };
}

const figuresOf = ({ publishedOn, oneYear, fivePlus }: LprQuote): string => `${publishedOn} ${oneYear} ${fivePlus}`;

function quoteView(quote: LprQuote): LprQuoteView {
  return { ...quote, notice: quote.confirmed ? null : PROVISIONAL };
}

/** The holiday notice in force of every known year, the latest first. */
export async function listHolidayNotices(ctx: Context): Promise<HolidayNotice[]> {
  permit(ctx, 'policy.read');
  const { notices } = await inTransaction(ctx, (tx) => rulebook(tx));
  return [...notices].sort((a, b) => b.year - a.year);
}

/**
 * Adds a year's holiday notice (国务院办公厅放假安排), by calendar year. The same again answers the same; `amends` says that it takes the place of
 * the one known, as the State Council has done.
 * @throws NOTICE_INVALID (422), NOTICE_CONFLICT (409)
 */
export async function addHolidayNotice(
  ctx: Context,
  input: HolidayNotice & { amends?: boolean },
): Promise<{ created: boolean; notice: HolidayNotice }> {
  permit(ctx, 'calendar.write');
  const notice = checkedNotice(input);
  const { year } = notice;
  return inTransaction(ctx, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`holidays:${year}`}, 0))`;
    const known = (await rulebook(tx)).notices.find((n) => n.year === year);
    if (known && daysOf(known) === daysOf(notice)) return { created: false, notice: known };
    if (known && !input.amends) {
      throw new DomainError(
        'NOTICE_CONFLICT',
        `${year} 年节假日安排已录入（${known.source}），内容不同；如系调整通知，请注明 amends`,
        { status: 409 },
      );
    }
    const row = { ...notice, off: notice.off.map(dateToDb), worked: notice.worked.map(dateToDb) };
    await tx.holidayNotice.upsert({ where: { year }, create: row, update: row });
    await audit(tx, ctx, {
      action: 'holiday.add',
      subject: `holidays:${year}`,
      ...(known ? { before: { ...known } } : {}),
      after: { ...notice },
    });
    return { created: true, notice };
  });
}

function checkedNotice({ year, off, worked, source }: HolidayNotice): HolidayNotice {
  const notice = { year, off: [...new Set(off)].sort(), worked: [...new Set(worked)].sort(), source };
  const errors = [
    ...notice.off
      .filter((d) => !ofYear(d, year))
      .map((d) => ({ field: 'off', value: d, message: `放假日 ${d} 不在 ${year} 年内，请录入其所在年份` })),
    ...notice.worked
      .filter((d) => !ofYear(d, year))
      .map((d) => ({ field: 'worked', value: d, message: `调休上班日 ${d} 不在 ${year} 年内，请录入其所在年份` })),
    ...notice.worked
      .filter((d) => notice.off.includes(d))
      .map((d) => ({ field: 'worked', value: d, message: `${d} 不能既放假又上班` })),
    ...notice.worked
      .filter((d) => dayOfWeek(d) <= 5)
      .map((d) => ({ field: 'worked', value: d, message: `${d} 不是周末，无需列为调休上班日` })),
  ].map((fault) => ({ code: 'NOTICE_INVALID', ...fault }));
  if (errors.length > 0)
    throw new DomainError('NOTICE_INVALID', `节假日安排有 ${errors.length} 处不符合要求：${errors[0]!.message}`, {
      errors,
    });
  return notice;
}

const ofYear = (day: LocalDate, year: number): boolean => Number(day.slice(0, 4)) === year;
const daysOf = ({ off, worked }: HolidayNotice): string => JSON.stringify([[...off].sort(), [...worked].sort()]);

/** The n-th working day after a day that itself does not count; provisional where a year's notice is not known yet. */
export async function workingDay(ctx: Context, from: LocalDate, days: number) {
  permit(ctx, 'policy.read');
  const { notices } = await inTransaction(ctx, (tx) => rulebook(tx));
  const { date, provisional } = addWorkingDays(from, days, notices);
  const notice = provisional ? '其间有年份的节假日安排尚未录入，暂按周一至周五推算' : null;
  return { from, days, date, provisional, notice };
}
