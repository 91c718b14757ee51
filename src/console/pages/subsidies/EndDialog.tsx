import { Button, Form, Input, Modal, Space } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import type { Application } from '../../parts/subsidy/types.ts';
import { useAct } from '../../parts/useAct.ts';
import { CHANGED } from './acts.ts';

const ENDS = {
  return: {
    ...{ title: '退回补正', done: '已退回企业补正', label: '需要补正的内容' },
    does: '退回后由企业更正并重新提交，申报日期、批次和受理顺序不变，审核从头办理。所写内容企业看得到。',
  },
  refuse: {
    ...{ title: '不予补贴', done: '已决定不予补贴', label: '理由' },
    does: '决定后该申请终止，不能恢复；所用的保单、发票、借据等可以另行申请。理由企业看得到。材料不齐的请用「退回补正」。',
  },
} as const;

/** Sends an application back with what to mend, or refuses it; what the checks say is offered, each with its article. */
export function EndDialog({ verb, of, onClose }: { verb: keyof typeof ENDS; of: Application; onClose(): void }) {
  const { title, done, label, does } = ENDS[verb];
  const [form] = Form.useForm<{ reason: string }>();
  const act = useAct(
    (reason: string) => ask(api['subsidy-applications'][':id'][verb].$post({ param: { id: of.id }, json: { reason } })),
    { done, refresh: CHANGED },
  );
  const offered = suggestions(of, verb);
  const add = (text: string) => {
    const given = form.getFieldValue('reason')?.trim();
    form.setFieldsValue({ reason: given ? `${given}；${text}` : text });
  };
  return (
    <Modal
      open
      title={`${title}：${of.enterpriseName}`}
      okText={title}
      okButtonProps={{ danger: verb === 'refuse', loading: act.isPending }}
      mask={{ closable: false }}
      onCancel={onClose}
      onOk={form.submit}
      width={640}
    >
      <ProblemAlert error={act.error} />
      <p>{does}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ reason: verb === 'refuse' ? offered.join('；').slice(0, 500) : '' }}
        onFinish={({ reason }) => act.mutate(reason.trim(), { onSuccess: onClose })}
      >
        <Form.Item
          name="reason"
          label={`${label}（写完按 Ctrl+Enter）`}
          rules={[{ required: true, whitespace: true, message: `请填写${label}` }]}
          extra={
            <Space wrap size={4}>
              {offered.map((text) => (
                <Button key={text} size="small" onClick={() => add(text)}>
                  {text.length > 44 ? `${text.slice(0, 44)}……` : text}
                </Button>
              ))}
            </Space>
          }
        >
          <Input.TextArea
            rows={4}
            maxLength={500}
            showCount
            autoFocus
            onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && form.submit()}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** What stands against an application, as its reviewer would write it. */
function suggestions(of: Application, verb: 'return' | 'refuse'): string[] {
  const faults = [...of.checks, ...of.lines.flatMap(({ checks }) => checks)].filter((c) => c.verdict === 'fail');
  const found = faults.map(({ message, cites: [cite] }) =>
    cite ? `${message}（${cite.document}${cite.article}）` : message,
  );
  if (verb === 'refuse') return [...new Set(found)];
  const lacking = of.papers
    .filter(({ attachments, answered }) => attachments.length === 0 && !answered)
    .map(({ label }) => `请补充${label}`);
  const differing = of.lines.flatMap((line) =>
    line.facts
      .filter(({ verdict }) => verdict === 'differs')
      .map(({ label, stated, checked }) => `第 ${line.place} 项${label}填报为${stated ?? '空'}，${checked}，请核实`),
  );
  return [...new Set([...found, ...differing, ...lacking])].slice(0, 8);
}
