import { Button, Table, Tooltip } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { Toned } from '../../parts/StateTag.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { PayoutForm } from './PayoutForm.tsx';
import type { GuaranteeLife } from './types.ts';

type Payout = GuaranteeLife['payouts'][number];

/** 代偿: what the party paid the bank out of its own money; recorded by one of its people, a mistake taken back by another. */
export function Payouts({ of: guarantee }: { of: GuaranteeLife }) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const { payouts, liability, status } = guarantee;
  const pays = may(me, 'guarantee.payout') && me.institution?.code === guarantee.party && status === 'active';
  return (
    <section aria-label="代偿">
      <h2>代偿</h2>
      <p className="hint-line">代偿由担保方用自有资金向银行支付，与资金池的风险补偿分别核算，以责任余额为限。</p>
      {pays && liability !== '0.00' && (
        <p className="no-print">
          <Button type="primary" onClick={() => setOpen(true)}>
            登记代偿
          </Button>
        </p>
      )}
      {open && <PayoutForm guarantee={guarantee} onClose={() => setOpen(false)} />}
      <Table<Payout>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={payouts}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: '没有代偿' }}
        columns={[
          { title: '代偿日期', dataIndex: 'paidOn' },
          { title: '金额', align: 'right', render: (_, { amount }) => <Money value={amount} /> },
          { title: '付款凭证号', dataIndex: 'voucherNo' },
          { title: '登记日期', dataIndex: 'recordedOn' },
          {
            title: '状态',
            render: (_, { reversedOn, reason }) =>
              reversedOn ? (
                <span className="reason">
                  已于 {reversedOn} 冲销：{reason}
                </span>
              ) : (
                <Toned tone="past">已代偿</Toned>
              ),
          },
          ...(pays
            ? [
                {
                  ...{ title: '', key: 'act', className: 'no-print' },
                  render: (_: unknown, row: Payout) => !row.reversedOn && <Reverse id={guarantee.id} of={row} />,
                },
              ]
            : []),
        ]}
      />
    </section>
  );
}

function Reverse({ id, of: { id: payout, amount, paidOn, voucherNo, mine } }: { id: string; of: Payout }) {
  const [open, setOpen] = useState(false);
  const reverse = useAct(
    (reason: string) =>
      ask(api.guarantees[':id'].payouts[':payout'].reverse.$post({ param: { id, payout }, json: { reason } })),
    { done: '已冲销，责任余额恢复', refresh: ['guarantees', 'home', 'breaker', 'suspensions', 'loans'] },
  );
  if (mine)
    return (
      <Tooltip title="这笔代偿由您登记，须由本机构其他人员冲销">
        <Button size="small" disabled>
          冲销
        </Button>
      </Tooltip>
    );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        冲销
      </Button>
      <ReasonForm
        title="冲销误登的代偿"
        action="确认冲销"
        label="理由"
        danger
        open={open}
        act={reverse}
        onClose={() => setOpen(false)}
      >
        <p>
          {paidOn}　<Money value={amount} withUnit />
          　凭证号 {voucherNo}
        </p>
        <p>冲销后责任余额增加同等金额；原凭证保留，另有红字凭证，不能恢复。</p>
      </ReasonForm>
    </>
  );
}
