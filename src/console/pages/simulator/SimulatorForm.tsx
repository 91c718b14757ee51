import { Button, Collapse, Form, Radio, Select } from 'antd';
import { useEffect, useState } from 'react';
import { api, ask, type Fault } from '../../api.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf, isAmount } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { CapFields, FactFields } from './FactFields.tsx';
import { type Given, placeOf } from './inputs.ts';
import { LoanField } from './LoanField.tsx';
import { TriedFields } from './TriedFields.tsx';
import './simulator.css';

interface Props {
  given: Given;
  /** the document of the last answer */
  policyCode: string | undefined;
  faults: Fault[];
  busy: boolean;
  onAsk(given: Given): void;
}

/** What can be folded away. */
const PARTS = ['facts', 'caps', 'tries'] as const;
const required = (message: string) => ({ required: true, message });

/** What is to be worked out. Whatever the API lacks or refuses is said at its field. */
export function SimulatorForm({ given, policyCode, faults, busy, onAsk }: Props) {
  const { today } = useMe();
  const [form] = Form.useForm<Given>();
  const told = JSON.stringify(faults);
  const [open, setOpen] = useState<string[]>(
    PARTS.filter((part) => given[part] || (part === 'tries' && given.versionIds)),
  );
  useEffect(() => {
    const places = faults.flatMap(({ field, message }) => (field ? [{ at: placeOf(field), message }] : []));
    form.setFields(places.map(({ at, message }) => ({ name: at as never, errors: [message] })));
    // What is lacking has to be seen.
    const lacking = PARTS.filter((part) => places.some(({ at }) => at[0] === part));
    setOpen((before) => [...new Set([...before, ...lacking])]);
  }, [told]);
  return (
    <Form<Given>
      form={form}
      className="no-print"
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={{ occurredOn: today, ...given }}
      onFinish={(next) => onAsk({ ...given, ...next })}
    >
      <Form.Item name="mode">
        <Radio.Group
          optionType="button"
          options={[
            { value: 'loan', label: '已入池的贷款' },
            { value: 'made', label: '假设的贷款' },
          ]}
        />
      </Form.Item>
      <div className="simulator-fields">
        <Form.Item noStyle dependencies={['mode']}>
          {({ getFieldValue }) => (getFieldValue('mode') === 'loan' ? <Registered /> : <Made />)}
        </Form.Item>
        <PolicyField />
        <Form.Item
          name="unpaidPrincipal"
          label="损失：未偿还本金"
          rules={[required('请填写未偿还本金'), { validator: isAmount }]}
        >
          <AmountField />
        </Form.Item>
        <Form.Item name="recovered" label="追偿收回，扣除费用后（不填为没有）" rules={[{ validator: isAmount }]}>
          <AmountField />
        </Form.Item>
        <Form.Item name="occurredOn" label="风险事件发生日期（据此取条款）" rules={[required('请填写日期')]}>
          <DateField />
        </Form.Item>
      </div>
      <Collapse
        activeKey={open}
        onChange={(keys) => setOpen([keys].flat())}
        items={[
          {
            ...{ key: 'facts', label: '贷款情况（有的办法按此确定比例）', forceRender: true },
            children: (
              <Form.Item noStyle dependencies={['mode']}>
                {({ getFieldValue }) => <FactFields made={getFieldValue('mode') === 'made'} />}
              </Form.Item>
            ),
          },
          {
            key: 'caps',
            label: '此前已补偿金额和上限的基数（有的办法设上限）',
            forceRender: true,
            children: <CapFields />,
          },
          {
            ...{ key: 'tries', label: '与拟改的条款比较', forceRender: true },
            children: (
              <Form.Item noStyle dependencies={['policyCode']}>
                {({ getFieldValue }) => <TriedFields policyCode={getFieldValue('policyCode') ?? policyCode} />}
              </Form.Item>
            ),
          },
        ]}
      />
      <p>
        <Button type="primary" htmlType="submit" loading={busy}>
          测算
        </Button>
      </p>
    </Form>
  );
}

function Registered() {
  const form = Form.useFormInstance<Given>();
  return (
    <Form.Item name="loanId" label="贷款" rules={[required('请选择贷款')]}>
      <LoanField
        onFound={({ outstandingPrincipal }) =>
          form.getFieldValue('unpaidPrincipal') || form.setFieldValue('unpaidPrincipal', outstandingPrincipal)
        }
      />
    </Form.Item>
  );
}

function Made() {
  const form = Form.useFormInstance<Given>();
  const notAbove = async (_: unknown, value?: string) => {
    const lent = amountOf(form.getFieldValue('principal'));
    if (lent && amountOf(value)?.greaterThan(lent)) throw new Error('不能大于贷款金额');
  };
  return (
    <>
      <Form.Item name="principal" label="贷款金额" rules={[required('请填写贷款金额'), { validator: isAmount }]}>
        <AmountField />
      </Form.Item>
      <Form.Item
        name="countedPrincipal"
        label="备案金额"
        rules={[required('请填写备案金额'), { validator: isAmount }, { validator: notAbove }]}
      >
        <AmountField />
      </Form.Item>
    </>
  );
}

/** Under which document: that of the loan's pool unless another is chosen. */
function PolicyField() {
  const { data } = useAsk(['policies', 'documents'], () => ask(api.policies.$get({ query: {} })));
  const options = data?.documents.map(({ code, title }) => ({ value: code, label: title })) ?? [];
  return (
    <Form.Item noStyle dependencies={['mode']}>
      {({ getFieldValue }) => (
        <Form.Item
          name="policyCode"
          label="政策文件"
          rules={getFieldValue('mode') === 'made' ? [required('请选择政策文件')] : []}
        >
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={getFieldValue('mode') === 'made' ? '请选择' : '贷款所在资金池的办法'}
            options={options}
          />
        </Form.Item>
      )}
    </Form.Item>
  );
}
