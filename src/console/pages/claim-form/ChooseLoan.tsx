import { Button } from 'antd';
import { Link } from 'react-router';
import { isNonPerforming, type LoanClassification } from '../../../policy/five-categories.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { StateTag, stateOptions, Toned } from '../../parts/StateTag.tsx';
import { usePools } from '../../parts/useChoices.ts';
import type { LoanItem } from '../loans/types.ts';

/** Which loan a claim is for: the bank's own, the longest overdue first. */
export function ChooseLoan() {
  const one = usePools().length === 1;
  return (
    <Page
      title="申请风险补偿"
      trail={[{ title: '风险补偿', to: '/claims' }]}
      sentence="选择要申请补偿的贷款，逾期最久的在前。风险事件成立后才能提交，此前可以先存草稿。"
    >
      <DataTable<LoanItem>
        from="/loans"
        fixed={{ status: 'active', sort: '-overdueDays,id' }}
        rowKey="id"
        exportable={false}
        columns={COLUMNS.filter(({ key }) => !(key === 'poolName' && one))}
        filters={[
          { name: 'q', label: '借据号、合同号、企业名称或代码', kind: 'search', width: 260 },
          { name: 'classification', label: '五级分类', kind: 'select', options: CLASSES },
        ]}
        empty="没有在池的贷款。结清、已补偿或已撤销备案的贷款不能申请。"
      />
    </Page>
  );
}

const isBad = (overdueDays: number, classification: string): boolean =>
  overdueDays > 0 || isNonPerforming(classification as LoanClassification);
const CLASSES = stateOptions('specialMention', 'substandard', 'doubtful', 'loss', 'normal');

const COLUMNS: Column<LoanItem>[] = [
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
    ...{ key: 'classification', title: '五级分类', sortable: true },
    render: ({ classification }) => <StateTag state={classification} />,
  },
  {
    ...{ key: 'overdueDays', title: '逾期天数', align: 'right', sortable: true },
    render: ({ overdueDays }) => (overdueDays > 0 ? <Toned tone="past">{overdueDays}</Toned> : 0),
  },
  { key: 'maturesOn', title: '到期日期', sortable: true },
  { key: 'lastReportPeriod', title: '最近月报', render: ({ lastReportPeriod }) => lastReportPeriod ?? '—' },
  { key: 'poolName', title: '资金池' },
  {
    ...{ key: 'id', title: '申请' },
    render: ({ id, dueBillNo, overdueDays, classification }) => (
      <Link to={`/claims/new?loan=${id}`}>
        <Button
          size="small"
          type={isBad(overdueDays, classification) ? 'primary' : 'default'}
          tabIndex={-1}
          aria-label={`申请补偿 ${dueBillNo}`}
        >
          申请补偿
        </Button>
      </Link>
    ),
  },
];
