import { Button, Space } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Money } from '../../parts/Money.tsx';
import { may, useMe } from '../../session.ts';
import { entriesOf } from '../ledger/links.ts';
import { ProveInterest, RecordCost } from './CostForms.tsx';
import { Costs } from './Costs.tsx';
import { Receipts } from './Receipts.tsx';
import { RecordRecovery } from './RecordRecovery.tsx';
import { Refund } from './Refund.tsx';
import type { Claim } from './types.ts';
import { WriteOff } from './WriteOff.tsx';
import './recoveries.css';

interface Props {
  claim: Claim;
  /** the claim has changed and is to be asked for again */
  onChanged(): void;
}

/** What follows a payment: what came back and how it was shared, costs and interest, 核销 and 退回补偿. Nothing before it was paid. */
export function AfterPayment({ claim, onChanged }: Props) {
  const me = useMe();
  const [open, setOpen] = useState<'recovery' | 'cost' | 'interest'>();
  if (!claim.paidOn) return null;
  const records = may(me, 'recovery.record') && claim.status === 'paid';
  const about = { claim, onChanged, onClose: () => setOpen(undefined) };
  return (
    <div className="after-payment">
      <section aria-label="追偿回款">
        <div className="section-head">
          <h2>追偿回款</h2>
          {records && (
            <Space wrap className="no-print">
              <Button type="primary" onClick={() => setOpen('recovery')}>
                登记回款
              </Button>
              <Button onClick={() => setOpen('cost')}>登记追偿费用</Button>
              <Button onClick={() => setOpen('interest')}>认定银行利息</Button>
            </Space>
          )}
        </div>
        <p>
          资金池补偿 <Money value={claim.compensation} withUnit />
          ，已收回 <Money value={claim.recovered} withUnit />
          ，尚未收回 <Money value={claim.outstanding} withUnit />
          {claim.writtenOff !== '0.00' && (
            <>
              （其中已核销 <Money value={claim.writtenOff} withUnit />）
            </>
          )}
          。
          {may(me, 'ledger.read') && (
            <Link to={entriesOf({ poolCode: claim.poolCode, subject: claim.dueBillNo })}>查看凭证</Link>
          )}
        </p>
        <Receipts claim={claim} onChanged={onChanged} />
        <Costs claim={claim} onChanged={onChanged} />
      </section>
      <WriteOff claim={claim} onChanged={onChanged} />
      <Refund claim={claim} onChanged={onChanged} />
      {open === 'recovery' && <RecordRecovery {...about} />}
      {open === 'cost' && <RecordCost {...about} />}
      {open === 'interest' && <ProveInterest {...about} />}
    </div>
  );
}
