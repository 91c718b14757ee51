import { Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';

/** New values that wait for a second person; each is decided on its clause's page, beside what it replaces. */
export function Proposals() {
  const { data, error } = useAsk(['policies', 'proposed'], () =>
    ask(api['policy-versions'].$get({ query: { status: 'proposed' } })),
  );
  if (error) return <ProblemAlert error={error} />;
  if (!data || data.items.length === 0) return null;
  return (
    <section>
      <h2>待复核的新版本</h2>
      <Table
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data.items}
        columns={[
          {
            title: '条款',
            width: 150,
            render: (_, { id, clauseId, title }) => <Link to={`/policies/${clauseId}#${id}`}>{title}</Link>,
          },
          { title: '拟改为', dataIndex: 'text' },
          { title: '自', width: 110, dataIndex: 'effectiveFrom' },
          { title: '依据', width: 280, render: (_, { citation: c }) => `${c.document} ${c.article}` },
        ]}
      />
    </section>
  );
}
