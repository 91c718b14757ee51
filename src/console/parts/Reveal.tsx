import { Button, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { may, useMe } from '../session.ts';
import { ProblemAlert } from './Problem.tsx';
import { useAct } from './useAct.ts';

interface Props<T> {
  /** what everybody sees */
  masked: string;
  /** of the button */
  label: string;
  /** of the question */
  title: string;
  example: string;
  look(reason: string): Promise<T>;
  show(seen: T): ReactNode;
}

/** Personal data, masked; whoever may, sees it after saying why, which is logged. It goes away with the page. */
export function Reveal<T>({ masked, label, title, example, look, show }: Props<T>) {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const reveal = useAct(({ reason }: { reason: string }) => look(reason));
  if (reveal.data) return <>{show(reveal.data)}（本次查看已记录）</>;
  if (!may(me, 'personal.reveal') || !masked.includes('*')) return masked;
  return (
    <>
      {masked}
      <Button type="link" size="small" className="no-print" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Modal title={title} open={asking} footer={null} onCancel={() => setAsking(false)} destroyOnHidden>
        <p>何人何时因何查看，记入审计日志。</p>
        <ProblemAlert error={reveal.error} />
        <Form
          layout="vertical"
          onFinish={(given: { reason: string }) => reveal.mutate(given, { onSuccess: () => setAsking(false) })}
        >
          <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: '请写明理由' }]}>
            <Input maxLength={200} autoFocus placeholder={example} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={reveal.isPending}>
            查看
          </Button>
        </Form>
      </Modal>
    </>
  );
}
