import { Alert, Button, Form, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { auth, Problem } from '../api.ts';
import { Card } from './Card.tsx';

const Demonstration = lazy(() => import('./Demonstration.tsx'));

interface Given {
  account: string;
  password: string;
}

/** 登录: name or e-mail and password, then the second factor where one is asked for. `above` a page whose session has ended: whose it was. */
export function LoginPage({ onIn, above }: { onIn(): void; above?: string }) {
  const [form] = Form.useForm<Given>();
  const [second, setSecond] = useState(false);
  const [error, setError] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  const logIn = ({ account, password }: Given) =>
    attempt(async () => {
      const name = account.trim();
      const answer = name.includes('@')
        ? await auth<{ twoFactorRedirect?: boolean }>('sign-in/email', { email: name, password })
        : await auth<{ twoFactorRedirect?: boolean }>('sign-in/username', { username: name, password });
      if (answer.twoFactorRedirect) setSecond(true);
      else onIn();
    });
  return (
    <Card title={above ? '登录已失效，请重新登录' : '登录'} bare={above !== undefined}>
      {error && <Alert type="error" showIcon title={error.message} role="alert" />}
      {second ? (
        <SecondFactor busy={busy} attempt={attempt} onIn={onIn} account={form.getFieldValue('account')} />
      ) : (
        <>
          <Form form={form} layout="vertical" requiredMark={false} initialValues={{ account: above }} onFinish={logIn}>
            <Form.Item name="account" label="用户名或邮箱" rules={[{ required: true, message: '请输入用户名或邮箱' }]}>
              <Input autoComplete="username" autoFocus={!above} />
            </Form.Item>
            <Form.Item name="password" label="密码" rules={[{ required: true, message: '请输入密码' }]}>
              <Input.Password autoComplete="current-password" autoFocus={above !== undefined} />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={busy}>
              登录
            </Button>
          </Form>
          {!above && (
            <nav className="login-links">
              <a href="/console/register">企业注册</a>
              <a href="/console/forgot">忘记密码</a>
              <a href="/verify">单据核验</a>
              <a href="/about">关于</a>
            </nav>
          )}
          <Suspense>
            <Demonstration onChoose={(given) => form.setFieldsValue(given)} />
          </Suspense>
        </>
      )}
    </Card>
  );
}

interface SecondProps {
  busy: boolean;
  account: string;
  attempt(work: () => Promise<void>): Promise<void>;
  onIn(): void;
}

function SecondFactor({ busy, account, attempt, onIn }: SecondProps) {
  const [recovery, setRecovery] = useState(false);
  const [form] = Form.useForm<{ code: string }>();
  const verify = ({ code }: { code: string }) =>
    attempt(async () => {
      const bare = code.replace(/\s/g, '');
      await auth(recovery ? 'two-factor/verify-backup-code' : 'two-factor/verify-totp', { code: bare });
      onIn();
    });
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={verify}>
      <Form.Item
        key={recovery ? 'recovery' : 'code'}
        name="code"
        label={recovery ? '恢复码' : '动态口令'}
        extra={recovery ? '开启动态口令时保存的恢复码，每个只能用一次' : '身份验证器应用中显示的六位数字'}
        rules={[{ required: true, message: recovery ? '请输入恢复码' : '请输入动态口令' }]}
      >
        <Input autoFocus autoComplete="one-time-code" inputMode={recovery ? 'text' : 'numeric'} />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={busy}>
        验证
      </Button>
      <nav className="login-links">
        <Button type="link" size="small" onClick={() => setRecovery(!recovery)}>
          {recovery ? '使用动态口令' : '无法取得动态口令？使用恢复码'}
        </Button>
      </nav>
      <Suspense>
        <Demonstration codeOf={account} onChoose={({ code }) => form.setFieldsValue({ code })} />
      </Suspense>
    </Form>
  );
}
