import { Form, Input, Select } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useNames } from '../../parts/useNames.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { AccountField } from './AccountField.tsx';
import { payersOf } from './payers.ts';
import { type Claim, REFRESH } from './types.ts';

interface Props {
  claim: Claim;
  onChanged(): void;
  onClose(): void;
}
const needed = (message: string) => [{ required: true, message }];

/** 登记追偿费用: spent on the pursuit before anything came back; the first receipts meet it. */
export function RecordCost({ claim, onChanged, onClose }: Props) {
  const { today } = useMe();
  const nameOf = useNames();
  const record = useAct(
    (json: { amount: string; paidBy: string; paidOn: string; voucherNo: string; accountNo?: string }) =>
      ask(api.claims[':id'].costs.$post({ param: { id: claim.id }, json })),
    {
      done: ({ status }) => (status === 'proposed' ? '已提出，待另一人复核后支付' : '追偿费用已登记'),
      refresh: REFRESH,
    },
  );
  return (
    <FormDialog
      title="登记追偿费用"
      action="登记"
      act={record}
      initial={{ paidBy: 'pool', paidOn: today }}
      onDone={onChanged}
      onClose={onClose}
    >
      <p>诉讼费、保全费、律师费等，此后收到的回款先归还它。</p>
      <Form.Item name="amount" label="费用金额" rules={[...needed('请填写费用金额'), { validator: isAmount }]}>
        <AmountField />
      </Form.Item>
      <Form.Item
        name="paidBy"
        label="由谁支付"
        extra="资金池垫付的，由另一人复核后从专户支付"
        rules={needed('请选择支付方')}
      >
        <Select options={[{ value: 'pool', label: '资金池垫付' }, ...payersOf(claim, nameOf)]} />
      </Form.Item>
      <Form.Item name="paidOn" label="支付日期" rules={needed('请填写支付日期')}>
        <DateField />
      </Form.Item>
      <Form.Item
        name="voucherNo"
        label="付款凭证号"
        rules={[{ required: true, whitespace: true, message: '请填写付款凭证号' }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <AccountField poolCode={claim.poolCode} label="付款账户" />
    </FormDialog>
  );
}

/** 认定银行利息: the sum proven up to now; beyond every bearer's part what comes back goes to it first. */
export function ProveInterest({ claim, onChanged, onClose }: Props) {
  const { today } = useMe();
  const proven = claim.events.findLast(({ kind, reversed }) => kind === 'interestProven' && !reversed)?.amount;
  const record = useAct(
    (json: { amount: string; provenOn: string; note: string }) =>
      ask(api.claims[':id'].interest.$post({ param: { id: claim.id }, json })),
    { done: '利息已登记', refresh: REFRESH },
  );
  const notBelow = async (_: unknown, value?: string) => {
    if (proven && amountOf(value)?.lessThan(proven)) throw new Error('不能低于此前认定的累计数');
  };
  return (
    <FormDialog
      title="认定银行利息"
      action="登记"
      act={record}
      initial={{ provenOn: today }}
      onDone={onChanged}
      onClose={onClose}
    >
      <p>
        各方承担的损失全部收回后，多收的部分先归银行经证明的利息，再退还借款人。
        {proven && `此前已认定累计 ${formatYuan(money(proven))} 元。`}
      </p>
      <Form.Item
        name="amount"
        label="利息累计数"
        rules={[...needed('请填写利息累计数'), { validator: isAmount }, { validator: notBelow }]}
      >
        <AmountField />
      </Form.Item>
      <Form.Item name="provenOn" label="认定日期" rules={needed('请填写认定日期')}>
        <DateField />
      </Form.Item>
      <Form.Item name="note" label="证明材料" rules={[{ required: true, whitespace: true, message: '请写明凭何证明' }]}>
        <Input.TextArea rows={2} maxLength={500} showCount placeholder="如：利息清单、判决书文号" />
      </Form.Item>
    </FormDialog>
  );
}
