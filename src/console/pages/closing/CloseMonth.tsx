import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { DecideClosing } from './DecideClosing.tsx';
import { type Closing, REFRESH } from './types.ts';

/** The closing of a month: proposed by one, confirmed by another, never undone; without reconciliation only for a reason that is kept. */
export function CloseMonth({ of: closing }: { of: Closing }) {
  const me = useMe();
  const { status, exception, proposedBy, proposedOn, closedBy, closedOn } = closing;
  const why = exception !== null && (
    <Alert type="warning" showIcon title={`例外结账，未完成的项目见上。理由：${exception}`} />
  );
  if (status === 'closed')
    return (
      <>
        {why}
        <p>
          {proposedOn} {proposedBy ?? '—'} 提出，{closedOn} {closedBy ?? '—'} 复核结账。
        </p>
      </>
    );
  if (!may(me, 'closing.propose')) return <p className="hint-line">结账由财务两人办理，您可以查看。</p>;
  return (
    <>
      {why}
      {status === 'proposed' ? <Decide of={closing} /> : <Propose of={closing} />}
    </>
  );
}

function Propose({ of: { poolCode, period, checklist, status } }: { of: Closing }) {
  const [excepting, setExcepting] = useState(false);
  const propose = useAct(
    (exception: string | undefined) =>
      ask(api.closings.$post({ json: { poolCode, period, ...(exception ? { exception } : {}) } })),
    { done: '已提出结账，待另一人复核', refresh: REFRESH },
  );
  const missing = checklist.filter(({ state }) => state === 'missing');
  const waivable = missing.length > 0 && missing.every((check) => check.waivable);
  return (
    <div className="act">
      <ProblemAlert error={excepting ? undefined : propose.error} />
      <Space wrap>
        {missing.length === 0 && (
          <Button type="primary" loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
            提出结账，交他人复核
          </Button>
        )}
        {missing.length > 0 && (
          <span>
            还有 {missing.length} 项未完成{status === 'open' && '，不能正常结账'}。
          </span>
        )}
        {waivable && <Button onClick={() => setExcepting(true)}>例外结账……</Button>}
      </Space>
      <ReasonForm
        title={`${period} 例外结账`}
        action="提出，交他人复核"
        label="理由"
        open={excepting}
        act={propose}
        onClose={() => setExcepting(false)}
      >
        <p>银行对账没有完成而仍要结账的，写明理由；理由和未完成的项目随结账保存，理由印在年度报表的附注中。</p>
      </ReasonForm>
    </div>
  );
}

function Decide({ of }: { of: Closing }) {
  const { id, period, poolName } = of;
  const confirm = useAct(() => ask(api.closings[':id'].confirm.$post({ param: { id } })), {
    done: `${period} 已结账`,
    refresh: REFRESH,
  });
  const withdraw = useAct(
    (reason: string) => ask(api.closings[':id'].withdraw.$post({ param: { id }, json: { reason } })),
    { done: '已撤回', refresh: REFRESH },
  );
  const question = {
    title: `复核 ${poolName} ${period} 结账？`,
    content: '结账后本月不再重开，也不能撤回；以后补报的事项作为调整，记入后续月份并注明所属的月份。',
  };
  return <DecideClosing of={of} what="结账" question={question} confirm={confirm} withdraw={withdraw} />;
}
