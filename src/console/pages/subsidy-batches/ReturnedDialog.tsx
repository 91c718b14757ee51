import { Form, Input } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import { CHANGED } from '../subsidies/acts.ts';
import type { Payment } from './types.ts';

/** 登记退票: the bank sent a payment back, so that it is owed again. */
export function ReturnedDialog({ of, onClose }: { of: Payment; onClose(): void }) {
  const { today } = useMe();
  const act = useAct(
    (json: { returnedOn: string; reason: string }) =>
      ask(api['subsidy-payments'][':id'].return.$post({ param: { id: of.id }, json })),
    { done: '退票已登记，可以重新下达', refresh: [...CHANGED, 'ledger'] },
  );
  const inTime = async (_: unknown, day?: string) => {
    if (day && (day > today || day < of.paidOn!)) throw new Error(`应在拨付日期 ${of.paidOn} 与今天之间`);
  };
  return (
    <FormDialog<{ returnedOn: string; reason: string }>
      title={`登记退票：${of.payeeName}`}
      action="登记退票"
      initial={{ returnedOn: today }}
      act={act}
      onClose={onClose}
    >
      <p>
        {formatYuan(money(of.amount))}{' '}
        元退回预算账户，恢复为应付该企业。核对账户后重新下达，由另一名财务人员再次登记拨付。
      </p>
      <Form.Item
        name="returnedOn"
        label="退票日期"
        validateTrigger="onChange"
        rules={[{ required: true, message: '请填写退票日期' }, { validator: inTime }]}
      >
        <DateField />
      </Form.Item>
      <Form.Item
        name="reason"
        label="退票原因"
        rules={[{ required: true, whitespace: true, message: '请填写退票原因' }]}
      >
        <Input maxLength={500} autoComplete="off" placeholder="以银行退票通知为准，如：账号与户名不符" />
      </Form.Item>
    </FormDialog>
  );
}
