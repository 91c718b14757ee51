import { Button } from 'antd';
import { Link } from 'react-router';
import { GUARANTEE_MODES, PURPOSES, REPAYMENT_METHODS } from '../../../loans/terms.ts';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { StateTag, stateOptions } from '../../parts/StateTag.tsx';
import { usePlaceFilters, usePools } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { labelOf } from './terms.ts';
import type { FilingItem } from './types.ts';
import './filings.css';

/** 备案: what was filed, where it stands, and why it was not consented. */
export default function FilingsPage() {
  const me = useMe();
  const files = may(me, 'filing.create');
  const places = usePlaceFilters();
  const one = usePools().length === 1;
  return (
    <Page
      title="备案"
      actions={
        files ? (
          <>
            <Link to="/imports/new?kind=loanFilings">
              <Button>上传备案文件</Button>
            </Link>
            <Link to="/filings/new">
              <Button type="primary">报送备案</Button>
            </Link>
          </>
        ) : (
          may(me, 'filing.decide') && (
            <Link to="/reviews">
              <Button type="primary">审核待办</Button>
            </Link>
          )
        )
      }
    >
      <DataTable<FilingItem>
        from="/loan-filings"
        fixed={{ sort: '-id' }}
        rowKey="id"
        columns={COLUMNS.filter(
          ({ key }) => !(key === 'bankName' && me.role === 'bank') && !(key === 'poolName' && one),
        )}
        filters={[
          { name: 'q', label: '借据号、合同号、企业名称或代码', kind: 'search', width: 260 },
          ...places,
          {
            name: 'status',
            label: '状态',
            kind: 'select',
            options: stateOptions('submitted', 'consented', 'refused', 'withdrawn'),
          },
          { name: 'from', label: '备案日期起', kind: 'date' },
          { name: 'to', label: '备案日期止', kind: 'date' },
        ]}
        empty={files ? '还没有备案。可逐笔报送，也可上传备案文件。' : '还没有备案。银行报送后显示在这里。'}
      />
    </Page>
  );
}

const COLUMNS: Column<FilingItem>[] = [
  { key: 'filedOn', title: '备案日期', sortable: true, render: ({ filedOn }) => <time>{filedOn}</time> },
  { key: 'status', title: '状态', sortable: true, render: ({ status }) => <StateTag state={status} /> },
  {
    key: 'dueBillNo',
    title: '借据号',
    sortable: true,
    render: ({ id, dueBillNo }) => <Link to={`/filings/${id}`}>{dueBillNo}</Link>,
  },
  { key: 'enterpriseName', title: '企业', sortable: true },
  { key: 'poolName', title: '资金池' },
  { key: 'bankName', title: '合作银行' },
  {
    ...{ key: 'principal', title: '贷款金额', align: 'right', sortable: true },
    render: ({ principal }) => <Money value={principal} />,
  },
  {
    ...{ key: 'countedPrincipal', title: '备案金额', align: 'right', sortable: true },
    render: ({ countedPrincipal }) => <Money value={countedPrincipal} />,
  },
  { key: 'annualRate', title: '年利率', align: 'right', sortable: true, render: ({ annualRate }) => `${annualRate}%` },
  { key: 'maturesOn', title: '到期日期', sortable: true },
  {
    ...{ key: 'reason', title: '理由', width: 220 },
    render: ({ reason }) => reason && <span className="clamp">{reason}</span>,
  },
  { key: 'decidedOn', title: '审核日期', sortable: true, hidden: true },
  { key: 'contractNo', title: '借款合同号', sortable: true, hidden: true },
  { key: 'enterpriseUscc', title: '统一社会信用代码', hidden: true },
  { key: 'disbursedOn', title: '放款日期', sortable: true, hidden: true },
  {
    ...{ key: 'guaranteeMode', title: '担保方式', hidden: true },
    render: ({ guaranteeMode }) => labelOf(GUARANTEE_MODES, guaranteeMode),
  },
  {
    ...{ key: 'repaymentMethod', title: '还款方式', hidden: true },
    render: ({ repaymentMethod }) => labelOf(REPAYMENT_METHODS, repaymentMethod),
  },
  {
    ...{ key: 'purpose', title: '资金用途', hidden: true },
    render: ({ purpose, purposeText }) => purposeText ?? labelOf(PURPOSES, purpose),
  },
  { key: 'firstLoan', title: '首次贷款', hidden: true, render: ({ firstLoan }) => (firstLoan ? '是' : '否') },
];
