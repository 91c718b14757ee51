import { Button, Form, Input, Modal } from 'antd';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { atFields } from '../../parts/at-fields.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
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
  const [form] = Form.useForm<Given>();
  const draft = useDraft<Partial<Given>>(`return:${pool.code}:${of.contributor}`, {});
  const propose = useAct(
    (json: Given) =>
      ask(api.pools[':id'].returns.$post({ param: { id: pool.code }, json: { ...json, contributor: of.contributor } })),
    { done: '已提出，等待他人复核', refresh: ['pools', 'home', 'capital-orders'] },
  );
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.greaterThan(of.free)) throw new Error('不能大于可退回金额');
  };
  return (
    <Modal
      open
      title={`提出退回${of.contributorName}的出资`}
      okText="提出，交他人复核"
      confirmLoading={propose.isPending}
      loading={!draft.ready}
      onCancel={onClose}
      onOk={form.submit}
    >
      <ProblemAlert error={propose.error} />
      {draft.found && <p className="hint-line">已恢复上次未提出的内容。</p>}
      <Form<Given>
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={{ paidOn: today, ...draft.value }}
        onValuesChange={(_, all) => draft.save(all)}
        onFinish={(given) =>
          propose.mutate(given, {
            onSuccess: () => {
              void draft.discard();
              onClose();
            },
            onError: (error) => form.setFields(atFields<Given>(error)),
          })
        }
      >
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
        <Form.Item name="payeeAccountNo" label="收款账号（出资方自己的账户）" rules={ACCOUNT}>
          <Input className="figure" maxLength={40} inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <PaymentFields pool={pool} />
      </Form>
    </Modal>
  );
}
