import { Alert, Button, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { money, sum, toWire } from '../../../money/money.ts';
import { Cites } from '../../parts/Cites.tsx';
import { Money } from '../../parts/Money.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { entryAt } from '../ledger/links.ts';
import type { Board, Capital as CapitalOf, Pool } from './board.ts';
import { OrderDecision } from './OrderDecision.tsx';
import { WindUpForm } from './WindUpForm.tsx';

type Order = CapitalOf['items'][number];

/** 出资的补充、退回与终止: what must come in, what left the pool or is about to, and the end of the pool. */
export function Capital({ capital, board, pool }: { capital: CapitalOf; board: Board; pool: Pool }) {
  const me = useMe();
  const [ending, setEnding] = useState(false);
  const { topUp, endsOn, items } = capital;
  const open = items.filter(({ status }) => status === 'proposed');
  const match = toWire(sum(board.match.owed.map(({ outstanding }) => money(outstanding))));
  return (
    <section id="capital" aria-label="出资的补充、退回与终止">
      <h2>出资的补充、退回与终止</h2>
      <p>
        {topUp.owed === '0.00' ? (
          <>
            <Toned tone="within">不必补充</Toned>净额不低于累计出资的 {topUp.floor}%
          </>
        ) : (
          <>
            <Toned tone="past">应补充出资</Toned>
            <Money value={topUp.owed} withUnit />
            ，净额低于累计出资的 {topUp.floor}%
          </>
        )}
        <Why of={topUp.explanation as Explanation} />
        <Cites cites={topUp.cites} />
        {match !== '0.00' && (
          <>
            ；配套资金尚缺 <Money value={match} withUnit />
          </>
        )}
        。
      </p>
      {endsOn && (
        <Alert type="warning" showIcon title={`资金池已于 ${endsOn} 终止，不再受理新备案；在池贷款按原办法办理。`} />
      )}
      {may(me, 'capital.propose') && !endsOn && (
        <Space className="no-print" wrap>
          <Button onClick={() => setEnding(true)}>提出终止资金池</Button>
          <span className="hint">退回出资在「各方出资」表中办理，均须由他人复核后入账。</span>
        </Space>
      )}
      {ending && <WindUpForm capital={capital} pool={pool} onClose={() => setEnding(false)} />}
      {open.map((order) => (
        <OrderDecision key={order.id} order={order} />
      ))}
      <Orders items={items.filter((order) => !open.includes(order))} />
    </section>
  );
}

function Orders({ items }: { items: Order[] }) {
  if (items.length === 0) return null;
  return (
    <Table<Order>
      size="small"
      rowKey="id"
      pagination={items.length > 10 && { pageSize: 10, showSizeChanger: false }}
      dataSource={items}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '付款日期', dataIndex: 'paidOn' },
        { title: '事项', render: (_, { kind }) => KINDS[kind] },
        { title: '出资方', render: (_, { lines }) => lines.map((l) => l.contributorName).join('、') || '—' },
        {
          title: '金额',
          align: 'right',
          render: (_, { id, poolCode, total, status }) =>
            status === 'confirmed' && total !== '0.00' ? (
              <Link to={entryAt(poolCode, `capital-order:${id}`)}>
                <Money value={total} />
              </Link>
            ) : (
              <Money value={total} />
            ),
        },
        { title: '付款凭证号', dataIndex: 'voucherNo' },
        { title: '理由', render: (_, { reason }) => <span className="reason">{reason}</span> },
        {
          title: '结论',
          render: (_, { status, decision }) =>
            status === 'confirmed' ? (
              <Toned tone="within">已入账</Toned>
            ) : (
              <span className="reason">未入账：{decision}</span>
            ),
        },
        { title: '提出人', render: (_, { proposedBy }) => proposedBy ?? '—' },
        { title: '复核人', render: (_, { decidedBy, decidedOn }) => `${decidedBy ?? '—'} ${decidedOn ?? ''}` },
      ]}
    />
  );
}

/** What an order does. */
export const KINDS = { return: '退回出资', windUp: '终止资金池' } as const;
