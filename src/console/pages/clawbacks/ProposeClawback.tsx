import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import { CLAWBACK_GROUNDS, type ClawbackGround } from '../../../subsidies/clawback.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { Application, Line } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { useFunds } from '../subsidies/useFunds.ts';
import { CHANGED, GROUND_OPTIONS } from './types.ts';

interface Given {
  ground: ClawbackGround;
  amount: string;
  reason: string;
  evidence: string;
}

// What a correction takes back is proposed with the correction.
const PROPOSED = GROUND_OPTIONS.filter(({ value }) => value !== 'correction');

/** 提出追回 of a line that was paid, up to what was paid of it; another person decides. */
export function ProposeClawback({ of, line }: { of: Application; line: Line }) {
  const me = useMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const propose = useAct(
    async (given: Given) => {
      const json = { ...given, applicationId: of.id, place: line.place };
      const kept = await ask(api['subsidy-clawbacks'].$post({ json }));
      navigate(`/clawbacks/${kept.id}`);
      return kept;
    },
    { done: '已提出追回，待另一名财务人员复核', refresh: CHANGED },
  );
  const { data: funds } = useFunds(of);
  const known = funds?.lines.find(({ place }) => place === line.place);
  if (!may(me, 'clawback.propose') || !known || known.claimable === '0.00') return null;
  const { paid, claimable } = known;
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.gt(claimable)) throw new Error(`最多还可追回 ${formatYuan(money(claimable))} 元`);
  };
  const before = money(paid).minus(claimable);
  return (
    <div className="no-print act">
      <Button size="small" onClick={() => setOpen(true)}>
        提出追回
      </Button>
      {open && (
        <FormDialog<Given>
          title={`提出追回：第 ${line.place} 项 ${line.name}`}
          action="提出，交另一人复核"
          initial={{ amount: claimable }}
          act={propose}
          onClose={() => setOpen(false)}
        >
          <p>
            该项已拨付 {formatYuan(money(paid))} 元{before.gt(0) && `，此前已追回 ${formatYuan(before)} 元`}
            ，可以全部或部分追回。复核以后通知企业。企业已经自行退回的，选「
            {CLAWBACK_GROUNDS.voluntary}」，复核后按银行回单登记到账，到账日期可以早于复核日期。
          </p>
          <Form.Item name="ground" label="事由" rules={[{ required: true, message: '请选择事由' }]}>
            <Radio.Group options={PROPOSED} />
          </Form.Item>
          <Form.Item
            name="amount"
            label="追回金额"
            rules={[{ required: true, message: '请填写追回金额' }, { validator: isAmount }, { validator: notAbove }]}
          >
            <AmountField />
          </Form.Item>
          <Form.Item
            name="reason"
            label="事实和理由（企业看得到）"
            rules={[{ required: true, whitespace: true, message: '请填写事实和理由' }]}
          >
            <Input.TextArea rows={3} maxLength={500} showCount />
          </Form.Item>
          <Form.Item
            name="evidence"
            label="证据（文件名称和编号）"
            rules={[{ required: true, whitespace: true, message: '请填写证据' }]}
          >
            <Input maxLength={500} autoComplete="off" />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  );
}
