import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { checkUscc } from '../../parties/uscc.ts';
import { api, ask } from '../api.ts';
import { ProblemAlert } from '../parts/Problem.tsx';
import { Card } from './Card.tsx';
import { Done } from './Doorstep.tsx';
import { NewPassword } from './NewPassword.tsx';
import { useSubmit } from './useSubmit.ts';

interface Given {
  uscc: string;
  enterpriseName: string;
  name: string;
  username: string;
  email: string;
  phone?: string;
  password: string;
}

const FAULTS = {
  length: '应为 18 位',
  character: '含有不使用的字符（不用 I、O、S、V、Z）',
  checkDigit: '校验位不符，请核对',
};

/** 企业注册: a person says who they are and for which enterprise; a reviewer or the county's code confirms it afterwards. */
export function Register() {
  const [done, setDone] = useState(false);
  const { submit, busy, error } = useSubmit(
    async ({ uscc, enterpriseName, name, username, email, phone, password }: Given) => {
      await ask(
        api.registrations.$post({
          json: {
            uscc: uscc.trim().toUpperCase(),
            enterpriseName,
            name,
            username,
            email,
            password,
            ...(phone ? { phone } : {}),
          },
        }),
      );
      setDone(true);
    },
  );
  if (done)
    return <Done title="注册已提交">现在就可以登录查看进度。审核通过，或填入县区寄送的绑定码后，即可办理业务。</Done>;
  return (
    <Card title="企业注册">
      <ProblemAlert error={error} />
      <Form<Given> layout="vertical" requiredMark={false} onFinish={submit} validateTrigger="onBlur">
        <Form.Item
          name="uscc"
          label="统一社会信用代码"
          rules={[{ required: true, message: '请输入统一社会信用代码' }, { validator: usccRule }]}
        >
          <Input maxLength={18} autoFocus />
        </Form.Item>
        <Form.Item
          name="enterpriseName"
          label="企业名称"
          extra="与营业执照一致"
          rules={[{ required: true, message: '请输入企业名称' }]}
        >
          <Input autoComplete="organization" />
        </Form.Item>
        <Form.Item name="name" label="经办人姓名" rules={[{ required: true, message: '请输入姓名' }]}>
          <Input autoComplete="name" />
        </Form.Item>
        <Form.Item name="phone" label="手机号（选填）" rules={[{ pattern: /^1\d{10}$/, message: '应为 11 位手机号' }]}>
          <Input autoComplete="tel" inputMode="tel" />
        </Form.Item>
        <Form.Item name="email" label="邮箱" rules={[{ required: true, type: 'email', message: '请输入邮箱地址' }]}>
          <Input autoComplete="email" />
        </Form.Item>
        <Form.Item
          name="username"
          label="用户名"
          rules={[
            {
              required: true,
              pattern: /^[a-z0-9][a-z0-9._-]{2,29}$/i,
              message: '3 至 30 个字母、数字或 . _ -，以字母或数字开头',
            },
          ]}
        >
          <Input autoComplete="username" />
        </Form.Item>
        <NewPassword />
        <Button type="primary" htmlType="submit" block loading={busy}>
          提交注册
        </Button>
        <nav className="login-links">
          <a href="/console/">已有账号，去登录</a>
        </nav>
      </Form>
    </Card>
  );
}

async function usccRule(_: unknown, value?: string): Promise<void> {
  if (!value) return;
  const { valid, reason } = checkUscc(value.trim().toUpperCase());
  if (!valid) throw new Error(FAULTS[reason!]);
}
