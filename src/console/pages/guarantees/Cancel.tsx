import { Button } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ReasonForm } from '../../parts/ReasonForm.tsx';
import { useAct } from '../../parts/useAct.ts';
import type { GuaranteeLife } from './types.ts';

/** 撤销: a guarantee that the bank told by mistake, while nothing was paid on it. */
export function Cancel({ guarantee: { id, status, paid } }: { guarantee: GuaranteeLife }) {
  const [open, setOpen] = useState(false);
  const cancel = useAct(
    (reason: string) => ask(api.guarantees[':id'].cancel.$post({ param: { id }, json: { reason } })),
    { done: '担保已撤销', refresh: ['guarantees', 'home'] },
  );
  if (status !== 'active' || paid !== '0.00') return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>撤销担保</Button>
      <ReasonForm
        title="撤销误登的担保"
        action="撤销担保"
        label="理由"
        danger
        open={open}
        act={cancel}
        onClose={() => setOpen(false)}
      >
        <p>撤销后责任余额归零，不能恢复；登记内容有误的，撤销后重新登记。</p>
      </ReasonForm>
    </>
  );
}
