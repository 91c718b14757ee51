import { Form, Input } from 'antd';
import { AmountField } from '../pages/filings/AmountField.tsx';
import { amountOf, isAmount } from '../pages/filings/amount.ts';
import { DateField } from '../pages/filings/DateField.tsx';
import { useMe } from '../session.ts';

/** What the fields give: an amount, the day the bank has it of, and the bank's number, by which it is booked once. */
export interface Receipt {
  amount: string;
  receivedOn: string;
  receiptNo: string;
}

/** Money that has come in, up to `most` (wire amount); `above` is what is said of more. */
export function ReceiptFields({ most, above }: { most: string; above: string }) {
  const { today } = useMe();
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.gt(most)) throw new Error(above);
  };
  const notLater = async (_: unknown, day?: string) => {
    if (day && day > today) throw new Error('不能晚于今天');
  };
  return (
    <>
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
    </>
  );
}
