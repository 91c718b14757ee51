import { Button, Form, Input, Modal, Space } from 'antd';
import { ProblemAlert } from '../../parts/Problem.tsx';

interface Props {
  title: string;
  open: boolean;
  suggested?: string[];
  busy: boolean;
  error: unknown;
  onClose(): void;
  onReason(reason: string): void;
}

/** Asks why something is refused; common reasons can be clicked. */
export function ReasonDialog({ title, open, suggested = [], busy, error, onClose, onReason }: Props) {
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      title={title}
      open={open}
      onCancel={onClose}
      okText="退回"
      okButtonProps={{ danger: true, loading: busy }}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      <ProblemAlert error={error} />
      <Form form={form} layout="vertical" preserve={false} onFinish={({ reason }) => onReason(reason.trim())}>
        <Form.Item
          name="reason"
          label="理由"
          rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
          extra={
            <Space wrap size={4}>
              {suggested.map((text) => (
                <Button key={text} size="small" onClick={() => form.setFieldsValue({ reason: text })}>
                  {text}
                </Button>
              ))}
            </Space>
          }
        >
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
