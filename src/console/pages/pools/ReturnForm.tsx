import { Button, Form, Input } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import type { Capital, Pool } from './board.ts';
import { ACCOUNT, type Payment, PaymentFields, required } from './order-fields.tsx';

type Contributor = Capital['contributors'][number];
interface Given extends Payment {
  amount: string;
  payeeAccountNo: string;
}

/** 提出退回出资: how much of a contributor's free money leaves the pool, to which account; booked when another person has confirmed it. */
export function ReturnForm({ of, pool, onClose }: { of: Contributor; pool: Pool; onClose(): void }) {
  const { today } = useMe();
  const draft = useDraft<Partial<Given>>(`return:${pool.code}:${of.contributor}`, {});
  const propose = useAct(
    (json: Given) =>
      ask(api.pools[':id'].returns.$post({ param: { id: pool.code }, json: { ...json, contributor: of.contributor } })),
    { done: '已提出，等待他人复核', refresh: ['pools', 'home', 'capital-orders'] },
  );
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.greaterThan(of.free)) throw new Error('不能大于可退回金额');
  };
  if (!draft.ready) return null;
  return (
    <FormDialog<Given>
      title={`提出退回${of.contributorName}的出资`}
      action="提出，交他人复核"
      act={propose}
      initial={{ paidOn: today, ...draft.value }}
      onChange={draft.save}
      onDone={() => void draft.discard()}
      onClose={onClose}
    >
      {draft.found && <p className="hint-line">已恢复上次未提出的内容。</p>}
      <Form.Item noStyle shouldUpdate>
        {(form) => (
          <Form.Item
            name="amount"
            label="退回金额"
            rules={[required('请填写退回金额'), { validator: isAmount }, { validator: notAbove }]}
            extra={
              <Button type="link" size="small" onClick={() => form.setFieldValue('amount', of.free)}>
                全部可退回 {formatYuan(money(of.free))} 元
              </Button>
            }
          >
            <AmountField />
          </Form.Item>
        )}
      </Form.Item>
      <Form.Item name="payeeAccountNo" label="收款账号（出资方自己的账户）" rules={ACCOUNT}>
        <Input className="figure" maxLength={40} inputMode="numeric" autoComplete="off" />
      </Form.Item>
      <PaymentFields pool={pool} />
    </FormDialog>
  );
}
