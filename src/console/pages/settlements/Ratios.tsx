import { Table } from 'antd';
import { type Explanation, Why } from '../../parts/Why.tsx';
import type { Settlement } from './settlement.ts';

/** The month's ratios, each with how it is computed. */
export function Ratios({ of: ratios }: { of: Settlement['ratios'] }) {
  return (
    <section>
      <h2>比率</h2>
      <Table
        size="small"
        rowKey="name"
        pagination={false}
        dataSource={ratios}
        columns={[
          {
            title: '名称',
            className: 'nowrap',
            render: (_, { name, explanation }) => (
              <>
                {name}
                <Why of={explanation as Explanation} title={name} />
              </>
            ),
          },
          {
            title: '数值',
            align: 'right',
            render: (_, { value }) => <span className="figure">{value}</span>,
          },
          { title: '计算', dataIndex: 'note' },
        ]}
      />
    </section>
  );
}
