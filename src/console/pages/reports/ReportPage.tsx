import { Button, Skeleton, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { usePoolName } from '../../parts/useChoices.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';

type Report = InferResponseType<(typeof api)['balance-reports'][':id']['$get'], 200>;
type Difference = Report['differences'][number];

const FIELDS: Record<string, string> = {
  outstandingPrincipal: '贷款余额',
  principalRepaid: '本月归还本金',
  interestPaid: '本月实付利息',
};

/** 月报详情: which loans it lacks, and where its figures differ from the contracts' own arithmetic. */
export default function ReportPage() {
  const { id = '' } = useParams();
  const me = useMe();
  const { data, error, refetch } = useAsk(['balance-reports', id], () =>
    ask(api['balance-reports'][':id'].$get({ param: { id } })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const { period, missingTotal, differencesTotal } = data;
  return (
    <Page
      title={`${period} 余额月报`}
      trail={[{ title: '余额月报', to: '/reports' }]}
      sentence={sentenceOf(data)}
      actions={
        missingTotal > 0 &&
        may(me, 'loan.report') && (
          <Link to="/imports/new?kind=balanceReports">
            <Button type="primary">补报</Button>
          </Link>
        )
      }
    >
      {missingTotal > 0 && <Missing report={data} />}
      {differencesTotal > 0 && <Differences rows={data.differences} total={differencesTotal} />}
    </Page>
  );
}

function sentenceOf({ receivedOn, lines, missingTotal, differencesTotal }: Report): string {
  const lacks = missingTotal > 0 ? `还缺 ${missingTotal} 笔` : '应报的都已报齐';
  const differs = differencesTotal > 0 ? `${differencesTotal} 笔与合同计算不一致，请核对` : '与合同计算一致';
  return `${receivedOn} 收到 ${lines} 笔，${lacks}；${differs}。`;
}

function Missing({ report: { missing, missingTotal } }: { report: Report }) {
  const poolName = usePoolName();
  return (
    <section aria-label="未报的贷款">
      <h2>未报的贷款（{missingTotal} 笔）</h2>
      <Table
        size="small"
        rowKey="dueBillNo"
        dataSource={missing}
        pagination={missing.length > 50 && { pageSize: 50, showSizeChanger: false }}
        columns={[
          { title: '借据号', dataIndex: 'dueBillNo', render: toLoan },
          { title: '企业', dataIndex: 'enterprise' },
          {
            title: '资金池',
            dataIndex: 'poolCode',
            render: poolName,
          },
        ]}
      />
    </section>
  );
}

function Differences({ rows, total }: { rows: Difference[]; total: number }) {
  return (
    <section aria-label="与合同计算的差异">
      <h2>与合同计算不一致（{total} 笔）</h2>
      <p>计算数按合同金额、利率、计息基础和还款方式得出。提前还款、展期或逾期会产生差异，不影响收到的余额。</p>
      <Table<Difference>
        size="small"
        rowKey={({ dueBillNo, field }) => `${dueBillNo}${field}`}
        dataSource={rows}
        pagination={rows.length > 50 && { pageSize: 50, showSizeChanger: false }}
        columns={[
          { title: '借据号', dataIndex: 'dueBillNo', render: toLoan },
          { title: '项目', dataIndex: 'field', render: (field: string) => FIELDS[field] ?? field },
          { title: '报送数', align: 'right', render: (_, { reported }) => <Money value={reported} /> },
          {
            title: '计算数',
            align: 'right',
            render: (_, { expected, explanation }) => (
              <>
                <Why of={explanation as Explanation} title="按合同计算" />
                <Money value={expected} />
              </>
            ),
          },
          { title: '差额', align: 'right', render: (_, { difference }) => <Money value={difference} /> },
        ]}
      />
    </section>
  );
}

const toLoan = (dueBillNo: string) => <Link to={`/loans?q=${encodeURIComponent(dueBillNo)}`}>{dueBillNo}</Link>;
