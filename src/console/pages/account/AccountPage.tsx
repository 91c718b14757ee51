import { Button, Card, Descriptions, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { auth } from '../../api.ts';
import { NewPassword } from '../../login/NewPassword.tsx';
import { EnrolSecondFactor } from '../../parts/EnrolSecondFactor.tsx';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';
import { OwnKeys } from './OwnKeys.tsx';
import { Sessions } from './Sessions.tsx';

/** 我的账号: who one is, password, second factor, and where one is logged in. */
export default function AccountPage() {
  const me = useMe();
  return (
    <Page title="我的账号">
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'name', label: '姓名', children: me.name },
          { key: 'username', label: '用户名', children: me.username },
          { key: 'email', label: '邮箱', children: me.email },
          { key: 'role', label: '角色', children: me.roleName },
          { key: 'at', label: '所属', children: me.institution?.name ?? me.enterprise?.name ?? '—' },
        ]}
      />
      <div className="columns">
        <ChangePassword />
        <SecondFactor />
      </div>
      {may(me, 'key.own') && <OwnKeys />}
      <Sessions />
    </Page>
  );
}

function ChangePassword() {
  const [form] = Form.useForm();
  const change = useAct(
    ({ current, password }: { current: string; password: string }) =>
      auth('change-password', { currentPassword: current, newPassword: password, revokeOtherSessions: true }),
    { done: '密码已修改，其他地方的登录已退出', refresh: ['sessions'] },
  );
  return (
    <Card title="修改密码">
      <ProblemAlert error={change.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(given) => change.mutate(given, { onSuccess: () => form.resetFields() })}
      >
        <Form.Item name="current" label="现用密码" rules={[{ required: true, message: '请输入现用密码' }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <NewPassword />
        <Button htmlType="submit" loading={change.isPending}>
          修改密码
        </Button>
      </Form>
    </Card>
  );
}

function SecondFactor() {
  const { secondFactor } = useMe();
  const [enrolling, setEnrolling] = useState(false);
  if (!secondFactor.enabled)
    return (
      <Card title="动态口令">
        <p>未启用。启用后，登录时除密码外还须输入身份验证器应用上的六位数字。</p>
        <Button onClick={() => setEnrolling(true)}>启用</Button>
        <Modal open={enrolling} footer={null} onCancel={() => setEnrolling(false)} title="设置动态口令" destroyOnHidden>
          <EnrolSecondFactor onDone={async () => window.location.reload()} />
        </Modal>
      </Card>
    );
  return (
    <Card title="动态口令">
      <p>已启用。{secondFactor.required ? '您的角色必须使用动态口令。' : ''}</p>
      <NewRecoveryCodes />
      <ChangePhone />
    </Card>
  );
}

/** 更换手机: the old 动态口令 ends and a new one is set up in one go; until then a role that needs it can do nothing else. */
function ChangePhone() {
  const [step, setStep] = useState<'closed' | 'password' | 'enrol'>('closed');
  const end = useAct(({ password }: { password: string }) => auth('two-factor/disable', { password }));
  const close = () => (step === 'enrol' ? window.location.reload() : setStep('closed'));
  return (
    <>
      <Button className="change-phone" onClick={() => setStep('password')}>
        更换手机
      </Button>
      <Modal open={step !== 'closed'} footer={null} onCancel={close} title="更换动态口令所在的手机" destroyOnHidden>
        {step === 'enrol' ? (
          <EnrolSecondFactor onDone={async () => window.location.reload()} />
        ) : (
          <Form
            layout="vertical"
            requiredMark={false}
            onFinish={(given) => end.mutate(given, { onSuccess: () => setStep('enrol') })}
          >
            <p>原手机上的动态口令立即作废，接着在新手机上重新设置。</p>
            <ProblemAlert error={end.error} />
            <Form.Item name="password" label="登录密码" rules={[{ required: true, message: '请输入密码' }]}>
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={end.isPending}>
              下一步
            </Button>
          </Form>
        )}
      </Modal>
    </>
  );
}

function NewRecoveryCodes() {
  const [codes, setCodes] = useState<string[]>();
  const renew = useAct(({ password }: { password: string }) =>
    auth<{ backupCodes: string[] }>('two-factor/generate-backup-codes', { password }),
  );
  if (codes)
    return (
      <>
        <p>新的恢复码如下，原有的已全部作废。离开本页后不再显示。</p>
        <code className="codes">{codes.join('　')}</code>
      </>
    );
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      onFinish={(given) => renew.mutate(given, { onSuccess: (answer) => setCodes(answer.backupCodes) })}
    >
      <ProblemAlert error={renew.error} />
      <Form.Item name="password" label="登录密码" rules={[{ required: true, message: '请输入密码' }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Button htmlType="submit" loading={renew.isPending}>
        重新生成恢复码
      </Button>
    </Form>
  );
}
