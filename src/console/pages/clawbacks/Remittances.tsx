import { Button, Form, Input, Table } from 'antd';
import { useState } from 'react';
import { formatYuan, money, sum } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAskFirst } from '../../parts/useAskFirst.ts';
import { may, useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import { CHANGED, type Clawback, type Remittance } from './types.ts';

/** 缴回财政: what came back of an earlier year is handed over, ordered by one and paid by another. */
export function Remittances({ of }: { of: Clawback }) {
  const me = useMe();
  const askFirst = useAskFirst();
  const [paying, setPaying] = useState<Remittance>();
  const { id, creditedTo, received, remittances } = of;
  const order = useAct(() => ask(api['subsidy-clawbacks'][':id'].remittances.$post({ param: { id } })), {
    done: '已下达缴回财政，由另一名财务人员登记付款',
    refresh: CHANGED,
  });
  if (creditedTo !== 'treasury') return null;
  const ordered = sum(remittances.map(({ amount }) => money(amount)));
  const left = money(received).minus(ordered);
  const records = may(me, 'clawback.record');
  const sure = () =>
    askFirst({
      title: `下达缴回财政 ${formatYuan(left)} 元？`,
      content: '已到账、尚未下达的全部缴回，由另一名财务人员按银行回单登记付款。',
      okText: '下达',
      act: order,
    });
  return (
    <section aria-label="缴回财政">
      <h2>缴回财政</h2>
      <ProblemAlert error={order.error} />
      <div className="table-bar">
        <span className="hint">以前年度的补贴收回后不再使用，缴回财政。</span>
        {records && left.gt(0) && (
          <Button className="no-print" type="primary" loading={order.isPending} onClick={sure}>
            下达缴回 {formatYuan(left)} 元
          </Button>
        )}
      </div>
      <Table<Remittance>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={remittances}
        locale={{ emptyText: '还没有缴回' }}
        columns={[
          { title: '下达', render: (_, { orderedOn, orderedByName }) => `${orderedOn} ${orderedByName ?? ''}` },
          { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
          {
            title: '状态',
            render: (_, { paidOn }) => (
              <Toned tone={paidOn ? 'within' : 'near'}>{paidOn ? `${paidOn} 已缴回` : '待付款'}</Toned>
            ),
          },
          { title: '凭证号', render: (_, { voucherNo }) => voucherNo ?? '—' },
          {
            title: '',
            className: 'no-print',
            render: (_, remittance) =>
              remittance.paidOn || !records ? null : remittance.mine ? (
                <span className="hint">由您下达，须由另一人登记付款</span>
              ) : (
                <Button size="small" type="primary" onClick={() => setPaying(remittance)}>
                  登记付款
                </Button>
              ),
          },
        ]}
      />
      {paying && <PayDialog clawback={id} of={paying} onClose={() => setPaying(undefined)} />}
    </section>
  );
}

function PayDialog({ clawback: id, of, onClose }: { clawback: string; of: Remittance; onClose(): void }) {
  const { today } = useMe();
  const pay = useAct(
    (json: { paidOn: string; voucherNo: string }) =>
      ask(
        api['subsidy-clawbacks'][':id'].remittances[':remittance'].pay.$post({
          param: { id, remittance: of.id },
          json,
        }),
      ),
    { done: '已缴回财政并入账', refresh: CHANGED },
  );
  return (
    <FormDialog<{ paidOn: string; voucherNo: string }>
      title={`登记缴回财政 ${formatYuan(money(of.amount))} 元`}
      action="登记付款"
      initial={{ paidOn: today }}
      act={pay}
      onClose={onClose}
    >
      <Form.Item name="paidOn" label="付款日期" rules={[{ required: true, message: '请填写付款日期' }]}>
        <DateField />
      </Form.Item>
      <Form.Item
        name="voucherNo"
        label="银行回单号"
        rules={[{ required: true, whitespace: true, message: '请填写银行回单号' }]}
      >
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
