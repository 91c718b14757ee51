import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { may, useMe } from '../../session.ts';

/** 法定代表人: masked; whoever may, sees the name after saying why, which is logged. The name goes away with the page. */
export function LegalRepresentative({ uscc, masked }: { uscc: string; masked: string | null }) {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const reveal = useAct(({ reason }: { reason: string }) =>
    ask(api.enterprises[':uscc'].reveal.$post({ param: { uscc }, json: { reason } })),
  );
  if (!masked) return '—';
  if (reveal.data) return `${reveal.data.legalRepresentative}（本次查看已记录）`;
  if (!may(me, 'personal.reveal') || !masked.includes('*')) return masked;
  return (
    <>
      {masked}
      <Button type="link" size="small" className="no-print" onClick={() => setAsking(true)}>
        查看全名
      </Button>
      <Modal title="查看法定代表人姓名" open={asking} footer={null} onCancel={() => setAsking(false)} destroyOnHidden>
        <p>何人何时因何查看，记入审计日志。</p>
        <ProblemAlert error={reveal.error} />
        <Form
          layout="vertical"
          onFinish={(given: { reason: string }) => reveal.mutate(given, { onSuccess: () => setAsking(false) })}
        >
          <Form.Item name="reason" label="理由" rules={[{ required: true, whitespace: true, message: '请写明理由' }]}>
            <Input maxLength={200} autoFocus placeholder="例如：核对备案材料中的法定代表人" />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={reveal.isPending}>
            查看
          </Button>
        </Form>
      </Modal>
    </>
  );
}
