import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { Money } from '../../parts/Money.tsx';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { type ClaimEvent, REFRESH } from './types.ts';

const WHAT: Record<string, string> = { recovery: '回款', cost: '追偿费用', interestProven: '利息认定' };

/** 冲销: a receipt, a cost or proven interest recorded by mistake is taken back by another person, as if it had never been. */
export function ReverseEvent({
  claimId,
  of: event,
  onChanged,
}: {
  claimId: string;
  of: ClaimEvent;
  onChanged(): void;
}) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const reverse = useAct(
    async (reason: string) => {
      await ask(
        api.claims[':id'].events[':event'].reverse.$post({ param: { id: claimId, event: event.id }, json: { reason } }),
      );
      onChanged();
    },
    { done: '已冲销，原凭证保留，另有红字凭证', refresh: REFRESH },
  );
  if (event.reversed) return <>已冲销</>;
  if (!may(me, 'recovery.reverse')) return null;
  const what = WHAT[event.kind] ?? '';
  if (event.mine)
    return (
      <Tooltip title="由您登记，须由其他财务人员冲销">
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
        title={`冲销误登的${what}`}
        action="确认冲销"
        label="理由"
        danger
        open={open}
        act={reverse}
        onClose={() => setOpen(false)}
      >
        <p>
          {event.receiptNo && `回单（凭证）号 ${event.receiptNo}，`}
          {event.amount && <Money value={event.amount} withUnit />}
          {event.recordedBy && `，由${event.recordedBy}登记`}
        </p>
        <p>
          冲销后按没有这笔{what}
          重新计算各方应分得的金额，差额记入今天；已结算的月份不变。不能恢复，确已发生的须重新登记。
        </p>
      </ReasonForm>
    </>
  );
}
