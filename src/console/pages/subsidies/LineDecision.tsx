import { Form, Input, Radio } from 'antd';
import type { Line } from '../../parts/subsidy/types.ts';
import { AmountField } from '../filings/AmountField.tsx';
import { type Decision, lackOf } from './useDecisions.ts';

/** 核定 of one line: as the rules give, less, or nothing, with the reason that the enterprise will read. */
export function LineDecision({
  line,
  decision,
  onChange,
}: {
  line: Line;
  decision: Decision;
  onChange(decision: Decision): void;
}) {
  if (line.amount === '0.00') return <p className="hint-line">按规定不予补贴，理由以上面不符合的规定为准。</p>;
  const { as, amount, reason } = decision;
  const lacking = as === 'full' ? undefined : lackOf(line, decision)[0];
  const begun = amount !== undefined || reason !== undefined;
  return (
    <fieldset className="lines line-decision no-print">
      <legend>核定</legend>
      <div className="line">
        <Radio.Group
          aria-label={`第 ${line.place} 项核定`}
          value={as}
          onChange={(event) => onChange({ ...decision, as: event.target.value })}
          options={[
            { value: 'full', label: '按规定金额' },
            { value: 'less', label: '核减' },
            { value: 'none', label: '不予补贴' },
          ]}
        />
        {as === 'less' && (
          <Form.Item label="核减后" layout="horizontal">
            <AmountField value={amount} onChange={(next) => onChange({ ...decision, amount: next })} />
          </Form.Item>
        )}
      </div>
      {as !== 'full' && (
        <Form.Item
          layout="vertical"
          label="理由（企业看得到）"
          validateStatus={begun && lacking ? 'error' : undefined}
          help={begun ? lacking : undefined}
        >
          <Input
            aria-label={`第 ${line.place} 项理由`}
            maxLength={500}
            value={reason}
            onChange={(event) => onChange({ ...decision, reason: event.target.value })}
          />
        </Form.Item>
      )}
    </fieldset>
  );
}
