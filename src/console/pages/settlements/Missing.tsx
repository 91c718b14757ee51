import { Alert, Space, Table } from 'antd';
import { Link } from 'react-router';
import type { Board } from '../pools/board.ts';

/** Which banks have not reported the month, and for how many loans. */
export function Missing({ next: { period, dueOn, missing }, pool }: { next: Board['next']; pool: string }) {
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={`${period} 的月报尚未报齐，应于 ${dueOn} 前结算。`}
        description="缺报的贷款沿用上次余额与分类，结算结果为暂结。"
      />
      <Table
        size="small"
        rowKey="bankCode"
        pagination={false}
        dataSource={missing}
        columns={[
          { title: '银行', dataIndex: 'bankName' },
          { title: '缺报笔数', dataIndex: 'loans', align: 'right' },
          {
            title: '',
            key: 'see',
            render: (_, { bankCode }) => (
              <Space>
                <Link to={`/reports?bankCode=${bankCode}&period=${period}`}>月报</Link>
                <Link to={`/loans?bankCode=${bankCode}&poolCode=${pool}&status=active`}>贷款</Link>
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}
