import { Button, Form, Input, Space, Table } from 'antd';
import type { InferResponseType } from 'hono/client';
import { useState } from 'react';
import { Link } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { SUPPLEMENT_STATUSES, type SupplementStatus } from '../../../subsidies/supplement.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { type Tone, Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { type Explanation, Why } from '../../parts/Why.tsx';
import { may, useMe } from '../../session.ts';
import { CHANGED } from '../subsidies/acts.ts';
import type { Batch } from './types.ts';

export type Supplement = InferResponseType<
  (typeof api)['subsidy-batches'][':id']['supplements']['$get'],
  200
>['items'][number];

const TONES: Partial<Record<SupplementStatus, Tone>> = { proposed: 'near', approved: 'near', ordered: 'near' };

/** 补充分配: what lines get whose objection was dismissed after their batch was shared out; shared, approved by another, ordered and paid like the batch. */
export function Supplements({ batch }: { batch: Batch }) {
  const me = useMe();
  const { id, status } = batch;
  const { data, error } = useAsk(['subsidy-supplements', id], () =>
    ask(api['subsidy-batches'][':id'].supplements.$get({ param: { id } })),
  );
  const objections = useAsk(
    ['subsidy-objections', 'waiting', id],
    () =>
      ask(
        api['subsidy-objections'].$get({
          query: {
            ...{ scheme: batch.scheme, year: `${batch.year}`, batchNo: `${batch.batchNo}` },
            ...{ status: 'dismissed', limit: '500' },
          } as never,
        }),
      ),
    { enabled: may(me, 'subsidy.allocate') && status !== 'published' },
  );
  const propose = useAct(() => ask(api['subsidy-batches'][':id'].supplements.$post({ param: { id } })), {
    done: '已补充分配，待自治区另一人批准',
    refresh: CHANGED,
  });
  const rows = data?.items ?? [];
  // What is kept for a line whose objection was dismissed and that nothing was shared out to since.
  const waiting = (objections.data?.items ?? []).filter(({ reserved }) => reserved !== null && reserved !== '0.00');
  if (rows.length === 0 && waiting.length === 0) return <ProblemAlert error={error} />;
  return (
    <section aria-label="补充分配">
      <div className="table-bar">
        <h2>补充分配</h2>
        {waiting.length > 0 && (
          <Button
            className="no-print"
            type="primary"
            loading={propose.isPending}
            onClick={() => propose.mutate(undefined)}
          >
            补充分配 {waiting.length} 项
          </Button>
        )}
      </div>
      <ProblemAlert error={error ?? propose.error} />
      <Table<Supplement>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={rows}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '异议不成立的项目，按本批同样的比例补充分配' }}
        columns={[
          {
            title: '企业、项目',
            render: (_, { applicationId, enterpriseName, place, lineName }) => (
              <Link to={`/subsidies/${applicationId}`}>
                {enterpriseName}，第 {place} 项 {lineName}
              </Link>
            ),
          },
          {
            title: '金额',
            align: 'right',
            render: (_, { amount, explanation }) => (
              <span className="nowrap">
                <Money value={amount} />
                <Why of={explanation as Explanation} />
              </span>
            ),
          },
          { title: '状态', render: (_, { status: now, paidOn }) => <State status={now} paidOn={paidOn} /> },
          { title: '分配', dataIndex: 'allocatedOn' },
          { title: '下达文号', render: (_, { orderNo }) => orderNo ?? '—' },
          { title: '', className: 'no-print', render: (_, row) => <SupplementActs of={row} /> },
        ]}
      />
    </section>
  );
}

function State({ status, paidOn }: { status: string; paidOn: string | null }) {
  if (paidOn) return <Toned tone="within">{paidOn} 已拨付</Toned>;
  const known = status as SupplementStatus;
  return <Toned tone={TONES[known] ?? 'plain'}>{SUPPLEMENT_STATUSES[known] ?? status}</Toned>;
}

/** Approved or sent back by another person, then ordered; it is paid with the payments of its batch. */
export function SupplementActs({ of }: { of: Supplement }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [open, setOpen] = useState<'return' | 'order'>();
  const param = { id: of.id };
  const approve = useAct(() => ask(api['subsidy-supplements'][':id'].approve.$post({ param })), {
    done: '已批准，由财务下达资金',
    refresh: CHANGED,
  });
  const back = useAct(
    (reason: string) => ask(api['subsidy-supplements'][':id'].return.$post({ param, json: { reason } })),
    { done: '已退回', refresh: CHANGED },
  );
  const order = useAct(
    ({ orderNo }: { orderNo: string }) =>
      ask(api['subsidy-supplements'][':id'].order.$post({ param, json: { orderNo: orderNo.trim() } })),
    { done: '已下达，由另一名财务人员登记拨付', refresh: CHANGED },
  );
  const close = () => setOpen(undefined);
  if (of.status === 'proposed' && may(me, 'subsidy.approve'))
    return (
      <>
        <ProblemAlert error={approve.error} />
        <Space>
          <Button
            size="small"
            type="primary"
            loading={approve.isPending}
            onClick={() =>
              askFirst({
                title: `批准补充分配 ${formatYuan(money(of.amount))} 元？`,
                content: `${of.enterpriseName}，第 ${of.place} 项 ${of.lineName}。批准后记入支出、应付企业。`,
                okText: '批准',
                act: approve,
              })
            }
          >
            批准
          </Button>
          <Button size="small" onClick={() => setOpen('return')}>
            退回
          </Button>
        </Space>
        <ReasonForm
          title="退回补充分配"
          action="退回"
          label="理由"
          open={open === 'return'}
          act={back}
          onClose={close}
        />
      </>
    );
  if (of.status !== 'approved' || !may(me, 'subsidy.pay')) return null;
  return (
    <>
      <Button size="small" type="primary" onClick={() => setOpen('order')}>
        下达资金
      </Button>
      {open === 'order' && (
        <FormDialog<{ orderNo: string }>
          title={`下达资金：${of.enterpriseName}`}
          action={`下达 ${formatYuan(money(of.amount))} 元`}
          initial={{}}
          act={order}
          onClose={close}
        >
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
