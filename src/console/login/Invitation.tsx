import { Button, Descriptions, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { api, ask } from '../api.ts';
import { ProblemAlert } from '../parts/Problem.tsx';
import { Card } from './Card.tsx';
import { Done } from './Doorstep.tsx';
import { NewPassword } from './NewPassword.tsx';
import { useSubmit } from './useSubmit.ts';

interface Invited {
  name: string;
  username: string;
  roleName: string;
  institutionName: string | null;
  enterpriseName: string | null;
  /** null when whoever invited did not know it */
  email: string | null;
}

/** 接受邀请: who one is invited as, and one's password. */
export function Invitation({ token }: { token: string }) {
  const [invited, setInvited] = useState<Invited>();
  const [done, setDone] = useState(false);
  const look = useSubmit(async () => setInvited(await ask(api.invitations.look.$post({ json: { token } }))));
  const accept = useSubmit(async ({ password, email }: { password: string; email?: string }) => {
    await ask(api.invitations.accept.$post({ json: { token, password, ...(email ? { email } : {}) } }));
    setDone(true);
  });
  // Looked at once, when the link is opened.
  useEffect(() => void look.submit(), [token]);
  if (done) return <Done title="账号已启用">请用用户名「{invited?.username}」和刚设的密码登录。</Done>;
  return (
    <Card title="接受邀请">
      <ProblemAlert error={look.error ?? accept.error} />
      {invited && (
        <Form layout="vertical" requiredMark={false} onFinish={accept.submit}>
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'name', label: '姓名', children: invited.name },
              { key: 'username', label: '用户名', children: invited.username },
              { key: 'role', label: '角色', children: invited.roleName },
              ...(invited.institutionName ? [{ key: 'at', label: '机构', children: invited.institutionName }] : []),
              ...(invited.enterpriseName ? [{ key: 'of', label: '企业', children: invited.enterpriseName }] : []),
            ]}
          />
          {invited.email === null && (
            <Form.Item
              name="email"
              label="邮箱"
              extra="用于找回密码"
              rules={[{ required: true, type: 'email', message: '请输入邮箱地址' }]}
            >
              <Input autoComplete="email" />
            </Form.Item>
          )}
          <NewPassword />
          <Button type="primary" htmlType="submit" block loading={accept.busy}>
            启用账号
          </Button>
        </Form>
      )}
    </Card>
  );
}
