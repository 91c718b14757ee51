import { Form, Input } from 'antd';
import { useNames } from '../../parts/useNames.ts';

const ACCOUNT = /^[0-9A-Za-z-]{6,40}$/;

/** 收款账户: where the pool pays; all of it or nothing, then the paper handed in counts. The name is checked against the register. */
export function PayeeFields({ bankCode }: { bankCode: string }) {
  const form = Form.useFormInstance();
  const nameOf = useNames();
  const whole = (other: 'bankName' | 'accountNo', message: string) => async (_: unknown, value?: string) => {
    if (!value && form.getFieldValue(['payee', other])) throw new Error(message);
  };
  const account = async (_: unknown, value?: string) => {
    if (value && !ACCOUNT.test(value.replaceAll(' ', ''))) throw new Error('应为 6 至 40 位数字或字母');
  };
  return (
    <section aria-labelledby="payee">
      <h2 id="payee">收款账户</h2>
      <Form.Item
        name={['payee', 'accountName']}
        label="户名"
        extra={`应与登记的名称一致：${nameOf(bankCode)}`}
        dependencies={[['payee', 'accountNo']]}
        rules={[{ validator: whole('accountNo', '请填写户名') }]}
      >
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      <div className="pair">
        <Form.Item
          name={['payee', 'bankName']}
          label="开户银行"
          dependencies={[['payee', 'accountNo']]}
          rules={[{ validator: whole('accountNo', '请填写开户银行') }]}
        >
          <Input autoComplete="off" maxLength={200} />
        </Form.Item>
        <Form.Item
          name={['payee', 'accountNo']}
          label="账号"
          dependencies={[['payee', 'bankName']]}
          rules={[{ validator: whole('bankName', '请填写账号') }, { validator: account }]}
        >
          <Input autoComplete="off" maxLength={50} inputMode="numeric" />
        </Form.Item>
      </div>
    </section>
  );
}
