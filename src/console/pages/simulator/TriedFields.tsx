import { Button, Form, Input, Select, Skeleton } from 'antd';
import { api, ask } from '../../api.ts';
import { ProblemAlert } from '../../parts/Problem.tsx';
import { useAsk } from '../../parts/useAsk.ts';
import { AmountField } from '../filings/AmountField.tsx';
import type { Clause } from '../policies/types.ts';
import type { Given } from './inputs.ts';
import { numbersOf, withNumber } from './numbers.ts';

/** The clauses that decide who bears a loss. */
const DECIDING = ['lossShares', 'lossCaps'];

/** What to compare with: versions that wait for approval, or other numbers in the clauses that decide. */
export function TriedFields({ policyCode }: { policyCode: string | undefined }) {
  const proposed = useAsk(['policies', 'proposed'], () =>
    ask(api['policy-versions'].$get({ query: { status: 'proposed', limit: '500' } })),
  );
  const versions = proposed.data?.items.filter(({ clauseId }) => !policyCode || clauseId.startsWith(`${policyCode}.`));
  return (
    <>
      <ProblemAlert error={proposed.error} retry={proposed.refetch} />
      <Form.Item name="versionIds" label="待复核的条款版本">
        <Select
          allowClear
          mode="multiple"
          placeholder={versions?.length === 0 ? '没有待复核的条款版本' : '可以选多个'}
          options={versions?.map(({ id, title, text, effectiveFrom }) => ({
            ...{ value: id, label: `${title}（拟自 ${effectiveFrom} 起）：${text}` },
          }))}
        />
      </Form.Item>
      {policyCode ? (
        <Tries policyCode={policyCode} />
      ) : (
        <p className="hint-line">选定政策文件或测算一次后，可以试改取值。</p>
      )}
    </>
  );
}

function Tries({ policyCode }: { policyCode: string }) {
  const form = Form.useFormInstance<Given>();
  const { data, error, refetch } = useAsk(['policies', 'of', policyCode], () =>
    ask(api.policies.$get({ query: { policyCode } })),
  );
  const tries = Form.useWatch('tries', { form, preserve: true }) ?? {};
  const clauses = data?.items.filter(({ id }) => DECIDING.some((name) => id === `${policyCode}.${name}`)) ?? [];
  const set = (id: string, value: unknown) => {
    const { [id]: _, ...others } = tries;
    form.setFieldValue('tries', value === undefined ? others : { ...others, [id]: value });
  };
  return (
    <>
      <ProblemAlert error={error} retry={refetch} />
      {!data && !error && <Skeleton active />}
      {/* Registered, so that its value goes with the form. */}
      <Form.Item name="tries" hidden>
        <Input />
      </Form.Item>
      {clauses.map((clause) => (
        <Try key={clause.id} clause={clause} value={tries[clause.id]} onChange={(value) => set(clause.id, value)} />
      ))}
    </>
  );
}

interface TryProps {
  clause: Clause;
  /** the value tried; undefined: as it is in force */
  value: unknown;
  onChange(value: unknown): void;
}

/** The numbers of a clause, each to be tried otherwise. */
function Try({ clause, value, onChange }: TryProps) {
  const now = numbersOf(clause.value);
  const current = value ?? clause.value;
  const shown = numbersOf(current);
  return (
    <fieldset className="lines">
      <legend>试改「{clause.title}」</legend>
      <p className="hint-line">
        现行：{clause.text ?? clause.outsideDates}{' '}
        {value !== undefined && (
          <Button size="small" onClick={() => onChange(undefined)}>
            恢复现行取值
          </Button>
        )}
      </p>
      <div className="simulator-fields">
        {shown.map(({ path, label, text }, i) => (
          <Form.Item
            key={path.join('.')}
            label={label}
            htmlFor={`try-${clause.id}-${path.join('-')}`}
            extra={now[i] && now[i].text !== text ? `现行 ${now[i].text}` : undefined}
          >
            {/\.\d{2}$/.test(now[i]?.text ?? text) && (now[i]?.text ?? text).length > 6 ? (
              <AmountField
                id={`try-${clause.id}-${path.join('-')}`}
                value={text}
                onChange={(next) => onChange(withNumber(current, path, next))}
              />
            ) : (
              <Input
                id={`try-${clause.id}-${path.join('-')}`}
                value={text}
                inputMode="decimal"
                autoComplete="off"
                onChange={(event) => onChange(withNumber(current, path, event.target.value))}
              />
            )}
          </Form.Item>
        ))}
      </div>
    </fieldset>
  );
}
