import { Form, Input } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { AccountField } from './AccountField.tsx';
import { type Claim, REFRESH } from './types.ts';

interface Props {
  claim: Claim;
  onChanged(): void;
  onClose(): void;
}
interface Given {
  amount: string;
  receivedOn: string;
  receiptNo: string;
  accountNo?: string;
}

/** 登记退回到账: the whole of what was to be refunded, in one receipt. */
export function ReceiveRefund({ claim, onChanged, onClose }: Props) {
  const { today } = useMe();
  const receive = useAct(
    (json: Given) => ask(api.claims[':id'].refund.receive.$post({ param: { id: claim.id }, json })),
    { done: '退回补偿已登记', refresh: REFRESH },
  );
  const whole = async (_: unknown, value?: string) => {
    const amount = amountOf(value);
    if (amount && !amount.equals(claim.refundable)) throw new Error(`应为 ${formatYuan(money(claim.refundable))} 元`);
  };
  return (
    <FormDialog<Given>
      title="登记退回补偿到账"
      action="登记"
      act={receive}
      initial={{ amount: claim.refundable, receivedOn: today }}
      onDone={onChanged}
      onClose={onClose}
    >
      <Form.Item
        name="amount"
        label="到账金额"
        rules={[{ required: true, message: '请填写到账金额' }, { validator: isAmount }, { validator: whole }]}
      >
        <AmountField />
      </Form.Item>
      <Form.Item name="receivedOn" label="到账日期" rules={[{ required: true, message: '请填写到账日期' }]}>
        <DateField />
      </Form.Item>
      <Form.Item
        name="receiptNo"
        label="银行回单号"
        rules={[{ required: true, whitespace: true, message: '请填写银行回单号' }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <AccountField poolCode={claim.poolCode} label="到账账户" />
    </FormDialog>
  );
}
