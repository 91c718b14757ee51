import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { entriesOf } from '../ledger/links.ts';
import type { Board, Capital, Pool } from './board.ts';
import { ReturnForm } from './ReturnForm.tsx';

type Contributor = Board['contributors'][number];
interface Props {
  board: Board;
  /** what may be returned by the clause, once it is known */
  capital: Capital | undefined;
  pool: Pool;
}

/** Whose money it is: each contributor's share, its part of the reserve, and what of it may be returned, which finance proposes. */
export function Contributors({ board: { contributors }, capital, pool }: Props) {
  const [returning, setReturning] = useState<string>();
  const limits = new Map(capital?.contributors.map((limit) => [limit.contributor, limit]));
  const chosen = returning && limits.get(returning);
  const proposes = may(useMe(), 'capital.propose');
  const linked = (account: string, field: 'share' | 'receivable') => (_: unknown, row: Contributor) => (
    <Link to={entriesOf({ poolCode: pool.code, account, key: row.code })}>
      <Money value={row[field]} />
    </Link>
  );
  /** A figure with the step of the row's explanation that gives it. */
  const computed = (field: 'capital' | 'reserve', step: number) => (_: unknown, row: Contributor) => (
    <>
      <Why of={(row.explanation as Explanation).inputs?.[step]} />
      <Money value={row[field]} />
    </>
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
          { title: '累计出资', align: 'right', render: (_, { contributed }) => <Money value={contributed} /> },
          { title: '出资余额', align: 'right', render: linked('2901', 'share') },
          { title: '应收追偿款', align: 'right', render: linked('1218', 'receivable') },
          { title: '净额', align: 'right', render: computed('capital', 0) },
          { title: '占比', align: 'right', render: (_, { percent }) => `${percent}%` },
          { title: '分摊的准备金占用额', align: 'right', render: computed('reserve', 1) },
          {
            title: '可退回出资',
            align: 'right',
            render: (_, { code, name }) => (
              <>
                <Money value={limits.get(code)?.free} />
                <Why of={limits.get(code)?.explanation as Explanation} title={`${name}可退回出资`} />
                {proposes && (
                  <div className="no-print">
                    <Button
                      size="small"
                      disabled={(limits.get(code)?.free ?? '0.00') === '0.00'}
                      onClick={() => setReturning(code)}
                    >
                      提出退回
                    </Button>
                  </div>
                )}
              </>
            ),
          },
        ]}
      />
      {chosen && <ReturnForm of={chosen} pool={pool} onClose={() => setReturning(undefined)} />}
    </section>
  );
}
