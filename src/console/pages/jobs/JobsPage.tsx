import { App, Button, Space, Typography } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { DataTable } from '../../parts/DataTable.tsx';
import type { Filter } from '../../parts/FilterBar.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { usePoolName } from '../../parts/useChoices.ts';
import { type Job, QUEUES, STATES, type State } from './jobs.ts';

const FILTERS: Filter[] = [
  { name: 'q', label: '任务编号、资金池', kind: 'search' },
  {
    name: 'state',
    label: '状态',
    kind: 'select',
    options: Object.entries(STATES).map(([value, [label]]) => ({ value, label })),
  },
  {
    name: 'queue',
    label: '任务种类',
    kind: 'select',
    options: Object.entries(QUEUES).map(([value, label]) => ({ value, label })),
    width: 180,
  },
];

/** 后台任务: what waits, runs and has failed; a failed one is tried again or left, a waiting one can be cancelled. */
export default function JobsPage() {
  const { modal } = App.useApp();
  const retry = useAct((id: string) => ask(api.jobs[':id'].retry.$post({ param: { id } })), {
    done: '已重新排队',
    refresh: ['jobs', 'home'],
  });
  const cancel = useAct((id: string) => ask(api.jobs[':id'].cancel.$post({ param: { id } })), {
    done: '已取消',
    refresh: ['jobs', 'home'],
  });
  const confirmCancel = ({ id, queue }: Job) =>
    modal.confirm({
      title: '取消这个任务？',
      content: `「${QUEUES[queue] ?? queue}」取消后不再执行，也不能恢复。`,
      okText: '取消任务',
      cancelText: '返回',
      onOk: () => cancel.mutate(id),
    });
  return (
    <Page title="后台任务" sentence="失败的任务已用完自动重试的次数，须查明原因后手工重试。任务重复执行不会重复入账。">
      <ProblemAlert error={retry.error ?? cancel.error} />
      <DataTable<Job>
        from="/jobs"
        rowKey="id"
        filters={FILTERS}
        empty="没有任务"
        columns={[
          { key: 'createdOn', title: '建立时间', sortable: true, render: ({ createdOn }) => at(createdOn) },
          { key: 'queue', title: '任务', sortable: true, render: ({ queue }) => QUEUES[queue] ?? queue },
          { key: 'subject', title: '对象', render: (job) => <Subject of={job} /> },
          {
            key: 'state',
            title: '状态',
            sortable: true,
            render: (job) => (
              <>
                <StateOf state={job.state as State} />
                <Done of={job} />
              </>
            ),
          },
          {
            key: 'attempts',
            title: '已试次数',
            align: 'right',
            render: ({ attempts, mostAttempts }) => `${attempts} / ${mostAttempts}`,
          },
          { key: 'completedOn', title: '结束时间', hidden: true, render: ({ completedOn }) => at(completedOn) },
          {
            key: 'error',
            title: '失败原因',
            render: ({ error }) => (
              <Typography.Text ellipsis={{ tooltip: error }} className="error-text">
                {error}
              </Typography.Text>
            ),
          },
          {
            key: 'id',
            title: '办理',
            render: (job) => (
              <Space>
                {job.state === 'failed' && (
                  <Button size="small" onClick={() => retry.mutate(job.id)}>
                    重试
                  </Button>
                )}
                {(job.state === 'created' || job.state === 'retry') && (
                  <Button size="small" onClick={() => confirmCancel(job)}>
                    取消
                  </Button>
                )}
              </Space>
            ),
          },
        ]}
      />
    </Page>
  );
}

function StateOf({ state }: { state: State }) {
  const [label, tone] = STATES[state];
  return <Toned tone={tone}>{label}</Toned>;
}

/** How far a running job is. */
function Done({ of: { state, done, total, label } }: { of: Job }) {
  if (state !== 'active' || total === 0) return null;
  return <span title={label ?? undefined}>{Math.floor((done / total) * 100)}%</span>;
}

function Subject({ of: { queue, subject } }: { of: Job }) {
  const poolName = usePoolName();
  if (!subject) return null;
  const shown = <span title={subject}>{subject.length > 20 ? `${subject.slice(0, 8)}…` : subject}</span>;
  if (queue === 'render-document') return <a href={`/api/v1/documents/${subject}/pdf`}>{shown}</a>;
  if (queue === 'settle') return <Link to={`/pools/${subject}`}>{poolName(subject)}</Link>;
  if (queue === 'import') return <Link to={`/imports/${subject}`}>{shown}</Link>;
  return shown;
}

const at = (text: string | null): string => text?.replace('T', ' ') ?? '—';
