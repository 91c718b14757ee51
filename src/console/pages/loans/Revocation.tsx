import { Alert, Button, Form, Input, Radio, Space, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import type { Loan } from './types.ts';

type Revocations = InferResponseType<(typeof api.loans)[':id']['revocations']['$get'], 200>;
type Revoked = Revocations['items'][number];
const REFRESH = ['loans', 'pools', 'breaker', 'suspensions', 'home', 'portfolio', 'revocations'];

/** 撤销备案: on a ground of the clause, proposed with reasons by one person, decided by another; the loan then leaves the pool. */
export function Revocation({ loan }: { loan: Loan }) {
  const me = useMe();
  const { data, error, refetch } = useAsk(['loans', loan.id, 'revocations'], () =>
    ask(api.loans[':id'].revocations.$get({ param: { id: loan.id } })),
  );
  const open = data?.items.find(({ status }) => status === 'proposed');
  const proposes = may(me, 'revocation.propose') && loan.status === 'active' && !open;
  if (error) return <ProblemAlert error={error} retry={refetch} />;
  if (!data || (data.items.length === 0 && !proposes)) return null;
  return (
    <section aria-label="撤销备案">
      <h2>撤销备案</h2>
      {proposes && <Propose loan={loan} of={data} />}
      {open && <RevocationDecision loan={loan} of={open} />}
      <Decided items={data.items.filter((item) => item !== open)} />
    </section>
  );
}

interface Given {
  ground: string;
  reason: string;
  occurredOn: string;
}

function Propose({ loan: { id, admittedOn }, of: { grounds, cites } }: { loan: Loan; of: Revocations }) {
  const { today } = useMe();
  const [open, setOpen] = useState(false);
  const propose = useAct((json: Given) => ask(api.loans[':id'].revoke.$post({ param: { id }, json })), {
    done: '已提出，等待他人复核',
    refresh: REFRESH,
  });
  const within = async (_: unknown, value?: string) => {
    if (value && (value < admittedOn || value > today)) throw new Error(`应在入池日 ${admittedOn} 与 ${today} 之间`);
  };
  return (
    <>
      <p className="hint-line">
        有办法规定情形的，可以撤销备案：贷款出池，释放准备金，不予补偿。须写明情形，由他人复核。
        <Cites cites={cites} />
      </p>
      <Button className="no-print" onClick={() => setOpen(true)}>
        提出撤销备案
      </Button>
      {open && (
        <FormDialog<Given>
          title="提出撤销备案"
          action="提出，交他人复核"
          act={propose}
          initial={{ occurredOn: today }}
          onClose={() => setOpen(false)}
        >
          <Form.Item name="ground" label="情形" rules={[{ required: true, message: '请选择情形' }]}>
            <Radio.Group vertical options={grounds.map(({ code, label }) => ({ value: code, label }))} />
          </Form.Item>
          <Form.Item
            name="occurredOn"
            label="发生日期"
            rules={[{ required: true, message: '请填写发生日期' }, { validator: within }]}
          >
            <DateField />
          </Form.Item>
          <Form.Item
            name="reason"
            label="事实和理由"
            rules={[{ required: true, whitespace: true, message: '请写明事实和理由' }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
        </FormDialog>
      )}
    </>
  );
}

interface DecisionProps {
  loan: Pick<Loan, 'id' | 'dueBillNo'>;
  of: Revoked;
}

/** The decision of a second person on revoking a filing. */
export function RevocationDecision({ loan: { id, dueBillNo }, of: open }: DecisionProps) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [refusing, setRefusing] = useState(false);
  const confirm = useAct(() => ask(api.loans[':id'].revoke.confirm.$post({ param: { id } })), {
    done: '备案已撤销，准备金已释放',
    refresh: REFRESH,
  });
  const refuse = useAct(
    (reason: string) => ask(api.loans[':id'].revoke.refuse.$post({ param: { id }, json: { reason } })),
    { done: '未同意撤销，备案不变', refresh: REFRESH },
  );
  const sure = () =>
    askFirst({
      title: `同意撤销贷款 ${dueBillNo} 的备案？`,
      content: '同意后贷款出池，准备金释放，此后不予补偿，不能恢复。',
      okText: '同意撤销',
      okButtonProps: { danger: true },
      act: confirm,
    });
  const decides = may(me, 'revocation.decide');
  return (
    <Alert
      type="warning"
      showIcon
      title={`待复核：${open.proposedOn} ${open.mine ? '由您' : (open.proposedBy ?? '')}提出撤销，情形为${open.groundName}`}
      description={
        <>
          <p>
            发生日期 {open.occurredOn}；{open.reason}
            <Cites cites={open.cites} />
          </p>
          <ProblemAlert error={confirm.error} />
          {decides && !open.mine && (
            <Space className="no-print">
              <Button type="primary" danger loading={confirm.isPending} onClick={sure}>
                同意撤销
              </Button>
              <Button onClick={() => setRefusing(true)}>不同意</Button>
            </Space>
          )}
          {open.mine && <span className="hint">提出人不得复核自己提出的撤销，须由自治区其他审核员复核。</span>}
          {!open.mine && !decides && <span className="hint">由自治区审核员复核。</span>}
          <ReasonForm
            title="不同意撤销备案"
            action="不同意，备案不变"
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

function Decided({ items }: { items: Revoked[] }) {
  if (items.length === 0) return null;
  return (
    <Table<Revoked>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={items}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: '提出日期', dataIndex: 'proposedOn' },
        { title: '提出人', render: (_, { proposedBy }) => proposedBy ?? '—' },
        { title: '情形', dataIndex: 'groundName' },
        { title: '发生日期', dataIndex: 'occurredOn' },
        { title: '事实和理由', render: (_, { reason }) => <span className="reason">{reason}</span> },
        {
          title: '结论',
          render: (_, { status }) =>
            status === 'confirmed' ? <Toned tone="past">已撤销</Toned> : <Toned tone="plain">未同意</Toned>,
        },
        { title: '复核日期', render: (_, { decidedOn }) => decidedOn ?? '—' },
        { title: '复核人', render: (_, { decidedBy }) => decidedBy ?? '—' },
        { title: '复核意见', render: (_, { decision }) => <span className="reason">{decision ?? '—'}</span> },
      ]}
    />
  );
}
