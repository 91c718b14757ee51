import { Alert, Button, Checkbox, DatePicker, Form, Input, Modal, Select, Typography } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { type ReactNode, useState } from 'react';
import { PERMISSIONS, type Permission, ROLES, type Role, SECOND_FACTOR_ROLES } from '../../../access/roles.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useMe } from '../../session.ts';
import { OwnerField } from '../users/InviteDialog.tsx';

interface Given {
  name: string;
  role: Role;
  institutionCode?: string;
  enterpriseUscc?: string;
  scopes?: Permission[];
  expiresOn?: Dayjs;
  signed?: boolean;
}

export const LONGEST_YEARS = 2;

/** Whose systems get keys here; a key that approves or operates is a person's own (我的账号). */
const SYSTEMS = Object.entries(ROLES).filter(([role]) => !SECOND_FACTOR_ROLES.includes(role as Role));

interface Dialog {
  open: boolean;
  onClose(): void;
}

/** 签发密钥: for whom, what it may do, until when; then the key, this once. */
export const IssueDialog = (dialog: Dialog) => (
  <KeyDialog {...dialog} title="签发密钥" form={(onIssued) => <IssueForm onIssued={onIssued} />} />
);

/** A form that issues a key, and then the key in its place, until its reader says that it is kept. */
export function KeyDialog({
  open,
  onClose,
  title,
  form,
}: Dialog & { title: string; form(onIssued: (key: string) => void): ReactNode }) {
  const [key, setKey] = useState<string>();
  const close = () => {
    setKey(undefined);
    onClose();
  };
  return (
    <Modal
      title={key ? '密钥已签发' : title}
      open={open}
      footer={null}
      onCancel={close}
      closable={!key}
      mask={{ closable: false }}
      width={640}
      destroyOnHidden
    >
      {key ? <Issued value={key} onDone={close} /> : form(setKey)}
    </Modal>
  );
}

/** The key in clear, this once. */
function Issued({ value, onDone }: { value: string; onDone(): void }) {
  return (
    <>
      <Alert type="warning" showIcon title="只显示这一次。请复制后经安全渠道交给使用方，关闭后无法再查看。" />
      <Typography.Paragraph copyable={{ text: value, tooltips: ['复制', '已复制'] }} className="issued">
        <code className="hash">{value}</code>
      </Typography.Paragraph>
      <Button type="primary" onClick={onDone}>
        已保存，关闭
      </Button>
    </>
  );
}

function IssueForm({ onIssued }: { onIssued(key: string): void }) {
  const me = useMe();
  const [form] = Form.useForm<Given>();
  const today = dayjs(me.today);
  const issue = useAct(
    ({ expiresOn, scopes, signed, ...rest }: Given) =>
      ask(
        api['api-keys'].$post({
          json: {
            ...rest,
            ...(scopes?.length ? { scopes } : {}),
            ...(signed ? { signed } : {}),
            ...(expiresOn ? { expiresOn: expiresOn.format('YYYY-MM-DD') } : {}),
          },
        }),
      ),
    { refresh: ['keys'] },
  );
  return (
    <Form<Given>
      form={form}
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={{ role: 'bank', signed: true, expiresOn: today.add(1, 'year') }}
      // What one role may do another may not.
      onValuesChange={({ role }) => role && form.setFieldsValue({ scopes: [], institutionCode: undefined })}
      onFinish={(given) => issue.mutate(given, { onSuccess: ({ key }) => onIssued(key) })}
    >
      <ProblemAlert error={issue.error} />
      <Form.Item
        name="name"
        label="名称"
        extra="使用方与用途，如 某银行信贷系统"
        rules={[{ required: true, whitespace: true, message: '请填写名称' }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="role"
        label="角色"
        extra="审核、财务和管理岗位的密钥代表一个人，由本人在「我的账号」签发"
        rules={[{ required: true, message: '请选择角色' }]}
      >
        <Select options={SYSTEMS.map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <OwnerField />
      <ScopesOfRole />
      <Form.Item name="expiresOn" label="有效期至" extra="最长两年；不填为一年">
        <DatePicker minDate={today} maxDate={today.add(LONGEST_YEARS, 'year')} />
      </Form.Item>
      <Form.Item name="signed" valuePropName="checked" extra="签名方法与示例见银行接入说明">
        <Checkbox>只接受签名的请求（HMAC-SHA256）</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={issue.isPending}>
        签发
      </Button>
    </Form>
  );
}

function ScopesOfRole() {
  const role = Form.useWatch<Role | undefined>('role');
  return role && <ScopesField role={role} />;
}

/** What the key may do, of what its role may; none chosen means all of it. */
export function ScopesField({ role, but = [] }: { role: Role; but?: string[] }) {
  const options = Object.entries(PERMISSIONS)
    .filter(([name, { roles }]) => (roles as readonly Role[]).includes(role) && !but.includes(name))
    .map(([value, { label }]) => ({ value, label }));
  return (
    <Form.Item name="scopes" label="权限" extra="不勾选为该角色的全部权限；宜只勾选用得到的">
      <Checkbox.Group options={options} className="scopes" />
    </Form.Item>
  );
}
