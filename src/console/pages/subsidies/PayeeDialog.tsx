import { Form, Input } from 'antd';
import { foldName } from '../../../parties/uscc.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { CHANGED } from './acts.ts';

interface Payee {
  accountName: string;
  bankName: string;
  accountNo: string;
}

/** The fields of an account that a subsidy is paid to; it must be the enterprise's own. */
export function PayeeFields({ enterpriseName }: { enterpriseName: string }) {
  const own = async (_: unknown, value?: string) => {
    if (value && foldName(value) !== foldName(enterpriseName)) throw new Error(`应与企业名称「${enterpriseName}」一致`);
  };
  return (
    <>
      <Form.Item
        name="accountName"
        label="户名"
        rules={[{ required: true, message: '请填写户名' }, { validator: own }]}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="bankName" label="开户行" rules={[{ required: true, whitespace: true, message: '请填写开户行' }]}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="accountNo"
        label="账号"
        rules={[
          { required: true, message: '请填写账号' },
          { pattern: /^\d{8,40}$/, message: '应为 8 位以上数字' },
        ]}
      >
        <Input maxLength={40} inputMode="numeric" autoComplete="off" />
      </Form.Item>
    </>
  );
}

/** The account of an enterprise whose paper application did not say it. */
export function PayeeDialog({ of, onClose }: { of: Application; onClose(): void }) {
  const act = useAct(
    (payee: Payee) => ask(api['subsidy-applications'].payees.$post({ json: { payees: [{ ...payee, id: of.id }] } })),
    { done: '收款账户已补报', refresh: CHANGED },
  );
  return (
    <FormDialog<Payee>
      title={`补报收款账户：${of.enterpriseName}`}
      action="补报"
      initial={{ accountName: of.enterpriseName }}
      act={act}
      onClose={onClose}
    >
      <PayeeFields enterpriseName={of.enterpriseName} />
    </FormDialog>
  );
}
