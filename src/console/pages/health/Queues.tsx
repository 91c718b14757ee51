import { Skeleton, Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { QUEUES, STATES, type State } from '../jobs/jobs.ts';

const SHOWN: State[] = ['created', 'retry', 'active', 'failed'];
const LOOK_EVERY_MS = 10_000;

/** How many jobs of each queue wait, run or have failed. */
export function Queues() {
  const { data, error, refetch } = useAsk(['jobs', 'queues'], counts, { refetchInterval: LOOK_EVERY_MS });
  if (error) return <ProblemAlert error={error} retry={refetch} />;
  if (!data) return <Skeleton active />;
  return (
    <Table
      size="small"
      rowKey="queue"
      pagination={false}
      dataSource={data}
      columns={[
        { title: '任务种类', render: (_, { queue }) => QUEUES[queue] },
        ...SHOWN.map((state) => ({
          title: STATES[state][0],
          key: state,
          align: 'right' as const,
          render: (_: unknown, { queue, total }: Count) =>
            total[state] === 0 ? 0 : <Link to={`/jobs?queue=${queue}&state=${state}`}>{total[state]}</Link>,
        })),
      ]}
    />
  );
}

interface Count {
  queue: string;
  total: Record<string, number>;
}

async function counts(): Promise<Count[]> {
  return Promise.all(
    Object.keys(QUEUES).map(async (queue) => {
      const totals = await Promise.all(
        SHOWN.map(async (state) => {
          const { total } = await ask(api.jobs.$get({ query: { queue, state, limit: '1' } }));
          return [state, total] as const;
        }),
      );
      return { queue, total: Object.fromEntries(totals) };
    }),
  );
}
