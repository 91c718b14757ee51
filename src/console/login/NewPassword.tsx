import { Form, Input } from 'antd';

const LEAST = 12;

/** A new password, twice. The server's further rules (common passwords, one's own name) answer when it is sent. */
export function NewPassword() {
  return (
    <>
      <Form.Item
        name="password"
        label="新密码"
        extra={`至少 ${LEAST} 个字符；建议用几个不相关的词连成，不必掺杂符号`}
        rules={[
          { required: true, message: '请输入新密码' },
          { min: LEAST, message: `至少 ${LEAST} 个字符` },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label="再次输入"
        dependencies={['password']}
        rules={[
          { required: true, message: '请再次输入新密码' },
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error('两次输入的密码不一致')),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
