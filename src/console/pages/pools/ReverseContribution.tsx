import { Button, Form, Input, Modal, Tooltip } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useNames } from '../../parts/useNames.ts';
import type { Contribution } from './board.ts';

/** 冲销: a contribution recorded by mistake is taken back by another person than who recorded it, with the reason. */
export function ReverseContribution({ of: contribution }: { of: Contribution }) {
  const [open, setOpen] = useState(false);
  const nameOf = useNames();
  const { id, poolCode, amount, contributor, receivedOn, receiptNo, mine, recordedBy } = contribution;
  const reverse = useAct(
    ({ reason }: { reason: string }) =>
      ask(
        api.pools[':id'].contributions[':contribution'].reverse.$post({
          param: { id: poolCode, contribution: id },
          json: { reason },
        }),
      ),
    { done: '已冲销，原凭证保留，另有红字凭证', refresh: ['pools', 'ledger', 'home'] },
  );
  if (mine)
    return (
      <Tooltip title="这笔出资由您登记，须由其他财务人员冲销">
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
      <Modal title="冲销误登的出资" open={open} footer={null} onCancel={() => setOpen(false)} destroyOnHidden>
        <p>
          {nameOf(contributor)}　{receivedOn}　<Money value={amount} withUnit />
          <br />
          回单号 {receiptNo}
          {recordedBy && `，由${recordedBy}登记`}
        </p>
        <p>冲销记入今天，资金池净额减少同等金额，已结算的月份不变。不能恢复；如实际已到账，须重新登记。</p>
        <Form<{ reason: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={(given) => reverse.mutate(given, { onSuccess: () => setOpen(false) })}
        >
          <ProblemAlert error={reverse.error} />
          <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: '请填写理由' }]}>
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
          <Button type="primary" danger htmlType="submit" loading={reverse.isPending}>
            确认冲销
          </Button>
        </Form>
      </Modal>
    </>
  );
}
