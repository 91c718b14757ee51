import { Button, Form, Input, Modal, Space } from 'antd';
import { useEffect } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';

/** What is often missing though every rule is kept. */
const COMMON = ['材料不齐，请补充后重新报送', '贷款用途与合同不符，请核实', '企业信息与实际不符，请核实'];

interface Props {
  filing: { id: string; enterpriseName: string; dueBillNo: string } | undefined;
  /** reasons that the checks give */
  suggested?: string[];
  onClose(): void;
  onDone(): void;
}

/** 不同意: a reason is needed, since it stands on the notice to the bank. */
export function RefuseDialog({ filing, suggested = [], onClose, onDone }: Props) {
  const [form] = Form.useForm<{ reason: string }>();
  const refuse = useAct(
    async ({ id, reason }: { id: string; reason: string }) => {
      await ask(api['loan-filings'][':id'].refuse.$post({ param: { id }, json: { reason } }));
      // On to the next at once; what shows this filing looks again meanwhile.
      onDone();
    },
    { done: '已退回，通知书已出具', refresh: ['loan-filings', 'documents', 'home'] },
  );
  const { reset } = refuse;
  useEffect(() => {
    if (!filing) return;
    reset();
    form.setFieldsValue({ reason: suggested.join('；') });
  }, [filing?.id]);
  const add = (text: string) => {
    const given = form.getFieldValue('reason')?.trim();
    form.setFieldsValue({ reason: given ? `${given}；${text}` : text });
  };
  const reasons = suggested.length > 0 ? suggested : COMMON;
  return (
    <Modal
      title={`不同意：${filing?.enterpriseName ?? ''}`}
      open={filing !== undefined}
      onCancel={onClose}
      okText="不同意，退回银行"
      okButtonProps={{ danger: true, loading: refuse.isPending }}
      onOk={() => form.submit()}
      forceRender
      afterOpenChange={(open) => open && form.getFieldInstance('reason')?.focus()}
    >
      <ProblemAlert error={refuse.error} />
      <p>借据号 {filing?.dueBillNo}。理由写入备案通知书，银行更正后可以重新报送。</p>
      <Form form={form} layout="vertical" onFinish={({ reason }) => refuse.mutate({ id: filing!.id, reason })}>
        <Form.Item
          name="reason"
          label="理由（写完按 Ctrl+Enter 退回）"
          rules={[{ required: true, whitespace: true, message: '请写明理由' }]}
          extra={
            <Space wrap size={4}>
              {reasons.map((text) => (
                <Button key={text} size="small" onClick={() => add(text)}>
                  {text.length > 40 ? `${text.slice(0, 40)}……` : text}
                </Button>
              ))}
            </Space>
          }
        >
          <Input.TextArea
            rows={4}
            maxLength={500}
            showCount
            onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && form.submit()}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
