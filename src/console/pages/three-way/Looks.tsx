import { Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Toned } from '../../parts/StateTag.tsx';
import { useAsk } from '../../parts/useAsk.ts';

type Look = InferResponseType<(typeof api)['loan-reconciliations']['$get'], 200>['items'][number];

/** A pool's other months as they were last compared, the newest first; nothing where there are none. */
export function Looks({ poolCode, shown }: { poolCode: string; shown: string }) {
  const { data } = useAsk(['loan-reconciliations', poolCode], () =>
    ask(api['loan-reconciliations'].$get({ query: { poolCode, limit: '25', sort: '-period' } })),
  );
  const others = data?.items.filter(({ period }) => period !== shown) ?? [];
  if (others.length === 0) return null;
  return (
    <section className="no-print">
      <h2>其他月份</h2>
      <Table<Look>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={others}
        columns={[
          {
            title: '月份',
            render: (_, { period }) => <Link to={`/three-way?poolCode=${poolCode}&period=${period}`}>{period}</Link>,
          },
          { title: '最近核对', dataIndex: 'runOn' },
          { title: '核对次数', dataIndex: 'number', align: 'right' },
          { title: '一致的贷款', dataIndex: 'agreed', align: 'right' },
          {
            title: '结果',
            render: (_, { differences }) =>
              differences === 0 ? (
                <Toned tone="within">三方一致</Toned>
              ) : (
                <Toned tone="near">{differences} 项差异</Toned>
              ),
          },
        ]}
      />
    </section>
  );
}
