import { Link } from 'react-router';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { StateTag, stateOptions, Toned } from '../../parts/StateTag.tsx';
import { usePlaceFilters, usePools } from '../../parts/useChoices.ts';
import { useMe } from '../../session.ts';
import { LOAN_STATES, type LoanItem } from './types.ts';

/** 贷款: every loan in the pools one may see, with what it still owes, how it is classified, and what it ties up. */
export default function LoansPage() {
  const me = useMe();
  const places = usePlaceFilters();
  const one = usePools().length === 1;
  const bank = me.role === 'bank';
  return (
    <Page title="贷款">
      <DataTable<LoanItem>
        from="/loans"
        fixed={{ sort: '-id' }}
        rowKey="id"
        columns={columnsFor(me.today).filter(
          ({ key }) => !(key === 'bankName' && bank) && !(key === 'poolName' && one),
        )}
        filters={[
          { name: 'q', label: '借据号、合同号、企业名称或代码', kind: 'search', width: 260 },
          ...places,
          { name: 'status', label: '状态', kind: 'select', options: STATES },
          { name: 'classification', label: '五级分类', kind: 'select', options: CLASSES },
          { name: 'maturesFrom', label: '到期日期起', kind: 'date' },
          { name: 'maturesTo', label: '到期日期止', kind: 'date' },
        ]}
        empty="还没有入池贷款。备案审核同意后显示在这里。"
      />
    </Page>
  );
}

const STATES = Object.entries(LOAN_STATES).map(([value, label]) => ({ value, label }));
const CLASSES = stateOptions('normal', 'specialMention', 'substandard', 'doubtful', 'loss');

const columnsFor = (today: string): Column<LoanItem>[] => [
  {
    ...{ key: 'dueBillNo', title: '借据号', sortable: true },
    render: ({ id, dueBillNo }) => <Link to={`/loans/${id}`}>{dueBillNo}</Link>,
  },
  { key: 'enterpriseName', title: '企业', sortable: true },
  {
    ...{ key: 'outstandingPrincipal', title: '贷款余额', align: 'right', sortable: true },
    render: ({ outstandingPrincipal }) => <Money value={outstandingPrincipal} />,
  },
  {
    ...{ key: 'countedOutstanding', title: '备案余额', align: 'right', sortable: true },
    render: ({ countedOutstanding }) => <Money value={countedOutstanding} />,
  },
  {
    ...{ key: 'classification', title: '五级分类', sortable: true },
    render: ({ classification }) => <StateTag state={classification} />,
  },
  {
    ...{ key: 'overdueDays', title: '逾期天数', align: 'right', sortable: true },
    render: ({ overdueDays }) => (overdueDays > 0 ? <Toned tone="past">{overdueDays}</Toned> : 0),
  },
  {
    ...{ key: 'maturesOn', title: '到期日期', sortable: true },
    render: ({ maturesOn, status }) =>
      status === 'active' && maturesOn < today ? <Toned tone="past">{maturesOn}</Toned> : maturesOn,
  },
  {
    ...{ key: 'status', title: '状态', sortable: true },
    render: ({ status }) => <StateTag state={status} labels={LOAN_STATES} />,
  },
  {
    ...{ key: 'reserve', title: '准备金占用', align: 'right', sortable: true },
    render: ({ reserve }) => <Money value={reserve} />,
  },
  { key: 'poolName', title: '资金池' },
  { key: 'bankName', title: '合作银行' },
  {
    ...{ key: 'lastReportPeriod', title: '最近月报', sortable: true },
    render: ({ lastReportPeriod }) => lastReportPeriod ?? '—',
  },
  {
    ...{ key: 'principal', title: '贷款金额', align: 'right', sortable: true, hidden: true },
    render: ({ principal }) => <Money value={principal} />,
  },
  {
    ...{ key: 'countedPrincipal', title: '备案金额', align: 'right', sortable: true, hidden: true },
    render: ({ countedPrincipal }) => <Money value={countedPrincipal} />,
  },
  {
    ...{ key: 'annualRate', title: '年利率', align: 'right', sortable: true, hidden: true },
    render: ({ annualRate }) => `${annualRate}%`,
  },
  {
    ...{ key: 'disbursedOn', title: '放款日期', sortable: true, hidden: true },
    render: ({ disbursedOn }) => disbursedOn ?? '未报送放款',
  },
  { key: 'admittedOn', title: '入池日期', sortable: true, hidden: true },
  { key: 'contractNo', title: '借款合同号', sortable: true, hidden: true },
  { key: 'enterpriseUscc', title: '统一社会信用代码', hidden: true },
];
