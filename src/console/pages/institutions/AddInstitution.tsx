import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { INSTITUTION_KINDS, type InstitutionKind } from '../../../parties/institution.ts';
import { checkUscc } from '../../../parties/uscc.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { choicesOf } from '../filings/terms.ts';

interface Given {
  code: string;
  name: string;
  kind: InstitutionKind;
  uscc?: string;
  cnaps?: string;
}

/** 登记机构, by the operator. */
export function AddInstitution() {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Given>();
  const add = useAct(
    ({ uscc, cnaps, ...rest }: Given) =>
      ask(api.institutions.$post({ json: { ...rest, uscc: uscc || null, cnaps: cnaps || null } })),
    {
      done: ({ warnings }) => (warnings.length > 0 ? `已登记。请核对：${warnings[0]!.message}` : '已登记'),
      refresh: ['institutions'],
    },
  );
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        登记机构
      </Button>
      <Modal
        title="登记机构"
        open={open}
        onCancel={() => setOpen(false)}
        okText="登记"
        okButtonProps={{ loading: add.isPending }}
        onOk={() => form.submit()}
        destroyOnHidden
      >
        <ProblemAlert error={add.error} />
        <Form<Given>
          form={form}
          layout="vertical"
          validateTrigger="onBlur"
          onFinish={(given) => add.mutate(given, { onSuccess: ({ code }) => navigate(`/institutions/${code}`) })}
        >
          <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '请填写名称' }]}>
            <Input maxLength={200} autoFocus />
          </Form.Item>
          <Form.Item name="kind" label="类别" rules={[{ required: true, message: '请选择类别' }]}>
            <Select options={choicesOf(INSTITUTION_KINDS)} />
          </Form.Item>
          <Form.Item
            name="code"
            label="代码"
            extra="登记后不能更改，例如 pingluo-rcb"
            rules={[
              { required: true, pattern: /^[a-z][a-z0-9-]{1,40}$/, message: '小写字母开头，小写字母、数字和连字符' },
            ]}
          >
            <Input maxLength={41} />
          </Form.Item>
          <Form.Item name="uscc" label="统一社会信用代码（选填）" rules={[{ validator: usccRule }]}>
            <Input maxLength={18} />
          </Form.Item>
          <Form.Item
            name="cnaps"
            label="支付系统行号（选填）"
            rules={[{ pattern: /^\d{12}$/, message: '应为 12 位数字' }]}
          >
            <Input maxLength={12} inputMode="numeric" />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

async function usccRule(_: unknown, value?: string): Promise<void> {
  if (value && !checkUscc(value).valid) throw new Error('统一社会信用代码不正确，请核对');
}
