import { Tabs } from 'antd';
import { Page } from '../../parts/Page.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { Holidays } from './Holidays.tsx';
import { LprTable } from './LprTable.tsx';

/** 日历与利率: the months' LPR and the years' holidays, as data with their source; what is missing is refused, never guessed. */
export default function CalendarsPage() {
  const [{ tab = 'lpr' }, change] = useFilters('tab');
  return (
    <Page
      title="日历与利率"
      sentence="期限、利息与贴息的计算取自这里。没有录入的月份或年份，相关业务会被退回或注明暂定。"
    >
      <Tabs
        activeKey={tab}
        onChange={(next) => change({ tab: next })}
        items={[
          { key: 'lpr', label: 'LPR', children: <LprTable /> },
          { key: 'holidays', label: '节假日安排', children: <Holidays /> },
        ]}
      />
    </Page>
  );
}
