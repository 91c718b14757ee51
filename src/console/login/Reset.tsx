import { Button, Form } from 'antd';
import { useState } from 'react';
import { auth } from '../api.ts';
import { ProblemAlert } from '../parts/Problem.tsx';
import { Card } from './Card.tsx';
import { Done } from './Doorstep.tsx';
import { NewPassword } from './NewPassword.tsx';
import { useSubmit } from './useSubmit.ts';

/** 重设密码: from the one-time link. Ends all sessions of the person. */
export function Reset({ token }: { token: string }) {
  const [done, setDone] = useState(false);
  const { submit, busy, error } = useSubmit(async ({ password }: { password: string }) => {
    await auth('reset-password', { token, newPassword: password });
    setDone(true);
  });
  if (done) return <Done title="密码已重设">原有的登录均已退出，请用新密码登录。</Done>;
  return (
    <Card title="重设密码">
      <ProblemAlert error={error} />
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <NewPassword />
        <Button type="primary" htmlType="submit" block loading={busy}>
          重设密码
        </Button>
      </Form>
    </Card>
  );
}
