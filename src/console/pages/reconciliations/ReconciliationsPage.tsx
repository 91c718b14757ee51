import { Button, DatePicker, Skeleton, Table } from 'antd';
import dayjs from 'dayjs';
import { periodOf, previousPeriod } from '../../../calendar/settlement-period.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useFilters } from '../../parts/useFilters.ts';
import { useMe } from '../../session.ts';
import { MonthPanel } from './MonthPanel.tsx';
import type { AccountMonth, AccountYear } from './run.ts';
import { MONTHS, wordOf } from './states.ts';
import { useYear } from './useAccounts.ts';

/** 银行对账: each account's months of a year and how they stand; a month that is chosen says what it lacks and is gone on with from there. */
export default function ReconciliationsPage() {
  const me = useMe();
  // The year of the last month that is over: in January it is December that waits.
  const last = previousPeriod(periodOf(me.today));
  const [{ year = last.slice(0, 4), account, poolCode, period }, change] = useFilters(
    ...(['year', 'account', 'poolCode', 'period'] as const),
  );
  const shown = period?.slice(0, 4) ?? year;
  const { data, error, refetch } = useYear(shown);
  // A link may name the account, or its pool, whose first account is meant.
  const chosen = data?.items.find((one) => (account ? one.accountNo === account : one.poolCode === poolCode));
  const month = chosen?.months.find((one) => one.period === period);
  return (
    <Page title="银行对账" sentence={data && sentenceOf(data.items)}>
      <div className="table-bar no-print">
        <DatePicker
          picker="year"
          allowClear={false}
          aria-label="年度"
          value={dayjs(`${shown}-01-01`)}
          maxDate={dayjs(me.today)}
          onChange={(day) =>
            change({ year: day?.format('YYYY'), period: undefined, account: undefined, poolCode: undefined })
          }
        />
      </div>
      <ProblemAlert error={error} retry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && (
        <Matrix
          accounts={data.items}
          chosen={chosen && month && `${chosen.accountNo}${period}`}
          onChoose={(accountNo, next) => change({ account: accountNo, poolCode: undefined, period: next })}
        />
      )}
      {data && !month && <p className="hint">点选月份，查看缺什么、办理对账或打开工作台。</p>}
      {chosen && month && <MonthPanel key={`${chosen.accountNo}${period}`} account={chosen} month={month} />}
    </Page>
  );
}

function Matrix({
  accounts,
  chosen,
  onChoose,
}: {
  accounts: AccountYear[];
  chosen: string | undefined;
  onChoose(accountNo: string, period: string): void;
}) {
  const periods = (accounts[0]?.months.map(({ period }) => period) ?? []).toReversed();
  return (
    <Table<AccountYear>
      size="small"
      className="matrix"
      rowKey="accountNo"
      pagination={false}
      dataSource={accounts}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: '没有您可以查看的专户' }}
      columns={[
        {
          title: '专户',
          fixed: 'left',
          render: (_, { poolName, accountNo, coveredTo }) => (
            <>
              {poolName}
              <div className="hint">
                {accountNo}，{coveredTo ? `流水至 ${coveredTo}` : '没有流水'}
              </div>
            </>
          ),
        },
        ...periods.map((period) => ({
          title: <abbr title={period}>{Number(period.slice(5))} 月</abbr>,
          key: period,
          align: 'center' as const,
          render: (_: unknown, { accountNo, months }: AccountYear) => {
            const month = months.find((one) => one.period === period);
            if (!month) return null;
            return (
              <Button
                type="text"
                size="small"
                className={chosen === `${accountNo}${period}` ? 'cell chosen' : 'cell'}
                onClick={() => onChoose(accountNo, period)}
              >
                <Cell month={month} />
              </Button>
            );
          },
        })),
      ]}
    />
  );
}

function Cell({ month }: { month: AccountMonth }) {
  const [, tone] = MONTHS[month.state];
  if (month.state === 'notOpen') return <span className="hint">—</span>;
  if (month.state === 'noStatement') return <span className="hint">缺流水</span>;
  return <Toned tone={tone}>{wordOf(month)}</Toned>;
}

/** What stands between the accounts and a confirmed year, the oldest first. */
function sentenceOf(accounts: AccountYear[]): string {
  const open = accounts.flatMap(({ poolName, months }) => {
    const month = months.find(({ state }) => !['notOpen', 'confirmed'].includes(state));
    return month ? [{ poolName, month }] : [];
  });
  if (accounts.length === 0) return '没有您可以查看的专户。';
  if (open.length === 0) return '各专户各月均已确认。';
  const words = open.slice(0, 3).map(({ poolName, month }) => `${poolName} ${month.period} ${wordOf(month)}`);
  return `最早一个没有确认的月份：${words.join('；')}${open.length > 3 ? '等' : ''}。`;
}
