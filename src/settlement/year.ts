import type { SettlementPeriod } from '../calendar/settlement-period.ts';
import { DomainError, type Fault } from '../errors.ts';
import type { ChecklistItem } from './closing.ts';

/** A month of the year, and how far it is from being closed; `future`: not over yet. */
export interface MonthOfYear {
  period: SettlementPeriod;
  status: string;
  /** its closing, null while it is not over */
  closingId: string | null;
}

type YearItem = Omit<ChecklistItem, 'code'> & { code: 'previous' | 'month' };

/** What a year still lacks: the year before it, and each of its months that is not closed. */
export function yearChecklist(year: number, previousClosed: boolean, months: readonly MonthOfYear[]): YearItem[] {
  const item = (code: YearItem['code'], done: boolean, text: string, href: string | null): YearItem => ({
    ...{ code, label: code === 'previous' ? '上年年终结账' : '月份结账', state: done ? 'done' : 'missing', text },
    ...{ owner: done ? null : '财务', href: done ? null : href, waivable: false },
  });
  return [
    item('previous', previousClosed, previousClosed ? '已结账或本年开户' : `${year - 1} 年尚未年终结账`, '/closings'),
    ...months.map(({ period, status, closingId }) => {
      const done = status === 'closed';
      const text = `${period} ${done ? '已结账' : status === 'future' ? '尚未结束' : '尚未结账'}`;
      return item('month', done, text, closingId && `/closings/${closingId}`);
    }),
  ];
}

/** @throws DomainError YEAR_INCOMPLETE (409) with what is missing */
export function assertYearClosable(year: number, items: readonly YearItem[]): void {
  const missing = items.filter(({ state }) => state === 'missing');
  if (missing.length === 0) return;
  const errors = missing.map(({ text }): Fault => ({ code: 'YEAR_INCOMPLETE', message: text }));
  const list = errors.map(({ message }) => message).join('；');
  throw new DomainError('YEAR_INCOMPLETE', `${year} 年还不能年终结账：${list}`, { status: 409, errors });
}
