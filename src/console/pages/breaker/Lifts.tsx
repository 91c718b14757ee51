import { Alert, Button, Space, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { STOPS, type Suspension, whatOf } from './types.ts';

type Lift = Suspension['lifts'][number];
const REFRESH = ['suspensions', 'breaker', 'home', 'documents'];

/** 解除: proposed with reasons by one person, decided by another; what follows is said before. */
export function Lifts({ of: suspension }: { of: Suspension }) {
  const me = useMe();
  const { lifts, level, cause, status } = suspension;
  const liftable = level === 'suspend' && cause === 'ratio' && status === 'active';
  const open = lifts.find((lift) => lift.status === 'proposed');
  if (!liftable && lifts.length === 0) return null;
  return (
    <section aria-label="解除">
      <h2>解除暂停</h2>
      {open && liftable && <LiftDecision of={suspension} lift={open} />}
      {liftable && !open && may(me, 'suspension.propose') && <Proposal of={suspension} />}
      {liftable && !open && !may(me, 'suspension.propose') && (
        <p className="hint-line">解除由合作单位或自治区审核员提出、自治区另一名审核员复核，目前没有人提出。</p>
      )}
      {liftable && <Others of={suspension} />}
      <Decided lifts={lifts.filter((lift) => lift !== open)} />
    </section>
  );
}

function Proposal({ of: { id, stops } }: { of: Suspension }) {
  const [open, setOpen] = useState(false);
  const propose = useAct(
    (reason: string) => ask(api.suspensions[':id'].lift.$post({ param: { id }, json: { reason } })),
    {
      done: '已提出，等待他人复核',
      refresh: REFRESH,
    },
  );
  return (
    <>
      <p className="hint-line">
        解除后恢复{stops && STOPS[stops]}；比率须先降至暂停线以下、再次达到才会重新暂停。解除须写明理由，由他人复核。
      </p>
      <Button type="primary" onClick={() => setOpen(true)}>
        提出解除
      </Button>
      <ReasonForm
        title="提出解除暂停"
        action="提出，交他人复核"
        label="解除的理由"
        open={open}
        act={propose}
        onClose={() => setOpen(false)}
      />
    </>
  );
}

/** The decision of a second person on lifting a suspension; what follows is said before. */
export function LiftDecision({ of: suspension, lift }: { of: Suspension; lift: Lift }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const { id, stops } = suspension;
  const [refusing, setRefusing] = useState(false);
  const confirm = useAct(() => ask(api.suspensions[':id'].confirm.$post({ param: { id } })), {
    done: '已解除，恢复业务通知书已出具',
    refresh: REFRESH,
  });
  const refuse = useAct(
    (reason: string) => ask(api.suspensions[':id'].refuse.$post({ param: { id }, json: { reason } })),
    {
      done: '未同意解除，暂停继续',
      refresh: REFRESH,
    },
  );
  const sure = () =>
    askFirst({
      title: `同意解除「${whatOf(suspension)}」的暂停？`,
      content: `同意后立即恢复${stops ? STOPS[stops] : '业务'}，出具恢复业务通知书，不能撤回；比率降至暂停线以下后再次达到的，重新暂停。`,
      okText: '同意解除',
      act: confirm,
    });
  return (
    <Alert
      type="warning"
      showIcon
      title={`待复核：${lift.proposedOn} ${lift.mine ? '由您' : (lift.proposedBy ?? '')}提出解除`}
      description={
        <>
          <p>理由：{lift.reason}</p>
          <ProblemAlert error={confirm.error} />
          {may(me, 'suspension.decide') && !lift.mine && (
            <Space className="no-print">
              <Button type="primary" loading={confirm.isPending} onClick={sure}>
                同意解除
              </Button>
              <Button onClick={() => setRefusing(true)}>不同意</Button>
            </Space>
          )}
          {lift.mine && <span className="hint">提出人不得复核自己提出的解除，须由自治区其他审核员复核。</span>}
          {!lift.mine && !may(me, 'suspension.decide') && <span className="hint">由自治区审核员复核。</span>}
          <ReasonForm
            title="不同意解除"
            action="不同意，暂停继续"
            label="理由"
            open={refusing}
            act={refuse}
            onClose={() => setRefusing(false)}
          />
        </>
      }
    />
  );
}

/** Other suspensions of the same pool that keep stopping the same business once this one is lifted. */
function Others({ of: { id, poolCode, stops } }: { of: Suspension }) {
  const { data } = useAsk(['suspensions', 'standing', poolCode], () =>
    ask(api.suspensions.$get({ query: { poolCode, status: 'active', level: 'suspend', limit: '100' } })),
  );
  const others = data?.items.filter((other) => other.id !== id && other.stops === stops) ?? [];
  if (others.length === 0) return null;
  return (
    <p className="hint-line">
      本资金池另有 {others.length} 项暂停，涉及同一银行或整个资金池的，须一并解除才会恢复：
      {others.map((other, i) => (
        <span key={other.id}>
          {i > 0 && '、'}
          <Link to={`/suspensions/${other.id}`}>{whatOf(other)}</Link>
        </span>
      ))}
    </p>
  );
}

function Decided({ lifts }: { lifts: Lift[] }) {
  if (lifts.length === 0) return null;
  return (
    <Table<Lift>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={[...lifts].reverse()}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '提出日期', dataIndex: 'proposedOn' },
        { title: '提出人', render: (_, { proposedBy, mine }) => (mine ? '本人' : (proposedBy ?? '—')) },
        { title: '理由', render: (_, { reason }) => <span className="reason">{reason}</span> },
        {
          title: '结论',
          render: (_, { status }) => (
            <Toned tone={status === 'confirmed' ? 'within' : 'past'}>
              {status === 'confirmed' ? '同意解除' : '未同意'}
            </Toned>
          ),
        },
        { title: '复核日期', render: (_, { decidedOn }) => decidedOn ?? '—' },
        { title: '复核人', render: (_, { decidedBy }) => decidedBy ?? '—' },
        { title: '复核意见', render: (_, { decision }) => <span className="reason">{decision ?? '—'}</span> },
      ]}
    />
  );
}
