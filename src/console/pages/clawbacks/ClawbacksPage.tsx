import { Link } from 'react-router';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { may, useMe } from '../../session.ts';
import { useSchemes } from '../subsidy-batches/useSchemes.ts';
import { type ClawbackItem, GROUND_OPTIONS, groundOf, STATUS_OPTIONS, statusOf, TONES } from './types.ts';

/** 补贴追回: what has to come back of subsidies paid, how far it has, and from whom. */
export default function ClawbacksPage() {
  const me = useMe();
  const { batches } = useSchemes();
  const years = [...new Set(batches.map(({ year }) => `${year}`))].map((value) => ({ value, label: `${value} 年` }));
  return (
    <Page
      title="补贴追回"
      sentence="弄虚作假、不符合条件或多拨的补贴，由财务提出、另一人复核后追回；弄虚作假的，按条款在规定期限内不得申报。"
    >
      <DataTable<ClawbackItem>
        from="/subsidy-clawbacks"
        rowKey="id"
        columns={COLUMNS}
        filters={[
          { name: 'q', label: '企业名称、代码或原因', kind: 'search' },
          { name: 'status', label: '状态', kind: 'select', options: STATUS_OPTIONS },
          { name: 'ground', label: '事由', kind: 'select', options: GROUND_OPTIONS, width: 150 },
          { name: 'year', label: '年度', kind: 'select', options: years },
        ]}
        empty={
          may(me, 'clawback.propose')
            ? '没有追回事项。需要追回的，打开已拨付的补贴申请，在该项补贴下提出。'
            : '没有追回事项。追回由财务在已拨付的补贴申请中提出。'
        }
      />
    </Page>
  );
}

const COLUMNS: Column<ClawbackItem>[] = [
  {
    ...{ key: 'enterpriseName', title: '企业', sortable: true },
    render: ({ id, enterpriseName }) => <Link to={`/clawbacks/${id}`}>{enterpriseName}</Link>,
  },
  {
    ...{ key: 'status', title: '状态', sortable: true },
    render: ({ status, cancelling }) => (
      <>
        <Toned tone={TONES[status] ?? 'plain'}>{statusOf(status)}</Toned>
        {cancelling && <Toned tone="near">撤销待复核</Toned>}
      </>
    ),
  },
  { key: 'ground', title: '事由', sortable: true, render: ({ ground }) => groundOf(ground) },
  { key: 'lineName', title: '项目' },
  {
    key: 'amount',
    title: '追回金额',
    align: 'right',
    sortable: true,
    render: ({ amount }) => <Money value={amount} />,
  },
  {
    ...{ key: 'received', title: '已收回', align: 'right', sortable: true },
    render: ({ received }) => <Money value={received} />,
  },
  {
    ...{ key: 'outstanding', title: '尚未收回', align: 'right', sortable: true },
    render: ({ outstanding }) => <Money value={outstanding} />,
  },
  {
    ...{ key: 'remitted', title: '已缴回财政', align: 'right', hidden: true },
    render: ({ remitted }) => <Money value={remitted} />,
  },
  { key: 'bannedUntil', title: '不得申报至', render: ({ bannedUntil }) => bannedUntil ?? '—' },
  { key: 'year', title: '年度', sortable: true, render: ({ year }) => `${year}` },
  { key: 'proposedOn', title: '提出日期', sortable: true },
  { key: 'decidedOn', title: '决定日期', sortable: true, hidden: true, render: ({ decidedOn }) => decidedOn ?? '—' },
  { key: 'enterpriseUscc', title: '统一社会信用代码', hidden: true },
];
