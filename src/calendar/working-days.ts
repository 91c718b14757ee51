import { DomainError } from '../errors.ts';
import { addDays, dayOfWeek, type LocalDate, localDate } from './local-date.ts';

/** The State Council's yearly notice: which days are off and which weekend days are worked. */
export interface HolidayNotice {
  year: number;
  off: LocalDate[];
  worked: LocalDate[];
  /** The notice's title and date. */
  source: string;
}

/** Whether a day is worked. Throws DomainError NO_HOLIDAY_NOTICE for a year whose notice is not there. */
export function isWorkingDay(d: LocalDate, notices: HolidayNotice[]): boolean {
  const notice = noticeOf(d, notices);
  if (!notice) {
    const year = d.slice(0, 4);
    throw new DomainError('NO_HOLIDAY_NOTICE', `尚未录入 ${year} 年节假日安排通知，无法判断 ${d} 是否为工作日`);
  }
  return isWorked(d, notice);
}

/**
 * The n-th working day after a start day that itself does not count (民法典第二百零一条); 0 is the start day. When it
 * runs into a year without notice, only weekends are taken as off there and the answer is provisional.
 */
export function addWorkingDays(
  start: LocalDate,
  n: number,
  notices: HolidayNotice[],
): { date: LocalDate; provisional: boolean } {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of working days: ${n}`);
  let date = localDate(start);
  let provisional = false;
  for (let left = n; left > 0; ) {
    date = addDays(date, 1);
    const notice = noticeOf(date, notices);
    provisional ||= notice === undefined;
    if (notice ? isWorked(date, notice) : isWeekday(date)) left -= 1;
  }
  return { date, provisional };
}

/** Of two notices for a year the later in the list counts: the State Council has amended notices. */
function noticeOf(d: LocalDate, notices: HolidayNotice[]): HolidayNotice | undefined {
  const year = Number(localDate(d).slice(0, 4));
  return notices.findLast((notice) => notice.year === year);
}

function isWorked(d: LocalDate, notice: HolidayNotice): boolean {
  return notice.worked.includes(d) || (isWeekday(d) && !notice.off.includes(d));
}

function isWeekday(d: LocalDate): boolean {
  return dayOfWeek(d) <= 5;
}
