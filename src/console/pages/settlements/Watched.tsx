import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import type { Settlement } from './settlement.ts';

/** Loans that are overdue or worse than 正常 at the end of the month. */
export function Watched({ of: loans, provisional }: { of: Settlement['watchList']; provisional: boolean }) {
  return (
    <section>
      <h2>关注名单</h2>
      <Table
        size="small"
        rowKey="dueBillNo"
        pagination={{ pageSize: 10, hideOnSinglePage: true, showSizeChanger: false }}
        dataSource={loans}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: provisional ? '月报未报齐，名单以已到的月报为准' : '月末没有逾期或分类在正常以下的贷款',
        }}
        columns={[
          {
            title: '借据号',
            render: (_, { dueBillNo }) => <Link to={`/loans?q=${encodeURIComponent(dueBillNo)}`}>{dueBillNo}</Link>,
          },
          { title: '企业', dataIndex: 'enterprise' },
          { title: '余额', align: 'right', render: (_, { outstanding }) => <Money value={outstanding} /> },
          { title: '逾期天数', dataIndex: 'overdueDays', align: 'right' },
          { title: '分类', dataIndex: 'classification' },
        ]}
      />
    </section>
  );
}
