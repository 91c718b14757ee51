import { Button, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { formatYuan, money } from '../../../money/money.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import type { Loan } from './types.ts';
import '../filings/filings.css';

interface Props {
  loan: Loan;
  onClose(): void;
}
const REFRESH = ['loans', 'home', 'portfolio', 'pools'];
const needed = (message: string) => [{ required: true, message }];
const amount = (message: string) => [...needed(message), { validator: isAmount }];

/** 报送放款, after consent: the day and the amount actually lent. */
export function DisburseForm({ loan, onClose }: Props) {
  const { today } = useMe();
  const tell = useAct(
    (json: { amount: string; disbursedOn: string }) =>
      ask(api.loans[':id'].disbursements.$post({ param: { id: loan.id }, json })),
    { done: '放款已登记', refresh: REFRESH },
  );
  return (
    <Dialog title="报送放款" act={tell} onClose={onClose} initial={{ amount: loan.principal, disbursedOn: today }}>
      <Form.Item name="amount" label="实际放款金额" validateTrigger="onBlur" rules={amount('请填写放款金额')}>
        <AmountField />
      </Form.Item>
      <Form.Item name="disbursedOn" label="放款日期" rules={needed('请填写放款日期')}>
        <DateField />
      </Form.Item>
    </Dialog>
  );
}

/** 报送还款: the principal repaid; the whole balance means 结清. */
export function RepayForm({ loan, onClose }: Props) {
  const { today } = useMe();
  const tell = useAct(
    (json: { amount: string; interest?: string; paidOn: string; repaymentNo?: string }) =>
      ask(api.loans[':id'].repayments.$post({ param: { id: loan.id }, json })),
    { done: ({ status }) => (status === 'paidOff' ? '还款已登记，贷款结清' : '还款已登记'), refresh: REFRESH },
  );
  const notAbove = async (_: unknown, value?: string) => {
    if (amountOf(value)?.greaterThan(loan.outstandingPrincipal)) throw new Error('不能大于贷款余额');
  };
  return (
    <Dialog title="报送还款" act={tell} onClose={onClose} initial={{ paidOn: today }}>
      <Form.Item noStyle shouldUpdate>
        {(form) => (
          <Form.Item
            name="amount"
            label="归还本金"
            validateTrigger="onBlur"
            rules={[...amount('请填写归还本金'), { validator: notAbove }]}
            extra={
              <Button type="link" size="small" onClick={() => form.setFieldValue('amount', loan.outstandingPrincipal)}>
                全部结清（余额 {formatYuan(money(loan.outstandingPrincipal))} 元）
              </Button>
            }
          >
            <AmountField />
          </Form.Item>
        )}
      </Form.Item>
      <Form.Item name="interest" label="支付利息（可不填）" validateTrigger="onBlur" rules={[{ validator: isAmount }]}>
        <AmountField />
      </Form.Item>
      <Form.Item name="paidOn" label="还款日期" rules={needed('请填写还款日期')}>
        <DateField />
      </Form.Item>
      <Form.Item name="repaymentNo" label="还款流水号（可不填，同日多笔时用以区分）">
        <Input autoComplete="off" maxLength={64} />
      </Form.Item>
    </Dialog>
  );
}

/** 报送展期: before maturity, as the clause allows. */
export function ExtendForm({ loan, onClose }: Props) {
  const { today } = useMe();
  const tell = useAct(
    (json: { maturesOn: string; agreedOn: string }) =>
      ask(api.loans[':id'].extensions.$post({ param: { id: loan.id }, json })),
    { done: '展期已登记', refresh: REFRESH },
  );
  const later = async (_: unknown, value?: string) => {
    if (value && value <= loan.maturesOn) throw new Error(`应晚于原到期日 ${loan.maturesOn}`);
  };
  return (
    <Dialog title="报送展期" act={tell} onClose={onClose} initial={{ agreedOn: today }}>
      <p>原到期日 {loan.maturesOn}。</p>
      <Form.Item name="maturesOn" label="展期后到期日" rules={[...needed('请填写到期日'), { validator: later }]}>
        <DateField />
      </Form.Item>
      <Form.Item name="agreedOn" label="展期协议日期" rules={needed('请填写协议日期')}>
        <DateField />
      </Form.Item>
    </Dialog>
  );
}

/** A small form over the page: sends what was filled in, closes when the server has taken it. */
function Dialog<T extends object>({
  title,
  act,
  initial,
  onClose,
  children,
}: {
  title: string;
  act: { mutate(input: T, options: { onSuccess(): void }): void; isPending: boolean; error: unknown };
  initial: Partial<T>;
  onClose(): void;
  children: ReactNode;
}) {
  const [form] = Form.useForm<T>();
  return (
    <Modal open title={title} okText="报送" confirmLoading={act.isPending} onCancel={onClose} onOk={form.submit}>
      <ProblemAlert error={act.error} />
      <Form<T>
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={(given) => {
          const filled = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
          act.mutate(Object.fromEntries(filled) as T, { onSuccess: onClose });
        }}
      >
        {children}
      </Form>
    </Modal>
  );
}
