import { addDays, type LocalDate } from './local-date.ts';
import type { HolidayNotice } from './working-days.ts';

/** The holiday notices known to the system, one a year; the operator adds the next when it is published. */
export const HOLIDAY_NOTICES: HolidayNotice[] = [
  {
    year: 2026,
    off: [
      ...days('2026-01-01', 3), // 元旦
      ...days('2026-02-15', 9), // 春节
      ...days('2026-04-04', 3), // 清明节
      ...days('2026-05-01', 5), // 劳动节
      ...days('2026-06-19', 3), // 端午节
      ...days('2026-09-25', 3), // 中秋节
      ...days('2026-10-01', 7), // 国庆节
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    source: '《国务院办公厅关于2026年部分节假日安排的通知》（2025年11月4日）',
  },
];

function days(first: LocalDate, count: number): LocalDate[] {
  return Array.from({ length: count }, (_, i) => addDays(first, i));
}
