import { Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { Problem } from '../api.ts';
import { atFields } from './at-fields.ts';
import { ProblemAlert } from './Problem.tsx';

interface Props<T> {
  title: string;
  /** what the button does, e.g. 报送 */
  action: string;
  act: { mutateAsync(input: T): Promise<unknown>; isPending: boolean; error: unknown };
  initial: Partial<T>;
  width?: number;
  /** told of every change, to keep a draft or show what would come of it */
  onChange?(given: Partial<T>): void;
  onDone?(): void;
  onClose(): void;
  children: ReactNode;
}

/** A small form over the page: sends what was filled in, shows the server's faults at their fields, closes when it was taken. */
export function FormDialog<T extends object>({
  title,
  action,
  act,
  initial,
  width,
  onChange,
  onDone,
  onClose,
  children,
}: Props<T>) {
  const [form] = Form.useForm<T>();
  const send = async (given: T) => {
    const filled = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
    try {
      await act.mutateAsync(Object.fromEntries(filled) as T);
    } catch (caught) {
      if (!(caught instanceof Problem)) throw caught;
      form.setFields(atFields<T>(caught) as never);
      return;
    }
    onDone?.();
    onClose();
  };
  return (
    <Modal
      open
      title={title}
      okText={action}
      width={width}
      mask={{ closable: false }}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={form.submit}
    >
      <ProblemAlert error={act.error} />
      <Form<T>
        form={form}
        layout="vertical"
        validateTrigger="onBlur"
        initialValues={initial}
        onValuesChange={(_, all) => onChange?.(all)}
        onFinish={send}
      >
        {children}
      </Form>
    </Modal>
  );
}
