import { Empty, Table } from 'antd';

interface Case {
  says: string;
  on: string;
}

/** 算例: what the clause answers, in words a finance officer checks. */
export function Cases({ cases }: { cases: Case[] }) {
  return (
    <Table<Case>
      size="small"
      rowKey={({ says, on }) => `${on}${says}`}
      pagination={false}
      dataSource={cases}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有算例" /> }}
      columns={[
        { title: '日期', dataIndex: 'on', width: 120 },
        { title: '算例（每次发布前自动验算）', dataIndex: 'says' },
      ]}
    />
  );
}
