import { Button, Form, Input, QRCode, Typography } from 'antd';
import { useState } from 'react';
import { auth } from '../api.ts';
import { useSubmit } from '../login/useSubmit.ts';
import { ProblemAlert } from './Problem.tsx';

interface Begun {
  totpURI: string;
  backupCodes: string[];
}

/** 动态口令: password, scan, save the recovery codes, prove with one code. */
export function EnrolSecondFactor({ onDone }: { onDone(): Promise<void> }) {
  const [begun, setBegun] = useState<Begun>();
  const begin = useSubmit(async ({ password }: { password: string }) => {
    setBegun(await auth<Begun>('two-factor/enable', { password }));
  });
  const verify = useSubmit(async ({ code }: { code: string }) => {
    await auth('two-factor/verify-totp', { code: code.replace(/\s/g, '') });
    await onDone();
  });
  if (!begun)
    return (
      <Form layout="vertical" requiredMark={false} onFinish={begin.submit}>
        <ProblemAlert error={begin.error} />
        <Form.Item name="password" label="先确认登录密码" rules={[{ required: true, message: '请输入密码' }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={begin.busy}>
          下一步
        </Button>
      </Form>
    );
  const secret = new URL(begun.totpURI).searchParams.get('secret') ?? '';
  return (
    <Form layout="vertical" requiredMark={false} onFinish={verify.submit}>
      <p>1. 用身份验证器应用扫描二维码，或手工输入密钥。</p>
      <QRCode value={begun.totpURI} type="svg" bordered={false} />
      <Typography.Text code copyable>
        {secret}
      </Typography.Text>
      <p>2. 保存恢复码。手机不在身边时可用恢复码登录，每个只能用一次；离开本页后不再显示。</p>
      <Typography.Paragraph copyable={{ text: begun.backupCodes.join('\n') }}>
        <code className="codes">{begun.backupCodes.join('　')}</code>
      </Typography.Paragraph>
      <ProblemAlert error={verify.error} />
      <Form.Item
        name="code"
        label="3. 输入应用上显示的六位数字"
        rules={[{ required: true, message: '请输入动态口令' }]}
      >
        <Input autoComplete="one-time-code" inputMode="numeric" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={verify.busy}>
        完成
      </Button>
    </Form>
  );
}
