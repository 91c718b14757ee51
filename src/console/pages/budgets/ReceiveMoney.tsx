import { Form, Input } from 'antd';
import { formatYuan, money, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { type Budget, CHANGED } from './types.ts';

interface Given {
  amount: string;
  receivedOn: string;
  receiptNo: string;
}

/** 登记预算资金到账, up to what was appropriated and has not come. */
export function ReceiveMoney({ budget, onClose }: { budget: Budget; onClose(): void }) {
  const { today } = useMe();
  const left = money(budget.amount).minus(budget.received);
  const receive = useAct(
    (json: Given) => ask(api.budgets[':code'].receipts.$post({ param: { code: budget.code }, json })),
    { done: '到账已登记并入账', refresh: CHANGED },
  );
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.gt(left)) throw new Error(`最多还可到账 ${formatYuan(left)} 元`);
  };
  const notLater = async (_: unknown, day?: string) => {
    if (day && day > today) throw new Error('不能晚于今天');
  };
  return (
    <FormDialog<Given>
      title={`登记到账：${budget.name}`}
      action="登记到账"
      initial={{ amount: toWire(left), receivedOn: today }}
      act={receive}
      onClose={onClose}
    >
      <p>
        预算 {formatYuan(money(budget.amount))} 元，尚未到账 {formatYuan(left)} 元。登记后立即入账，同一回单只登记一次。
      </p>
      <Form.Item
        name="amount"
        label="到账金额"
        rules={[{ required: true, message: '请填写到账金额' }, { validator: isAmount }, { validator: notAbove }]}
      >
        <AmountField />
      </Form.Item>
      <Form.Item
        name="receivedOn"
        label="到账日期"
        validateTrigger="onChange"
        rules={[{ required: true, message: '请填写到账日期' }, { validator: notLater }]}
      >
        <DateField />
      </Form.Item>
      <Form.Item
        name="receiptNo"
        label="银行回单号"
        rules={[{ required: true, whitespace: true, message: '请填写银行回单号' }]}
      >
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
