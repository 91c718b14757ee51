import { Button } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { DecideClosing } from './DecideClosing.tsx';
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

function Decide({ of }: { of: Year }) {
  const { id, year, poolName } = of;
  const confirm = useAct(() => ask(api['year-closings'][':id'].confirm.$post({ param: { id } })), {
    done: `${year} 年已年终结账，年度报表正在出具`,
    refresh: REFRESH,
  });
  const withdraw = useAct(
    (reason: string) => ask(api['year-closings'][':id'].withdraw.$post({ param: { id }, json: { reason } })),
    { done: '已撤回', refresh: REFRESH },
  );
  const question = {
    title: `复核 ${poolName} ${year} 年终结账？`,
    content: '复核后出具年度报表，各科目余额结转下年；不能撤回，也不再重开。',
  };
  return <DecideClosing of={of} what="年终结账" question={question} confirm={confirm} withdraw={withdraw} />;
}
