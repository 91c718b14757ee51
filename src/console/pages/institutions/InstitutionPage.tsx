import { Descriptions, Empty, Skeleton, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link, useParams } from 'react-router';
import { api, ask } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemPage } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { usePools } from '../../parts/useChoices.ts';
import { may, useMe } from '../../session.ts';
import { AddAccount, AddPartnership, EndPartnership } from './InstitutionForms.tsx';

type Detail = InferResponseType<(typeof api)['institutions'][':code']['$get'], 200>;
type Partnership = Detail['partnerships'][number];
type Account = NonNullable<Detail['accounts']>[number];

const none = (description: string) => <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={description} />;

/** One institution: when and where it is a partner, and its accounts. */
export default function InstitutionPage() {
  const me = useMe();
  const { code = '' } = useParams();
  const pools = usePools();
  const { data, error, refetch } = useAsk(['institutions', code], () =>
    ask(api.institutions[':code'].$get({ param: { code }, query: {} })),
  );
  if (error) return <ProblemPage error={error} retry={refetch} />;
  if (!data) return <Skeleton className="page" active />;
  const writes = may(me, 'institution.write');
  const poolOf = (poolCode: string | null) =>
    poolCode === null ? '各资金池' : (pools.find(({ value }) => value === poolCode)?.label ?? poolCode);
  return (
    <Page title={data.name} trail={[{ title: '机构', to: '/institutions' }]}>
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'kind', label: '类别', children: data.kindLabel },
          { key: 'code', label: '代码', children: data.code },
          { key: 'uscc', label: '统一社会信用代码', children: data.uscc ?? '—' },
          { key: 'cnaps', label: '支付系统行号', children: data.cnaps ?? '—' },
        ]}
      />
      <h2>合作期　{writes && <AddPartnership code={code} pools={pools} />}</h2>
      <Table<Partnership>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={data.partnerships}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: none('没有合作期，不能办理业务') }}
        columns={[
          {
            title: '资金池',
            key: 'pool',
            render: (_, { poolCode }) =>
              poolCode ? <Link to={`/pools/${poolCode}`}>{poolOf(poolCode)}</Link> : poolOf(null),
          },
          { title: '起', dataIndex: 'validFrom' },
          { title: '止', key: 'to', render: (_, { validTo }) => validTo ?? '长期' },
          { title: '依据', dataIndex: 'document' },
          {
            title: '今日',
            key: 'active',
            render: (_, { active }) => (
              <Toned tone={active ? 'within' : 'plain'}>{active ? '合作中' : '不在合作期'}</Toned>
            ),
          },
          ...(writes
            ? [
                {
                  title: '',
                  key: 'end',
                  render: (_: unknown, p: Partnership) =>
                    p.active && <EndPartnership code={code} id={p.id} from={p.validFrom} />,
                },
              ]
            : []),
        ]}
      />
      <h2>银行账户　{writes && <AddAccount code={code} />}</h2>
      {data.accounts === null ? (
        none('账户只对本机构、财务、审计和系统管理员显示')
      ) : (
        <Table<Account>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={data.accounts}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: none('没有登记账户') }}
          columns={[
            { title: '户名', dataIndex: 'accountName' },
            { title: '账号', dataIndex: 'accountNo' },
            { title: '开户行', dataIndex: 'bankName' },
            { title: '支付系统行号', key: 'cnaps', render: (_, { cnaps }) => cnaps ?? '—' },
          ]}
        />
      )}
    </Page>
  );
}
