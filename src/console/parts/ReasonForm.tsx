import { Button, Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { ProblemAlert } from './Problem.tsx';

interface Props {
  title: string;
  /** what the button does, e.g. 不同意 */
  action: string;
  label: string;
  open: boolean;
  danger?: boolean;
  /** what one should know before */
  children?: ReactNode;
  act: { mutate(reason: string, options: { onSuccess(): void }): void; isPending: boolean; error: unknown };
  onClose(): void;
}

/** Asks for a reason in a dialog and does what was asked with it; closes when the server has taken it. */
export function ReasonForm({ title, action, label, open, danger, children, act, onClose }: Props) {
  return (
    <Modal title={title} open={open} footer={null} onCancel={onClose} destroyOnHidden>
      {children}
      <Form<{ reason: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => act.mutate(reason.trim(), { onSuccess: onClose })}
      >
        <ProblemAlert error={act.error} />
        <Form.Item
          name="reason"
          label={label}
          rules={[{ required: true, whitespace: true, message: `请填写${label}` }]}
        >
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
        <Button type="primary" danger={danger} htmlType="submit" loading={act.isPending}>
          {action}
        </Button>
      </Form>
    </Modal>
  );
}
