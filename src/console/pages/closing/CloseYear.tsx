import { App, Button, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { REFRESH, type Year } from './types.ts';

/** 年终结账: proposed by one when every month is closed, confirmed by another; the annual statements go out with it. */
export function CloseYear({ of: closing }: { of: Year }) {
  const me = useMe();
  const { status, poolCode, year, proposedBy, proposedOn, closedBy, closedOn } = closing;
  const propose = useAct(() => ask(api['year-closings'].$post({ json: { poolCode, year } })), {
    done: '已提出年终结账，待另一人复核',
    refresh: REFRESH,
  });
  if (status === 'closed')
    return (
      <p>
        {proposedOn} {proposedBy ?? '—'} 提出，{closedOn} {closedBy ?? '—'} 复核。
      </p>
    );
  if (status === 'open' || !may(me, 'closing.propose')) return null;
  if (status === 'proposed') return <Decide of={closing} />;
  return (
    <div className="act">
      <ProblemAlert error={propose.error} />
      <Button type="primary" loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
        提出年终结账，交他人复核
      </Button>
    </div>
  );
}

function Decide({ of: { id, year, poolName, mine, proposedBy, proposedOn } }: { of: Year }) {
  const me = useMe();
  const { modal } = App.useApp();
  const [withdrawing, setWithdrawing] = useState(false);
  const confirm = useAct(() => ask(api['year-closings'][':id'].confirm.$post({ param: { id } })), {
    done: `${year} 年已年终结账，年度报表正在出具`,
    refresh: REFRESH,
  });
  const withdraw = useAct(
    (reason: string) => ask(api['year-closings'][':id'].withdraw.$post({ param: { id }, json: { reason } })),
    { done: '已撤回', refresh: REFRESH },
  );
  const question = () =>
    modal.confirm({
      title: `复核 ${poolName} ${year} 年终结账？`,
      content: '复核后出具年度报表，各科目余额结转下年；不能撤回，也不再重开。',
      okText: '年终结账',
      cancelText: '再看看',
      onOk: () => confirm.mutateAsync(undefined).catch(() => {}),
    });
  return (
    <div className="act">
      <p>
        {proposedOn} {proposedBy ?? '—'}
        {mine && '（本人）'}提出年终结账。
      </p>
      <ProblemAlert error={confirm.error} />
      <Space wrap>
        {!mine && may(me, 'closing.decide') && (
          <Button type="primary" loading={confirm.isPending} onClick={question}>
            复核年终结账
          </Button>
        )}
        <Button onClick={() => setWithdrawing(true)}>{mine ? '撤回' : '退回'}</Button>
        {mine && <span className="hint">由您提出，须由另一人复核。</span>}
      </Space>
      <ReasonForm
        title={mine ? '撤回年终结账' : '退回年终结账'}
        action={mine ? '撤回' : '退回'}
        label="理由"
        open={withdrawing}
        act={withdraw}
        onClose={() => setWithdrawing(false)}
      />
    </div>
  );
}
