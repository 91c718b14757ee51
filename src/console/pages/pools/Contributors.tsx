import { Table } from 'antd';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { Why } from '../../parts/Why.tsx';
import { entriesOf } from '../ledger/links.ts';
import type { Board } from './board.ts';

type Contributor = Board['contributors'][number];

/** Whose money it is: each contributor's share, its part of the reserve, and what of it is free. */
export function Contributors({ board: { pool, contributors } }: { board: Board }) {
  const linked = (account: string, field: 'share' | 'receivable') => (_: unknown, row: Contributor) => (
    <Link to={entriesOf({ poolCode: pool.code, account, key: row.code })}>
      <Money value={row[field]} />
    </Link>
  );
  const plain = (field: 'contributed' | 'capital' | 'reserve') => (_: unknown, row: Contributor) => (
    <Money value={row[field]} />
  );
  return (
    <section>
      <h2>各方出资</h2>
      <Table<Contributor>
        size="small"
        rowKey="code"
        pagination={false}
        dataSource={contributors}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '还没有出资到账，可点「登记出资」录入' }}
        columns={[
          { title: '出资方', dataIndex: 'name' },
          { title: '累计出资', align: 'right', render: plain('contributed') },
          { title: '出资余额', align: 'right', render: linked('2901', 'share') },
          { title: '应收追偿款', align: 'right', render: linked('1218', 'receivable') },
          { title: '净额', align: 'right', render: plain('capital') },
          { title: '占比', align: 'right', render: (_, { percent }) => `${percent}%` },
          { title: '分摊的准备金占用额', align: 'right', render: plain('reserve') },
          {
            title: '可退出资',
            align: 'right',
            render: (_, { free, explanation, name }) => (
              <>
                <Money value={free} />
                <Why of={explanation} title={`${name}可退出资`} />
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
