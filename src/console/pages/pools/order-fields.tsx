import { Form, Input, Select } from 'antd';
import { useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import type { Pool } from './board.ts';

/** What both a return and a wind-up say of the payment. */
export interface Payment {
  accountNo?: string;
  paidOn: string;
  voucherNo: string;
  reason: string;
}

export const required = (message: string) => ({ required: true, whitespace: true, message });

/** Rules of an account number, as the server has them. */
export const ACCOUNT = [
  required('请填写收款账号'),
  { pattern: /^[0-9A-Za-z-]{6,40}$/, message: '应为 6 至 40 位的银行账号' },
];

/** The fields of a payment out of a pool: from which account, when, by which voucher, and why. */
export function PaymentFields({ pool: { accounts } }: { pool: Pool }) {
  const { today } = useMe();
  const notLater = async (_: unknown, value?: string) => {
    if (value && value > today) throw new Error(`不能晚于今天 ${today}`);
  };
  return (
    <>
      {accounts.length > 1 && (
        <Form.Item name="accountNo" label="付款账户" rules={[required('请选择付款账户')]}>
          <Select
            options={accounts.map(({ accountNo, bankName }) => ({
              value: accountNo,
              label: `${bankName} ${accountNo}`,
            }))}
          />
        </Form.Item>
      )}
      <Form.Item name="paidOn" label="付款日期" rules={[required('请填写付款日期'), { validator: notLater }]}>
        <DateField />
      </Form.Item>
      <Form.Item name="voucherNo" label="付款凭证号" extra="同一凭证只登记一次" rules={[required('请填写付款凭证号')]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="reason" label="理由" rules={[required('请填写理由')]}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Form.Item>
    </>
  );
}
