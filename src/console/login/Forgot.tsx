import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { auth } from '../api.ts';
import { ProblemAlert } from '../parts/Problem.tsx';
import { Card } from './Card.tsx';
import { Done } from './Doorstep.tsx';
import { useSubmit } from './useSubmit.ts';

/** 忘记密码: asks for a one-time link by mail. The answer is the same whether the address is known or not. */
export function Forgot() {
  const [sent, setSent] = useState(false);
  const { submit, busy, error } = useSubmit(async ({ email }: { email: string }) => {
    await auth('request-password-reset', { email: email.trim() });
    setSent(true);
  });
  if (sent)
    return <Done title="请查收邮件">如果该邮箱已登记，重设密码的链接已经发出，一小时内有效，只能使用一次。</Done>;
  return (
    <Card title="忘记密码">
      <ProblemAlert error={error} />
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="email"
          label="登记的邮箱"
          rules={[{ required: true, type: 'email', message: '请输入邮箱地址' }]}
        >
          <Input autoComplete="email" autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={busy}>
          发送重设链接
        </Button>
      </Form>
    </Card>
  );
}
