import { Alert, Skeleton } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { usePools } from '../../parts/useChoices.ts';
import { useMe } from '../../session.ts';
import { Lines } from './Lines.tsx';
import { summaryOf } from './summary.ts';
import { episodeOf, measureOf, SCOPES, STOPS, type Suspension, whatOf } from './types.ts';

const COLOURS = [
  ['within', '未达到警示线'],
  ['near', '达到警示线'],
  ['past', '达到暂停线'],
] as const;

/** 熔断监测: who stands where against the lines, who was warned or suspended, and what came of it. */
export default function BreakerPage() {
  const me = useMe();
  const { data, error, refetch } = useAsk(['breaker'], () => ask(api.breaker.$get({ query: {} })));
  const summary = data && summaryOf(data.items, me.role);
  return (
    <Page
      title="熔断监测"
      sentence={
        summary && (
          <>
            <Toned tone={summary.tone}>{summary.word}</Toned>
            {summary.text}
          </>
        )
      }
    >
      <ProblemAlert error={error} retry={refetch} />
      {!data && !error && <Skeleton active />}
      {data && (
        <p className="hint-line">
          {COLOURS.map(([tone, word]) => (
            <Toned key={tone} tone={tone}>
              {word}
            </Toned>
          ))}
          比率在收到月报、拨付补偿、代偿和结算时重新计算；达到暂停线即暂停，须经两人办理才能解除。
        </p>
      )}
      <Waiting />
      {data?.items.map((board) => (
        <Lines key={board.poolCode} board={board} />
      ))}
      <History />
    </Page>
  );
}

/** Lifts that wait for a second person, where one comes to decide them. */
function Waiting() {
  const { data } = useAsk(['suspensions', 'active'], () =>
    ask(api.suspensions.$get({ query: { status: 'active', level: 'suspend', limit: '100' } })),
  );
  const waiting = data?.items.filter(({ lifts }) => lifts.some(({ status }) => status === 'proposed')) ?? [];
  if (waiting.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={`有 ${waiting.length} 项解除暂停待复核`}
      description={
        <ul className="plain">
          {waiting.map((suspension) => {
            const lift = suspension.lifts.find(({ status }) => status === 'proposed')!;
            return (
              <li key={suspension.id}>
                <Link to={`/suspensions/${suspension.id}`}>{whatOf(suspension)}</Link>　{lift.proposedOn}{' '}
                {lift.mine ? '由您提出，须由他人复核' : `${lift.proposedBy ?? ''}提出`}
              </li>
            );
          })}
        </ul>
      }
    />
  );
}

function History() {
  const pools = usePools();
  const filters: Filter[] = [
    { name: 'q', label: '银行、单位、资金池名称', kind: 'search' },
    ...(pools.length > 1 ? [{ name: 'poolCode', label: '资金池', kind: 'select' as const, options: pools }] : []),
    { name: 'level', label: '程度', kind: 'select', options: LEVELS },
    { name: 'status', label: '状态', kind: 'select', options: STATUSES },
    { name: 'from', label: '开始日期起', kind: 'date' },
    { name: 'to', label: '开始日期止', kind: 'date' },
  ];
  return (
    <section aria-label="警示与暂停记录">
      <h2>警示与暂停记录</h2>
      <DataTable<Suspension>
        from="/suspensions"
        rowKey="id"
        columns={COLUMNS}
        filters={filters}
        empty="没有发生过警示或暂停"
      />
    </section>
  );
}

const LEVELS = [
  { value: 'warn', label: '警示' },
  { value: 'suspend', label: '暂停' },
];
const STATUSES = [
  { value: 'active', label: '执行中' },
  { value: 'lifted', label: '已解除' },
  { value: 'ended', label: '已结束' },
];

const COLUMNS: Column<Suspension>[] = [
  { key: 'since', title: '开始日期', sortable: true },
  {
    ...{ key: 'party', title: '对象', sortable: true },
    render: ({ id, partyName, scope }) => (
      <>
        <Link to={`/suspensions/${id}`}>{partyName}</Link>
        <span className="hint">（{SCOPES[scope]}）</span>
      </>
    ),
  },
  { key: 'poolCode', title: '资金池', sortable: true, render: ({ poolName }) => poolName },
  { key: 'measure', title: '指标', render: ({ measure }) => (measure ? measureOf(measure) : '缺报月报') },
  { key: 'ratio', title: '当时比率', align: 'right', render: ({ ratio }) => (ratio === null ? '—' : `${ratio}%`) },
  { key: 'stops', title: '暂停的事项', render: ({ stops }) => (stops ? STOPS[stops] : '—') },
  {
    ...{ key: 'status', title: '状态', sortable: true },
    render: (row) => {
      const [label, tone] = episodeOf(row);
      const waits = row.lifts.some(({ status }) => status === 'proposed');
      return (
        <>
          <Toned tone={tone}>{label}</Toned>
          {waits && <Toned tone="near">解除待复核</Toned>}
        </>
      );
    },
  },
  { key: 'endedOn', title: '结束日期', sortable: true, render: (row) => row.endedOn ?? row.liftedOn ?? '—' },
];
