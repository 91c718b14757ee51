import { useQueries } from '@tanstack/react-query';
import { Skeleton, Table } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import type { Settlement } from './settlement.ts';

const FIELDS: Record<string, string> = {
  outstandingPrincipal: '贷款余额',
  principalRepaid: '当月归还本金',
  interestPaid: '当月支付利息',
};

interface Row {
  key: string;
  bankName: string;
  reportId: string;
  dueBillNo: string;
  field: string;
  reported: string;
  expected: string;
  difference: string;
  explanation: Explanation;
}

/** Where the banks' reports of the month differ from what the contracts give. */
export function Differences({ period, banks }: { period: string; banks: Settlement['statements'] }) {
  const answers = useQueries({
    queries: banks.map(({ partyCode, partyName }) => ({
      queryKey: ['reports', period, partyCode],
      queryFn: () => differencesOf(period, partyCode, partyName),
    })),
  });
  const failed = answers.find(({ error }) => error)?.error;
  const rows = answers.flatMap(({ data }) => data?.rows ?? []);
  const reported = answers.some(({ data }) => data?.reported);
  if (banks.length === 0) return null;
  return (
    <section>
      <h2>与银行月报的差异</h2>
      <ProblemAlert error={failed} />
      {answers.some(({ isPending }) => isPending) ? (
        <Skeleton active />
      ) : (
        <Table<Row>
          size="small"
          rowKey="key"
          pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
          dataSource={rows}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: reported ? '月报各项与按合同推算的一致' : '本月月报尚未报送，无从比较' }}
          columns={[
            {
              title: '银行',
              render: (_, { bankName, reportId }) => <Link to={`/reports/${reportId}`}>{bankName}</Link>,
            },
            {
              title: '借据号',
              render: (_, { dueBillNo }) => <Link to={`/loans?q=${encodeURIComponent(dueBillNo)}`}>{dueBillNo}</Link>,
            },
            { title: '项目', render: (_, { field }) => FIELDS[field] ?? field },
            { title: '银行报送', align: 'right', render: (_, { reported }) => <Money value={reported} /> },
            {
              title: '按合同推算',
              align: 'right',
              render: (_, { expected, explanation }) => (
                <>
                  <Why of={explanation} title="按合同计算" />
                  <Money value={expected} />
                </>
              ),
            },
            { title: '差额', align: 'right', render: (_, { difference }) => <Money value={difference} /> },
          ]}
        />
      )}
    </section>
  );
}

async function differencesOf(
  period: string,
  bankCode: string,
  bankName: string,
): Promise<{ reported: boolean; rows: Row[] }> {
  const { items } = await ask(api['balance-reports'].$get({ query: { period, bankCode } }));
  const reports = await Promise.all(items.map(({ id }) => ask(api['balance-reports'][':id'].$get({ param: { id } }))));
  const rows = reports.flatMap(({ id, differences }) =>
    differences.map((row) => ({
      ...row,
      explanation: row.explanation as Explanation,
      bankName,
      reportId: id,
      key: `${id}/${row.dueBillNo}/${row.field}`,
    })),
  );
  return { reported: reports.length > 0, rows };
}
