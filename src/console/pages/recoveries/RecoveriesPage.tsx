import { Link } from 'react-router';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { usePlaceFilters, usePoolName } from '../../parts/useChoices.ts';
import { useMe } from '../../session.ts';
import { wordsOf } from './Distribution.tsx';
import { Remitted } from './Receipts.tsx';
import type { Recovery } from './types.ts';
import './recoveries.css';

/** 追偿回款 of every claim one may see, each with whose it was and whether the bank kept its days. */
export default function RecoveriesPage() {
  const { role } = useMe();
  const places = usePlaceFilters();
  const poolName = usePoolName();
  return (
    <Page title="追偿回款" sentence="先还追偿费用，再按各方实际承担的损失累计分配；登记和冲销在补偿申请的页面办理。">
      <DataTable<Recovery>
        from="/recoveries"
        rowKey="id"
        columns={columnsFor(poolName).filter(({ key }) => key !== 'bankName' || role !== 'bank')}
        filters={[
          { name: 'q', label: '回单号、借据号或企业代码', kind: 'search' },
          ...places,
          { name: 'from', label: '到账日期起', kind: 'date' },
          { name: 'to', label: '到账日期止', kind: 'date' },
        ]}
        empty="还没有追偿回款。补偿拨付后收回的款项由财务在补偿申请的页面登记。"
        table={{ rowClassName: ({ reversed }) => (reversed ? 'reversed' : '') }}
      />
    </Page>
  );
}

const columnsFor = (poolName: (code: string) => string): Column<Recovery>[] => [
  { key: 'receivedOn', title: '到账日期', sortable: true },
  {
    ...{ key: 'dueBillNo', title: '借据号', sortable: true },
    render: ({ claimId, dueBillNo }) => <Link to={`/claims/${claimId}`}>{dueBillNo}</Link>,
  },
  { key: 'enterpriseName', title: '企业' },
  { key: 'bankName', title: '合作银行' },
  { key: 'receiptNo', title: '回单号', sortable: true },
  {
    ...{ key: 'amount', title: '到账金额', align: 'right', sortable: true },
    render: ({ amount }) => <Money value={amount} />,
  },
  { ...{ key: 'cost', title: '追偿费用', align: 'right', hidden: true }, render: ({ cost }) => <Money value={cost} /> },
  {
    ...{ key: 'distribution', title: '分配' },
    render: ({ distribution }) => (
      <ul className="plain parts">
        {distribution.map((row) => (
          <li key={`${row.kind} ${row.bearer} ${row.party}`}>
            <span>{wordsOf(row)}</span> <Money value={row.amount} />
          </li>
        ))}
      </ul>
    ),
  },
  { key: 'remittance', title: '汇缴', render: (row) => <Remitted of={row} /> },
  { key: 'reversed', title: '状态', render: ({ reversed }) => (reversed ? '已冲销' : '已分配') },
  { key: 'poolCode', title: '资金池', sortable: true, hidden: true, render: ({ poolCode }) => poolName(poolCode) },
  { key: 'basis', title: '口径', hidden: true, render: ({ basis }) => (basis === 'net' ? '净额' : '毛额') },
  { key: 'obtainedOn', title: '银行收到日期', hidden: true },
  { key: 'accountNo', title: '到账账号', hidden: true },
  {
    key: 'belongsTo',
    title: '所属月份',
    hidden: true,
    render: ({ belongsTo, occurredOn }) => belongsTo ?? occurredOn.slice(0, 7),
  },
];
