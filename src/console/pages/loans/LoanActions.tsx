import { Button, Space } from 'antd';
import { useState } from 'react';
import { DisburseForm, ExtendForm, RepayForm } from './forms.tsx';
import type { Loan } from './types.ts';

/** What a bank tells of its loan: the drawdown once, then repayments and extensions; nothing once it has left the pool. */
export function LoanActions({ loan }: { loan: Loan }) {
  const [open, setOpen] = useState<'disburse' | 'repay' | 'extend'>();
  const close = () => setOpen(undefined);
  if (loan.status !== 'active') return null;
  if (!loan.disbursedOn)
    return (
      <>
        <Button type="primary" onClick={() => setOpen('disburse')}>
          报送放款
        </Button>
        {open === 'disburse' && <DisburseForm loan={loan} onClose={close} />}
      </>
    );
  return (
    <Space wrap>
      <Button type="primary" onClick={() => setOpen('repay')}>
        报送还款
      </Button>
      <Button onClick={() => setOpen('extend')}>报送展期</Button>
      {open === 'repay' && <RepayForm loan={loan} onClose={close} />}
      {open === 'extend' && <ExtendForm loan={loan} onClose={close} />}
    </Space>
  );
}
