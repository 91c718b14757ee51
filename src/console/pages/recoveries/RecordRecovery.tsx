import { Alert, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { useNames } from '../../parts/useNames.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount, isAmountOrZero } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { AccountField } from './AccountField.tsx';
import { Distribution } from './Distribution.tsx';
import { payersOf } from './payers.ts';
import { previewOf } from './preview.ts';
import { type Claim, type NewRecovery, REFRESH } from './types.ts';

type Given = Partial<NewRecovery>;
interface Props {
  claim: Claim;
  onChanged(): void;
  onClose(): void;
}

/** 登记回款: what the bank remitted, from the bank's receipt; how it will be shared is shown while one types. */
export function RecordRecovery(props: Props) {
  const draft = useDraft<Given>(`recovery:${props.claim.id}`, {});
  return draft.ready ? <RecoveryForm {...props} draft={draft} /> : null;
}

function RecoveryForm({ claim, onChanged, onClose, draft }: Props & { draft: ReturnType<typeof useDraft<Given>> }) {
  const { today } = useMe();
  const nameOf = useNames();
  const start: Given = { basis: 'gross', costPaidBy: claim.bankCode, receivedOn: today, ...draft.value };
  const [given, setGiven] = useState(start);
  const record = useAct(
    (json: NewRecovery) => ask(api.claims[':id'].recoveries.$post({ param: { id: claim.id }, json: sent(json) })),
    { done: ({ amount }) => `回款 ${amount} 元已登记并分配`, refresh: REFRESH },
  );
  const spent = amountOf(given.cost)?.greaterThan(0) ?? false;
  return (
    <FormDialog<NewRecovery>
      title="登记追偿回款"
      action="登记并分配"
      width={920}
      act={record}
      initial={start}
      onChange={(all) => {
        setGiven(all);
        draft.save(all);
      }}
      onDone={() => {
        void draft.discard();
        onChanged();
      }}
      onClose={onClose}
    >
      <div className="beside">
        <div>
          <Form.Item
            name="amount"
            label="到账金额"
            rules={[{ required: true, message: '请填写到账金额' }, { validator: isAmount }]}
          >
            <AmountField autoFocus />
          </Form.Item>
          <Form.Item name="basis" label="回款口径" extra="按银行汇缴时注明的填写">
            <Radio.Group className="stacked" options={BASES} />
          </Form.Item>
          <div className="pair">
            <Form.Item name="cost" label="本次追偿费用（没有可不填）" rules={[{ validator: isAmountOrZero }]}>
              <AmountField />
            </Form.Item>
            {spent && (
              <Form.Item
                name="costPaidBy"
                label="费用由谁支付"
                rules={[{ required: true, message: '请选择费用支付方' }]}
              >
                <Select options={payersOf(claim, nameOf)} />
              </Form.Item>
            )}
          </div>
          <div className="pair">
            <Form.Item
              name="obtainedOn"
              label="银行收到日期"
              rules={[{ required: true, message: '请填写银行收到日期' }]}
            >
              <DateField />
            </Form.Item>
            <Form.Item
              name="receivedOn"
              label="专户到账日期"
              dependencies={['obtainedOn']}
              rules={[
                { required: true, message: '请填写到账日期' },
                ({ getFieldValue }) => ({ validator: notBefore(() => getFieldValue('obtainedOn')) }),
              ]}
            >
              <DateField />
            </Form.Item>
          </div>
          <Form.Item
            name="receiptNo"
            label="银行回单号"
            extra="同一回单只登记一次，重复提交不会重复入账"
            rules={[{ required: true, whitespace: true, message: '请填写银行回单号' }]}
          >
            <Input maxLength={100} autoComplete="off" />
          </Form.Item>
          <AccountField poolCode={claim.poolCode} label="到账账户" />
        </div>
        <Preview claim={claim} given={given} />
      </div>
    </FormDialog>
  );
}

const BASES = [
  { value: 'gross', label: '毛额：费用还在回款里，先从中归还' },
  { value: 'net', label: '净额：银行已扣除费用' },
];

const notBefore = (obtained: () => string | undefined) => async (_: unknown, received?: string) => {
  const from = obtained();
  if (from && received && received < from) throw new Error('不能早于银行收到日期');
};

/** Nobody paid a cost that there was not. */
function sent({ costPaidBy, cost, receiptNo, ...rest }: NewRecovery): NewRecovery {
  const paid = amountOf(cost)?.greaterThan(0) ? { cost, costPaidBy } : {};
  return { ...rest, receiptNo: receiptNo.trim(), ...paid };
}

function Preview({ claim, given }: { claim: Claim; given: Given }) {
  const amount = amountOf(given.amount);
  if (!amount?.greaterThan(0)) return <p className="hint-line">填写到账金额后，这里显示分配结果。</p>;
  const cost = amountOf(given.cost) ? given.cost! : '0.00';
  const found = previewOf(claim, {
    ...{ amount: given.amount!, cost, basis: given.basis ?? 'gross', paidBy: given.costPaidBy ?? claim.bankCode },
  });
  if (typeof found === 'string') return <Alert type="error" showIcon title={found} />;
  return (
    <section aria-label="分配结果">
      <h3>登记后这样分配</h3>
      <Distribution rows={found} />
      <p className="hint-line">
        先还费用，再按各方实际承担的损失累计分配。资金池出资方的冲减应收追偿款，其余各方的记入应付款，另行拨付。
      </p>
    </section>
  );
}
