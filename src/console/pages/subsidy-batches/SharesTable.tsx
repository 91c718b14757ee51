import { Button, Skeleton, Table } from 'antd';
import { Link } from 'react-router';
import { Exact, money, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { CHANGED } from '../subsidies/acts.ts';
import type { Batch, Shares } from './types.ts';

type Share = Shares['items'][number];

/** 预算分配: how what there is is shared among the batch, tried out while it is public, as it was done since; each share with why. */
export function SharesTable({ batch }: { batch: Batch }) {
  const { id, status } = batch;
  const { data, error } = useAsk(['subsidy-batches', id, 'shares', status], () =>
    ask(api['subsidy-batches'][':id'].shares.$get({ param: { id } })),
  );
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <Skeleton active />;
  const deferring = data.items.some(({ deferred }) => deferred !== '0.00');
  return (
    <section aria-label="预算分配">
      <h2>预算分配　{data.previewed && <Toned tone="near">试算，未分配</Toned>}</h2>
      <p>
        {data.sharing}。核定需求 <Money value={data.demand} withUnit />
        ，可用预算 <Money value={data.available} withUnit />，{data.previewed ? '按现在的预算可分配' : '分配'}{' '}
        <Money value={data.granted} withUnit />
        {data.reserved !== '0.00' && '，为有异议的项目预留 '}
        {data.reserved !== '0.00' && <Money value={data.reserved} withUnit />}
        {rateOf(data)}，剩余 <Money value={data.unshared} withUnit />。
      </p>
      <Rest batch={batch} shares={data} />
      <Table<Share>
        size="small"
        rowKey="applicationId"
        pagination={data.items.length > 10 ? { pageSize: 10, showSizeChanger: false } : false}
        dataSource={data.items}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: '受理号', dataIndex: 'receivedNo', align: 'right', width: 80 },
          {
            title: '企业',
            render: (_, { applicationId, enterpriseName }) => (
              <Link to={`/subsidies/${applicationId}`}>{enterpriseName}</Link>
            ),
          },
          { title: '核定', align: 'right', render: (_, { decided }) => <Money value={decided} /> },
          {
            title: '分配',
            align: 'right',
            render: (_, { granted, explanation }) => (
              <span className="nowrap">
                <Money value={granted} />
                <Why of={explanation as Explanation | null} />
              </span>
            ),
          },
          {
            title: '未满足',
            align: 'right',
            render: (_, { decided, granted }) => <Money value={toWire(money(decided).minus(granted))} />,
          },
          ...(deferring
            ? [
                {
                  title: '转下一年度',
                  align: 'right' as const,
                  render: (_: unknown, { deferred }: Share) => <Money value={deferred} />,
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

/** How much of what is asked for the budget reaches, e.g. （76.06%）. */
function rateOf({ demand, granted, reserved }: Shares): string {
  if (new Exact(demand).isZero()) return '';
  return `（满足 ${new Exact(granted).plus(reserved).times(100).div(demand).toFixed(2)}%）`;
}

/** What the budget did not reach, where the clause lets it go on or somebody got nothing: ended once, by the clause. */
function Rest({ batch: { id }, shares: { toSettle } }: { batch: Batch; shares: Shares }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const settle = useAct(() => ask(api['subsidy-batches'][':id'].rest.$post({ param: { id } })), {
    done: ({ continued, lapsed }) => `${continued.length} 项转下一年度，${lapsed.length} 项不再结转`,
    refresh: CHANGED,
  });
  if (toSettle === 0 || !may(me, 'subsidy.allocate')) return null;
  const sure = () =>
    askFirst({
      title: '办理预算未满足的部分？',
      content: '按分配时的条款：转下一年度的，作为下一年度的申请，核定金额和受理先后不变；不再结转的，到此为止。',
      okText: '办理',
      act: settle,
    });
  return (
    <div className="no-print act">
      <ProblemAlert error={settle.error} />
      <Button size="small" loading={settle.isPending} onClick={sure}>
        办理未满足的 {toSettle} 项
      </Button>
    </div>
  );
}
