import { Button, Skeleton, Space, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { type Column, DataTable } from '../../parts/DataTable.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { useBanks } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { type Due, duesOf } from './dues.ts';

type Report = InferResponseType<(typeof api)['balance-reports']['$get'], 200>['items'][number];

/** 余额月报: what is still due, by month and pool and until when; then what was received and what it lacks. */
export default function ReportsPage() {
  const me = useMe();
  const banks = useBanks();
  const { data, error, refetch } = useAsk(['portfolio', {}], () => ask(api.portfolio.$get({ query: {} })));
  const dues = duesOf(data?.items ?? []);
  return (
    <Page
      title="余额月报"
      sentence={data && sentenceOf(dues, me.today)}
      actions={
        may(me, 'loan.report') && (
          <Link to="/imports/new?kind=balanceReports">
            <Button type="primary">上传月报</Button>
          </Link>
        )
      }
    >
      <ProblemAlert error={error} retry={refetch} />
      {!data && !error && <Skeleton active />}
      {dues.length > 0 && <Dues dues={dues} />}
      <h2>已收到的月报</h2>
      <DataTable<Report>
        from="/balance-reports"
        rowKey="id"
        columns={COLUMNS.filter(({ key }) => key !== 'bankName' || me.role !== 'bank')}
        filters={[
          ...(banks.length > 1
            ? [{ name: 'bankCode', label: '合作银行', kind: 'select' as const, options: banks, width: 160 }]
            : []),
          { name: 'from', label: '月份起', kind: 'month' },
          { name: 'to', label: '月份止', kind: 'month' },
        ]}
        empty="还没有收到月报。贷款放款后，按月报送余额。"
      />
    </Page>
  );
}

function sentenceOf(dues: Due[], today: string): string {
  const late = dues.filter((due) => due.late).length;
  if (dues.length === 0) return `截至 ${today}，应报的月报已全部收到。`;
  const next = dues.map(({ dueOn }) => dueOn).sort()[0];
  const loans = dues.reduce((n, due) => n + due.loans, 0);
  return `还有 ${dues.length} 份月报未报齐，共 ${loans} 笔${late > 0 ? `，其中 ${late} 份已逾期` : `，最早应于 ${next} 前报送`}。`;
}

function Dues({ dues }: { dues: Due[] }) {
  const me = useMe();
  const reports = may(me, 'loan.report');
  return (
    <section aria-label="应报未报">
      <h2>应报未报</h2>
      <Table<Due>
        size="small"
        pagination={dues.length > 24 && { pageSize: 24, showSizeChanger: false }}
        rowKey={({ bankCode, poolCode, period }) => `${bankCode}${poolCode}${period}`}
        dataSource={dues}
        columns={[
          { title: '月份', dataIndex: 'period', className: 'one-line' },
          ...(reports ? [] : [{ title: '合作银行', dataIndex: 'bankName' }]),
          { title: '资金池', dataIndex: 'poolName' },
          {
            title: '未报笔数',
            align: 'right',
            className: 'one-line',
            render: (_, { loans, bankCode, poolCode }) => (
              <Link to={`/loans?bankCode=${bankCode}&poolCode=${poolCode}&status=active&sort=lastReportPeriod`}>
                {loans}
              </Link>
            ),
          },
          {
            title: '报送期限',
            render: (_, { dueOn, late, cites }) => (
              <>
                <Toned tone={late ? 'past' : 'near'}>{late ? `已逾期，应于 ${dueOn}` : `${dueOn} 前`}</Toned>
                <Cites cites={cites} />
              </>
            ),
          },
          ...(reports
            ? [
                {
                  title: '',
                  render: (_: unknown, { poolCode, period }: Due) => (
                    <Space>
                      <Button
                        size="small"
                        href={`/api/v1/import-templates/balanceReports/filled?period=${period}&poolCode=${poolCode}`}
                        title="应报的贷款已按合同填好，核对更正后上传"
                      >
                        下载底稿
                      </Button>
                      <Link to={`/imports/new?kind=balanceReports&pool=${poolCode}`}>
                        <Button size="small" type="primary">
                          上传
                        </Button>
                      </Link>
                    </Space>
                  ),
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

const COLUMNS: Column<Report>[] = [
  {
    ...{ key: 'period', title: '月份', sortable: true },
    render: ({ id, period }) => <Link to={`/reports/${id}`}>{period}</Link>,
  },
  { key: 'bankName', title: '合作银行' },
  { key: 'receivedOn', title: '收到日期', sortable: true },
  { key: 'lines', title: '已报笔数', align: 'right' },
  {
    ...{ key: 'missingTotal', title: '未报笔数', align: 'right' },
    render: ({ missingTotal }) => (missingTotal > 0 ? <Toned tone="near">{missingTotal}</Toned> : 0),
  },
];
