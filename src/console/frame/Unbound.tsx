import { Alert, Button, Form, Input } from 'antd';
import { api, ask, auth } from '../api.ts';
import { Card } from '../login/Card.tsx';
import { useSubmit } from '../login/useSubmit.ts';
import { ProblemAlert } from '../parts/Problem.tsx';
import type { Me } from '../session.ts';

const STATES = {
  submitted: {
    type: 'info',
    title: '注册已提交，等待审核。审核通过后即可使用；也可以填入县区寄送的绑定码，立即开通。',
  },
  refused: { type: 'error', title: '注册未通过审核' },
  approved: { type: 'success', title: '注册已通过' },
} as const;

/** The first page of an enterprise's person who is not bound to it yet: how it stands, and the county's code. */
export function Unbound({ me, look }: { me: Me; look(): Promise<void> }) {
  const bind = useSubmit(async ({ code }: { code: string }) => {
    await ask(api.me.binding.$post({ json: { code: code.trim().toUpperCase() } }));
    await look();
  });
  const { registration } = me;
  const state = registration && STATES[registration.status as keyof typeof STATES];
  return (
    <Card title={`${me.name}，您好`}>
      {state && <Alert type={state.type} showIcon title={state.title} description={registration.reason} />}
      <p>{registration?.enterpriseName}</p>
      <Form layout="vertical" requiredMark={false} onFinish={bind.submit}>
        <ProblemAlert error={bind.error} />
        <Form.Item
          name="code"
          label="绑定码"
          extra="由所在县区科技部门提供，10 位"
          rules={[{ required: true, message: '请输入绑定码' }]}
        >
          <Input maxLength={12} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={bind.busy}>
          绑定企业
        </Button>
      </Form>
      <nav className="login-links">
        <Button type="link" size="small" onClick={() => void look()}>
          刷新进度
        </Button>
        <Button type="link" size="small" onClick={() => void auth('sign-out', {}).then(look)}>
          退出登录
        </Button>
      </nav>
    </Card>
  );
}
