import { Button, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { may, useMe } from '../../session.ts';
import type { Entry } from '../ledger/entry.ts';
import { entryAt } from '../ledger/links.ts';
import { type Difference, REFRESH } from './words.ts';

/** What was booked for a difference, each entry with its page; and how what was booked wrongly is taken back. */
export function Posted({ of: difference }: { of: Difference }) {
  const { id, poolCode } = difference;
  const { data, error, refetch } = useAsk(['ledger', poolCode, 'difference', id], () =>
    ask(api.ledger.entries.$get({ query: { poolCode, q: `difference:${id}`, limit: '100' } })),
  );
  const own = new RegExp(`(^|:)difference:${id}(:|$)`);
  const entries = (data?.items ?? []).filter(({ reference }) => own.test(reference));
  if (data && entries.length === 0) return null;
  return (
    <section>
      <h2>凭证</h2>
      <ProblemAlert error={error} retry={refetch} />
      <Table<Entry>
        size="small"
        rowKey="seq"
        loading={!data && !error}
        pagination={false}
        dataSource={entries}
        columns={[
          {
            title: '凭证',
            render: (_, { seq, reference }) => <Link to={entryAt(poolCode, reference)}>第 {seq} 号</Link>,
          },
          { title: '日期', dataIndex: 'occurredOn' },
          { title: '摘要', render: (_, { memo, reverses }) => (reverses ? `冲销：${memo}` : memo) },
          { title: '金额', align: 'right', render: (_, { lines }) => <Money value={lines[0]?.amount} /> },
          {
            title: '状态',
            render: (_, { reversedBy, reverses }) => (reversedBy ? '已冲销' : reverses ? '冲销凭证' : '有效'),
          },
        ]}
      />
      {difference.status === 'resolved' && !difference.identified && <Reverse of={difference} />}
    </section>
  );
}

function Reverse({ of: { id, mine } }: { of: Difference }) {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const reverse = useAct(
    (reason: string) => ask(api.differences[':id'].reverse.$post({ param: { id }, json: { reason } })),
    { done: '已冲销，差异重新待处理', refresh: REFRESH },
  );
  if (!may(me, 'difference.decide')) return null;
  if (mine) return <p className="hint-line">如入账有误或款项已经查明，由提出人以外的财务人员冲销。</p>;
  return (
    <>
      <Button className="act no-print" danger onClick={() => setAsking(true)}>
        冲销已入账的处理
      </Button>
      <ReasonForm
        danger
        title="冲销已入账的处理"
        action="冲销"
        label="理由"
        open={asking}
        act={reverse}
        onClose={() => setAsking(false)}
      >
        <p>以红字凭证冲销，银行的这笔款项重新成为未核对，可以登记为真实的业务（如出资、回款）。冲销不能撤回。</p>
      </ReasonForm>
    </>
  );
}
