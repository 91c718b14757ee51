import { Form, Input } from 'antd';
import { formatYuan, money, toWire } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { AccountField } from '../recoveries/AccountField.tsx';
import { type NewPayout, type Payable, REFRESH } from './types.ts';

/** What of a payable nobody has proposed to pay yet. */
export const freeOf = ({ owed, proposed }: Payable) => money(owed).minus(proposed);

/** 提出拨付 of what a pool owes a party, up to all of it; booked once another person confirms. */
export function ProposePayout({ of: payable, onClose }: { of: Payable; onClose(): void }) {
  const { today } = useMe();
  const { poolCode, party, partyName, poolName } = payable;
  const free = freeOf(payable);
  const propose = useAct(
    (json: Omit<NewPayout, 'poolCode' | 'party'>) => ask(api.payouts.$post({ json: { ...json, poolCode, party } })),
    { done: '已提出拨付，待另一人复核', refresh: REFRESH },
  );
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.greaterThan(free)) throw new Error(`不能超过可拨付的 ${formatYuan(free)} 元`);
  };
  return (
    <FormDialog
      title={`拨付给${partyName}`}
      action="提出，交另一人复核"
      act={propose}
      initial={{ amount: toWire(free), paidOn: today }}
      onClose={onClose}
    >
      <p>
        从{poolName}支付，可拨付 {formatYuan(free)} 元。
      </p>
      <Form.Item
        name="amount"
        label="拨付金额"
        rules={[{ required: true, message: '请填写拨付金额' }, { validator: isAmount }, { validator: notAbove }]}
      >
        <AmountField />
      </Form.Item>
      <Form.Item name="paidOn" label="拨付日期" rules={[{ required: true, message: '请填写拨付日期' }]}>
        <DateField />
      </Form.Item>
      <Form.Item
        name="voucherNo"
        label="付款凭证号"
        extra="同一凭证只登记一次"
        rules={[{ required: true, whitespace: true, message: '请填写付款凭证号' }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <AccountField poolCode={poolCode} label="付款账户" />
    </FormDialog>
  );
}
