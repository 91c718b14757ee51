import { Button, Space } from 'antd';
import { useState } from 'react';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { type Receipt, ReceiptFields } from '../../parts/ReceiptFields.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { CHANGED, type Clawback } from './types.ts';

type Routes = (typeof api)['subsidy-clawbacks'][':id'];
const routes: Routes = api['subsidy-clawbacks'][':id'];
const yuan = (value: string): string => `${formatYuan(money(value))} 元`;

/** What this person can do with a clawback now: who proposed it does not decide it. */
export function ClawbackActs({ of }: { of: Clawback }) {
  if (of.status === 'proposed') return <Decide of={of} />;
  if (of.status !== 'ordered') return null;
  return of.cancelling ? <DecideCancel of={of} /> : <Collect of={of} />;
}

function Decide({ of: { id, amount, enterpriseName, mine, ground } }: { of: Clawback }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [declining, setDeclining] = useState(false);
  const confirm = useAct(() => ask(routes.confirm.$post({ param: { id }, json: {} })), {
    done: '已复核，追回决定生效',
    refresh: CHANGED,
  });
  const decline = useAct((reason: string) => ask(routes.decline.$post({ param: { id }, json: { reason } })), {
    done: '不予追回',
    refresh: CHANGED,
  });
  if (!may(me, 'clawback.decide')) return null;
  if (mine) return <span className="hint">由您提出，须由另一名财务人员复核</span>;
  const ban = ground === 'fraud' ? '该企业按条款在规定期限内不得申报。' : '';
  const sure = () =>
    askFirst({
      title: `复核同意追回 ${yuan(amount)}？`,
      content: `向${enterpriseName}追回。复核后记为应收，并通知企业。${ban}`,
      okText: '复核同意',
      act: confirm,
    });
  return (
    <>
      <ProblemAlert error={confirm.error} />
      <Space>
        <Button onClick={() => setDeclining(true)}>不同意</Button>
        <Button type="primary" loading={confirm.isPending} onClick={sure}>
          复核同意
        </Button>
      </Space>
      <ReasonForm
        title="不同意追回"
        action="不同意"
        label="理由"
        open={declining}
        act={decline}
        onClose={() => setDeclining(false)}
      />
    </>
  );
}

function DecideCancel({ of: { id, cancelMine, cancelReason } }: { of: Clawback }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const agree = useAct(() => ask(routes.cancel.confirm.$post({ param: { id } })), {
    done: '追回已撤销',
    refresh: CHANGED,
  });
  const refuse = useAct(() => ask(routes.cancel.refuse.$post({ param: { id } })), {
    done: '不同意撤销，追回继续',
    refresh: CHANGED,
  });
  if (!may(me, 'clawback.decide')) return null;
  if (cancelMine) return <span className="hint">撤销由您提出，须由另一名财务人员复核</span>;
  const sure = () =>
    askFirst({
      title: '同意撤销这项追回？',
      content: `撤销理由：${cancelReason}。撤销后应收冲回，不得申报的限制一并解除。`,
      okText: '同意撤销',
      act: agree,
    });
  return (
    <>
      <ProblemAlert error={agree.error ?? refuse.error} />
      <Space>
        <Button loading={refuse.isPending} onClick={() => refuse.mutate(undefined)}>
          不同意撤销
        </Button>
        <Button type="primary" loading={agree.isPending} onClick={sure}>
          同意撤销
        </Button>
      </Space>
    </>
  );
}

function Collect({ of: { id, received, outstanding } }: { of: Clawback }) {
  const me = useMe();
  const [open, setOpen] = useState<'receive' | 'cancel'>();
  const receive = useAct((json: Receipt) => ask(routes.receipts.$post({ param: { id }, json })), {
    done: '到账已登记并入账',
    refresh: CHANGED,
  });
  const cancel = useAct((reason: string) => ask(routes.cancel.$post({ param: { id }, json: { reason } })), {
    done: '已提出撤销，待另一人复核',
    refresh: CHANGED,
  });
  const close = () => setOpen(undefined);
  return (
    <>
      {may(me, 'clawback.propose') && received === '0.00' && (
        <Button onClick={() => setOpen('cancel')}>提出撤销</Button>
      )}
      {may(me, 'clawback.record') && (
        <Button type="primary" onClick={() => setOpen('receive')}>
          登记到账
        </Button>
      )}
      <ReasonForm
        title="提出撤销追回"
        action="提出，交另一人复核"
        label="理由"
        open={open === 'cancel'}
        act={cancel}
        onClose={close}
      />
      {open === 'receive' && (
        <FormDialog<Receipt>
          title="登记追回资金到账"
          action="登记到账"
          initial={{ amount: outstanding, receivedOn: me.today }}
          act={receive}
          onClose={close}
        >
          <p>尚未收回 {yuan(outstanding)}，可以分次登记。登记后立即入账。</p>
          <ReceiptFields most={outstanding} above={`不能超过尚未收回的 ${yuan(outstanding)}`} />
        </FormDialog>
      )}
    </>
  );
}
