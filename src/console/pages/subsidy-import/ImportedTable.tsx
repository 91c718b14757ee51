import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { SubsidyState } from '../../parts/subsidy/SubsidyState.tsx';
import { PROSPECTS, prospectOf } from './prospect.ts';
import type { ImportedItem } from './types.ts';

/** The applications of a file, the new ones and those that were there already, each leading to itself. */
export function ImportedTable({ items }: { items: ImportedItem[] }) {
  return (
    <section aria-label="补贴申请">
      <h2>补贴申请（{items.length} 份）</h2>
      <Table<ImportedItem>
        size="small"
        rowKey="id"
        dataSource={items}
        scroll={{ x: 'max-content' }}
        pagination={{ defaultPageSize: 50, hideOnSinglePage: true, showTotal: (total) => `共 ${total} 份` }}
        columns={[
          {
            title: '企业',
            render: (_, { id, enterpriseName }) => <Link to={`/subsidies/${id}`}>{enterpriseName}</Link>,
          },
          { title: '统一社会信用代码', dataIndex: 'enterpriseUscc' },
          { title: '按规定应得', align: 'right', render: (_, { demand }) => <Money value={demand} /> },
          {
            title: '申报条件',
            filters: Object.entries(PROSPECTS).map(([value, [text]]) => ({ text, value })),
            onFilter: (value, item) => prospectOf(item) === value,
            render: (_, item) => {
              const [label, tone] = PROSPECTS[prospectOf(item)];
              return <Toned tone={tone}>{label}</Toned>;
            },
          },
          {
            title: '本次导入',
            filters: [
              { text: '新建', value: true },
              { text: '此前已有', value: false },
            ],
            onFilter: (value, { isNew }) => isNew === value,
            render: (_, { isNew }) => (isNew ? '新建' : '此前已有'),
          },
          { title: '年度、批次', render: (_, { year, batchNo }) => `${year} 年第 ${batchNo} 批` },
          { title: '受理号', align: 'right', dataIndex: 'receivedNo' },
          { title: '状态', render: (_, { status }) => <SubsidyState status={status} /> },
        ]}
      />
    </section>
  );
}
