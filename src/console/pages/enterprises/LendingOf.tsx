import { Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { StateTag } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';

type Loan = InferResponseType<(typeof api)['loans']['$get'], 200>['items'][number];
type Filing = InferResponseType<(typeof api)['loan-filings']['$get'], 200>['items'][number];

/** As many as one enterprise's page shows. */
const MOST = '100';

/** The loans of an enterprise that the person may see, the latest first. */
export function LoansOf({ uscc }: { uscc: string }) {
  const { data, error, refetch } = useAsk(['loans', 'of', uscc], () =>
    ask(api.loans.$get({ query: { enterpriseUscc: uscc, sort: '-admittedOn', limit: MOST } })),
  );
  return (
    <>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Loan>
        size="small"
        rowKey="id"
        pagination={false}
        loading={!data && !error}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有您能查看的入池贷款' }}
        columns={[
          {
            title: '借据号',
            key: 'no',
            render: (_, { id, dueBillNo }) => <Link to={`/loans/${id}`}>{dueBillNo}</Link>,
          },
          { title: '银行', dataIndex: 'bankName' },
          { title: '资金池', dataIndex: 'poolName' },
          { title: '贷款金额', key: 'principal', align: 'right', render: (_, l) => <Money value={l.principal} /> },
          {
            title: '贷款余额',
            key: 'outstanding',
            align: 'right',
            render: (_, l) => <Money value={l.outstandingPrincipal} />,
          },
          { title: '到期日', dataIndex: 'maturesOn' },
          { title: '五级分类', key: 'class', render: (_, l) => <StateTag state={l.classification} /> },
          { title: '状态', key: 'status', render: (_, l) => <StateTag state={l.status} /> },
        ]}
      />
    </>
  );
}

/** The filings of an enterprise that the person may see, the latest first. */
export function FilingsOf({ uscc }: { uscc: string }) {
  const { data, error, refetch } = useAsk(['loan-filings', 'of', uscc], () =>
    ask(api['loan-filings'].$get({ query: { enterpriseUscc: uscc, sort: '-filedOn', limit: MOST } })),
  );
  return (
    <>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Filing>
        size="small"
        rowKey="id"
        pagination={false}
        loading={!data && !error}
        dataSource={data?.items ?? []}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有您能查看的备案' }}
        columns={[
          {
            title: '借据号',
            key: 'no',
            render: (_, { id, dueBillNo }) => <Link to={`/filings/${id}`}>{dueBillNo}</Link>,
          },
          { title: '银行', dataIndex: 'bankName' },
          { title: '受理日', dataIndex: 'filedOn' },
          {
            title: '备案金额',
            key: 'counted',
            align: 'right',
            render: (_, f) => <Money value={f.countedPrincipal} />,
          },
          { title: '结论', key: 'status', render: (_, f) => <StateTag state={f.status} /> },
          { title: '理由', dataIndex: 'reason', render: (reason) => reason ?? '' },
        ]}
      />
    </>
  );
}
