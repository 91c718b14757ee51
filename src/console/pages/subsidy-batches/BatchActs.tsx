import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { CHANGED } from '../subsidies/acts.ts';
import { countOf, isOpen, openOf } from './progress.ts';
import { type Batch, type Board, batchName } from './types.ts';

const yuan = (value: string | null) => `${formatYuan(money(value ?? '0.00'))} 元`;

/** The step that takes a batch further, for whoever may take it. */
export function BatchActs({ board, batch }: { board: Board; batch: Batch | undefined }) {
  if (!batch) return <Publish board={board} />;
  if (batch.status === 'published') return <Allocate batch={batch} />;
  if (batch.status === 'allocated') return <Approve batch={batch} />;
  if (batch.status === 'approved') return <Order batch={batch} />;
  return null;
}

function Publish({ board }: { board: Board }) {
  const me = useMe();
  const navigate = useNavigate();
  const { modal } = App.useApp();
  const { scheme, year, batchNo } = board;
  const publish = useAct(() => ask(api['subsidy-batches'].$post({ json: { scheme, year, batchNo } })), {
    done: ({ objectionsTo }) => `已公示，异议截止 ${objectionsTo}`,
    refresh: CHANGED,
  });
  const decided = countOf(board, 'decided');
  if (!may(me, 'subsidy.publish') || openOf(board) > 0 || decided === 0) return null;
  if (isOpen(board, me.today)) return <span className="hint">申报截止（{board.closesOn}）以后公示</span>;
  const sure = () =>
    modal.confirm({
      title: `公示${batchName(board)}？`,
      content: `公示 ${decided} 项核定的补贴：企业名称、项目和金额。公示期按条款的工作日计算，公示后申请不能再退回。`,
      okText: '公示',
      onOk: () =>
        publish.mutateAsync(undefined).then(
          ({ id }) => navigate(`/subsidy-batches/${id}`, { replace: true }),
          () => {
            // shown on the page
          },
        ),
    });
  return (
    <>
      <ProblemAlert error={publish.error} />
      <Button type="primary" loading={publish.isPending} onClick={sure}>
        公示 {decided} 项
      </Button>
    </>
  );
}

function Allocate({ batch }: { batch: Batch }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const { id, objectionsTo } = batch;
  const allocate = useAct(() => ask(api['subsidy-batches'][':id'].allocate.$post({ param: { id } })), {
    done: ({ granted }) => `已分配 ${yuan(granted)}，待自治区另一人批准`,
    refresh: CHANGED,
  });
  if (!may(me, 'subsidy.allocate')) return null;
  if (objectionsTo! >= me.today) return <span className="hint">公示期满后（{objectionsTo} 以后）分配预算</span>;
  const sure = () =>
    askFirst({
      title: '按试算结果分配预算？',
      content:
        '分配后即占用预算，由自治区另一人批准；批准以前可以退回重新分配。有异议未处理的项目，份额照常计算并预留。',
      okText: '分配预算',
      act: allocate,
    });
  return (
    <>
      <ProblemAlert error={allocate.error} />
      <Button type="primary" loading={allocate.isPending} onClick={sure}>
        分配预算
      </Button>
    </>
  );
}

/** 批准 by a second person, or back to be shared anew. */
export function Approve({ batch }: { batch: Batch }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [returning, setReturning] = useState(false);
  const { id, granted, enterprises } = batch;
  const approve = useAct(() => ask(api['subsidy-batches'][':id'].approve.$post({ param: { id } })), {
    done: '已批准，由财务下达资金',
    refresh: CHANGED,
  });
  const back = useAct(
    (reason: string) => ask(api['subsidy-batches'][':id'].return.$post({ param: { id }, json: { reason } })),
    { done: '已退回，由财务重新分配', refresh: CHANGED },
  );
  if (!may(me, 'subsidy.approve')) return <span className="hint">由自治区另一人批准</span>;
  const sure = () =>
    askFirst({
      title: `批准 ${batchName(batch)}补贴 ${yuan(granted)}？`,
      content: `涉及 ${enterprises} 家企业。批准后各项补贴记入当年支出、应付企业，由财务下达资金和拨付，不能撤回。`,
      okText: '批准',
      act: approve,
    });
  return (
    <>
      <ProblemAlert error={approve.error} />
      <Button onClick={() => setReturning(true)}>退回重新分配</Button>
      <Button type="primary" loading={approve.isPending} onClick={sure}>
        批准
      </Button>
      <ReasonForm
        title="退回重新分配"
        action="退回"
        label="理由"
        open={returning}
        act={back}
        onClose={() => setReturning(false)}
      >
        <p>退回后解除预算占用，由财务重新分配。</p>
      </ReasonForm>
    </>
  );
}

function Order({ batch }: { batch: Batch }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const { id, granted, enterprises } = batch;
  const order = useAct(
    ({ orderNo }: { orderNo: string }) =>
      ask(api['subsidy-batches'][':id'].order.$post({ param: { id }, json: { orderNo: orderNo.trim() } })),
    { done: '已下达资金，由另一名财务人员登记拨付', refresh: CHANGED },
  );
  if (!may(me, 'subsidy.pay')) return null;
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        下达资金
      </Button>
      {open && (
        <FormDialog<{ orderNo: string }>
          title={`下达资金：${batchName(batch)}`}
          action={`下达 ${yuan(granted)}`}
          initial={{}}
          act={order}
          onClose={() => setOpen(false)}
        >
          <p>
            按 {enterprises}{' '}
            家企业填报的收款账户逐户生成拨付，户名须与企业名称一致。下达后由另一名财务人员按银行回单登记拨付。
          </p>
          <Form.Item
            name="orderNo"
            label="下达文号"
            rules={[{ required: true, whitespace: true, message: '请填写下达文号' }]}
          >
            <Input maxLength={64} autoComplete="off" />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}
