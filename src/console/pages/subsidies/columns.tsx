import { Link } from 'react-router';
import { daysBetween } from '../../../calendar/local-date.ts';
import type { Column } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { SubsidyState } from '../../parts/subsidy/SubsidyState.tsx';
import type { ApplicationItem } from '../../parts/subsidy/types.ts';
import { kindWords } from '../../parts/subsidy/words.ts';
import { usePoolName, usePools } from '../../parts/useChoices.ts';
import { useMe } from '../../session.ts';
import { Clock } from '../reviews/Clock.tsx';

const ENDED = ['paid', 'refused', 'withdrawn'];

/** The columns of the list; an enterprise's name leads to its application. What waits has neither been decided nor granted; what was sent back or refused says why. */
export function useColumnsOf(
  addressOf: (id: string) => string,
  view: 'todo' | 'all' | 'ended',
): Column<ApplicationItem>[] {
  const { today } = useMe();
  const poolName = usePoolName();
  const several = usePools().length > 1;
  return [
    {
      ...{ key: 'enterpriseName', title: '企业', sortable: true },
      render: ({ id, enterpriseName, eligible }) => (
        <>
          <Link to={addressOf(id)}>{enterpriseName}</Link>
          {!eligible && '　'}
          {!eligible && <Toned tone="past">不符合条件</Toned>}
        </>
      ),
    },
    { key: 'status', title: '状态', sortable: true, render: ({ status }) => <SubsidyState status={status} /> },
    { key: 'kinds', title: '补贴类别', render: ({ kinds }) => kindWords(kinds) },
    {
      ...{ key: 'demand', title: '按规定应得', align: 'right', sortable: true },
      render: ({ demand }) => <Money value={demand} />,
    },
    {
      ...{ key: 'decided', title: '核定', align: 'right', sortable: true, hidden: view !== 'all' },
      render: ({ decided }) => <Money value={decided} />,
    },
    {
      ...{ key: 'granted', title: '预算分配', align: 'right', sortable: true, hidden: view !== 'all' },
      render: ({ granted }) => <Money value={granted} />,
    },
    {
      ...{ key: 'nextStep', title: '应办结', hidden: view === 'ended' },
      render: ({ nextStep: { dueOn, whose } }) => (dueOn ? <Clock dueOn={dueOn} /> : (whose ?? '—')),
    },
    {
      ...{ key: 'appliedOn', title: '申报日期', sortable: true },
      render: ({ appliedOn, status }) => <Age from={appliedOn} today={today} open={!ENDED.includes(status)} />,
    },
    {
      ...{ key: 'batchNo', title: '年度、批次' },
      render: ({ year, batchNo }) => `${year} 年第 ${batchNo} 批`,
    },
    ...(several
      ? [
          {
            key: 'poolCode',
            title: '推荐单位所在地',
            render: (row: ApplicationItem) => (row.poolCode ? poolName(row.poolCode) : '自治区直接受理'),
          },
        ]
      : []),
    { key: 'receivedNo', title: '受理号', align: 'right', sortable: true, hidden: view !== 'all' },
    { key: 'enterpriseUscc', title: '统一社会信用代码', sortable: true, hidden: true },
    { key: 'schemeTitle', title: '补贴政策', hidden: true },
    {
      key: 'reason',
      title: '退回或不予补贴的理由',
      hidden: view !== 'ended',
      render: ({ reason }) => <span className="reason">{reason}</span>,
    },
  ];
}

/** When it was applied for, and for how many days it has been under way. */
function Age({ from, today, open }: { from: string | null; today: string; open: boolean }) {
  if (!from) return '—';
  return (
    <span className="clock">
      {from}
      {open && <span className="hint">　{daysBetween(from, today)} 天</span>}
    </span>
  );
}
