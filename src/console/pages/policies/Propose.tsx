import { Button, Drawer, Form, Input, Radio, Space } from 'antd';
import { useEffect, useState } from 'react';
import { addMonths } from '../../../calendar/local-date.ts';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { useMe } from '../../session.ts';
import { DateField } from '../filings/DateField.tsx';
import { PreviewResult } from './PreviewResult.tsx';
import { type Schema, wireOf } from './schema.ts';
import type { Clause } from './types.ts';
import { ValueForm } from './ValueForm.tsx';

interface Given {
  effectiveFrom: string;
  expiresOn?: string;
  value: unknown;
  document: string;
  article: string;
  mark: 'F' | 'T' | 'A';
  source?: string;
}
interface Props {
  clauseId: string;
  title: string;
  value: unknown;
  schema: object;
  citation: Clause['citation'];
}

const REQUIRED = { required: true, whitespace: true, message: '请填写' };
const MARKS = [
  { value: 'F', label: '公开文件载明' },
  { value: 'T', label: '同类项目通行做法' },
  { value: 'A', label: '暂定' },
];

/** 提出新版本: the value by its own schema, from when, and by which article; looked at in a preview before it is sent to a second person. */
export function Propose(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        提出新版本
      </Button>
      <Drawer
        title={`提出新版本：${props.title}`}
        open={open}
        onClose={() => setOpen(false)}
        size={760}
        destroyOnHidden
      >
        <ProposeForm {...props} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function ProposeForm({ clauseId, value, schema, citation, onDone }: Props & { onDone(): void }) {
  const { today } = useMe();
  const [form] = Form.useForm<Given>();
  const draft = useDraft<Record<string, unknown>>(`policy:${clauseId.toLowerCase()}`, {});
  const propose = useAct(
    ({ effectiveFrom, expiresOn, value: given, document, article, mark, source }: Given) =>
      ask(
        api['policy-versions'].$post({
          json: {
            ...{ clauseId, effectiveFrom, expiresOn: expiresOn ?? null, value: wireOf(schema as Schema, given) },
            citation: { document, article, mark, confirmed: mark === 'F', ...(source ? { source } : {}) },
          },
        }),
      ),
    { done: '已提出，等待他人复核', refresh: ['policies', 'home'] },
  );
  const preview = useAct(({ effectiveFrom, value: given }: Given) =>
    ask(
      api['policy-versions'].preview.$post({
        json: { clauseId, effectiveFrom, value: wireOf(schema as Schema, given) },
      }),
    ),
  );
  useEffect(() => {
    if (draft.ready)
      form.setFieldsValue({
        ...{ value, effectiveFrom: firstOfNextMonth(today) },
        ...{ document: citation?.document, article: citation?.article },
        ...draft.value,
      });
  }, [draft.ready]);
  return (
    <Form<Given>
      form={form}
      layout="vertical"
      onValuesChange={(_, all) => {
        preview.reset();
        draft.save({ ...all });
      }}
      onFinish={(given) =>
        propose.mutate(given, {
          onSuccess: async () => {
            await draft.discard();
            onDone();
          },
        })
      }
    >
      {draft.found && <p className="hint-line">已恢复上次未提交的内容。</p>}
      <ValueForm schema={schema as Schema} name={['value']} label="取值" />
      <Space wrap align="start">
        <Form.Item name="effectiveFrom" label="施行日" extra="已结算的月份不受影响" rules={[REQUIRED]}>
          <DateField />
        </Form.Item>
        <Form.Item name="expiresOn" label="有效期至（不填为未定）">
          <DateField />
        </Form.Item>
      </Space>
      <Form.Item name="document" label="文件名称和文号" rules={[REQUIRED]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="article" label="条、款、项" rules={[REQUIRED]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="mark"
        label="取值来源"
        extra="不是公开文件载明的，处处标「示例参数」"
        rules={[{ required: true, message: '请选择' }]}
      >
        <Radio.Group options={MARKS} />
      </Form.Item>
      <Form.Item name="source" label="理由或来源说明（选填）">
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <ProblemAlert error={propose.error ?? preview.error} />
      {preview.data && <PreviewResult preview={preview.data} />}
      <Space>
        <Button
          loading={preview.isPending}
          onClick={() =>
            form.validateFields(['value', 'effectiveFrom'], { recursive: true }).then(
              () => preview.mutate(form.getFieldsValue()),
              () => {
                // told at the fields
              },
            )
          }
        >
          看看会改变什么
        </Button>
        <Button type="primary" htmlType="submit" loading={propose.isPending}>
          提出，交他人复核
        </Button>
      </Space>
    </Form>
  );
}

const firstOfNextMonth = (today: string) => `${addMonths(`${today.slice(0, 7)}-01`, 1)}`;
