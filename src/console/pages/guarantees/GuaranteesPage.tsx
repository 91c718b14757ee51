import { Link } from 'react-router';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { usePlaceFilters } from '../../parts/useChoices.ts';
import { useMe } from '../../session.ts';
import { choicesOf } from '../filings/terms.ts';
import { type Guarantee, ROLES, stateOf } from './types.ts';

const STATUSES = [
  { value: 'active', label: '在保' },
  { value: 'cancelled', label: '已撤销' },
];

/** 担保: who answers for what of which loan, and what of it was paid. A party sees its own, a bank those of its loans. */
export default function GuaranteesPage() {
  const me = useMe();
  const places = usePlaceFilters();
  const own = me.role === 'guarantor';
  const columns = COLUMNS.filter(({ key }) => !(own && key === 'party') && !(me.role === 'bank' && key === 'bankCode'));
  return (
    <Page title={own ? '本机构的担保' : '担保'}>
      <DataTable<Guarantee>
        from="/guarantees"
        rowKey="id"
        columns={columns}
        filters={[
          { name: 'q', label: '借据号、合同号、企业或机构', kind: 'search' },
          ...(me.role === 'enterprise' ? [] : places),
          { name: 'role', label: '角色', kind: 'select', options: choicesOf(ROLES) },
          { name: 'status', label: '状态', kind: 'select', options: STATUSES },
        ]}
        empty={
          me.role === 'bank'
            ? '还没有登记担保。在贷款页面点「登记担保」，写明担保机构、比例和费率。'
            : '还没有担保的贷款'
        }
      />
    </Page>
  );
}

const COLUMNS: Column<Guarantee>[] = [
  {
    ...{ key: 'dueBillNo', title: '借据号', sortable: true },
    render: ({ id, dueBillNo }) => <Link to={`/guarantees/${id}`}>{dueBillNo}</Link>,
  },
  { key: 'enterpriseName', title: '企业', render: (row) => <span className="memo">{row.enterpriseName}</span> },
  {
    ...{ key: 'party', title: '担保方', sortable: true },
    render: ({ partyName, role }) => (
      <>
        {partyName}
        <span className="hint">（{ROLES[role]}）</span>
      </>
    ),
  },
  { key: 'bankCode', title: '合作银行', sortable: true, render: ({ bankName }) => bankName },
  { key: 'poolCode', title: '资金池', sortable: true, hidden: true, render: ({ poolName }) => poolName },
  { key: 'contractNo', title: '担保合同号', hidden: true },
  { key: 'percent', title: '担保比例', align: 'right', sortable: true, render: ({ percent }) => `${percent}%` },
  {
    key: 'annualRate',
    title: '年费率',
    align: 'right',
    render: (row) => (row.annualRate ? `${row.annualRate}%` : '—'),
  },
  {
    ...{ key: 'liability', title: '责任余额', align: 'right', sortable: true },
    render: ({ liability }) => <Money value={liability} />,
  },
  { key: 'paid', title: '累计代偿', align: 'right', sortable: true, render: ({ paid }) => <Money value={paid} /> },
  { key: 'signedOn', title: '签订日期', sortable: true },
  {
    ...{ key: 'status', title: '状态', sortable: true },
    render: (row) => {
      const [label, tone] = stateOf(row);
      return <Toned tone={tone}>{label}</Toned>;
    },
  },
];
