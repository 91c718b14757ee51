import { Form, Input } from 'antd';
import { foldName } from '../../../parties/uscc.ts';

const ACCOUNT = /^[0-9A-Za-z-]{6,40}$/;

/** 收款账户: the enterprise's own, or the bank will send the money back. `within`: the group of the form it stands in. */
export function PayeeFields({ name, within = [] }: { name: string; within?: string[] }) {
  const own = async (_: unknown, value?: string) => {
    if (value && foldName(value) !== foldName(name)) throw new Error(`户名应与企业名称「${name}」一致`);
  };
  const account = async (_: unknown, value?: string) => {
    if (value && !ACCOUNT.test(value.replaceAll(/\s/g, ''))) throw new Error('应为 6 至 40 位数字或字母');
  };
  return (
    <>
      <Form.Item
        name={[...within, 'accountName']}
        label="户名"
        extra="补贴只拨付到本企业的账户"
        rules={[{ required: true, whitespace: true, message: '请填写户名' }, { validator: own }]}
      >
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <div className="pair">
        <Form.Item
          name={[...within, 'bankName']}
          label="开户银行"
          extra="写到支行"
          rules={[{ required: true, whitespace: true, message: '请填写开户银行' }]}
        >
          <Input autoComplete="off" maxLength={200} />
        </Form.Item>
        <Form.Item
          name={[...within, 'accountNo']}
          label="账号"
          rules={[{ required: true, whitespace: true, message: '请填写账号' }, { validator: account }]}
        >
          <Input autoComplete="off" maxLength={50} inputMode="numeric" />
        </Form.Item>
      </div>
    </>
  );
}
