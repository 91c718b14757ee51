import { Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { formatYuan, money, sum } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Money } from '../../parts/Money.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import { CHANGED } from '../subsidies/acts.ts';
import type { Batch, Payment } from './types.ts';

interface Given {
  paidOn: string;
  /** one number of the bank for the whole run, or a receipt for each payment, by its id */
  runNo?: string;
  receipts?: Record<string, string | undefined>;
}

/** 登记拨付: the day the bank paid, with its receipt for each payment or its number for the whole run. Payments left without a receipt stay to be paid. */
export function PayRun({ batch, payments, onClose }: { batch: Batch; payments: Payment[]; onClose(): void }) {
  const { today } = useMe();
  const [way, setWay] = useState<'run' | 'each'>(payments.length > 1 ? 'run' : 'each');
  const pay = useAct(
    ({ paidOn, runNo = '', receipts = {} }: Given) => {
      const made = payments.flatMap(({ id }, i) => {
        // The bank's list of a run numbers its payments in the order they were sent.
        const voucherNo = way === 'run' ? `${runNo.trim()}-${`${i + 1}`.padStart(4, '0')}` : receipts[id]?.trim();
        return voucherNo ? [{ paymentId: id, voucherNo }] : [];
      });
      return ask(
        api['subsidy-batches'][':id'].pay.$post({ param: { id: batch.id }, json: { paidOn, payments: made } }),
      );
    },
    { done: '拨付已登记并入账', refresh: [...CHANGED, 'ledger'] },
  );
  const total = formatYuan(sum(payments.map(({ amount }) => money(amount))));
  const inTime = async (_: unknown, day?: string) => {
    if (day && day > today) throw new Error('不能晚于今天');
    const ordered = payments
      .map(({ orderedOn }) => orderedOn)
      .sort()
      .at(-1)!;
    if (day && way === 'run' && day < ordered) throw new Error(`不能早于下达日期 ${ordered}`);
  };
  return (
    <FormDialog<Given>
      title={`登记拨付：${payments.length} 笔，${total} 元`}
      action="登记拨付"
      width={760}
      act={pay}
      initial={{ paidOn: today }}
      onClose={onClose}
    >
      <p>按银行回单登记，登记后立即入账。下达资金的人员不得登记，须由另一名财务人员办理。</p>
      <Form.Item
        name="paidOn"
        label="付款日期"
        validateTrigger="onChange"
        rules={[{ required: true, message: '请填写付款日期' }, { validator: inTime }]}
      >
        <DateField />
      </Form.Item>
      <Form.Item label="银行回单">
        <Radio.Group
          value={way}
          onChange={(event) => setWay(event.target.value)}
          options={[
            { value: 'run', label: '整批代发，共用一个批号' },
            { value: 'each', label: '逐笔填写回单号' },
          ]}
        />
      </Form.Item>
      {way === 'run' ? (
        <Form.Item
          name="runNo"
          label="银行代发批号"
          extra="各笔按名单次序记为「批号-0001」「批号-0002」……，与银行代发明细的序号一致"
          rules={[{ required: true, whitespace: true, message: '请填写银行代发批号' }]}
        >
          <Input maxLength={56} autoComplete="off" />
        </Form.Item>
      ) : (
        <div className="receipts">
          {payments.map(({ id, payeeName, amount, payeeAccount }) => (
            <Form.Item
              key={id}
              name={['receipts', id]}
              layout="horizontal"
              label={
                <span>
                  {payeeName}（{payeeAccount}） <Money value={amount} withUnit />
                </span>
              }
              rules={payments.length === 1 ? [{ required: true, message: '请填写回单号' }] : []}
            >
              <Input maxLength={64} placeholder="银行回单号" autoComplete="off" />
            </Form.Item>
          ))}
          {payments.length > 1 && <p className="hint-line">没有填写回单号的不登记，仍为待拨付。</p>}
        </div>
      )}
    </FormDialog>
  );
}
