import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { periodOf, previousPeriod } from '../../../calendar/settlement-period.ts';
import { Page } from '../../parts/Page.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { useMe } from '../../session.ts';
import { ExportLines } from '../bank-statements/ExportLines.tsx';
import { ExportBook } from '../ledger/ExportBook.tsx';
import { Archives } from './Archives.tsx';
import { Exceptions } from './Exceptions.tsx';
import { Months } from './Months.tsx';
import { TwoPersons } from './TwoPersons.tsx';
import { useMonths } from './useMonths.ts';
import { VerifyAll } from './VerifyAll.tsx';

/** 审计视图: all that an auditor starts from, on one page: is the record whole, how far the months are, what went out of the ordinary, who decided, and what to take along. */
export default function AuditViewPage() {
  const me = useMe();
  // In January the year that is over is what one looks at.
  const [{ year = previousPeriod(periodOf(me.today)).slice(0, 4) }, change] = useFilters('year');
  const months = useMonths(year);
  return (
    <Page
      title="审计视图"
      sentence={months.items && sentenceOf(year, months.items)}
      actions={
        <>
          <ExportLines />
          <ExportBook list="/ledger/trial-balance" asOf={year === me.today.slice(0, 4) ? me.today : `${year}-12-31`} />
        </>
      }
    >
      <div className="table-bar no-print">
        <DatePicker
          picker="year"
          allowClear={false}
          aria-label="年度"
          value={dayjs(`${year}-01-01`)}
          maxDate={dayjs(me.today)}
          onChange={(day) => change({ year: day?.format('YYYY') })}
        />
      </div>
      <VerifyAll />
      <Months of={months} />
      <Exceptions year={year} months={months.items ?? []} />
      <TwoPersons year={year} />
      <Archives year={year} />
    </Page>
  );
}

function sentenceOf(year: string, items: NonNullable<ReturnType<typeof useMonths>['items']>): string {
  if (items.length === 0) return `${year} 年还没有结束的月份。`;
  const closed = items.filter(({ status }) => status === 'closed').length;
  const excepted = items.filter(({ exception }) => exception !== null).length;
  const provisional = items.filter(({ settlementStatus }) => settlementStatus === 'provisional').length;
  const notes = [
    ...(provisional > 0 ? [`${provisional} 个月按暂定数结算`] : []),
    ...(excepted > 0 ? [`${excepted} 个月例外结账`] : []),
  ];
  return `${year} 年已结束 ${items.length} 个月（各资金池合计），已结账 ${closed} 个月${notes.length > 0 ? `；${notes.join('，')}` : '，没有例外'}。`;
}
