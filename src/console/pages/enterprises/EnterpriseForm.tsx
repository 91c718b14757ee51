import { Button, Form, Input, InputNumber } from 'antd';
import dayjs from 'dayjs';
import { useEffect } from 'react';
import { checkUscc } from '../../../parties/uscc.ts';
import { api, ask, Problem } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { amountOf } from '../filings/amount.ts';
import { TitleFields } from './TitleFields.tsx';
import type { Enterprise, Title } from './types.ts';

interface TitleGiven {
  kind: Title['kind'];
  certificateNo: string;
  valid: [dayjs.Dayjs, dayjs.Dayjs];
}
interface Given {
  uscc: string;
  name: string;
  registeredIn: string;
  industry?: string;
  staff: number;
  totalAssets: string;
  revenue: string;
  previousRevenue: string;
  rndExpense: string;
  legalRepresentative?: string;
  titles?: TitleGiven[];
}

const REQUIRED = { required: true, whitespace: true, message: '请填写' };
const AMOUNTS = [
  ['totalAssets', '资产总额'],
  ['revenue', '上年度营业收入'],
  ['previousRevenue', '前一年度营业收入'],
  ['rndExpense', '研发费用'],
] as const;

/** An enterprise's facts and titles, for one on the register (`enterprise`) or a new one, whose draft is kept. */
export function EnterpriseForm({ enterprise, onSaved }: { enterprise?: Enterprise; onSaved(uscc: string): void }) {
  const [form] = Form.useForm<Given>();
  const draft = useDraft<Record<string, unknown>>(
    enterprise ? `enterprise:${enterprise.uscc.toLowerCase()}` : 'enterprise',
    {},
  );
  const save = useAct((given: Given) => ask(api.enterprises.$post({ json: requestOf(given) as never })), {
    done: ({ warnings }) => (warnings.length > 0 ? `已保存。请核对：${warnings[0]!.message}` : '已保存'),
    refresh: ['enterprises'],
  });
  useEffect(() => {
    if (draft.ready) form.setFieldsValue({ ...(enterprise ? givenOf(enterprise) : {}), ...typed(draft.value) });
  }, [draft.ready]);
  const submit = (given: Given) =>
    save.mutate(given, {
      onSuccess: async ({ uscc }) => {
        await draft.discard();
        onSaved(uscc);
      },
      onError: (error) => {
        if (error instanceof Problem) form.setFields(fieldErrors(error));
      },
    });
  return (
    <Form<Given>
      form={form}
      layout="vertical"
      className="narrow"
      validateTrigger="onBlur"
      onValuesChange={(_, all) => draft.save(JSON.parse(JSON.stringify(all)))}
      onFinish={submit}
    >
      <ProblemAlert error={save.error} />
      {draft.found && <p className="hint-line">已恢复上次未提交的内容。</p>}
      <Form.Item name="uscc" label="统一社会信用代码" rules={[REQUIRED, { validator: usccRule }]} normalize={upper}>
        <Input maxLength={18} disabled={enterprise !== undefined} />
      </Form.Item>
      <Form.Item name="name" label="企业名称" rules={[REQUIRED]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="registeredIn" label="注册地" extra="写到县区，例如：石嘴山市平罗县" rules={[REQUIRED]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="industry" label="所属行业（选填）">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="legalRepresentative"
        label="法定代表人（选填）"
        extra={enterprise?.legalRepresentative ? `现登记为 ${enterprise.legalRepresentative}，不修改则不填` : undefined}
        rules={[{ pattern: /^[^*＊]*$/, message: '请填写全名' }]}
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="staff" label="从业人数" rules={[{ required: true, message: '请填写' }]}>
        <InputNumber min={0} max={9_999_999} precision={0} suffix="人" />
      </Form.Item>
      {AMOUNTS.map(([name, label]) => (
        <Form.Item key={name} name={name} label={label} rules={[REQUIRED, { validator: notNegative }]}>
          <AmountField />
        </Form.Item>
      ))}
      <TitleFields />
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        保存
      </Button>
    </Form>
  );
}

async function notNegative(_: unknown, value?: string): Promise<void> {
  if (value && (!amountOf(value) || amountOf(value)!.isNegative()))
    throw new Error('应为不小于零的金额（元），最多两位小数');
}

const upper = (text?: string) => text?.trim().toUpperCase();

async function usccRule(_: unknown, value?: string): Promise<void> {
  if (value && !checkUscc(value).valid) throw new Error('统一社会信用代码不正确，请核对');
}

function givenOf({ legalRepresentative: _, asOf: __, titles, industry, ...facts }: Enterprise): Partial<Given> {
  return {
    ...facts,
    industry: industry ?? undefined,
    titles: titles.map((title) => ({ ...title, valid: range(title) })),
  };
}

const range = ({ validFrom, validTo }: Title): TitleGiven['valid'] => [dayjs(validFrom), dayjs(validTo)];

/** A draft has travelled as JSON: its dates are texts again. */
function typed(kept: Record<string, unknown>): Partial<Given> {
  const titles = (kept.titles as { valid?: [string, string] }[] | undefined)?.map((title) =>
    title?.valid ? { ...title, valid: title.valid.map((day) => dayjs(day)) } : title,
  );
  return (titles ? { ...kept, titles } : kept) as Partial<Given>;
}

function requestOf({ titles = [], industry, legalRepresentative, ...facts }: Given) {
  return {
    ...facts,
    industry: industry?.trim() || null,
    ...(legalRepresentative?.trim() ? { legalRepresentative: legalRepresentative.trim() } : {}),
    titles: titles.map(({ kind, certificateNo, valid: [from, to] }) => ({
      ...{ kind, certificateNo: certificateNo.trim() },
      ...{ validFrom: from.format('YYYY-MM-DD'), validTo: to.format('YYYY-MM-DD') },
    })),
  };
}

/** What the server refused, at its field. */
function fieldErrors({ errors }: Problem) {
  const named = errors.filter(({ field }) => field && !field.includes('.'));
  return named.map(({ field, message }) => ({ name: field as keyof Given, errors: [message] }));
}
