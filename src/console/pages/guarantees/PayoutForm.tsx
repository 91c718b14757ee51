import { Button, Form, Input } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import type { GuaranteeLife } from './types.ts';

interface Given {
  amount: string;
  paidOn: string;
  voucherNo: string;
}

/** 登记代偿: what was paid to the bank, when, and by which voucher. */
export function PayoutForm({ guarantee, onClose }: { guarantee: GuaranteeLife; onClose(): void }) {
  const { today } = useMe();
  const { id, liability, signedOn, bankName } = guarantee;
  const record = useAct((json: Given) => ask(api.guarantees[':id'].payouts.$post({ param: { id }, json })), {
    done: '代偿已登记',
    refresh: ['guarantees', 'home', 'breaker', 'suspensions', 'loans'],
  });
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.greaterThan(liability)) throw new Error('不能大于责任余额');
  };
  const within = async (_: unknown, value?: string) => {
    if (value && (value < signedOn || value > today)) throw new Error(`应在 ${signedOn} 与 ${today} 之间`);
  };
  const required = (message: string) => ({ required: true, whitespace: true, message });
  return (
    <FormDialog<Given>
      title={`登记向${bankName}的代偿`}
      action="登记代偿"
      act={record}
      initial={{ paidOn: today }}
      onClose={onClose}
    >
      <Form.Item noStyle shouldUpdate>
        {(form) => (
          <Form.Item
            name="amount"
            label="代偿金额"
            rules={[required('请填写代偿金额'), { validator: isAmount }, { validator: notAbove }]}
            extra={
              <Button type="link" size="small" onClick={() => form.setFieldValue('amount', liability)}>
                全部责任余额 {formatYuan(money(liability))} 元
              </Button>
            }
          >
            <AmountField />
          </Form.Item>
        )}
      </Form.Item>
      <Form.Item name="paidOn" label="付款日期" rules={[required('请填写付款日期'), { validator: within }]}>
        <DateField />
      </Form.Item>
      <Form.Item name="voucherNo" label="付款凭证号" extra="同一凭证只登记一次" rules={[required('请填写付款凭证号')]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
