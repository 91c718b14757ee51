import { Form, Input, InputNumber } from 'antd';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { SchemeSelect } from '../../parts/SchemeSelect.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useSubsidySchemes } from '../../parts/useSubsidySchemes.ts';
import { useMe } from '../../session.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { isAmount } from '../filings/amount.ts';
import { CHANGED } from './types.ts';

interface Given {
  scheme: string;
  year: number;
  name: string;
  document: string;
  amount: string;
  accountNo: string;
  accountName: string;
  bankName: string;
}

const needed = (what: string) => [{ required: true, whitespace: true, message: `请填写${what}` }];

/** 登记年度预算: what was appropriated for a scheme and a year, by which document, and the account it is paid from. It opens a book of its own. */
export function NewBudget({ onClose }: { onClose(): void }) {
  const { today } = useMe();
  const { schemes, error, refetch } = useSubsidySchemes();
  const create = useAct((json: Given) => ask(api.budgets.$post({ json })), {
    done: '预算已登记，账套已设立',
    refresh: CHANGED,
  });
  return (
    <FormDialog<Given>
      title="登记年度预算"
      action="登记"
      width={640}
      initial={{ year: Number(today.slice(0, 4)) }}
      act={create}
      onClose={onClose}
    >
      <p>一项政策一个年度登记一次，登记后设立独立账套。预算以后的追加或核减另行办理。</p>
      <ProblemAlert error={error} retry={refetch} />
      <Form.Item name="scheme" label="补贴政策" rules={[{ required: true, message: '请选择补贴政策' }]}>
        <SchemeSelect schemes={schemes} />
      </Form.Item>
      <Form.Item name="year" label="年度" rules={[{ required: true, message: '请填写年度' }]}>
        <InputNumber min={2000} max={2999} precision={0} />
      </Form.Item>
      <Form.Item name="name" label="预算名称" rules={needed('预算名称')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="document" label="预算批复文件" rules={needed('预算批复文件')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="amount"
        label="预算金额"
        rules={[{ required: true, message: '请填写预算金额' }, { validator: isAmount }]}
      >
        <AmountField />
      </Form.Item>
      <Form.Item name="accountName" label="付款账户户名" rules={needed('户名')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="bankName" label="开户行" rules={needed('开户行')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="accountNo" label="账号" rules={needed('账号')}>
        <Input maxLength={40} inputMode="numeric" autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}
