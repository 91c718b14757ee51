import { Form, Input, Select } from 'antd';
import { useEffect } from 'react';
import { DAY_COUNT_BASES } from '../../../loans/terms.ts';
import { api, ask } from '../../api.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { useAct } from '../../parts/useAct.ts';
import { useAsk } from '../../parts/useAsk.ts';
import { useDraft } from '../../parts/useDraft.ts';
import { useMe } from '../../session.ts';
import { isRate } from '../filings/amount.ts';
import { DateField } from '../filings/DateField.tsx';
import { choicesOf } from '../filings/terms.ts';
import { FEE_NAMES, ROLES } from './types.ts';

interface Given {
  role?: keyof typeof ROLES;
  party?: string;
  percent?: string;
  contractNo?: string;
  signedOn?: string;
  annualRate?: string;
  dayCountBasis?: 'actual360' | 'actual365';
}

const REQUIRED = (message: string) => ({ required: true, whitespace: true, message });

/** 登记担保: who answers for which part of the loan by which contract, and for what fee. */
export function RecordForm({ loanId, onClose }: { loanId: string; onClose(): void }) {
  const { today } = useMe();
  const draft = useDraft<Given>(`guarantee:${loanId}`, {});
  const record = useAct(
    // A fee that is not charged is counted by no days.
    ({ dayCountBasis, ...json }: Given) =>
      ask(
        api.loans[':id'].guarantees.$post({
          param: { id: loanId },
          json: { ...json, ...(json.annualRate ? { dayCountBasis } : {}) } as Required<Given>,
        }),
      ),
    { done: '担保已登记', refresh: ['guarantees', 'loans', 'home'] },
  );
  const notLater = async (_: unknown, value?: string) => {
    if (value && value > today) throw new Error(`不能晚于今天 ${today}`);
  };
  if (!draft.ready) return null;
  return (
    <FormDialog<Given>
      title="登记担保"
      action="登记"
      act={record}
      initial={{ role: 'guarantor', signedOn: today, dayCountBasis: 'actual360', ...draft.value }}
      onChange={draft.save}
      onDone={() => void draft.discard()}
      onClose={onClose}
    >
      {draft.found && <p className="hint-line">已恢复上次未登记的内容。</p>}
      <Form.Item name="role" label="角色" rules={[REQUIRED('请选择角色')]}>
        <Select options={choicesOf(ROLES)} />
      </Form.Item>
      <Form.Item noStyle dependencies={['role']}>
        {({ getFieldValue }) => <PartyField role={getFieldValue('role')} />}
      </Form.Item>
      <Form.Item
        name="percent"
        label="担保比例"
        extra="占该笔备案余额的百分比，须符合办法规定的分担比例"
        rules={[REQUIRED('请填写担保比例'), { validator: isShare }]}
      >
        <Input suffix="%" inputMode="decimal" autoComplete="off" />
      </Form.Item>
      <Form.Item name="contractNo" label="担保合同号" rules={[REQUIRED('请填写担保合同号')]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="signedOn" label="签订日期" rules={[REQUIRED('请填写签订日期'), { validator: notLater }]}>
        <DateField />
      </Form.Item>
      <Form.Item noStyle dependencies={['role', 'annualRate']}>
        {({ getFieldValue }) => (
          <>
            <Form.Item
              name="annualRate"
              label={`年费率（${FEE_NAMES[getFieldValue('role') as keyof typeof FEE_NAMES]}，不收取的不填）`}
              rules={[{ validator: isRate }]}
            >
              <Input suffix="%" inputMode="decimal" autoComplete="off" />
            </Form.Item>
            <Form.Item name="dayCountBasis" label="计费基础" hidden={!getFieldValue('annualRate')}>
              <Select options={choicesOf(DAY_COUNT_BASES)} />
            </Form.Item>
          </>
        )}
      </Form.Item>
    </FormDialog>
  );
}

/** The institutions of a role. */
function PartyField({ role }: { role: keyof typeof ROLES }) {
  const form = Form.useFormInstance();
  const { data, isLoading } = useAsk(['institutions', 'guaranteeing', role], () =>
    ask(api.institutions.$get({ query: { kind: role, limit: '500' } })),
  );
  // One chosen for another role is none of these.
  useEffect(() => {
    if (data && !data.items.some(({ code }) => code === form.getFieldValue('party')))
      form.setFieldValue('party', undefined);
  }, [data, form]);
  return (
    <Form.Item name="party" label="机构" rules={[REQUIRED('请选择机构')]} extra="须为本资金池的合作机构">
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        loading={isLoading}
        options={data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? []}
        notFoundContent={`还没有登记${ROLES[role]}，请联系系统管理员`}
      />
    </Form.Item>
  );
}

/** A percentage above zero, at most a hundred. */
async function isShare(_: unknown, value?: string): Promise<void> {
  const text = value?.trim();
  if (!text) return;
  if (!/^\d{1,3}(\.\d{1,6})?$/.test(text) || Number(text) === 0 || Number(text) > 100)
    throw new Error('应为大于零、不超过 100 的数字，如 40');
}
