import { Button, Form, Input, Radio, Space, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { formatYuan, money } from '../../../money/money.ts';
import {
  BUDGET_CHANGES,
  type BudgetChangeKind,
  CHANGE_STATUSES,
  type ChangeStatus,
} from '../../../subsidies/budget-change.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { type Tone, Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmount } from '../filings/amount.ts';
import { type Budget, CHANGED } from './types.ts';

type Change = InferResponseType<(typeof api.budgets)[':code']['changes']['$get'], 200>['items'][number];

const TONES: Record<ChangeStatus, Tone> = { proposed: 'near', approved: 'within', declined: 'plain' };
const KINDS = Object.entries(BUDGET_CHANGES).map(([value, label]) => ({ value, label }));

/** 预算调整: 追加, 核减 and 结转, proposed by one and decided by another. */
export function BudgetChanges({ budget }: { budget: Budget }) {
  const me = useMe();
  const [proposing, setProposing] = useState(false);
  const { code } = budget;
  const { data, error } = useAsk(['budgets', code, 'changes'], () =>
    ask(api.budgets[':code'].changes.$get({ param: { code } })),
  );
  const rows = data?.items ?? [];
  const proposes = may(me, 'budget.write');
  if (rows.length === 0 && !proposes) return <ProblemAlert error={error} />;
  return (
    <section aria-label="预算调整">
      <div className="table-bar">
        <h3>预算调整</h3>
        {proposes && (
          <Button size="small" className="no-print" onClick={() => setProposing(true)}>
            提出调整
          </Button>
        )}
      </div>
      <ProblemAlert error={error} />
      {rows.length > 0 && (
        <Table<Change>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={rows}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: '调整', render: (_, { kind }) => BUDGET_CHANGES[kind as BudgetChangeKind] },
            {
              title: '金额',
              align: 'right',
              render: (_, { amount, explanation }) => (
                <span className="nowrap">
                  <Money value={amount} />
                  <Why of={explanation as Explanation | null} />
                </span>
              ),
            },
            { title: '文件', dataIndex: 'document' },
            { title: '理由', render: (_, { reason }) => <span className="reason">{reason}</span> },
            { title: '提出', render: (_, { proposedOn, proposedByName }) => `${proposedOn} ${proposedByName ?? ''}` },
            { title: '结果', render: (_, change) => <Outcome of={change} /> },
            { title: '', className: 'no-print', render: (_, change) => <Decide of={change} /> },
          ]}
        />
      )}
      {proposing && <Propose budget={budget} onClose={() => setProposing(false)} />}
    </section>
  );
}

function Outcome({ of: { status, decidedOn, decidedByName, opinion } }: { of: Change }) {
  const known = status as ChangeStatus;
  return (
    <>
      <Toned tone={TONES[known]}>{CHANGE_STATUSES[known]}</Toned>
      {decidedOn && (
        <span className="hint">{`${decidedOn} ${decidedByName ?? ''}${opinion ? `，${opinion}` : ''}`}</span>
      )}
    </>
  );
}

interface Given {
  kind: BudgetChangeKind;
  amount: string;
  document: string;
  reason: string;
}

function Propose({ budget, onClose }: { budget: Budget; onClose(): void }) {
  const propose = useAct(
    (json: Given) => ask(api.budgets[':code'].changes.$post({ param: { code: budget.code }, json })),
    { done: '已提出，待另一人复核', refresh: CHANGED },
  );
  return (
    <FormDialog<Given>
      title={`预算调整：${budget.name}`}
      action="提出，交另一人复核"
      initial={{ kind: 'increase' }}
      act={propose}
      onClose={onClose}
    >
      <p>
        现预算 {formatYuan(money(budget.amount))} 元，可分配 {formatYuan(money(budget.available))}{' '}
        元。核减和结转不能超过可分配的金额；已到账而不再安排的资金，复核时转出。
      </p>
      <Form.Item name="kind" label="调整">
        <Radio.Group options={KINDS} />
      </Form.Item>
      <Form.Item
        name="amount"
        label="金额"
        rules={[{ required: true, message: '请填写金额' }, { validator: isAmount }]}
      >
        <AmountField />
      </Form.Item>
      <Form.Item
        name="document"
        label="依据文件"
        rules={[{ required: true, whitespace: true, message: '请填写依据文件' }]}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: '请填写理由' }]}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  );
}

/** The decision of a second person; money that goes out with it needs the bank's number. */
export function Decide({ of }: { of: Change }) {
  const me = useMe();
  const [open, setOpen] = useState<'approve' | 'refuse'>();
  const param = { id: of.id };
  const moves = of.toMove !== null && of.toMove !== '0.00';
  const approve = useAct(
    (json: { voucherNo?: string; opinion?: string }) =>
      ask(api['budget-changes'][':id'].approve.$post({ param, json })),
    { done: '已复核，预算已调整', refresh: CHANGED },
  );
  const refuse = useAct(
    (reason: string) => ask(api['budget-changes'][':id'].refuse.$post({ param, json: { reason } })),
    { done: '不同意，预算不变', refresh: CHANGED },
  );
  const close = () => setOpen(undefined);
  if (of.status !== 'proposed' || !may(me, 'budget.decide')) return null;
  if (of.mine) return <span className="hint">由您提出，须由他人复核</span>;
  return (
    <>
      <Space>
        <Button size="small" type="primary" onClick={() => setOpen('approve')}>
          复核
        </Button>
        <Button size="small" onClick={() => setOpen('refuse')}>
          不同意
        </Button>
      </Space>
      {open === 'approve' && (
        <FormDialog<{ voucherNo?: string; opinion?: string }>
          title={`复核：${BUDGET_CHANGES[of.kind as BudgetChangeKind]} ${formatYuan(money(of.amount))} 元`}
          action="复核同意"
          initial={{}}
          act={approve}
          onClose={close}
        >
          <p>提出人不得复核。{moves && `已到账而不再安排的 ${formatYuan(money(of.toMove!))} 元随即转出。`}</p>
          {moves && (
            <Form.Item
              name="voucherNo"
              label="银行凭证号"
              rules={[{ required: true, whitespace: true, message: '请填写银行凭证号' }]}
            >
              <Input maxLength={64} autoComplete="off" />
            </Form.Item>
          )}
          <Form.Item name="opinion" label="意见（可不填）">
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </FormDialog>
      )}
      <ReasonForm
        title="不同意调整"
        action="不同意"
        label="理由"
        open={open === 'refuse'}
        act={refuse}
        onClose={close}
      />
    </>
  );
}
