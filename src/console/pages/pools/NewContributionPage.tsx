import { Alert, Button, DatePicker, Form, Input, Select, Skeleton, Space } from 'antd';
import dayjs from 'dayjs';
import { useNavigate, useParams } from 'react-router';
import { api, ask, Problem } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert, ProblemPage } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmount } from '../filings/amount.ts';
import type { Pool } from './board.ts';

interface Given {
  contributor?: string;
  amount?: string;
  /** YYYY-MM-DD */
  receivedOn?: string;
  accountNo?: string;
  receiptNo?: string;
}

/** 登记出资: money that has come to a pool's account, from the bank's receipt. */
export default function NewContributionPage() {
  const { code = '' } = useParams();
  const { data: pool, error } = useAsk(['pools', code, 'now'], () =>
    ask(api.pools[':id'].$get({ param: { id: code }, query: {} })),
  );
  const draft = useDraft<Given>(`contribution:${code}`, {});
  if (error) return <ProblemPage error={error} />;
  if (!pool || !draft.ready) return <Skeleton className="page" active />;
  return (
    <Page
      title="登记出资到账"
      trail={[
        { title: '资金池', to: '/pools' },
        { title: pool.name, to: `/pools/${code}` },
      ]}
    >
      <ContributionForm pool={pool} draft={draft} />
    </Page>
  );
}

type Draft = ReturnType<typeof useDraft<Given>>;

function ContributionForm({ pool: { code, accounts }, draft }: { pool: Pool; draft: Draft }) {
  const me = useMe();
  const go = useNavigate();
  const [form] = Form.useForm<Given>();
  const contributors = useAsk(['institutions', 'names'], () => ask(api.institutions.$get({ query: { limit: '500' } })));
  const record = useAct(
    (json: Given) => ask(api.pools[':id'].contributions.$post({ param: { id: code }, json: json as Required<Given> })),
    { done: '出资已登记', refresh: ['pools', 'ledger', 'home'] },
  );
  const send = async (given: Given) => {
    try {
      await record.mutateAsync({ ...given, receiptNo: given.receiptNo?.trim() });
      await draft.discard();
      go(`/pools/${code}#contributions`);
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught;
      form.setFields(
        caught.errors.flatMap(({ field, message }) =>
          field ? [{ name: field as keyof Given, errors: [message] }] : [],
        ),
      );
    }
  };
  const initial = accounts.length === 1 ? { accountNo: accounts[0]!.accountNo } : {};
  return (
    <Form<Given>
      form={form}
      className="narrow"
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={{ ...initial, ...draft.value }}
      onValuesChange={(_, all) => draft.save(all)}
      onFinish={send}
    >
      {draft.found && <Alert type="info" showIcon closable title="已恢复上次未登记的内容" />}
      <ProblemAlert error={record.error} />
      <Form.Item name="contributor" label="出资方" rules={[{ required: true, message: '请选择出资方' }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={contributors.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? []}
        />
      </Form.Item>
      <Form.Item
        name="amount"
        label="金额"
        rules={[{ required: true, message: '请填写金额' }, { validator: isAmount }]}
      >
        <AmountField />
      </Form.Item>
      <Form.Item
        name="receivedOn"
        label="到账日期"
        rules={[{ required: true, message: '请选择到账日期' }]}
        getValueProps={(day?: string) => ({ value: day ? dayjs(day) : null })}
        normalize={(day: dayjs.Dayjs | null) => day?.format('YYYY-MM-DD')}
      >
        {/* Enter takes the day that was typed; it must not record the money at once. */}
        <DatePicker maxDate={dayjs(me.today)} onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()} />
      </Form.Item>
      <Form.Item name="accountNo" label="到账账户" rules={[{ required: true, message: '请选择到账账户' }]}>
        <Select
          options={accounts.map(({ accountNo, bankName }) => ({ value: accountNo, label: `${bankName} ${accountNo}` }))}
        />
      </Form.Item>
      <Form.Item
        name="receiptNo"
        label="银行回单号"
        extra="同一回单只登记一次，重复提交不会重复入账"
        rules={[{ required: true, whitespace: true, message: '请填写银行回单号' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Space>
        <Button type="primary" htmlType="submit" loading={record.isPending}>
          登记
        </Button>
        <Button
          onClick={async () => {
            await draft.discard();
            form.resetFields();
          }}
        >
          清空
        </Button>
      </Space>
    </Form>
  );
}
