import { useQueries } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { useNames } from '../../parts/useNames.ts';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import { useBooks } from '../ledger/useBooks.ts';
import type { Contribution } from '../pools/board.ts';
import { ReverseContribution } from '../pools/ReverseContribution.tsx';
import { useBoards } from '../settlements/useBoards.ts';

/** Contributions of months not settled yet: recorded by one person, and while there is time another looks at them and may reverse a mistake. */
export function OpenContributions() {
  const me = useMe();
  const nameOf = useNames();
  const { books, bookName } = useBooks();
  const boards = useBoards(books.map(({ value }) => value));
  const lists = useQueries({
    queries: books.map(({ value: id }) => ({
      queryKey: ['pools', id, 'contributions'],
      queryFn: () => ask(api.pools[':id'].contributions.$get({ param: { id }, query: { limit: '500' } })),
    })),
  });
  const open = lists
    .flatMap(({ data }) => data?.items ?? [])
    .filter(({ poolCode, receivedOn, reversedOn }) => {
      const next = boards.get(poolCode)?.next;
      return !reversedOn && next && receivedOn.slice(0, 7) >= next.period;
    });
  return (
    <section>
      <h2>未结算月份的出资</h2>
      <p className="hint-line">
        出资登记即入账。登记有误的，由登记人以外的财务人员在结算前冲销；已结算的在资金池页面冲销，记入当月。
      </p>
      <Table<Contribution>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={open}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '未结算的月份没有新登记的出资' }}
        columns={[
          { title: '资金池', render: (_, { poolCode }) => <Link to={`/pools/${poolCode}`}>{bookName(poolCode)}</Link> },
          { title: '到账日期', dataIndex: 'receivedOn' },
          { title: '出资方', render: (_, { contributor }) => nameOf(contributor) },
          {
            title: '金额',
            align: 'right',
            render: (_, { id, poolCode, amount }) => (
              <Link to={entryAt(poolCode, `contribution:${id}`)}>
                <Money value={amount} />
              </Link>
            ),
          },
          { title: '回单号', dataIndex: 'receiptNo' },
          { title: '登记人', render: (_, { recordedBy, mine }) => (mine ? `${recordedBy ?? ''}（本人）` : recordedBy) },
          ...(may(me, 'ledger.reverse')
            ? [{ title: '', key: 'act', render: (_: unknown, row: Contribution) => <ReverseContribution of={row} /> }]
            : []),
        ]}
      />
    </section>
  );
}
