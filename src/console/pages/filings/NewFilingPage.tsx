import { Alert, Button, Form, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, ask, Problem } from '../../api.ts';
import { Page } from '../../parts/Page.tsx';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { usePools } from '../../parts/useChoices.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { MoneyFields, WhoFields } from './fields.tsx';
import { KEPT_FOR_NEXT, requestOf } from './request.ts';
import type { FilingRequest } from './types.ts';
import './filings.css';

type Draft = Partial<FilingRequest>;

/** 报送备案: one loan, checked as one types, kept as a draft; `?from=12` begins with what was filed before, to be put right and filed again. */
export default function NewFilingPage() {
  const [search] = useSearchParams();
  const from = search.get('from');
  const before = useAsk(['loan-filings', from], () => ask(api['loan-filings'][':id'].$get({ param: { id: from! } })), {
    enabled: from !== null,
  });
  const draft = useDraft<Draft>(from ? `filing:${from}` : 'filing', {});
  if (!draft.ready || (from && !before.data && !before.error)) return <Skeleton className="page" active />;
  const start = draft.found || !before.data ? draft.value : requestOf(before.data);
  return <FilingForm key={from} start={start} draft={draft} again={from !== null} error={before.error} />;
}

interface Props {
  start: Draft;
  draft: ReturnType<typeof useDraft<Draft>>;
  again: boolean;
  error: unknown;
}

function FilingForm({ start, draft, again, error }: Props) {
  const [form] = Form.useForm<Draft>();
  const [values, setValues] = useState(start);
  const [restored, setRestored] = useState(draft.found);
  const pools = usePools();
  const navigate = useNavigate();
  const file = useAct((json: FilingRequest) => ask(api['loan-filings'].$post({ json })), {
    done: ({ dueBillNo }) => `已报送：${dueBillNo}`,
    refresh: ['loan-filings', 'home'],
  });
  const only = pools.length === 1 ? pools[0]!.value : undefined;
  useEffect(() => {
    if (only && !form.getFieldValue('poolCode')) form.setFieldValue('poolCode', only);
  }, [only, form]);

  const restart = async (next: Draft) => {
    await draft.discard();
    setRestored(false);
    form.resetFields();
    form.setFieldsValue({ ...blank(form.getFieldsValue()), ...next });
    setValues(next);
  };
  const submit = (more: boolean) => async () => {
    const given = await form.validateFields().catch(() =>
      form.scrollToField(form.getFieldsError().find(({ errors }) => errors.length > 0)?.name ?? 'poolCode', {
        block: 'center',
        focus: true,
      }),
    );
    if (!given) return;
    file.mutate(requestOf(given as FilingRequest), {
      onSuccess: async ({ id }) => {
        const next = Object.fromEntries(KEPT_FOR_NEXT.map((name) => [name, given[name]]));
        if (more) await restart(next).then(() => window.scrollTo(0, 0));
        else await draft.discard().then(() => navigate(`/filings/${id}`));
      },
      onError: (caught) => showAtFields(caught, form),
    });
  };
  return (
    <Page
      title={again ? '修改后重新报送' : '报送备案'}
      trail={[{ title: '备案', to: '/filings' }]}
      actions={<Button onClick={() => navigate('/imports/new?kind=loanFilings')}>改用文件报送</Button>}
    >
      {restored && (
        <Alert
          type="info"
          showIcon
          title="已恢复上次未报送的内容"
          action={
            <Button size="small" onClick={() => restart({})}>
              清空重填
            </Button>
          }
        />
      )}
      <ProblemAlert error={error ?? file.error} />
      <Form<Draft>
        form={form}
        layout="vertical"
        scrollToFirstError
        initialValues={start}
        onValuesChange={(_, all) => {
          setValues(all);
          draft.save(all);
        }}
        className="filing-form"
      >
        <WhoFields pools={pools} values={values} />
        <MoneyFields values={values} />
      </Form>
      <div className="form-foot no-print">
        <Button type="primary" loading={file.isPending} onClick={submit(false)}>
          报送
        </Button>
        <Button disabled={file.isPending} onClick={submit(true)}>
          报送并再填一笔
        </Button>
        <span>内容随填随存，退出后可以接着填。</span>
      </div>
    </Page>
  );
}

/** The server's faults where they belong. */
function showAtFields(error: unknown, form: ReturnType<typeof Form.useForm<Draft>>[0]): void {
  if (!(error instanceof Problem)) return;
  const names = Object.keys(form.getFieldsValue());
  const faults = error.errors.filter(({ field }) => field && names.includes(field));
  form.setFields(faults.map(({ field, message }) => ({ name: field as keyof FilingRequest, errors: [message] })));
  window.scrollTo(0, 0);
}

const blank = (values: Draft): Draft => Object.fromEntries(Object.keys(values).map((name) => [name, undefined]));
