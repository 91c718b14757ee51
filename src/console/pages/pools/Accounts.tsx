import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { may, useMe } from '../../session.ts';
import { entriesOf } from '../ledger/links.ts';
import type { Pool } from './board.ts';

/** What each deposit account holds. */
export function Accounts({ pool: { code, asOf, accounts } }: { pool: Pool }) {
  const open = may(useMe(), 'ledger.read');
  return (
    <section>
      <h2>专户存款</h2>
      <Table
        size="small"
        rowKey="accountNo"
        pagination={false}
        dataSource={accounts}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有专户' }}
        columns={[
          { title: '开户银行', dataIndex: 'bankName' },
          { title: '账号', dataIndex: 'accountNo', className: 'figure' },
          {
            title: '余额',
            align: 'right',
            render: (_, { accountNo, balance }) =>
              open ? (
                <Link to={entriesOf({ poolCode: code, account: '1002', key: accountNo, to: asOf })}>
                  <Money value={balance} />
                </Link>
              ) : (
                <Money value={balance} />
              ),
          },
        ]}
      />
    </section>
  );
}
