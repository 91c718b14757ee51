import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { formatYuan, money } from '../../../money/money.ts';
import type { ClawbackGround } from '../../../subsidies/clawback.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { Application, Line } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmount } from '../filings/amount.ts';
import { CHANGED, GROUND_OPTIONS } from './types.ts';

interface Given {
  ground: ClawbackGround;
  amount: string;
  reason: string;
  evidence: string;
}

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
  if (!may(me, 'clawback.propose') || of.status !== 'paid' || !line.granted || line.granted === '0.00') return null;
  return (
    <div className="no-print act">
      <Button size="small" onClick={() => setOpen(true)}>
        提出追回
      </Button>
      {open && (
        <FormDialog<Given>
          title={`提出追回：第 ${line.place} 项 ${line.name}`}
          action="提出，交另一人复核"
          initial={{ amount: line.granted }}
          act={propose}
          onClose={() => setOpen(false)}
        >
          <p>该项已拨付 {formatYuan(money(line.granted))} 元，可以全部或部分追回。复核以后通知企业。</p>
          <Form.Item name="ground" label="事由" rules={[{ required: true, message: '请选择事由' }]}>
            <Radio.Group options={GROUND_OPTIONS} />
          </Form.Item>
          <Form.Item
            name="amount"
            label="追回金额"
            rules={[{ required: true, message: '请填写追回金额' }, { validator: isAmount }]}
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
