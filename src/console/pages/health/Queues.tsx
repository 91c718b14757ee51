import { Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import type { api } from '../../api.ts';
import { QUEUES, STATES } from '../jobs/jobs.ts';

export type System = InferResponseType<typeof api.system.$get, 200>;
type Queue = System['queues'][number];

const SHOWN = ['created', 'retry', 'active', 'failed'] as const;

/** How many jobs of each queue wait, run or have failed. */
export function Queues({ of: queues }: { of: Queue[] }) {
  return (
    <Table<Queue>
      size="small"
      rowKey="queue"
      pagination={false}
      dataSource={queues}
      columns={[
        { title: '任务种类', render: (_, { queue }) => QUEUES[queue] ?? queue },
        ...SHOWN.map((state) => ({
          title: STATES[state][0],
          key: state,
          align: 'right' as const,
          render: (_: unknown, row: Queue) =>
            row[state] === 0 ? 0 : <Link to={`/jobs?queue=${row.queue}&state=${state}`}>{row[state]}</Link>,
        })),
      ]}
    />
  );
}
