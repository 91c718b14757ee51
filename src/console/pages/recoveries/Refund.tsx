import { Alert, Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { addMonths } from '../../../calendar/local-date.ts';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { useAct } from '../../parts/useAct.ts';
import { type HeldClause, useClauses } from '../../parts/useClauses.ts';
import { may, useMe } from '../../session.ts';
import { ProposalDecision } from './ProposalDecision.tsx';
import { ProposalFacts } from './ProposalFacts.tsx';
import { ReceiveRefund } from './ReceiveRefund.tsx';
import { type Claim, REFRESH } from './types.ts';
import { Ended } from './WriteOff.tsx';

/** The clause's value. */
interface Rule {
  grounds: { code: string; label: string }[];
  banMonths: number;
}
interface Props {
  claim: Claim;
  onChanged(): void;
}

/** 退回补偿 of what was obtained falsely or without a right to it: proposed by one, decided by another, then received; the bank is banned for the clause's months. */
export function Refund({ claim, onChanged }: Props) {
  const me = useMe();
  const [open, setOpen] = useState<'propose' | 'receive'>();
  const { clause } = useClauses(claim.poolCode);
  const rule = clause<Rule>('refund');
  const grounds = Object.fromEntries(rule?.value?.grounds.map(({ code, label }) => [code, label]) ?? []);
  const proposals = claim.proposals.filter(({ kind }) => kind === 'refund');
  const waiting = proposals.find(({ status }) => status === 'proposed');
  const decided = claim.events.findLast(({ kind }) => kind === 'refundDecided');
  const received = claim.events.find(({ kind, reversed }) => kind === 'refund' && !reversed);
  const paid = claim.status === 'paid';
  // Banks and counties read of it only when there is something to read.
  if (proposals.length === 0 && !(may(me, 'writeOff.propose') && paid)) return null;
  const close = () => setOpen(undefined);
  return (
    <section aria-label="退回补偿">
      <div className="section-head">
        <h2>退回补偿</h2>
        {may(me, 'writeOff.propose') && paid && !waiting && !decided && (
          <Button className="no-print" onClick={() => setOpen('propose')}>
            提出退回补偿
          </Button>
        )}
        {may(me, 'recovery.record') && paid && decided && (
          <Button className="no-print" type="primary" onClick={() => setOpen('receive')}>
            登记退回到账
          </Button>
        )}
      </div>
      {rule?.text && (
        <p className="hint-line">
          {rule.text}。
          <Cites cites={rule.cites} />
        </p>
      )}
      {decided && !received && (
        <Alert
          type="warning"
          showIcon
          title={
            <>
              {decided.occurredOn} 决定退回（{grounds[decided.details?.ground] ?? decided.details?.ground}），银行应退回{' '}
              <Money value={claim.refundable} withUnit />
              ，禁入至 {decided.details?.until}。
            </>
          }
        />
      )}
      {received && (
        <p>
          {received.occurredOn} 退回 <Money value={received.amount} withUnit />
          ，回单号 {received.receiptNo}；银行禁入至 {decided?.details?.until}。
        </p>
      )}
      {waiting && (
        <>
          <ProposalFacts of={waiting} grounds={grounds} />
          <ProposalDecision claimId={claim.id} of={waiting} onChanged={onChanged} />
        </>
      )}
      <Ended of={proposals} />
      {open === 'propose' && <Propose claim={claim} rule={rule} onChanged={onChanged} onClose={close} />}
      {open === 'receive' && <ReceiveRefund claim={claim} onChanged={onChanged} onClose={close} />}
    </section>
  );
}

interface ProposeProps extends Props {
  rule: HeldClause<Rule> | undefined;
  onClose(): void;
}

function Propose({ claim, rule, onChanged, onClose }: ProposeProps) {
  const { today } = useMe();
  const propose = useAct(
    (json: { ground: string; reason: string }) =>
      ask(api.claims[':id'].refund.$post({ param: { id: claim.id }, json })),
    { done: '已提出退回补偿，待另一人复核', refresh: REFRESH },
  );
  return (
    <FormDialog
      title="提出退回补偿"
      action="提出，交另一人复核"
      act={propose}
      initial={{}}
      onDone={onChanged}
      onClose={onClose}
    >
      <p>
        银行应退回资金池尚未收回的补偿和垫付费用 {formatYuan(money(claim.refundable))} 元
        {rule?.value && `；如今天决定，禁入至 ${addMonths(today, rule.value.banMonths)}`}。
      </p>
      <Form.Item name="ground" label="情形" rules={[{ required: true, message: '请选择情形' }]}>
        <Radio.Group
          className="stacked"
          options={rule?.value?.grounds.map(({ code, label }) => ({ value: code, label })) ?? []}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label="事实与理由"
        rules={[{ required: true, whitespace: true, message: '请填写事实与理由' }]}
      >
        <Input.TextArea rows={4} maxLength={500} showCount />
      </Form.Item>
    </FormDialog>
  );
}
