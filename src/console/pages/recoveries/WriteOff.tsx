import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { addMonths } from '../../../calendar/local-date.ts';
import { formatYuan, money, sum, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { Cites } from '../../parts/Cites.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useClauses } from '../../parts/useClauses.ts';
import { may, useMe } from '../../session.ts';
import { PanelFields, type PanelGiven, panelOf } from '../claims/PanelFields.tsx';
import { DateField } from '../filings/DateField.tsx';
import { ContributorSheet } from './ContributorSheet.tsx';
import { ProposalDecision } from './ProposalDecision.tsx';
import { ProposalFacts } from './ProposalFacts.tsx';
import { receivableOf } from './receivable.ts';
import { type Claim, type Proposal, REFRESH } from './types.ts';

/** The clause's value. */
interface Rule {
  months: number;
  orCourtOrder: boolean;
  panelAbove: string;
}
interface Props {
  claim: Claim;
  onChanged(): void;
}

/** 核销 of what cannot be recovered: proposed by one with the facts of the sheet, decided by another; what stands in between is shown. */
export function WriteOff({ claim, onChanged }: Props) {
  const me = useMe();
  const [open, setOpen] = useState(false);
  const { clause } = useClauses(claim.poolCode);
  const rule = clause<Rule>('writeOff');
  const proposals = claim.proposals.filter(({ kind }) => kind === 'writeOff');
  const waiting = proposals.find(({ status }) => status === 'proposed');
  const left = leftOf(claim);
  const done = claim.events.filter(({ kind, reversed }) => kind === 'writeOff' && !reversed);
  const mayPropose = may(me, 'writeOff.propose') && !waiting && claim.status === 'paid' && left !== '0.00';
  return (
    <section aria-label="核销">
      <div className="section-head">
        <h2>核销</h2>
        {mayPropose && (
          <Button className="no-print" onClick={() => setOpen(true)}>
            提出核销
          </Button>
        )}
      </div>
      {rule?.value && claim.paidOn && (
        <p className="hint-line">
          {firstDay(claim.paidOn, rule.value)}
          <Cites cites={rule.cites} />
        </p>
      )}
      {done.map(({ id, occurredOn, amount }) => (
        <p key={id}>
          {occurredOn} 核销 <Money value={amount} withUnit />
          ，账销案存，此后收回的仍按各方实际承担分配。
        </p>
      ))}
      {waiting && (
        <>
          <ContributorSheet claim={claim} />
          <ProposalFacts of={waiting} />
          <ProposalDecision claimId={claim.id} of={waiting} onChanged={onChanged} />
        </>
      )}
      <Ended of={proposals} />
      {open && (
        <Propose claim={claim} rule={rule?.value ?? null} onChanged={onChanged} onClose={() => setOpen(false)} />
      )}
    </section>
  );
}

const leftOf = (claim: Claim): string =>
  toWire(
    sum([
      ...(claim.waterfall?.rows ?? []).map((row) => money(receivableOf(row))),
      ...claim.writeOffCost.map((part) => money(part.amount)),
    ]),
  );

function firstDay(paidOn: string, { months, orCourtOrder, panelAbove }: Rule): string {
  const court = orCourtOrder ? '，或法院裁定终结执行之日起' : '';
  const panel = `超过 ${formatYuan(money(panelAbove))} 元的须经集体研究。`;
  return `补偿于 ${paidOn} 支付，追偿满 ${months} 个月（${addMonths(paidOn, months)}）起${court}可以核销，由两人办理；${panel}`;
}

/** Proposals that came to nothing, with the reason. */
export function Ended({ of: proposals }: { of: Proposal[] }) {
  const ended = proposals.filter(({ status }) => status === 'refused' || status === 'withdrawn');
  return ended.map(({ id, proposedOn, decidedOn, status, reason }) => (
    <p key={id} className="hint-line">
      {proposedOn} 提出，{decidedOn} {status === 'refused' ? '未同意' : '撤回'}：{reason}
    </p>
  ));
}

interface Given {
  reason: string;
  courtOrderOn?: string;
  panel?: PanelGiven;
}

function Propose({ claim, rule, onChanged, onClose }: Props & { rule: Rule | null; onClose(): void }) {
  const { today } = useMe();
  const amount = leftOf(claim);
  const propose = useAct(
    ({ panel, ...json }: Given) =>
      ask(
        api.claims[':id']['write-off'].$post({
          param: { id: claim.id },
          json: { ...json, ...(panel && { panel: panelOf(panel) }) },
        }),
      ),
    { done: '已提出核销，待另一人复核', refresh: REFRESH },
  );
  const notFuture = async (_: unknown, value?: string) => {
    if (value && value > today) throw new Error('不能晚于今天');
  };
  const courtNeeded = rule?.orCourtOrder && claim.paidOn && today < addMonths(claim.paidOn, rule.months);
  const panelNeeded = rule && money(amount).greaterThan(rule.panelAbove);
  return (
    <FormDialog<Given>
      title={`提出核销 ${formatYuan(money(amount))} 元`}
      action="提出，交另一人复核"
      width={720}
      act={propose}
      initial={{}}
      onDone={onChanged}
      onClose={onClose}
    >
      <ContributorSheet claim={claim} />
      <Form.Item
        name="reason"
        label="核销理由"
        rules={[{ required: true, whitespace: true, message: '请填写核销理由' }]}
      >
        <Input.TextArea rows={3} maxLength={500} showCount placeholder="追偿经过、财产线索、不能收回的原因" />
      </Form.Item>
      {rule?.orCourtOrder && (
        <Form.Item
          name="courtOrderOn"
          label={courtNeeded ? '终结执行裁定日期（追偿期未满，须有裁定）' : '终结执行裁定日期（没有可不填）'}
          rules={[
            ...(courtNeeded ? [{ required: true, message: '追偿期未满，须有法院终结执行裁定' }] : []),
            { validator: notFuture },
          ]}
        >
          <DateField />
        </Form.Item>
      )}
      {panelNeeded && <PanelFields />}
    </FormDialog>
  );
}
