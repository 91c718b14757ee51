import { Alert, Button, Form, Input, Steps } from 'antd';
import { api, ask, auth } from '../api.ts';
import { Card } from '../login/Card.tsx';
import { useSubmit } from '../login/useSubmit.ts';
import { ProblemAlert } from '../parts/Problem.tsx';
import type { Me } from '../session.ts';

/** The first page of an enterprise's person who is not bound to it yet: what comes next, how it stands, and the county's code as a short way. */
export function Unbound({ me, look }: { me: Me; look(): Promise<void> }) {
  const { registration } = me;
  const refused = registration?.status === 'refused';
  return (
    <Card title={`${me.name}，您好`}>
      {registration && (
        <p>
          您注册代表 <strong>{registration.enterpriseName}</strong>（{registration.uscc}）办理业务。
        </p>
      )}
      {refused && (
        <Alert
          type="error"
          showIcon
          title="注册未通过"
          description={`${registration.reason ?? '未写明理由'}。请与所在县区科技部门联系；取得绑定码后可在下面填入。`}
        />
      )}
      <Steps
        className="first-steps"
        orientation="vertical"
        size="small"
        current={1}
        status={refused ? 'error' : 'process'}
        items={[
          { title: '注册', content: '已完成' },
          { title: '核实身份', content: '县区科技部门核实您代表该企业；或填入绑定码，立即开通' },
          { title: '开始使用', content: '查看能申请什么、还差什么，查看资质、贷款和文件' },
        ]}
      />
      <BindingForm look={look} />
      <nav className="login-links">
        <Button type="link" size="small" onClick={() => void look()}>
          刷新进度
        </Button>
        <a href="/policies">先看看政策</a>
        <Button type="link" size="small" onClick={() => void auth('sign-out', {}).then(look)}>
          退出登录
        </Button>
      </nav>
    </Card>
  );
}

function BindingForm({ look }: { look(): Promise<void> }) {
  const bind = useSubmit(async ({ code }: { code: string }) => {
    await ask(api.me.binding.$post({ json: { code: code.replace(/[\s-]/g, '').toUpperCase() } }));
    await look();
  });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={bind.submit}>
      <ProblemAlert error={bind.error} />
      <Form.Item
        name="code"
        label="绑定码"
        extra="由所在县区科技部门当面交付或寄送，10 位，只能使用一次"
        rules={[{ required: true, message: '请输入绑定码' }]}
      >
        <Input maxLength={14} autoComplete="off" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={bind.busy}>
        绑定企业
      </Button>
    </Form>
  );
}
