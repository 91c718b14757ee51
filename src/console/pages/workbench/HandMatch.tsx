import { Form, Input } from 'antd';
import { toWire } from '../../../money/money.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { type Sides, totalOf } from './desk.ts';
import type { useMatching } from './useMatching.ts';

interface Props {
  marked: Sides;
  act: ReturnType<typeof useMatching>['match'];
  onDone(): void;
  onClose(): void;
}

/** 人工核对: what is marked belongs together, and why. */
export function HandMatch({ marked, act, onDone, onClose }: Props) {
  const { bank, ledger } = marked;
  return (
    <FormDialog<{ reason: string }>
      title="人工核对"
      action="核对"
      act={{ ...act, mutateAsync: ({ reason }) => act.mutateAsync({ bank, ledger, reason: reason.trim() }) }}
      initial={{}}
      onDone={onDone}
      onClose={onClose}
    >
      <p>
        银行 {bank.length} 笔、账面 {ledger.length} 笔，两边合计均为 <Money value={toWire(totalOf(ledger))} withUnit />
        。
      </p>
      <Form.Item
        name="reason"
        label="理由"
        rules={[{ required: true, whitespace: true, message: '请写明为什么是同一件事' }]}
      >
        <Input.TextArea rows={2} maxLength={200} showCount autoFocus placeholder="如：银行分两笔入账，回单已核" />
      </Form.Item>
    </FormDialog>
  );
}
