import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { may, useMe } from '../../session.ts';
import { entriesOf } from '../ledger/links.ts';
import { freeOf, ProposePayout } from './ProposePayout.tsx';
import type { Payable } from './types.ts';

/** What pools owe, party by party, each figure with its entries; finance proposes to pay it. */
export function Payables({ rows, loading }: { rows: Payable[]; loading: boolean }) {
  const me = useMe();
  const [paying, setPaying] = useState<Payable>();
  const books = may(me, 'ledger.read');
  return (
    <>
      <Table<Payable>
        size="small"
        rowKey={({ poolCode, party }) => `${poolCode} ${party}`}
        pagination={false}
        loading={loading}
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有应付款项' }}
        columns={[
          { title: '收款方', render: (_, { party, partyName }) => <span title={party}>{partyName}</span> },
          { title: '资金池', dataIndex: 'poolName' },
          {
            ...{ title: '应付金额', align: 'right' },
            render: (_, { poolCode, party, owed }) =>
              books ? (
                <Link to={entriesOf({ poolCode, account: '2307', key: party })}>
                  <Money value={owed} />
                </Link>
              ) : (
                <Money value={owed} />
              ),
          },
          { title: '其中待复核', align: 'right', render: (_, { proposed }) => <Money value={proposed} /> },
          ...(may(me, 'payout.make')
            ? [
                {
                  ...{ title: '', key: 'act', className: 'no-print' },
                  render: (_: unknown, row: Payable) => (
                    <Button size="small" disabled={!freeOf(row).greaterThan(0)} onClick={() => setPaying(row)}>
                      拨付
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {paying && <ProposePayout of={paying} onClose={() => setPaying(undefined)} />}
    </>
  );
}
